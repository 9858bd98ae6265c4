"""Keys: the encrypted file and its commands, what a running gateway makes of a change, and where no secret may ever be."""
import contextlib
import hashlib
import http.server
import json
import os
import pathlib
import pty
import re
import secrets
import stat
import subprocess
import threading
import time

import pytest

from conftest import BINARY, Gateway, Process, eventually

PASSPHRASE = "a passphrase of the tests"
TOKEN = "acsgw_test_" + "k" * 40
ACCOUNT = "1234567890123456"


def keys(folder, command, *arguments, secret="", passphrase=PASSPHRASE, check=True):
    done = subprocess.run(
        [BINARY, "keys", command, "--file", str(folder / "keys.acs"), *arguments], input=secret, text=True,
        capture_output=True, env={**os.environ, "ACS_GATEWAY_PASSPHRASE": passphrase},
    )
    assert not check or done.returncode == 0, done.stderr
    assert not secret or secret not in done.stdout + done.stderr
    return done


@contextlib.contextmanager
def cloud(*keys):
    arguments = [part for key in keys for part in ("--access-key", key)]
    process = Process("simulate", "--listen", "127.0.0.1:0", "--allow-faults", *arguments)
    try:
        yield process.wait_for(r"http://127\.0\.0\.1:\d+").group(0)
    finally:
        process.stop()


