"""The vendor's own Python SDK, unchanged, pointed at the simulated cloud: one way to call any action of any product."""
import importlib
import json
import time
import xml.etree.ElementTree as ElementTree

import pytest
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient

VERSIONS = {"ecs": "20140526", "vpc": "20160428", "slb": "20140515", "ens": "20171110"}


def from_xml(node):
    """An element as JSON would show it; a list is a list of its children's name even when it has one element."""
    if len(node) == 0:
        return node.text or ""
    found = {}
    for child in node:
        found.setdefault(child.tag, []).append(from_xml(child))
    return found


def every(value, path):
    """All values at a dotted path, whatever is a list on the way."""
    for name in path.split("."):
        values = value if isinstance(value, list) else [value]
        value = [v for holder in values if isinstance(holder, dict) for v in as_list(holder.get(name, []))]
    return value


def as_list(value):
    return value if isinstance(value, list) else [value]


class Cloud:
    """One account of the simulated cloud, called with the SDK's request classes in one format."""

    def __init__(self, endpoint, answers):
        self.endpoint, self.format = endpoint, answers
        self.sdk = AcsClient("testid", "testsecret", "cn-hangzhou", auto_retry=False)

    def ask(self, product, action, **parameters):
        """The answer, to be read with `every`. Parameters that the SDK does not know are sent as they are."""
        module = importlib.import_module(f"aliyunsdk{product}.request.v{VERSIONS[product]}.{action}Request")
        request = getattr(module, f"{action}Request")()
        request.set_endpoint(self.endpoint)
        request.set_protocol_type("http")
        request.set_accept_format(self.format)
        for name, value in parameters.items():
            setter = getattr(request, f"set_{name}", None)
            setter(value) if setter else request.add_query_param(name, value)
        if self.format == "json":
            return json.loads(self.sdk.do_action_with_exception(request))
        # The usual call insists on JSON.
        status, _, body = self.sdk.get_response(request)
        root = ElementTree.fromstring(body)
        if status >= 400:
            assert root.tag == "Error" and root.findtext("RequestId")
            raise ServerException(root.findtext("Code"), root.findtext("Message"), status, root.findtext("RequestId"))
        assert root.tag == f"{action}Response"
        return from_xml(root)

    def one(self, product, action, path, **parameters):
        """The single value at `path` of the answer."""
        values = every(self.ask(product, action, **parameters), path)
        assert len(values) == 1, values
        return values[0]

    def refuses(self, code, product, action, **parameters):
        """The call fails with this documented code."""
        with pytest.raises(ServerException) as refused:
            self.ask(product, action, **parameters)
        given = refused.value.get_error_code()
        assert given == code, f"{action}: {given}, not {code}"

    def until(self, state, product, action, path, seconds=20, **parameters):
        """Asks until every value at `path` is `state`."""
        end = time.monotonic() + seconds
        while True:
            values = every(self.ask(product, action, **parameters), path)
            if values and set(values) == {state}:
                return
            assert time.monotonic() < end, f"{action}: {values}, never {state}"
            time.sleep(0.05)
