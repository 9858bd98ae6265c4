"""The product's main job, from outside: instances and disks through their lives, by REST."""
import time

import pytest

from conftest import eventually


@pytest.fixture(scope="module")
def place(gateway):
    """Where a new instance can be: ids of the simulated cloud's own fleet."""
    instance = gateway.admin.get("/instances?pageSize=1").json()["items"][0]
    return {
        "zoneId": instance["zoneId"],
        "imageId": instance["imageId"],
        "instanceType": instance["instanceType"],
        "securityGroupId": instance["securityGroupIds"][0],
        "vSwitchId": instance["vpcAttributes"]["vSwitchId"],
    }


def status_of(gateway, kind, identifier):
    answer = gateway.admin.get(f"/{kind}/{identifier}", headers={"Cache-Control": "no-cache"})
    return answer.json()["status"] if answer.status_code == 200 else answer.status_code


def test_an_instance_from_birth_to_death(gateway, place):
    created = gateway.operator.post("/instances", {**place, "instanceName": "story-1", "amount": 1})
    assert created.status_code == 201, created.text
    identifier = created.json()["instanceIdSets"][0]
    assert created.headers["Location"].endswith(f"/instances/{identifier}")
    assert created.headers["X-Acs-Request-Id"] == created.json()["requestId"]

    seen = []
    while not seen or seen[-1] != "Running":
        status = status_of(gateway, "instances", identifier)
        if not seen or seen[-1] != status:
            seen.append(status)
        assert len(seen) < 10
    assert seen == [s for s in ("Pending", "Starting", "Running") if s in seen]

    early = gateway.operator.delete(f"/instances/{identifier}")
    assert early.status_code == 409 and early.json()["code"].startswith("IncorrectInstanceStatus")
    assert early.json()["origin"] == "cloud" and early.json()["upstream"]["action"] == "ecs:DeleteInstance"

    started = gateway.operator.post(f"/instances/{identifier}/start")
    assert started.status_code == 409

    assert gateway.operator.post(f"/instances/{identifier}/reboot").status_code == 202
    eventually(lambda: status_of(gateway, "instances", identifier) == "Running")
    assert gateway.operator.post(f"/instances/{identifier}/stop", {"forceStop": True}).status_code == 202
    eventually(lambda: status_of(gateway, "instances", identifier) == "Stopped")
    assert gateway.operator.post(f"/instances/{identifier}/start").status_code == 202
    eventually(lambda: status_of(gateway, "instances", identifier) == "Running")
    assert gateway.operator.post(f"/instances/{identifier}/stop").status_code == 202
    eventually(lambda: status_of(gateway, "instances", identifier) == "Stopped")

    changed = gateway.operator.request("PATCH", f"/instances/{identifier}", json={"instanceName": "story-renamed"})
    assert changed.status_code in (200, 204), changed.text
    assert gateway.viewer.get(f"/instances/{identifier}").json()["instanceName"] == "story-renamed"

    assert gateway.operator.delete(f"/instances/{identifier}").status_code == 204
    gone = gateway.operator.get(f"/instances/{identifier}")
    assert gone.status_code == 404 and gone.headers["Content-Type"] == "application/problem+json"


def test_a_disk_attached_and_detached(gateway, place):
    made = gateway.operator.post("/instances", {**place, "instanceName": "story-disk"}).json()["instanceIdSets"][0]
    eventually(lambda: status_of(gateway, "instances", made) == "Running")
    created = gateway.operator.post("/disks", {"zoneId": place["zoneId"], "diskCategory": "cloud_efficiency", "size": 40})
    assert created.status_code == 201, created.text
    disk = created.json()["diskId"]
    eventually(lambda: status_of(gateway, "disks", disk) == "Available")

    assert gateway.operator.post(f"/disks/{disk}/attach", {"instanceId": made}).status_code == 202
    eventually(lambda: status_of(gateway, "disks", disk) == "In_use")
    busy = gateway.operator.delete(f"/disks/{disk}")
    assert busy.status_code == 409 and busy.json()["code"] == "IncorrectDiskStatus"
    assert gateway.operator.post(f"/disks/{disk}/detach", {"instanceId": made}).status_code == 202
    eventually(lambda: status_of(gateway, "disks", disk) == "Available")
    assert gateway.operator.delete(f"/disks/{disk}").status_code == 204
    assert gateway.operator.get(f"/disks/{disk}").status_code == 404
    gateway.operator.post(f"/instances/{made}/stop", {"forceStop": True})
    eventually(lambda: status_of(gateway, "instances", made) == "Stopped")
    assert gateway.operator.delete(f"/instances/{made}").status_code == 204


