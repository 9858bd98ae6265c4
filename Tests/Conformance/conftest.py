"""Starts the real binary for tests that use it as its users do: by HTTP, by curl, by the vendor's SDK."""
import contextlib
import hashlib
import json
import os
import pathlib
import re
import signal
import subprocess
import threading
import time

import pytest
import requests

ROOT = pathlib.Path(__file__).resolve().parents[2]


def binary():
    named = os.environ.get("GATEWAY_BINARY")
    if named:
        return named
    shown = subprocess.run(
        ["swift", "build", "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    return os.path.join(shown, "gateway")


BINARY = binary()


class Process:
    """A running gateway command whose output is collected while it runs."""

    def __init__(self, *arguments, env=None):
        self.child = subprocess.Popen(
            [BINARY, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, **(env or {})},
        )
        self.stdout, self.stderr = [], []
        for stream, lines in ((self.child.stdout, self.stdout), (self.child.stderr, self.stderr)):
            threading.Thread(target=self._collect, args=(stream, lines), daemon=True).start()

    @staticmethod
    def _collect(stream, lines):
        for line in stream:
            lines.append(line.rstrip("\n"))

    def wait_for(self, pattern, seconds=20):
        """The first match of `pattern` in what was printed so far."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = re.search(pattern, "\n".join(self.stdout))
            if found:
                return found
            if self.child.poll() is not None:
                break
            time.sleep(0.01)
        raise AssertionError(f"no {pattern!r} in:\n" + "\n".join(self.stdout + self.stderr))

    def stop(self, with_signal=signal.SIGTERM, seconds=20):
        if self.child.poll() is None:
            self.child.send_signal(with_signal)
        try:
            return self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            self.child.kill()
            raise

    def log(self):
        """The structured log lines that were written so far."""
        return [json.loads(line) for line in self.stderr if line.startswith("{")]

    def resident_kilobytes(self):
        for line in open(f"/proc/{self.child.pid}/status"):
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        return 0


class Caller:
    """One principal's view of a gateway."""

    def __init__(self, url, token):
        self.url, self.token = url, token
        self.session = requests.Session()
        if token:
            self.session.headers["Authorization"] = f"Bearer {token}"

    def request(self, method, path, **options):
        return self.session.request(method, self.url + path, timeout=30, **options)

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, body=None, **options):
        return self.request("POST", path, json={} if body is None else body, **options)

    def delete(self, path, **options):
        return self.request("DELETE", path, **options)


class Gateway:
    """A gateway with its process, address and callers."""

    def __init__(self, process, url, tokens):
        self.process, self.url, self.tokens = process, url, tokens
        self.port = int(url.rsplit(":", 1)[1])

    def __getattr__(self, name):
        if name in self.tokens:
            return Caller(self.url, self.tokens[name])
        raise AttributeError(name)

    @property
    def anonymous(self):
        return Caller(self.url, None)

    def upstream_calls(self):
        """How many calls reached the cloud so far, by the gateway's own metrics."""
        text = requests.get(self.url + "/metrics", timeout=10).text
        return sum(float(v) for v in re.findall(r"^acs_gateway_upstream_calls_total\{[^}]*\} (\S+)$", text, re.M))


@contextlib.contextmanager
def sandbox(*arguments):
    process = Process("serve", "--listen", "127.0.0.1:0", "--log-format", "json", *arguments)
    try:
        url = process.wait_for(r"ready on (http://\S+)").group(1)
        process.wait_for(r"(?m)^  curl .*DELETE")
        tokens = dict(re.findall(r"(?m)^\s*(admin|operator|viewer)\s.*?(acsgw_[A-Za-z0-9_-]+)", "\n".join(process.stdout)))
        yield Gateway(process, url, tokens)
    finally:
        process.stop()


@pytest.fixture(scope="session")
def gateway():
    """The embedded default, its simulated clock a hundred times faster."""
    with sandbox("--speed", "100") as running:
        yield running


@contextlib.contextmanager
def configured(directory, endpoint, extra="", effects={"dashboard": "Allow"}):
    """A gateway in front of any endpoint, with a principal for each of `effects`, which say what it may do: everything or
    nothing."""
    policies = directory / "policies"
    policies.mkdir(exist_ok=True)
    tokens, principals = {}, ""
    for name, effect in effects.items():
        statement = {"Effect": effect, "Action": "*", "Resource": "*"}
        (policies / f"{name}.json").write_text(json.dumps({"Version": "1", "Statement": [statement]}))
        tokens[name] = "acsgw_test_" + name + "t" * 40
        digest = hashlib.sha256(tokens[name].encode()).hexdigest()
        principals += f'  {name}: {{tokens: ["sha256:{digest}"], policies: [{name}]}}\n'
    (directory / "gateway.yaml").write_text(
        f"""
listen: [{{address: "127.0.0.1:0"}}]
threads: 2
accounts:
  test:
    default: true
    account-id: "1234567890123456"
    region: cn-hangzhou
    credentials: {{type: environment}}
    endpoints: {{ecs: "{endpoint}"}}
    timeouts: {{connect: 300ms, first-byte: 700ms, total: 1500ms}}
principals:
{principals}
policies: policies/
log: {{format: json}}
{extra}
"""
    )
    process = Process(
        "serve", "--config", directory / "gateway.yaml",
        env={"ALIBABA_CLOUD_ACCESS_KEY_ID": "testid", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret-needle"},
    )
    try:
        url = process.wait_for(r"ready on (http://\S+)").group(1)
        yield Gateway(process, url, tokens)
    finally:
        process.stop()


def eventually(check, seconds=20):
    """The first true value of `check`, asked again and again."""
    end = time.monotonic() + seconds
    while True:
        value = check()
        if value:
            return value
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.05)
