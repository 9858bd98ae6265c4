"""Bad input: each gets a precise problem, and nothing reaches the cloud."""
import json
import socket

import pytest
import requests

PLACE = {"imageId": "m-1", "instanceType": "ecs.g6.large", "securityGroupId": "sg-1", "vSwitchId": "vsw-1"}


@pytest.fixture(autouse=True)
def nothing_is_sent(gateway):
    before = gateway.upstream_calls()
    yield
    assert gateway.upstream_calls() == before


def problem(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status and body["detail"] and body["requestId"] == answer.headers["X-Request-Id"]
    return body


def faults(answer, status=400):
    return {f.get("parameter", f.get("pointer")): f for f in problem(answer, status)["errors"]}


@pytest.mark.parametrize("text", [
    b"{", b'{"imageId":', b'{"a" 1}', b"[1,2", b'{"imageId":"m-1"}}', b"nonsense", b'{"imageId":"\xff\xfe"}', b'{"imageId":"a\x01"}',
    b'{"imageId":"m-1","imageId":"m-2"}', b"[]", b'"text"', b"{" * 10, b'{"tag":' + b"[" * 200 + b"]" * 200 + b"}",
])
def test_malformed_bodies(gateway, text):
    answer = gateway.admin.request("POST", "/instances", data=text, headers={"Content-Type": "application/json"})
    assert problem(answer, 400)["origin"] == "client"


def test_every_fault_at_once(gateway):
    body = {"amount": 1000, "internetChargeType": "PayByMoon", "systemDisk": {"size": "huge", "categry": "cloud"}, "dryRun": "maybe",
            "dataDisk": [{"size": 0}], "nonsense": 1, "regionId": "cn-hangzhou"}
    found = faults(gateway.admin.post("/instances", body))
    assert "100" in found["amount"]["allowed"]
    assert "PayByTraffic" in found["internetChargeType"]["allowed"]
    assert {"systemDisk.size", "dryRun", "dataDisk[1].size", "nonsense"} <= set(found) or "dataDisk[0].size" in found
    assert "category" in json.dumps(found["systemDisk.categry"])


def test_every_missing_parameter_is_named(gateway):
    found = faults(gateway.admin.post("/disks/d-1/attach", {}))
    assert "instanceId" in found
    found = faults(gateway.admin.post("/key-pairs/import", {}))
    assert {"keyPairName", "publicKeyBody"} <= set(found)


@pytest.mark.parametrize("query, name", [
    ("pageSize=0", "pageSize"), ("pageSize=ten", "pageSize"), ("pageSize=1000", "pageSize"), ("instanceNam=x", "instanceNam"),
    ("status=Runing", "status"), ("pageSize=1&pageSize=2", "pageSize"), ("instanceName=%ff", "instanceName"),
    ("pageToken=forged", "pageToken"), ("pageSize=99999999999999999999", "pageSize"),
])
def test_queries(gateway, query, name):
    assert name in faults(gateway.admin.get(f"/instances?{query}"))


@pytest.mark.parametrize("name", [
    "Action", "Signature", "AccessKeyId", "Version", "SecurityToken", "SignatureNonce", "Timestamp", "Format", "SignatureMethod",
])
def test_the_common_parameters_are_out_of_reach(gateway, name):
    assert name in faults(gateway.admin.get("/instances", params={name: "x"}))
    assert name in json.dumps(faults(gateway.admin.post("/instances", {**PLACE, name: "x"})))
    assert name in json.dumps(faults(gateway.admin.post("/rpc/ecs/DescribeInstances", {name: "x"})))


def test_statuses(gateway):
    assert "/instances" in problem(gateway.admin.get("/instanecs"), 404)["detail"]
    wrong = gateway.admin.request("PUT", "/instances")
    problem(wrong, 405)
    assert {"GET", "POST"} <= {m.strip() for m in wrong.headers["Allow"].split(",")}
    problem(gateway.admin.request("POST", "/instances", data="a=b", headers={"Content-Type": "application/x-www-form-urlencoded"}), 415)
    problem(gateway.admin.request("POST", "/instances", data=b'{"a":"' + b"x" * 2_000_000 + b'"}', headers={"Content-Type": "application/json"}), 413)
    problem(gateway.admin.get("/instances?instanceName=" + "x" * 5000), 414)
    for caller in (gateway.anonymous,):
        refused = caller.get("/instances")
        problem(refused, 401)
        assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    refused = requests.get(gateway.url + "/instances", headers={"Authorization": "Bearer acsgw_wrong"}, timeout=10)
    problem(refused, 401)
    assert 'error="invalid_token"' in refused.headers["WWW-Authenticate"]


def exchange(port, data, seconds=5):
    """Everything the gateway answers to raw bytes until it closes the connection."""
    with socket.create_connection(("127.0.0.1", port), seconds) as connection:
        connection.settimeout(seconds)
        connection.sendall(data)
        received = b""
        try:
            while chunk := connection.recv(65536):
                received += chunk
        except TimeoutError:
            raise AssertionError(f"the connection stays open after {received[:200]!r}")
        except ConnectionResetError:
            pass
        return received


SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"


@pytest.mark.parametrize("head", [
    b"POST /instances HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /instances HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n",
    b"POST /instances HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX-A: b\x00c\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX-A: b\rc\r\n\r\n",
    b"G@T / HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\n: empty\r\n\r\n",
    b"POST /instances HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /instances HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
    b"POST /instances HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    b"POST /instances HTTP/1.1\r\nHost: a\r\nContent-Length: +4\r\n\r\n",
    b"POST /instances HTTP/1.1\r\nHost: a\r\nContent-Length: 4,4\r\n\r\n",
    b"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n folded\r\n\r\n",
    b"GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET nothing HTTP/1.1\r\nHost: a\r\n\r\n",
])
def test_framing_faults_close_the_connection(gateway, head):
    answer = exchange(gateway.port, head + SMUGGLED)
    assert answer.startswith(b"HTTP/1.1 400 "), answer[:200]
    assert answer.lower().count(b"content-type: application/problem+json") <= 1
    assert b"smuggled" not in answer and b" 404 " not in answer
    # libmicrohttpd itself refuses a Content-Length that is no number, with a page of its own.
    assert b"application/problem+json" in answer or b"<html>" in answer
