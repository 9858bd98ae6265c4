"""For every action of the catalogue: what reaches the cloud, what does not, and who may. A recorder stands in for the cloud."""
import json
import re

from bench import ACTIONS, bench, covers, each_action, each_route  # noqa: F401: the fixture
from recorder import COMMON

import pytest

NATIVE = {"Accept": "application/vnd.acs.native+json"}


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
    if "creates" in route:
        created = {p.rest: p.wire_text(v) for p, v in values.items()}
        path = re.sub(r"{(\w+)}", lambda m: created[m[1]], route["creates"]["path"]).split("{}")[0]
        if action.dialect == "apsara":
            path = f"/accounts/apsara{path}"  # which was chosen by a header, and is not the default
        assert headers["Location"] is None and "[]" in route["creates"].get("id", "") or headers["Location"].startswith(path)


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
        is_one_of_many = route.get("view") == "one" and action.raw.get("collection")
        assert body == (body_by_name["items"][0] if is_one_of_many else body_by_name)
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
        if parameter in action.in_path(route) or parameter in action.fixed(route):
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
            by_name = long or parameter in fixed or any(parameter == p for p, member in action.variables(route).values() if member)
            request = action.call_by_name({**fixed, **values}) if by_name else action.request(route, values)
            assert plain(parameter) in faulty(bench.send(action, request)), (limit, value)
        for field, limit, value in parameter.breaches_of_fields():
            answer = bench.send(action, action.call_by_name({**base, **fixed, parameter: value}))
            assert f"{plain(parameter)}.{plain(field)}" in faulty(answer), (limit, value)
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


@each_route
def test_nobody_is_let_in_without_a_token(bench, action, route):
    status, body, headers, calls = bench.send(action, action.request(route, action.smallest(route)), caller=None)
    assert status == 401 and calls == [] and headers["WWW-Authenticate"].startswith("Bearer"), body


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
        # A resource that covers this one is missing as well, and may be the one that is named.
        assert status == 403 and calls == [] and action.id in body["detail"], body
        assert any(other in body["detail"] for other in arns if covers(other, arn)), body
    status, body, _, calls = bench.send(action, call, f"exactly-{index}")
    assert status == 200, body
    expect(action, values, calls)
