"""A running gateway takes a new configuration as a whole, or not at all, and says which."""
import hashlib
import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import threading

import pytest
import requests

from conftest import BINARY, Gateway, Process, eventually

TOKENS = {"old": "acsgw_test_old" + "o" * 40, "new": "acsgw_test_new" + "n" * 40}


def digest(name):
    return hashlib.sha256(TOKENS[name].encode()).hexdigest()


@pytest.fixture(scope="module")
def endpoint():
    process = Process("simulate", "--listen", "127.0.0.1:0", "--access-key", "testid:testsecret")
    try:
        yield process.wait_for(r"(http://127\.0\.0\.1:\d+)").group(1)
    finally:
        process.stop()


class Site:
    """A configuration in a folder, and the gateway that serves it."""

    def __init__(self, folder, endpoint, watch=False, listen='[{address: "127.0.0.1:0"}]'):
        self.folder, self.endpoint, self.watch, self.listen = folder, endpoint, watch, listen
        self.file = folder / "gateway.yaml"
        (folder / "policies").mkdir()
        self.policy("rights", "Allow")
        self.write(["old"])
        self.process = Process("serve", "--config", self.file, env={
            "ALIBABA_CLOUD_ACCESS_KEY_ID": "testid", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret"})
        url = self.process.wait_for(r"ready on (https?://\S+)").group(1)
        self.gateway = Gateway(self.process, url, TOKENS)

    def policy(self, name, effect, action="*"):
        statement = {"Effect": effect, "Action": action, "Resource": "*"}
        (self.folder / "policies" / f"{name}.json").write_text(json.dumps({"Version": "1", "Statement": [statement]}))

    def write(self, names, extra=""):
        principals = "".join(
            f'  {name}: {{tokens: ["sha256:{digest(name)}"], policies: [rights]}}\n' for name in names)
        self.file.write_text(f"""
listen: {self.listen}
threads: 2
accounts:
  test:
    default: true
    account-id: "1234567890123456"
    region: cn-hangzhou
    credentials: {{type: environment}}
    endpoints: {{ecs: "{self.endpoint}"}}
principals:
{principals}
policies: policies/
log: {{format: json}}
pid-file: pid
reload: {{watch: {str(self.watch).lower()}, interval: 50ms}}
{extra}
""")

    def reload(self):
        return subprocess.run([BINARY, "reload", "--config", self.file], capture_output=True, text=True, timeout=60)

    def status(self, name):
        return getattr(self.gateway, name).get("/instances").status_code


@pytest.fixture
def site(tmp_path, endpoint):
    made = Site(tmp_path, endpoint)
    yield made
    assert made.process.stop() == 0


def test_principals_policies_and_tokens_come_and_go(site):
    assert [site.status("old"), site.status("old"), site.status("new")] == [200, 200, 401]
    # For `kill -HUP $(cat pid)`: nothing but the number.
    assert (site.folder / "pid").read_text() == f"{site.process.child.pid}\n"
    site.write(["old", "new"])
    done = site.reload()
    assert done.returncode == 0 and "reloaded" in done.stdout, done.stderr
    assert [site.status("old"), site.status("new")] == [200, 200]
    site.policy("rights", "Deny", "ecs:DescribeInstances")
    assert site.reload().returncode == 0
    assert [site.status("old"), site.status("new")] == [403, 403], "an answer that is still cached is no way around"
    site.policy("rights", "Allow")
    site.write(["new"])
    assert site.reload().returncode == 0
    assert [site.status("old"), site.status("new")] == [401, 200]
    assert 'acs_gateway_reloads_total{outcome="ok"} 3' in requests.get(site.gateway.url + "/metrics", timeout=10).text


def test_a_faulty_file_changes_nothing_and_is_told(site):
    site.write(["old", "new"], extra="colour: red")
    refused = site.reload()
    assert refused.returncode == 78 and "colour" in refused.stderr
    # Without the check beforehand the process itself finds the fault.
    os.kill(site.process.child.pid, signal.SIGHUP)
    eventually(lambda: "could not be reloaded" in requests.get(site.gateway.url + "/readyz", timeout=10).text)
    ready = requests.get(site.gateway.url + "/readyz", timeout=10)
    assert ready.status_code == 200 and "colour" in ready.text, "it goes on serving, and says what is wrong"
    assert any("colour" in json.dumps(line) and line["level"] == "error" for line in site.process.log())
    assert [site.status("old"), site.status("new")] == [200, 401]
    (site.folder / "policies" / "rights.json").write_text('{"Version": "1", "Statement": [{"Effect": "Alow"}]}')
    site.write(["old", "new"])
    assert site.reload().returncode == 78
    assert site.status("old") == 200
    site.policy("rights", "Allow")
    assert site.reload().returncode == 0
    assert "could not" not in requests.get(site.gateway.url + "/readyz", timeout=10).text
    assert site.status("new") == 200


def test_what_needs_a_restart_is_named(site):
    site.write(["old"], extra="limits: {body: 2MiB}")
    done = site.reload()
    assert done.returncode == 0 and "needs a restart: limits" in done.stdout


def test_a_change_of_a_file_is_noticed(tmp_path, endpoint):
    site = Site(tmp_path, endpoint, watch=True)
    try:
        assert site.status("new") == 401
        site.write(["old", "new"])
        eventually(lambda: site.status("new") == 200)
        site.policy("rights", "Deny")
        eventually(lambda: site.status("new") == 403)
    finally:
        assert site.process.stop() == 0


def test_requests_on_their_way_are_answered(site):
    """Reloads under load: no request fails, and none is answered by half of a configuration."""
    seen, stop = set(), threading.Event()

    def ask():
        caller = site.gateway.old
        number = 0
        while not stop.is_set():
            number += 1
            seen.add(caller.get(f"/instances?instanceName=x{number % 50}").status_code)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(10):
        site.write(["old", "new"] if number % 2 else ["old"])
        assert site.reload().returncode == 0
    stop.set()
    for thread in threads:
        thread.join()
    assert seen == {200}


def test_certificates_are_renewed_without_closing_connections(tmp_path, endpoint):
    def certificate(name):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", f"/CN={name}", "-keyout", tmp_path / "key.pem", "-out", tmp_path / "certificate.pem"],
            check=True, capture_output=True)

    def served(port):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = context.wrap_socket(socket.create_connection(("127.0.0.1", port), 10))
        return connection, hashlib.sha256(connection.getpeercert(True)).hexdigest()

    def ask(connection):
        connection.sendall(f"GET /whoami HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {TOKENS['old']}\r\n\r\n".encode())
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        answer.read()
        return answer.status

    certificate("first")
    site = Site(tmp_path, endpoint, listen='[{address: "127.0.0.1:0", tls: {certificate: certificate.pem, key: key.pem}}]')
    try:
        kept, first = served(site.gateway.port)
        assert ask(kept) == 200
        certificate("second")
        assert site.reload().returncode == 0
        for _ in range(4):
            fresh, second = served(site.gateway.port)
            assert second != first and ask(fresh) == 200
        assert ask(kept) == 200
        (tmp_path / "key.pem").write_text("no key")
        assert site.reload().returncode != 0
        fresh, third = served(site.gateway.port)
        assert third == second and ask(fresh) == 200
    finally:
        assert site.process.stop() == 0