@contextlib.contextmanager
def serving(folder, endpoint, credentials, env=None, principal=""):
    """A gateway whose only account has these credentials."""
    (folder / "policies").mkdir(exist_ok=True)
    (folder / "policies" / "everything.json").write_text(
        json.dumps({"Version": "1", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
    )
    digest = hashlib.sha256(TOKEN.encode()).hexdigest()
    (folder / "gateway.yaml").write_text(
        f"""
listen: [{{address: "127.0.0.1:0"}}]
threads: 2
accounts:
  main:
    account-id: "{ACCOUNT}"
    region: cn-hangzhou
    credentials: {credentials}
    endpoints: {{ecs: "{endpoint}", sts: "{endpoint}"}}
principals:
  dashboard: {{tokens: ["sha256:{digest}"], policies: [everything]{principal}}}
policies: policies/
log: {{format: json, level: trace}}
"""
    )
    check = subprocess.run(
        [BINARY, "check", "--config", str(folder / "gateway.yaml")], capture_output=True, text=True,
        env={**os.environ, **(env or {})},
    )
    assert check.returncode == 0, check.stderr
    process = Process("serve", "--config", folder / "gateway.yaml", env=env)
    try:
        url = process.wait_for(r"ready on (http://\S+)").group(1)
        yield Gateway(process, url, {"dashboard": TOKEN})
    finally:
        process.stop()


def memory(pid):
    """What a process has in its readable memory, piece by piece. Guarded pages cannot be read and are left out."""
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as image:
        for line in maps:
            span, rights = line.split()[:2]
            start, end = (int(number, 16) for number in span.split("-"))
            if not rights.startswith("r") or "[vvar" in line or "[vsyscall" in line:
                continue
            tail = b""
            for position in range(start, end, 1 << 20):
                try:
                    image.seek(position)
                    piece = image.read(min(1 << 20, end - position))
                except (OSError, OverflowError, ValueError):
                    tail = b""
                    continue
                yield tail + piece
                tail = piece[-64:]


def assert_nowhere(gateway, *needles, answers=()):
    """No needle in memory, arguments, environment, log or answers of a running gateway."""
    pid = gateway.process.child.pid
    wanted = [needle.encode() for needle in needles]
    for name in ("cmdline", "environ"):
        content = pathlib.Path(f"/proc/{pid}/{name}").read_bytes()
        for needle in wanted:
            assert needle not in content, f"in {name}"
    is_read = False
    for piece in memory(pid):
        is_read = is_read or ACCOUNT.encode() in piece
        for needle in wanted:
            assert needle not in piece, "in memory"
    assert is_read, "what must be in memory was not found either"
    text = "\n".join(gateway.process.stdout + gateway.process.stderr + list(answers))
    for needle in needles:
        assert needle not in text, "in log or answers"


root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root may read the memory of a gateway")


def regions(gateway, **headers):
    return gateway.dashboard.get("/regions", headers={"Cache-Control": "no-cache", **headers})


def test_the_life_of_a_key(tmp_path):
    secret = secrets.token_hex(15)
    assert keys(tmp_path, "add", "--id", "LTAI1", "main", secret=secret + "\n").stdout == "added `main`, LTAI1\n"
    file = tmp_path / "keys.acs"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_bytes()[:10] == b"ACSKEYS\0\x01\x01" and secret.encode() not in file.read_bytes()
    first = file.read_bytes()
    keys(tmp_path, "rotate", "--id", "LTAI2", "main", secret=secrets.token_hex(15))
    assert file.read_bytes()[16:44] != first[16:44], "salt and nonce are fresh each time"
    listed = keys(tmp_path, "list").stdout
    assert re.search(r"^main +LTAI2 +\d{4}-\d\d-\d\dT\S+Z +\d{4}", listed, re.M)
    wrong = keys(tmp_path, "list", passphrase="another passphrase", check=False)
    assert wrong.returncode == 1 and "does not open" in wrong.stderr
    file.chmod(0o644)
    refused = keys(tmp_path, "list", check=False)
    assert refused.returncode == 1 and "is accessible to others than its owner" in refused.stderr
    assert sorted(os.listdir(tmp_path)) == ["keys.acs"]


def test_the_terminal_hides_what_is_typed(tmp_path):
    """Passphrase, twice, and secret from a terminal: asked for in words, and never shown."""
    secret, passphrase = secrets.token_hex(15), secrets.token_hex(10)
    child, terminal = pty.fork()
    if child == 0:
        os.environ.pop("ACS_GATEWAY_PASSPHRASE", None)
        os.execv(BINARY, [BINARY, "keys", "add", "--file", str(tmp_path / "keys.acs"), "--id", "LTAI1", "main"])
    shown = b""

    def until(prompt):
        nonlocal shown
        while prompt not in shown:
            shown += os.read(terminal, 4096)

    until(b"AccessKeySecret of LTAI1: ")
    os.write(terminal, b"wrong\x15" + secret.encode()[:-1] + b"x\x7f" + secret.encode()[-1:] + b"\n")
    until(b"passphrase of ")
    os.write(terminal, passphrase.encode() + b"\n")
    until(b"once more: ")
    os.write(terminal, passphrase.encode() + b"\n")
    with contextlib.suppress(OSError):
        while chunk := os.read(terminal, 4096):
            shown += chunk
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, shown
    assert secret.encode() not in shown and passphrase.encode() not in shown and b"wrong" not in shown
    assert "LTAI1" in keys(tmp_path, "list", passphrase=passphrase).stdout
    with cloud(f"LTAI1:{secret}") as endpoint, serving(
        tmp_path, endpoint, "{type: key-file, path: keys.acs}", env={"ACS_GATEWAY_PASSPHRASE": passphrase}
    ) as gateway:
        assert regions(gateway).status_code == 200


def test_an_interrupted_question_leaves_the_terminal_as_it_was(tmp_path):
    child, terminal = pty.fork()
    if child == 0:
        os.execv(BINARY, [BINARY, "keys", "add", "--file", str(tmp_path / "keys.acs"), "--id", "LTAI1", "main"])
    shown = b""
    while b"AccessKeySecret" not in shown:
        shown += os.read(terminal, 4096)
    import termios

    os.write(terminal, b"abc\x03")
    with contextlib.suppress(OSError):
        while chunk := os.read(terminal, 4096):
            shown += chunk
            if b"nothing was typed" in shown:
                assert termios.tcgetattr(terminal)[3] & termios.ECHO
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
    assert b"no secret: nothing was typed" in shown and not (tmp_path / "keys.acs").exists()


@root_only
def test_a_rotated_key_is_taken_over_and_no_secret_is_anywhere(tmp_path):
    """Rotation under traffic: no call fails, the new key serves within seconds, and neither secret can be found."""
    old, new = secrets.token_hex(15), secrets.token_hex(15)
    keys(tmp_path, "add", "--id", "old-id", "main", secret=old)
    with cloud(f"old-id:{old}", f"new-id:{new}") as endpoint, serving(
        tmp_path, endpoint, "{type: key-file, path: keys.acs}", env={"ACS_GATEWAY_PASSPHRASE": PASSPHRASE}
    ) as gateway:
        answers = [regions(gateway).text]
        # The cloud's own words about a signature may repeat what was signed.
        for fault in ("error=SignatureDoesNotMatch", "error=InvalidAccessKeyId.NotFound", "internal-error"):
            answers.append(regions(gateway, **{"x-simulate-fault": fault}).text)
        answers.append(gateway.dashboard.get("/nowhere").text)
        assert_nowhere(gateway, old, new, answers=answers)

        def renewals():
            text = gateway.anonymous.get("/metrics").text
            return int(re.search(r'renewals_total\{account="main",outcome="ok"\} (\d+)', text).group(1))

        before = renewals()
        keys(tmp_path, "rotate", "--id", "new-id", "main", secret=new)
        end = time.monotonic() + 30
        while renewals() == before:
            assert regions(gateway).status_code == 200 and time.monotonic() < end
            time.sleep(0.1)
        answers.append(regions(gateway).text)
        answers.append(gateway.anonymous.get("/metrics").text)
        answers.append(gateway.anonymous.get("/readyz").text)
        assert_nowhere(gateway, old, new, answers=answers)
        assert PASSPHRASE.encode() not in pathlib.Path(f"/proc/{gateway.process.child.pid}/environ").read_bytes()


@root_only
def test_the_key_of_the_environment_is_gone_from_it(tmp_path):
    secret = secrets.token_hex(15)
    env = {"ALIBABA_CLOUD_ACCESS_KEY_ID": "env-id", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": secret}
    with cloud(f"env-id:{secret}") as endpoint:
        with serving(tmp_path, endpoint, "{type: environment}", env=env) as gateway:
            assert regions(gateway).status_code == 200
            assert_nowhere(gateway, secret)
        # Also where nobody asked for it.
        keys(tmp_path, "add", "--id", "env-id", "main", secret=secret)
        env["ACS_GATEWAY_PASSPHRASE"] = PASSPHRASE
        with serving(tmp_path, endpoint, "{type: key-file, path: keys.acs}", env=env) as gateway:
            assert regions(gateway).status_code == 200
            assert_nowhere(gateway, secret)


class Service(http.server.BaseHTTPRequestHandler):
    """A metadata service that gives what the test says, with a session token."""

    protocol_version = "HTTP/1.1"
    key, asked = {}, []

    def reply(self, status, text):
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def do_PUT(self):
        self.asked.append(self.path)
        self.reply(200, "session-token")

    def do_GET(self):
        self.asked.append(self.path)
        if self.headers.get("X-aliyun-ecs-metadata-token") != "session-token":
            return self.reply(403, "")
        return self.reply(200, json.dumps(self.key) if self.path.endswith("/web") else "web")

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def metadata(key):
    handler = type("Handler", (Service,), {"key": key, "asked": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", handler
    finally:
        server.shutdown()


def expiring(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))


@root_only
def test_keys_of_services_leave_nothing_behind(tmp_path):
    """The instance's key is renewed again and again, assumes a role of its own and one for the caller: no secret stays."""
    secret = secrets.token_hex(15)
    command = tmp_path / "key"
    command.write_text(f"#!/bin/sh\necho '{{\"access_key_id\": \"id-1\", \"access_key_secret\": \"{secret}\", \"expiration\": \"'$(date -u -d '+4 seconds' +%Y-%m-%dT%H:%M:%SZ)'\"}}'\n")
    command.chmod(0o700)
    role = f"acs:ram::{ACCOUNT}:role"
    credentials = f"{{type: process, command: [{command}]}}"
    with cloud(f"id-1:{secret}") as endpoint, serving(
        tmp_path, endpoint, credentials, principal=f", assume-role: '{role}/auditor'"
    ) as gateway:
        end = time.monotonic() + 7
        while time.monotonic() < end:
            assert regions(gateway).status_code == 200
            time.sleep(0.05)
        text = gateway.anonymous.get("/metrics").text
        assert int(re.search(r'renewals_total\{account="main",outcome="ok"\} (\d+)', text).group(1)) >= 3
        assert 'acs_gateway_role_sessions{account="main",state="ready"} 1' in text
        assert_nowhere(gateway, secret, answers=[text])


@root_only
def test_the_instance_role(tmp_path):
    secret = secrets.token_hex(15)
    key = {"Code": "Success", "AccessKeyId": "id-1", "AccessKeySecret": secret, "SecurityToken": "t", "Expiration": expiring(3600)}
    with cloud(f"id-1:{secret}") as endpoint, metadata(key) as (address, service), serving(
        tmp_path, endpoint, f"{{type: instance-role, hardened: true, endpoint: '{address}'}}"
    ) as gateway:
        assert service.asked[0] == "/latest/api/token" and service.asked[-1].endswith("/web")
        assert gateway.anonymous.get("/readyz").text == "ready\n"
        # This cloud knows the key as a lasting one, to which no token belongs: the answer is a credentials problem.
        answer = regions(gateway)
        assert answer.status_code == 502 and answer.json()["origin"] == "credentials"
        assert_nowhere(gateway, secret, answers=[answer.text])


def test_a_service_that_does_not_answer_does_not_stop_the_start(tmp_path):
    with cloud("a:b") as endpoint, serving(
        tmp_path, endpoint, "{type: credentials-uri, url: 'http://127.0.0.1:1/hidden?auth=hidden'}"
    ) as gateway:
        ready = gateway.anonymous.get("/readyz")
        assert ready.status_code == 503 and "credentials URI at `127.0.0.1:1`: no connection" in ready.text
        answer = regions(gateway)
        problem = answer.json()
        assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0
        assert problem["origin"] == "credentials" and problem["code"] == "NoCredentials" and problem["retryable"]
        assert "hidden" not in ready.text + answer.text + "\n".join(gateway.process.stderr)


def test_a_wrong_passphrase_stops_the_start(tmp_path):
    keys(tmp_path, "add", "--id", "a", "main", secret="b")
    with pytest.raises(AssertionError, match="does not open: the passphrase is another one"):
        with serving(
            tmp_path, "http://127.0.0.1:1", "{type: key-file, path: keys.acs}", env={"ACS_GATEWAY_PASSPHRASE": "not the right one"}
        ):
            pass


def test_a_dump_is_not_made(tmp_path):
    keys(tmp_path, "add", "--id", "a", "main", secret="b")
    with serving(
        tmp_path, "http://127.0.0.1:1", "{type: key-file, path: keys.acs}", env={"ACS_GATEWAY_PASSPHRASE": PASSPHRASE}
    ) as gateway:
        limits = pathlib.Path(f"/proc/{gateway.process.child.pid}/limits").read_text()
        assert re.search(r"^Max core file size +0 +0 ", limits, re.M)
        # A process that may not be dumped belongs to root in /proc, whoever runs it.
        assert os.stat(f"/proc/{gateway.process.child.pid}/environ").st_uid == 0


def test_the_default_looks_where_the_vendors_tools_look(tmp_path):
    secret = secrets.token_hex(15)
    (tmp_path / ".aliyun").mkdir()
    tool = tmp_path / ".aliyun" / "config.json"
    tool.write_text(
        json.dumps({"current": "main", "profiles": [{"name": "main", "mode": "AK", "access_key_id": "id-1", "access_key_secret": secret}]})
    )
    tool.chmod(0o600)
    env = {"HOME": str(tmp_path), "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true"}
    with cloud(f"id-1:{secret}") as endpoint, serving(tmp_path, endpoint, "{type: default}", env=env) as gateway:
        assert regions(gateway).status_code == 200
    signed = subprocess.run(
        [BINARY, "sign", "--product", "ecs", "DescribeRegions"], capture_output=True, text=True, env={**os.environ, **env}
    )
    assert signed.stdout.startswith("https://ecs.aliyuncs.com/?AccessKeyId=id-1&") and secret not in signed.stdout
