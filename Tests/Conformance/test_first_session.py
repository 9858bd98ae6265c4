"""What a newcomer does first: every line that the gateway prints works as printed."""
import json
import re
import subprocess

from conftest import sandbox


def test_every_printed_curl_line_works():
    with sandbox("--speed", "1000") as gateway:
        lines = [line.strip() for line in gateway.process.stdout if line.strip().startswith("curl ")]
        assert len(lines) >= 5
        created = {}
        for line in lines:
            for placeholder, value in created.items():
                line = line.replace(placeholder, value)
            done = subprocess.run(["sh", "-c", line + " -w '\\n%{http_code}'"], capture_output=True, text=True, timeout=30)
            assert done.returncode == 0, (line, done.stderr)
            body, status = done.stdout.rsplit("\n", 1)
            assert status.startswith("2"), (line, done.stdout)
            if body.strip().startswith("{"):
                json.loads(body)
        assert len(set(gateway.tokens.values())) == 3


def test_stops_with_exit_code_zero():
    with sandbox() as gateway:
        assert gateway.viewer.get("/instances").status_code == 200
        assert gateway.process.stop() == 0


def test_tokens_are_not_logged():
    with sandbox() as gateway:
        for caller in (gateway.admin, gateway.viewer):
            caller.get("/instances")
        gateway.process.stop()
        log = "\n".join(gateway.process.stderr)
        assert re.search(r'"principal":"viewer"', log)
        for token in gateway.tokens.values():
            assert token not in log


def test_one_access_line_for_each_request():
    with sandbox() as gateway:
        gateway.viewer.get("/instances?pageSize=3", headers={"X-Request-Id": "my-request-1"})
        gateway.viewer.get("/instances?pageSize=3")
        gateway.viewer.delete("/instances/i-nothing")
        gateway.process.stop()
        lines = [line for line in gateway.process.log() if line.get("msg") == "request"]
        assert len(lines) == 3
        # Two loops write independently, so lines of different connections may change places.
        first = next(line for line in lines if line["request_id"] == "my-request-1")
        second = next(line for line in lines if line["method"] == "GET" and line is not first)
        third = next(line for line in lines if line["method"] == "DELETE")
        assert first["action"] == "ecs:DescribeInstances" and first["principal"] == "viewer"
        assert first["decision"] == "Allow" and first["status"] == 200 and first["acs_request_id"]
        assert first["upstream_ms"] <= first["total_ms"]
        assert second["cache"] == "hit" and "acs_request_id" not in second
        assert third["status"] == 403 and third["decision"] == "ImplicitDeny"
        assert "pageSize" not in json.dumps(lines)