def test_security_group_rules(gateway, place):
    group = place["securityGroupId"]
    vpc = gateway.admin.get(f"/security-groups/{group}").json()["vpcId"]
    made = gateway.operator.post("/security-groups", {"vpcId": vpc, "securityGroupName": "story-group"})
    assert made.status_code == 201, made.text
    identifier = made.json()["securityGroupId"]
    rule = {"ipProtocol": "tcp", "portRange": "8443/8443", "sourceCidrIp": "10.0.0.0/8"}
    assert gateway.operator.post(f"/security-groups/{identifier}/ingress-rules", rule).status_code in (200, 201, 204)
    rules = gateway.operator.get(f"/security-groups/{identifier}").json()["permissions"]
    assert [r["portRange"] for r in rules if r["sourceCidrIp"] == "10.0.0.0/8"] == ["8443/8443"]
    gone = gateway.operator.delete(f"/security-groups/{identifier}/ingress-rules", params=rule)
    assert gone.status_code in (200, 204), gone.text
    assert gateway.operator.delete(f"/security-groups/{identifier}").status_code == 204


def test_the_second_list_is_a_cache_hit_and_a_write_makes_it_fresh(gateway, place):
    path = "/instances?instanceName=story-cache*"
    first = gateway.viewer.get(path)
    second = gateway.viewer.get(path)
    assert "fwd=" in first.headers["Cache-Status"] and "; hit" in second.headers["Cache-Status"]
    assert "X-Acs-Request-Id" in first.headers and "X-Acs-Request-Id" not in second.headers
    assert first.content == second.content and int(second.headers["Age"]) >= 0
    assert gateway.viewer.get(path, headers={"If-None-Match": second.headers["ETag"]}).status_code == 304
    before = first.json()["totalCount"]
    made = gateway.operator.post("/instances", {**place, "instanceName": "story-cache-1"}).json()["instanceIdSets"][0]
    third = gateway.viewer.get(path)
    assert "; hit" not in third.headers["Cache-Status"]
    assert third.json()["totalCount"] == before + 1
    fresh = gateway.viewer.get(path, headers={"Cache-Control": "no-cache"})
    assert "fwd=request" in fresh.headers["Cache-Status"]
    eventually(lambda: status_of(gateway, "instances", made) == "Running")
    gateway.operator.delete(f"/instances/{made}?force=true")


def test_a_viewer_cannot_delete_and_nothing_is_sent(gateway):
    identifier = gateway.viewer.get("/instances").json()["items"][0]["instanceId"]
    calls = gateway.upstream_calls()
    refused = gateway.viewer.delete(f"/instances/{identifier}")
    problem = refused.json()
    assert refused.status_code == 403 and problem["origin"] == "client"
    assert "ecs:DeleteInstance" in problem["detail"] and f"instance/{identifier}" in problem["detail"]
    assert "no statement" in problem["detail"]
    assert gateway.upstream_calls() == calls


def test_lists_look_alike_and_page(gateway):
    for path in ("/instances", "/disks", "/snapshots", "/images", "/security-groups", "/key-pairs", "/network-interfaces",
                 "/regions", "/zones", "/instance-types", "/instance-type-families"):
        answer = gateway.viewer.get(path)
        assert answer.status_code == 200, (path, answer.text)
        assert isinstance(answer.json()["items"], list) and answer.json()["requestId"], path
        assert gateway.viewer.get("/ecs" + path).status_code == 200
    head = gateway.viewer.request("HEAD", "/regions")
    assert head.status_code == 200 and head.content == b"" and int(head.headers["Content-Length"]) > 100
    names, token, pages = [], None, 0
    while True:
        parameters = {"pageSize": 5, **({"pageToken": token} if token else {})}
        answer = gateway.viewer.get("/instances", params=parameters)
        body = answer.json()
        assert len(body["items"]) <= 5
        names += [i["instanceId"] for i in body["items"]]
        token = body.get("nextPageToken")
        pages += 1
        if not token:
            break
        assert 'rel="next"' in answer.headers["Link"]
    assert pages > 1 and len(names) == len(set(names)) == body["totalCount"]
    everything = gateway.viewer.get("/instances?all=true&pageSize=5").json()
    assert sorted(i["instanceId"] for i in everything["items"]) == sorted(names)
    stolen = gateway.viewer.get("/disks", params={"pageToken": gateway.viewer.get("/instances?pageSize=5").json()["nextPageToken"]})
    assert stolen.status_code == 400


