"""The published API document: what the binary prints, valid, and true."""
import subprocess

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from conftest import BINARY, ROOT


# Lists that want one of several filters, which OpenAPI cannot say.
WANT_A_FILTER = (
    "InvalidInstanceType.Missing", "InvalidParameter.AllEmpty", "InvalidParameter.InvalidInstanceIdAndVpcId",
    "InvalidParameter.RenewalStatusInstanceId", "MissingParameter",
)


def printed():
    return subprocess.run([BINARY, "openapi"], check=True, capture_output=True).stdout


def test_the_file_is_what_the_command_prints():
    assert (ROOT / "openapi.yaml").read_bytes() == printed(), "run `make openapi` and commit openapi.yaml"


def test_it_is_valid_openapi():
    validate(yaml.load(printed(), Loader=yaml.CSafeLoader))


def schemas(value):
    """Every schema with examples in a part of the document."""
    if isinstance(value, dict):
        if isinstance(value.get("examples"), list) and "type" in value:
            yield value
        for member in value.values():
            yield from schemas(member)
    elif isinstance(value, list):
        for element in value:
            yield from schemas(element)


def test_every_example_is_of_its_own_kind():
    document = yaml.load(printed(), Loader=yaml.CSafeLoader)
    found = list(schemas([document["paths"], document["components"]]))
    assert len(found) > 1000
    for schema in found:
        for example in schema["examples"]:
            problem = next(Draft202012Validator({**schema, "components": document["components"]}).iter_errors(example), None)
            assert problem is None, (schema, problem.message)


def test_every_operation_is_in_a_group():
    document = yaml.load(printed(), Loader=yaml.CSafeLoader)
    used = {tag for path in document["paths"].values() for operation in path.values() for tag in operation["tags"]}
    grouped = [tag for group in document["x-tagGroups"] for tag in group["tags"]]
    assert used == {tag["name"] for tag in document["tags"]} == set(grouped) and len(grouped) == len(set(grouped))


ACCOUNTS = {"public": "sandbox", "apsara": "private"}


@pytest.mark.parametrize("dialect", ACCOUNTS)
def test_every_list_route_answers_as_described(gateway, dialect):
    document = yaml.load(printed(), Loader=yaml.CSafeLoader)
    components = {"components": document["components"]}
    served = 0
    for path in [p for p, item in document["paths"].items() if "get" in item and "{" not in p]:
        operation = document["paths"][path]["get"]
        if any(p.get("required") for p in operation.get("parameters", []) if "name" in p):
            continue
        if dialect not in operation.get("x-acs-dialects", []):
            continue
        answer = gateway.admin.get(path, headers={"X-Account": ACCOUNTS[dialect]})
        if answer.status_code != 200 and answer.json().get("code") in WANT_A_FILTER:
            continue
        if answer.status_code == 400 and all(fault["reason"] == "is required" for fault in answer.json().get("errors", [{"reason": ""}])):
            continue  # required in one dialect, which the common description tells in words
        assert answer.status_code == 200, (path, answer.text)
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        problem = next(Draft202012Validator({**schema, **components}).iter_errors(answer.json()), None)
        assert problem is None, (path, problem.json_path, problem.message)
        served += 1
    assert served > 15


def test_the_binary_lists_its_routes():
    import json

    routes = json.loads(subprocess.run([BINARY, "routes", "--json"], check=True, capture_output=True).stdout)
    assert {"product", "version", "dialects", "action", "kind", "method", "path", "resources", "cache"} <= set(routes[0])
    documented = yaml.load(printed(), Loader=yaml.CSafeLoader)["paths"]
    for route in routes:
        assert route["method"].lower() in documented[route["path"]], route
