"""The gateway in front of a recorder, with callers of every kind of right: for tests that go through all actions."""
import hashlib
import http.client
import json
import re
from urllib.parse import urlencode

import pytest

from catalogue import ACCOUNT, REGION, actions
from conftest import Process
from recorder import Recorder

ACTIONS = actions()
ROUTES = [(action, route) for action in ACTIONS for route in action.routes]
each_action = pytest.mark.parametrize("action", ACTIONS, ids=repr)
each_route = pytest.mark.parametrize("action, route", ROUTES, ids=lambda v: repr(v) if not isinstance(v, dict) else f"{v['method']}-{v['path']}")


def covers(pattern, arn):
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), arn) is not None


def allow(action, resources):
    return {"Version": "1", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resources}]}


class Callers:
    """Principals with a policy of their own."""

    def __init__(self):
        self.policies = {}

    def add(self, name, policy):
        self.policies[name] = policy
        return name

    @staticmethod
    def token(name):
        return f"acsgw_test_{name}_" + "t" * 40

    def write(self, directory):
        (directory / "policies").mkdir()
        lines = []
        for name, policy in self.policies.items():
            (directory / "policies" / f"{name}.json").write_text(json.dumps(policy))
            digest = hashlib.sha256(self.token(name).encode()).hexdigest()
            lines.append(f'  {name}: {{tokens: ["sha256:{digest}"], policies: [{name}]}}')
        return "\n".join(lines)


def callers():
    """Who may do everything, who nothing of this, and for each action who may do exactly it, or all but one resource of it."""
    found = Callers()
    found.add("everything", allow("*", "*"))
    found.add("nothing", allow("none:*", "*"))
    for index, action in enumerate(ACTIONS):
        arns = action.resources(action.wire(action.everything({**action.routes[0], "fixed": {}})))
        found.add(f"exactly-{index}", allow(action.id, arns))
        for number, arn in enumerate(dict.fromkeys(arns)):
            others = [other for other in arns if not covers(other, arn)]
            found.add(f"without-{index}-{number}", allow(action.id, others + ["acs:ecs:*:*:elsewhere/x"]))
    return found


class Bench:
    """The gateway in front of the recorders, one connection to it."""

    def __init__(self, directory):
        self.callers = callers()
        self.recorders = {
            dialect: Recorder({(a.version, a.name): a.example or a.made_up_answer() for a in ACTIONS if a.dialect == dialect})
            for dialect in ("public", "apsara")
        }
        accounts = ""
        for dialect, recorder in self.recorders.items():
            endpoint = f'"http://127.0.0.1:{recorder.port}"'
            accounts += f"""
  {dialect}:
    {"default: true" if dialect == "public" else ""}
    account-id: "{ACCOUNT}"
    dialect: {dialect}
    region: {REGION}
    credentials: {{type: environment}}
    endpoints: {{{", ".join(f"{p}: {endpoint}" for p in sorted({a.product for a in ACTIONS if a.dialect == dialect} | {"ecs"}))}}}
"""
        (directory / "gateway.yaml").write_text(f"""
listen: [{{address: "127.0.0.1:0"}}]
threads: 1
accounts:{accounts}
principals:
{self.callers.write(directory)}
policies: policies/
limits: {{url: 32KiB, head: 64KiB}}
log: {{access: false}}
""")
        self.process = Process(
            "serve", "--config", directory / "gateway.yaml",
            env={"ALIBABA_CLOUD_ACCESS_KEY_ID": "testid", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret"},
        )
        host = self.process.wait_for(r"ready on http://(\S+)").group(1)
        self.connection = http.client.HTTPConnection(host, timeout=30)

    def send(self, action, request, caller="everything", **headers):
        """Status, body and headers of the answer, and the calls that reached the cloud; nobody calls when `caller` is None."""
        headers = {"X-Account": action.dialect, "Cache-Control": "no-cache", **headers}
        if caller is not None:
            headers["Authorization"] = f"Bearer {self.callers.token(caller)}"
        target = request.path + ("?" + urlencode(request.query) if request.query else "")
        body = None
        if request.body is not None:
            body = json.dumps(request.body).encode()
            headers["Content-Type"] = "application/json"
        self.connection.request(request.method, target, body=body, headers=headers)
        response = self.connection.getresponse()
        data = response.read()
        return response.status, json.loads(data) if data else None, response.headers, self.recorders[action.dialect].taken()


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    running = Bench(tmp_path_factory.mktemp("every"))
    yield running
    running.process.stop()