def test_waiting_for_a_state(gateway, place):
    made = gateway.operator.post("/instances", {**place, "instanceName": "story-wait"}, headers={"Prefer": "wait=20"})
    assert made.status_code == 201 and made.headers["Preference-Applied"] == "wait=20"
    identifier = made.json()["instanceIdSets"][0]
    assert status_of(gateway, "instances", identifier) == "Running"
    stopped = gateway.operator.post(f"/instances/{identifier}/stop", headers={"Prefer": "wait=20"})
    assert stopped.status_code in (200, 202)
    assert status_of(gateway, "instances", identifier) == "Stopped"
    verbs = {v["verb"]: v for v in gateway.viewer.get(f"/instances/{identifier}/actions").json()["items"]}
    assert not verbs["start"]["allowed"] and "no statement" in verbs["start"]["reason"]
    verbs = {v["verb"]: v for v in gateway.operator.get(f"/instances/{identifier}/actions").json()["items"]}
    assert verbs["start"]["allowed"] and not verbs["stop"]["allowed"] and "Stopped" in verbs["stop"]["reason"]
    assert gateway.operator.delete(f"/instances/{identifier}").status_code == 204


def test_idempotency_key(gateway, place):
    key = f"story-{time.time_ns()}"
    body = {**place, "instanceName": "story-once"}
    first = gateway.operator.post("/instances", body, headers={"Idempotency-Key": key})
    again = gateway.operator.post("/instances", body, headers={"Idempotency-Key": key})
    assert first.status_code == again.status_code == 201
    assert first.json()["instanceIdSets"] == again.json()["instanceIdSets"]
    other = gateway.operator.post("/instances", {**body, "instanceName": "story-twice"}, headers={"Idempotency-Key": key})
    assert other.status_code == 422, other.text
    identifier = first.json()["instanceIdSets"][0]
    eventually(lambda: status_of(gateway, "instances", identifier) == "Running")

    key += "-stop"
    stop = gateway.operator.post(f"/instances/{identifier}/stop", headers={"Idempotency-Key": key})
    replay = gateway.operator.post(f"/instances/{identifier}/stop", headers={"Idempotency-Key": key})
    assert stop.status_code == replay.status_code == 202
    assert replay.headers["Idempotency-Replayed"] == "true" and stop.content == replay.content
    eventually(lambda: status_of(gateway, "instances", identifier) == "Stopped")
    gateway.operator.delete(f"/instances/{identifier}")


def test_every_action_also_by_its_rpc_path(gateway):
    rest = gateway.viewer.get("/instances?pageSize=2")
    for body in ({"PageSize": 2}, {"pageSize": 2}):
        rpc = gateway.viewer.post("/rpc/ecs/DescribeInstances", body)
        assert rpc.status_code == 200, rpc.text
        assert [i["instanceId"] for i in rpc.json()["items"]] == [i["instanceId"] for i in rest.json()["items"]]
    native = gateway.viewer.get("/instances?pageSize=2", headers={"Accept": "application/vnd.acs.native+json"})
    assert len(native.json()["Instances"]["Instance"]) == 2
    unknown = gateway.viewer.post("/rpc/ecs/DescribeInstancs")
    assert unknown.status_code == 404 and "DescribeInstances" in unknown.json()["detail"]


def test_accounts_by_header_and_path(gateway):
    assert gateway.viewer.get("/accounts/sandbox/instances").status_code == 200
    assert gateway.viewer.get("/instances", headers={"X-Account": "sandbox"}).status_code == 200
    for answer in (gateway.viewer.get("/accounts/nobody/instances"), gateway.viewer.get("/instances", headers={"X-Account": "nobody"})):
        assert answer.status_code == 404 and "nobody" in answer.json()["detail"]


def test_the_gateway_describes_itself(gateway):
    assert gateway.anonymous.get("/healthz").status_code == 200
    assert gateway.anonymous.get("/readyz").status_code == 200
    assert "openapi.yaml" in gateway.anonymous.get("/").text
    assert gateway.anonymous.get("/openapi.yaml").text.startswith('openapi: "3.1.0"')
    assert "acs_gateway_requests_total" in gateway.anonymous.get("/metrics").text
    me = gateway.viewer.get("/whoami").json()
    assert me["principal"] == "viewer" and me["authentication"] == "token"
    checks = gateway.viewer.post("/access-checks", {"checks": [
        {"action": "ecs:DescribeInstances", "resource": "acs:ecs:cn-hangzhou:1234567890123456:instance/*"},
        {"action": "ecs:DeleteInstance", "resource": "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1"},
    ]})
    assert [c["allowed"] for c in checks.json()["items"]] == [True, False], checks.text
