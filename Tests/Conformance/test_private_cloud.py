"""Accounts of the private cloud: what is sent to it, what it lacks, and how its own ways of failing reach callers."""
import contextlib
import hashlib
import http.server
import json
import threading
import urllib.parse

import pytest

from conftest import Gateway, Process

LIST = {"RequestId": "R-1", "TotalCount": 0, "PageNumber": 1, "PageSize": 10, "Instances": {"Instance": []}}


class Recorder(http.server.ThreadingHTTPServer):
    """Keeps the headers and parameters of each call, and gives the answers that were put up for its action."""

    def __init__(self):
        recorder = self
        self.calls, self.answers = [], {}

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                parameters = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
                recorder.calls.append((list(self.headers.items()), parameters))
                body = json.dumps(recorder.answers.get(parameters["Action"], LIST)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def recorder():
    running = Recorder()
    yield running
    running.shutdown()


@contextlib.contextmanager
def stack(directory, endpoint, extra):
    token = "acsgw_test_" + "p" * 40
    digest = hashlib.sha256(token.encode()).hexdigest()
    (directory / "gateway.yaml").write_text(f"""
listen: [{{address: "127.0.0.1:0"}}]
accounts:
  stack:
    account-id: "1098765432109876"
    dialect: apsara
    region: cn-qingdao-sg-d01
    credentials: {{type: environment}}
    endpoints: {{ecs: "{endpoint}"}}
    {extra}
principals:
  dashboard: {{tokens: ["sha256:{digest}"], policies: [AdministratorAccess]}}
""")
    process = Process(
        "serve", "--config", directory / "gateway.yaml",
        env={"ALIBABA_CLOUD_ACCESS_KEY_ID": "testid", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret"},
    )
    try:
        yield Gateway(process, process.wait_for(r"ready on (http://\S+)").group(1), {"dashboard": token})
    finally:
        process.stop()


@pytest.fixture(scope="module")
def gateway_to_stack(recorder, tmp_path_factory):
    extra = 'organization: "17"\n    resource-set: "245"\n    headers: {x-ascm-product-name: ecs}'
    with stack(tmp_path_factory.mktemp("stack"), f"http://127.0.0.1:{recorder.server_port}", extra) as running:
        yield running


def headers_of(recorder, name):
    return [value for key, value in recorder.calls[-1][0] if key.lower() == name]


def test_the_tenant_and_the_region_go_with_every_call(gateway_to_stack, recorder):
    caller = gateway_to_stack.dashboard
    assert caller.get("/instances").status_code == 200
    assert headers_of(recorder, "x-acs-organizationid") == ["17"]
    assert headers_of(recorder, "x-acs-resourcegroupid") == ["245"]
    assert headers_of(recorder, "x-acs-regionid") == ["cn-qingdao-sg-d01"]
    assert headers_of(recorder, "x-ascm-product-name") == ["ecs"]
    assert caller.get("/instances?region=cn-beijing-btc-d01").status_code == 200
    assert headers_of(recorder, "x-acs-regionid") == ["cn-beijing-btc-d01"]
    assert recorder.calls[-1][1]["RegionId"] == "cn-beijing-btc-d01"


def test_callers_cannot_set_the_headers(gateway_to_stack, recorder):
    forged = {"x-acs-organizationid": "99", "x-acs-resourcegroupid": "99", "x-acs-regionid": "elsewhere", "x-ascm-product-name": "x"}
    answer = gateway_to_stack.dashboard.get("/instances?instanceName=forged", headers=forged)
    assert answer.status_code == 200
    assert headers_of(recorder, "x-acs-organizationid") == ["17"]
    assert headers_of(recorder, "x-acs-resourcegroupid") == ["245"]
    assert headers_of(recorder, "x-acs-regionid") == ["cn-qingdao-sg-d01"]
    assert headers_of(recorder, "x-ascm-product-name") == ["ecs"]


def test_without_a_tenant_nothing_is_added(recorder, tmp_path):
    with stack(tmp_path, f"http://127.0.0.1:{recorder.server_port}", "") as running:
        assert running.dashboard.get("/instances").status_code == 200
        assert not [key for key, _ in recorder.calls[-1][0] if key.lower().startswith("x-acs-")]


def test_requests_are_held_against_the_private_cloud(gateway_to_stack, recorder):
    caller = gateway_to_stack.dashboard
    before = len(recorder.calls)
    answer = caller.post("/disks", {"zoneId": "cn-qingdao-sg-a01", "size": 2049, "diskCategory": "cloud_essd"})
    assert answer.status_code == 400
    assert {e["parameter"]: e.get("allowed") for e in answer.json()["errors"]} == {
        "size": "5 to 2048", "diskCategory": "cloud, cloud_efficiency, cloud_ssd",
    }
    answer = caller.post("/instances", {"instanceChargeType": "PrePaid", "securityGroupId": "sg-1"})
    assert "unknown parameter of RunInstances" in answer.json()["errors"][0]["reason"]
    assert len(recorder.calls) == before


def test_the_operations_calls_keep_their_lower_case_names(gateway_to_stack, recorder):
    caller = gateway_to_stack.dashboard
    recorder.answers["migrate_disk"] = {"code": 200, "msg": "successful"}
    answer = caller.post("/disks/d-1/migrate", {"destZoneId": "z-2", "destDiskType": "io7"})
    assert (answer.status_code, answer.json()) == (202, {"code": 200, "msg": "successful"})
    sent = recorder.calls[-1][1]
    assert {k: v for k, v in sent.items() if k[0].islower()} == {
        "region_id": "cn-qingdao-sg-d01", "disk_id": "d-1", "dest_zone_id": "z-2", "dest_disk_type": "io7",
    }
    assert caller.post("/rpc/ecs/migrate_disk", {"disk_id": "d-1", "dest_zone_id": "z-2"}).status_code == 200


@pytest.mark.parametrize("code, status, retryable", [
    (-14000400, 400, False), (-14000401, 400, False), (-14000402, 409, False), (-14000404, 404, False),
    (-14000501, 502, False), (-14000502, 502, True), ("-14000402", 409, False), (-1, 502, False),
])
def test_a_failure_in_an_answer_of_success_is_a_problem(gateway_to_stack, recorder, code, status, retryable):
    recorder.answers["migrate_disk"] = {"code": code, "msg": "said the cloud"}
    answer = gateway_to_stack.dashboard.post("/disks/d-1/migrate", {"destZoneId": "z-2"})
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status), problem
    assert (problem["code"], problem["origin"], problem["detail"]) == (str(code), "cloud", "said the cloud")
    assert problem["retryable"] == retryable
    assert problem["upstream"]["action"] == "ecs:migrate_disk"


def test_what_a_dialect_lacks_is_told(gateway):
    caller = gateway.admin
    for path, account, whose in [
        ("/instances/i-1/vnc-url", "private", "private cloud"), ("/deployment-sets", "sandbox", "public cloud"),
    ]:
        answer = caller.get(path, headers={"X-Account": account})
        assert answer.status_code == 501, answer.text
        assert whose in answer.json()["detail"] and answer.json()["code"] == "NotInDialect"
        assert caller.get(f"/accounts/{account}{path}").status_code == 501
    assert caller.post("/rpc/ecs/DescribeInstanceVncUrl", headers={"X-Account": "private"}).status_code == 501
    assert caller.post("/rpc/ecs/migrate_disk").status_code == 501
    assert caller.post("/rpc/ecs/DescribeDeploymentSets", headers={"X-Account": "private"}).status_code == 200


def test_the_embedded_default_has_a_cloud_of_each_kind(gateway):
    regions = {
        account: {item["regionId"] for item in gateway.viewer.get("/regions", headers={"X-Account": account}).json()["items"]}
        for account in ("sandbox", "private")
    }
    assert "cn-hangzhou" in regions["sandbox"] and "cn-qingdao-sg-d01" in regions["private"]
    assert not regions["sandbox"] & regions["private"]
    assert gateway.viewer.get("/whoami").json()["accounts"] == ["sandbox", "private"]
