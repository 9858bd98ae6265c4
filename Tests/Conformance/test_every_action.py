"""For every action of the catalogue: what reaches the cloud, what does not, and who may. A recorder stands in for the cloud."""
import hashlib
import http.client
import json
import re
from urllib.parse import urlencode

import pytest

from catalogue import ACCOUNT, REGION, actions
from conftest import Process
from recorder import COMMON, Recorder

ACTIONS = actions()
ROUTES = [(action, route) for action in ACTIONS for route in action.routes]
each_action = pytest.mark.parametrize("action", ACTIONS, ids=repr)
each_route = pytest.mark.parametrize("action, route", ROUTES, ids=lambda v: repr(v) if not isinstance(v, dict) else f"{v['method']}-{v['path']}")

NATIVE = {"Accept": "application/vnd.acs.native+json"}


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
        """Status, body and headers of the answer, and the calls that reached the cloud."""
        headers = {
            "Authorization": f"Bearer {self.callers.token(caller)}", "X-Account": action.dialect, "Cache-Control": "no-cache", **headers,
        }
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


def sent(action, calls):
    """The documented parameters of the one call that was made; what is common to all calls is right."""
    assert len(calls) == 1, calls
    call = dict(calls[0])
    assert (call["Action"], call["Version"], call["Format"]) == (action.name, action.version, "JSON")
    return {name: value for name, value in call.items() if name not in COMMON}


def expect(action, values, calls):
    """The cloud got exactly what `values` say, and a token of the gateway's own making where the action takes one."""
    given, wanted = sent(action, calls), action.wire(values)
    if action.idempotency and action.idempotency not in wanted:
        assert len(given.pop(action.idempotency, "")) >= 32
    for parameter in values:
        if parameter.format in ("json", "json-array"):
            assert json.loads(given[parameter.wire]) == json.loads(wanted[parameter.wire])
            given[parameter.wire] = wanted[parameter.wire]
    assert given == wanted


def faulty(answer):
    """The names that a 400 finds fault with, numbers of elements left out."""
    status, body, _, calls = answer
    assert status == 400 and calls == [], answer
    return {re.sub(r"\[\d*\]", "", fault.get("parameter", "")): fault for fault in body["errors"]}


def plain(parameter):
    return parameter.rest.replace("[]", "")


@each_route
@pytest.mark.parametrize("extent", ["smallest", "everything"])
def test_a_request_reaches_the_cloud_with_exactly_the_documented_parameters(bench, action, route, extent):
    values = getattr(action, extent)(route)
    status, body, headers, calls = bench.send(action, action.request(route, values))
    expect(action, {**values, **action.fixed(route)}, calls)
    usual = 200 if route["method"] in ("GET", "POST") or action.raw.get("response") else 204
    assert status == route.get("success", usual), body
    assert (body is None) == (status == 204)
    if "creates" in route and len(re.findall(r"\[\]", route["creates"]["id"])) == 0:
        assert headers["Location"].startswith(route["creates"]["path"].split("{}")[0]), headers["Location"]


@each_route
def test_path_and_name_send_the_same_and_answer_the_same(bench, action, route):
    values = action.smallest(route)
    by_path, by_name = action.request(route, values), action.call_by_name({**values, **action.fixed(route)})
    answers = [bench.send(action, request) for request in (by_path, by_name)]
    ours = [sent(action, calls) for _, _, _, calls in answers]
    for call in ours:
        call.pop(action.idempotency, None) if action.idempotency not in action.wire(values) else None
    assert ours[0] == ours[1]
    (status, body, *_), (status_by_name, body_by_name, *_) = answers
    for answer in (body, body_by_name):  # Sealed anew each time.
        answer and answer.pop("nextPageToken", None)
    assert status_by_name == 200
    if status != 204 and route.get("collection", action.raw.get("collection")) == action.raw.get("collection"):
        assert body == (body_by_name["items"][0] if route.get("view") == "one" else body_by_name)
    native = [bench.send(action, request, **NATIVE)[1] for request in (by_path, by_name)]
    assert native[1] == (action.example or action.made_up_answer())
    assert native[0] == (None if status == 204 else native[1])


