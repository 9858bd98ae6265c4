"""The cloud in trouble: the gateway gives its documented answers, leaks nothing and goes on."""
import json
import os
import random
import socket
import threading
import time

import pytest

from conftest import configured

GOOD = json.dumps({"RequestId": "R-1", "TotalCount": 0, "PageNumber": 1, "PageSize": 10, "Instances": {"Instance": []}})


def http(status, body, content_type="application/json", extra=""):
    payload = body.encode()
    return (
        f"HTTP/1.1 {status} X\r\nContent-Type: {content_type}\r\nContent-Length: {len(payload)}\r\n{extra}\r\n"
    ).encode() + payload


def cloud_error(status, code, message="The message."):
    return http(status, json.dumps({"RequestId": "R-2", "HostId": "h", "Code": code, "Message": message}))


FAULTS = {
    "good": http(200, GOOD),
    "throttled": cloud_error(400, "Throttling"),
    "throttled-later": cloud_error(400, "Throttling.User"),
    "internal": cloud_error(500, "InternalError"),
    "unavailable": cloud_error(503, "ServiceUnavailable"),
    "not-found": cloud_error(404, "InvalidInstanceId.NotFound"),
    "wrong-state": cloud_error(403, "IncorrectInstanceStatus"),
    "quota": cloud_error(403, "QuotaExceed.DiskCapacity"),
    "mismatch": cloud_error(400, "IdempotentParameterMismatch"),
    "bad-key": cloud_error(404, "InvalidAccessKeyId.NotFound"),
    "bad-signature": cloud_error(400, "IncompleteSignature"),
    "expired": cloud_error(400, "InvalidSecurityToken.Expired"),
    "forbidden": cloud_error(403, "Forbidden.RAM"),
    "html": http(502, "<html>bad gateway</html>", "text/html"),
    "html-200": http(200, "<html>portal</html>", "text/html"),
    "truncated-json": http(200, GOOD[:40]),
    "garbage-json": http(200, GOOD.replace(":", ";")),
    "cut": http(200, GOOD)[:-20],
    "hang": b"",
    "drip": None,
    "reset": None,
    "not-http": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "redirect": http(302, "", extra="Location: http://127.0.0.1:1/\r\n"),
    "huge": None,
}


