"""The audit log: a line for every decision, in order, without secrets, and never lost in silence."""
import contextlib
import json
import os
import signal

import pytest
import requests

from conftest import Process, configured, eventually


@pytest.fixture(scope="module")
def endpoint():
    process = Process("simulate", "--listen", "127.0.0.1:0", "--access-key", "testid:testsecret-needle", "--speed", "100")
    try:
        yield process.wait_for(r"(http://127\.0\.0\.1:\d+)").group(1)
    finally:
        process.stop()


@contextlib.contextmanager
def audited(folder, endpoint, audit):
    with configured(folder, endpoint, f"audit: {audit}\n", effects={"dashboard": "Allow", "nobody": "Deny"}) as gateway:
        yield gateway


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_every_decision_is_told(tmp_path, endpoint):
    path = tmp_path / "audit.log"
    with audited(tmp_path, endpoint, "{path: audit.log}") as gateway:
        asked = [
            lambda: gateway.dashboard.get("/instances?pageSize=1", headers={"X-Request-Id": "first"}),
            lambda: gateway.dashboard.get("/instances?pageSize=1"),
            lambda: gateway.nobody.delete("/instances/i-1"),
            lambda: requests.get(gateway.url + "/instances", headers={"Authorization": "Bearer nonsense"}, timeout=10),
            lambda: gateway.dashboard.request(
                "PATCH", "/instances/i-none", json={"password": "Geheim-1234", "instanceName": "x1"}),
        ]
        for number, (ask, status) in enumerate(zip(asked, [200, 200, 403, 401, 404]), 1):
            assert ask().status_code == status
            # A line is written when its answer is on its way.
            eventually(lambda: len(lines(path)) == number)
        told = lines(path)
    first, again, refused, stranger, failed = told
    assert first["requestId"] == "first" and first["principal"] == "dashboard" and first["authentication"] == "token"
    assert first["source"] == "127.0.0.1" and first["account"] == "test" and first["action"] == "ecs:DescribeInstances"
    assert first["resources"] == ["acs:ecs:cn-hangzhou:1234567890123456:instance/*"]
    assert (first["decision"], first["policy"], first["statement"]) == ("Allow", "dashboard", 1)
    assert first["outcome"] == "succeeded" and first["cloudRequestId"] and first["parameters"]["PageSize"] == "1"
    assert again["outcome"] == "answered-locally"
    assert (refused["decision"], refused["outcome"], refused["status"]) == ("ExplicitDeny", "refused", 403)
    assert refused["resources"] == ["acs:ecs:cn-hangzhou:1234567890123456:instance/i-1"]
    assert stranger["status"] == 401 and "principal" not in stranger and "decision" not in stranger
    assert failed["outcome"] == "failed" and failed["parameters"]["Password"] == "•••"
    assert failed["parameters"]["InstanceName"] == "x1"
    assert "Geheim" not in path.read_text() and "nonsense" not in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o640


def test_rotation_goes_on_in_a_new_file(tmp_path, endpoint):
    path = tmp_path / "audit.log"
    with audited(tmp_path, endpoint, "{path: audit.log}") as gateway:
        assert gateway.dashboard.get("/disks").status_code == 200
        eventually(lambda: len(lines(path)) == 1)
        path.rename(tmp_path / "audit.log.1")
        assert gateway.dashboard.get("/disks").status_code == 200
        os.kill(gateway.process.child.pid, signal.SIGHUP)
        eventually(path.exists)
        assert gateway.dashboard.get("/disks").status_code == 200
        eventually(lambda: len(lines(path)) == 1)
        assert len(lines(tmp_path / "audit.log.1")) == 2


def test_a_file_that_cannot_be_reopened_is_seen(tmp_path, endpoint):
    folder = tmp_path / "audit"
    folder.mkdir()
    with audited(tmp_path, endpoint, "{path: audit/audit.log, on-failure: refuse-writes}") as gateway:
        folder.rename(tmp_path / "moved")
        os.kill(gateway.process.child.pid, signal.SIGHUP)
        eventually(lambda: "audit" in requests.get(gateway.url + "/readyz", timeout=10).text)
        assert gateway.dashboard.request("PATCH", "/instances/i-none", json={"instanceName": "x1"}).status_code == 503
        folder.mkdir()
        eventually(lambda: requests.get(gateway.url + "/readyz", timeout=10).status_code == 200)
        assert gateway.dashboard.get("/disks").status_code == 200
        eventually(lambda: lines(folder / "audit.log"))


def test_an_explanation_has_no_parameters_of_others(tmp_path, endpoint):
    path = tmp_path / "audit.log"
    question = {"principal": "nobody", "action": "ecs:StopInstance", "resources": ["*"]}
    with audited(tmp_path, endpoint, "{path: audit.log}") as gateway:
        for _ in range(8):
            assert gateway.dashboard.get("/disks?diskName=another-ones").status_code == 200
            gateway.dashboard.request("POST", "/policies/explain", json=question)
        eventually(lambda: len(lines(path)) == 16)
        told = [line for line in lines(path) if line["action"] == "gateway:ExplainPolicies"]
    assert len(told) == 8 and "another-ones" not in json.dumps(told)


@pytest.mark.parametrize("on_failure, write, ready", [("continue", 404, 200), ("refuse-writes", 503, 503)])
def test_a_full_disk_is_seen(tmp_path, endpoint, on_failure, write, ready):
    with audited(tmp_path, endpoint, f"{{path: /dev/full, on-failure: {on_failure}}}") as gateway:
        assert gateway.dashboard.get("/disks").status_code == 200
        eventually(lambda: "audit" in requests.get(gateway.url + "/readyz", timeout=10).text)
        assert requests.get(gateway.url + "/readyz", timeout=10).status_code == ready
        answer = gateway.dashboard.request("PATCH", "/instances/i-none", json={"instanceName": "x1"})
        assert answer.status_code == write, answer.text
        assert gateway.dashboard.get("/disks").status_code == 200, "looking is allowed"


def test_a_file_that_cannot_be_made_stops_the_start(tmp_path, endpoint):
    with pytest.raises(AssertionError, match="nowhere/audit.log: no such file or directory"):
        with audited(tmp_path, endpoint, "{path: nowhere/audit.log}"):
            pass