@each_action
def test_each_required_parameter_is_missed(bench, action):
    route = action.routes[0]
    values = {**action.smallest(route), **action.fixed(route)}
    for parameter in [p for p in values if p.required]:
        less = {p: v for p, v in values.items() if p != parameter}
        fault = faulty(bench.send(action, action.call_by_name(less)))[plain(parameter)]
        assert fault["reason"] == "is required"
        if parameter in action.variables(route).values() or parameter in action.fixed(route):
            continue
        fault = faulty(bench.send(action, action.request(route, {p: v for p, v in action.smallest(route).items() if p != parameter})))
        assert fault[plain(parameter)]["reason"] == "is required"


@each_action
def test_each_limit_holds(bench, action):
    route = action.routes[0]
    base, fixed = action.smallest(route), action.fixed(route)
    for parameter in action.parameters:
        if parameter in action.pages:
            continue
        for limit, value in parameter.breaches():
            values = {**base, parameter: value}
            long = isinstance(value, str) and len(value) > 2000
            request = action.call_by_name({**values, **fixed}) if long or parameter in fixed else action.request(route, values)
            assert plain(parameter) in faulty(bench.send(action, request)), (limit, value)
        most = parameter.raw.get("maxItems")
        if most and (parameter.is_list or parameter.indices):
            call = action.call_by_name({**base, **fixed, parameter: parameter.example})
            if parameter.is_list:
                call.body[parameter.wire] = [parameter.example[0]] * (most + 1)
            else:
                for number in range(1, most + 2):
                    head, _, tail = parameter.wire.rpartition("1")
                    call.body[f"{head}{number}{tail}"] = parameter.example
            assert plain(parameter) in faulty(bench.send(action, call)), "maxItems"


@each_action
def test_pages_are_those_of_the_action(bench, action):
    route = next((r for r in action.routes if r["method"] == "GET" and r.get("view") != "one"), None)
    styles = action.raw.get("paging", [])
    if route is None or not styles:
        return
    names = {"page": ("PageSize",), "token": ("MaxResults", "MaxItems")}
    sizes = {style: next((p for p in action.parameters if p.name in names[style]), None) for style in styles}
    # A page must be one that every way of paging of the action takes.
    most = min([p.raw["max"] for p in sizes.values() if p and "max" in p.raw] or [10])

    def page(**members):
        request = action.request(route, action.smallest(route))
        request.query += members.items()
        return bench.send(action, request)

    call = sent(action, page(pageSize=most)[3])
    if sizes[styles[0]]:
        assert call[sizes[styles[0]].name] == str(most)
    if "page" in styles:
        call = sent(action, page(pageSize=most, pageNumber=2)[3])
        assert call["PageNumber"] == "2"
        if sizes["page"]:
            assert call["PageSize"] == str(most)
    if any(p and "max" in p.raw for p in sizes.values()):
        assert "pageSize" in faulty(page(pageSize=most + 1))


@each_action
def test_other_spellings_are_taken(bench, action):
    route = action.routes[0]
    for parameter in action.parameters:
        for alias in parameter.raw.get("alias", []):
            values = {**action.smallest(route), **action.fixed(route), parameter: parameter.example}
            call = action.call_by_name(values)
            call.body[".".join("1" if part in "nmN" else part for part in alias.split("."))] = call.body.pop(parameter.wire)
            expect(action, values, bench.send(action, call)[3])


@each_action
def test_only_who_may_do_it_to_all_of_it_can(bench, action):
    index = ACTIONS.index(action)
    values = action.everything({**action.routes[0], "fixed": {}})
    call = action.call_by_name(values)
    arns = list(dict.fromkeys(action.resources(action.wire(values))))
    status, body, _, calls = bench.send(action, call, "nothing")
    assert status == 403 and calls == [] and action.id in body["detail"] and arns[0] in body["detail"], body
    for number, arn in enumerate(arns):
        status, body, _, calls = bench.send(action, call, f"without-{index}-{number}")
        assert status == 403 and calls == [] and action.id in body["detail"] and arn in body["detail"], body
    status, body, _, calls = bench.send(action, call, f"exactly-{index}")
    assert status == 200, body
    expect(action, values, calls)