class FaultyCloud:
    """Answers every call by the fault that the call's InstanceName asks for."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self.listener.getsockname()[1]
        self.calls = 0
        self.stopped = False
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while not self.stopped:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            buffered = b""
            while not self.stopped:
                while b"\r\n\r\n" not in buffered:
                    chunk = connection.recv(65536)
                    if not chunk:
                        return
                    buffered += chunk
                head, buffered = buffered.split(b"\r\n\r\n", 1)
                self.calls += 1
                name = head.split(b"InstanceName=")[1].split(b"&")[0].split(b" ")[0].decode() if b"InstanceName=" in head else "good"
                if not self.answer(connection, name.split(".")[0]):
                    return
        except OSError:
            pass
        finally:
            connection.close()

    def answer(self, connection, fault):
        if fault == "hang":
            time.sleep(2)
            return False
        if fault == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            return False
        if fault == "drip":
            for byte in FAULTS["good"]:
                connection.sendall(bytes([byte]))
                time.sleep(0.05)
            return False
        if fault == "huge":
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n")
            try:
                for _ in range(2000):
                    connection.sendall(b" " * 65536)
            except OSError:
                pass
            return False
        connection.sendall(FAULTS[fault])
        return fault not in ("cut", "not-http")

    def stop(self):
        self.stopped = True
        self.listener.close()


@pytest.fixture(scope="module")
def cloud():
    running = FaultyCloud()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def gateway(cloud, tmp_path_factory):
    with configured(tmp_path_factory.mktemp("faults"), f"http://127.0.0.1:{cloud.port}") as running:
        yield running


EXPECTED = [
    ("good", 200, None),
    ("throttled", 429, "cloud"), ("throttled-later", 429, "cloud"), ("internal", 502, "cloud"), ("unavailable", 502, "cloud"),
    ("not-found", 404, "cloud"), ("wrong-state", 409, "cloud"), ("quota", 409, "cloud"), ("mismatch", 422, "cloud"),
    ("bad-key", 502, "credentials"), ("bad-signature", 502, "credentials"), ("expired", 502, "credentials"),
    ("forbidden", 502, "credentials"), ("html", 502, "cloud"), ("html-200", 502, "cloud"), ("truncated-json", 502, "cloud"),
    ("garbage-json", 502, "cloud"), ("cut", 502, "cloud"), ("hang", 504, "cloud"), ("drip", 504, "cloud"), ("reset", 502, "cloud"),
    ("not-http", 502, "cloud"), ("redirect", 502, "cloud"), ("huge", 502, "cloud"),
]


@pytest.mark.parametrize("fault, status, origin", EXPECTED)
def test_each_fault_has_its_answer(gateway, fault, status, origin):
    answer = gateway.dashboard.get(f"/instances?instanceName={fault}")
    assert answer.status_code == status, answer.text
    if status == 200:
        return
    problem = answer.json()
    assert problem["origin"] == origin and problem["upstream"]["action"] == "ecs:DescribeInstances"
    assert answer.headers["Content-Type"] == "application/problem+json"
    if status == 429:
        assert int(answer.headers["Retry-After"]) >= 1 and problem["retryable"]
    if status in (429, 504):
        assert problem["retryable"]
    assert "needle" not in answer.text and "Signature=" not in answer.text
    after = gateway.dashboard.get("/instances?instanceName=good")
    assert after.status_code == 200


def test_errors_are_not_cached(gateway, cloud):
    for _ in range(2):
        before = cloud.calls
        assert gateway.dashboard.get("/instances?instanceName=not-found.once").status_code == 404
        assert cloud.calls == before + 1


def test_nobody_listens(tmp_path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with configured(tmp_path, f"http://127.0.0.1:{closed.getsockname()[1]}") as gateway:
            answer = gateway.dashboard.get("/instances")
            assert answer.status_code == 502 and answer.json()["retryable"], answer.text
            assert gateway.anonymous.get("/healthz").status_code == 200


def test_concurrent_misses_make_one_call(gateway, cloud):
    before = cloud.calls
    results = []
    start = threading.Barrier(20)

    def ask():
        caller = gateway.dashboard
        start.wait()
        results.append(caller.get("/instances?instanceName=drip.together").status_code)

    threads = [threading.Thread(target=ask) for _ in range(20)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert results == [504] * 20
    assert cloud.calls - before <= 2


def test_memory_stays_flat_over_mixed_faults(gateway):
    """Ten thousand requests of mixed faults; the slow ones are few, so that this takes seconds."""
    quick = [f for f, _, _ in EXPECTED if f not in ("hang", "drip", "huge")]
    generator = random.Random(1)

    def burst(count, serial):
        caller = gateway.dashboard
        for index in range(count):
            fault = generator.choice(quick)
            answer = caller.get(f"/instances?instanceName={fault}.{serial}.{index}")
            assert answer.status_code == dict((f, s) for f, s, _ in EXPECTED)[fault], (fault, answer.text)

    def run(requests, serial):
        threads = [threading.Thread(target=burst, args=(requests // 8, f"{serial}.{t}")) for t in range(8)]
        [t.start() for t in threads]
        [t.join() for t in threads]

    run(2000, 0)
    before, descriptors = gateway.process.resident_kilobytes(), len(os.listdir(f"/proc/{gateway.process.child.pid}/fd"))
    run(8000, 1)
    after = gateway.process.resident_kilobytes()
    # What may grow is the cache by the good answers; each is a few hundred bytes.
    assert after - before < 12_000, (before, after)
    assert len(os.listdir(f"/proc/{gateway.process.child.pid}/fd")) <= descriptors + 16
    assert "needle" not in "\n".join(gateway.process.stderr)
