"""The catalogue as its files say it, read without the gateway: what a request has to look like, and what must then be sent."""
import functools
import json
import re
from urllib.parse import quote

from conftest import ROOT

DATA = ROOT / "Sources/CCatalogue/data"
REGIONS = ("RegionId", "regionId", "region_id")
ACCOUNT, REGION = "1234567890123456", "cn-hangzhou"
SEPARATORS = {"comma-list": ",", "semicolon-list": ";"}
SAMPLES = {
    "iso8601": "2030-01-01T00:00:00Z", "base64": "aGVsbG8=", "cidr": "10.0.0.0/8", "ip": "10.0.0.1", "port-range": "22/22",
    "json": '{"a":1}',
}


def rest_part(part):
    """`VSwitchId` → `vSwitchId`, `KMSKeyId` → `kmsKeyId`, `ISP` → `isp`, `dest_zone_id` → `destZoneId`."""
    if part == part.lower():
        return re.sub(r"_+([a-z])", lambda m: m[1].upper(), part)
    capitals = re.match(r"[A-Z]*", part).end()
    if capitals > 1 and re.match(r"[A-Za-z]", part[capitals:]):
        capitals -= 1
    return part[:capitals].lower() + part[capitals:]


def is_index(part):
    return part in ("n", "m", "N") or part.isdigit()


def text_of(value):
    """A value as the wire carries it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return str(value)


class Parameter:
    def __init__(self, raw):
        self.raw, self.name, self.type = raw, raw["name"], raw["type"]
        self.format = raw.get("format")
        self.parts = self.name.split(".")
        self.required = raw.get("required") is True
        self.is_region = self.name in REGIONS
        self.indices = sum(map(is_index, self.parts))
        self.allowed = [text_of(v) for v in raw.get("enum") or []]
        # The members of the objects that the parameter holds as JSON.
        self.fields = [Parameter(field) for field in raw.get("fields") or []]

    def __repr__(self):
        return self.name

    @property
    def is_list(self):
        """Whether one value on the wire holds a list."""
        return self.format == "json-array" or self.format in SEPARATORS

    @property
    def place(self):
        """The parts of the REST name; None stands for the number of an element."""
        return [None if is_index(part) else rest_part(part) for part in self.parts]

    @property
    def rest(self):
        return "".join("[]" if part is None else "." + part for part in self.place).lstrip(".")

    @property
    def wire(self):
        """The wire name of the first value."""
        return ".".join("1" if is_index(part) else part for part in self.parts)

    @functools.cached_property
    def example(self):
        """A good value, of one element where the name repeats: the documented example, else whatever the limits allow."""
        example = self.raw.get("example")
        if self.format == "json-array":
            try:
                parsed = json.loads(example)
            except (TypeError, ValueError):
                parsed = None
            return parsed if isinstance(parsed, list) else [self._element()]
        if self.format in SEPARATORS:
            return example.split(SEPARATORS[self.format]) if isinstance(example, str) else [self._element()]
        if self.format == "json":
            if isinstance(example, str):
                return json.loads(example)
            return self._object() if self.fields else {"a": 1}
        if self.allowed and text_of(example) not in self.allowed and not self.raw.get("ignoreCase") and "min" not in self.raw:
            example = None
        return self._element() if example is None else example

    def _object(self):
        """A good object for a parameter that holds objects."""
        return {field.name: field.example for field in self.fields}

    def _element(self):
        if self.fields:
            return self._object()
        if self.allowed:
            return self._typed(self.allowed[0])
        if self.type == "Boolean":
            return True
        if self.type in ("Integer", "Long", "Float"):
            return self.raw.get("default", self.raw.get("min", self.raw.get("max", 1)))
        if "min" in self.raw or "max" in self.raw:
            return str(self.raw.get("min", self.raw.get("max")))
        if self.format in SAMPLES:
            return SAMPLES[self.format]
        return self.name.replace(".", "-").ljust(self.raw.get("minLength", 1), "x")[: self.raw.get("maxLength")]

    def _typed(self, text):
        return {"Integer": int, "Long": int, "Float": float, "Boolean": lambda t: t == "true"}.get(self.type, str)(text)

    def wire_text(self, value):
        if self.format in SEPARATORS:
            return SEPARATORS[self.format].join(map(text_of, value))
        return text_of(value)

    def breaches(self):
        """Values that the documented limits forbid: (which limit, value), of one element where the name repeats."""
        raw, wrap = self.raw, (lambda v: [v]) if self.is_list else (lambda v: v)
        number = self.type in ("Integer", "Long", "Float")
        as_given = (lambda v: v) if number else str
        if self.allowed:
            stranger = "no-such-value"
            if number:
                stranger = max(map(float, self.allowed)) + 1
                stranger = stranger if self.type == "Float" else int(stranger)
            yield "enum", wrap(stranger)
        elif self.type == "Boolean":
            yield "type", "maybe"
        elif number:
            yield "type", "many"
        if "min" in raw:
            yield "min", wrap(as_given(raw["min"] - 1))
        if "max" in raw:
            yield "max", wrap(as_given(raw["max"] + 1))
        if self.allowed or "min" in raw or "max" in raw:
            return
        if raw.get("minLength", 0) > 1:
            yield "minLength", wrap("x" * (raw["minLength"] - 1))
        if "maxLength" in raw and raw["maxLength"] < 100_000:
            yield "maxLength", wrap("x" * (raw["maxLength"] + 1))
        bad = {"iso8601": "yesterday", "base64": "a", "cidr": "10.0.0.0/99", "ip": "10.0.0.256", "port-range": "9/1", "json": "{"}
        if self.format in bad:
            yield "format", bad[self.format]


    def breaches_of_fields(self):
        """Objects with a bad member each, for a parameter that holds objects: (member, limit, value of the parameter)."""
        whole = self.example[0] if self.is_list else self.example
        if not isinstance(whole, dict):
            return
        for field in self.fields:
            bad = [(limit, {**whole, field.name: value}) for limit, value in field.breaches()]
            if field.required:
                bad.append(("required", {name: value for name, value in whole.items() if name != field.name}))
            for limit, value in bad:
                yield field, limit, [value] if self.is_list else value


class Request:
    """One request as a caller writes it."""

    def __init__(self, method, path, query=(), body=None):
        self.method, self.path, self.query, self.body = method, path, list(query), body


class Action:
    def __init__(self, file, raw):
        self.raw, self.name, self.kind = raw, raw["action"], raw["kind"]
        self.product, self.version, self.dialect = file["product"], file["version"], file["dialect"]
        # Of a product whose calls are not about a region of the account.
        self.has_region = file.get("region") is None
        self.routes = raw["routes"]
        self.parameters = [Parameter(p) for p in raw.get("parameters", [])]
        self.idempotency = raw.get("idempotency")
        self.example = raw.get("example")

    def __repr__(self):
        return f"{self.product}-{self.dialect}-{self.name}"

    @property
    def id(self):
        return f"{self.product}:{self.name}"

    def parameter(self, name):
        return next(p for p in self.parameters if p.name == name)

    @functools.cached_property
    def pages(self):
        """Parameters that the gateway's own paging stands for."""
        names = ("PageNumber", "PageSize") if self.raw.get("paging") else ()
        return [p for p in self.parameters if p.name in names]

    @property
    def region(self):
        return next((p.name for p in self.parameters if p.is_region), "RegionId")

    def variables(self, route):
        """The parameters in the path, by the names that the path gives them, each with the member of its object, if it is one."""
        bind = route.get("bind", {})
        found = {}
        for variable in re.findall(r"{(\w+)}", route["path"]):
            holder, _, member = bind.get(variable, "").rpartition(".")
            exact = [p for p in self.parameters if (p.name == bind[variable] if variable in bind else p.rest == variable)]
            found[variable] = (exact[0], None) if exact else (self.parameter(holder), member)
        return found

    def in_path(self, route):
        return [parameter for parameter, _ in self.variables(route).values()]

    def fixed(self, route):
        """Values that the route itself sets."""
        found = {self.parameter(name): value for name, value in route.get("fixed", {}).items()}
        return {p: text_of(v).split(",") if p.is_list else v for p, v in found.items()}

    def smallest(self, route):
        """Values of a smallest valid request over a route: what is required and what is in the path."""
        named = self.in_path(route)
        chosen = [p for p in self.parameters if p in named or p.required and not (p.is_region and self.has_region) and p not in self.pages]
        return self._examples(chosen, route)

    def everything(self, route):
        """Values of a request that leaves nothing out."""
        return self._examples([p for p in self.parameters if p not in self.pages], route)

    def _examples(self, parameters, route):
        variables, fixed = self.variables(route).values(), self.fixed(route)
        examples = {p: p.example for p in parameters if p not in fixed}
        for parameter, member in variables:
            if parameter.is_list:
                examples[parameter] = examples[parameter][:1]
            if member:
                field = next(f for f in parameter.fields if f.name == member)
                examples[parameter] = [{member: field.example}]
        return examples

    def request(self, route, values):
        """The request over `route` that says `values`."""
        variables = self.variables(route)
        path = re.sub(r"{(\w+)}", lambda m: quote(self._in_path(*variables[m[1]], values), safe=""), route["path"])
        rest = {p: v for p, v in values.items() if p not in self.in_path(route)}
        when = {k: text_of(v) for k, v in route.get("when", {}).items()}
        if route["method"] in ("GET", "DELETE"):
            return Request(route["method"], path, list(when.items()) + [pair for p, v in rest.items() for pair in self._pairs(p, v)])
        body = {k: v == "true" if v in ("true", "false") else v for k, v in when.items()}
        for parameter, value in rest.items():
            self._put(body, parameter.place, value)
        return Request(route["method"], path, body=body)

    @staticmethod
    def _in_path(parameter, member, values):
        value = values[parameter]
        value = value[0] if parameter.is_list else value
        return text_of(value[member] if member else value)

    @staticmethod
    def _pairs(parameter, value):
        name = parameter.rest.removesuffix("[]").replace("[]", ".1")
        return [(name, text_of(v)) for v in value] if parameter.is_list else [(name, text_of(value))]

    @staticmethod
    def _put(body, place, value):
        """Sets `value` at a place in nested objects; an element goes to the first place of its list."""
        holder, key = body, place[0]
        for part in place[1:]:
            if isinstance(key, int):
                while len(holder) <= key:
                    holder.append([] if part is None else {})
                holder = holder[key]
            else:
                holder = holder.setdefault(key, [] if part is None else {})
            key = 0 if part is None else part
        if isinstance(key, int):
            holder.insert(key, value)
        else:
            holder[key] = value

    def call_by_name(self, values):
        """The same by the action's name, flat and with wire names."""
        return Request("POST", f"/rpc/{self.product}/{self.name}", body={p.wire: v for p, v in values.items()})

    def wire(self, values):
        """What the cloud must get for `values`, by wire names."""
        sent = {p.wire: p.wire_text(v) for p, v in values.items()}
        if self.has_region:
            sent.setdefault(self.region, REGION)
        return sent

    def resources(self, wire):
        """The ARNs of a request that says `wire`: every one must be allowed."""
        named = []
        for resource in self.raw.get("arns", []):
            if not all(wire.get(name, text_of(self.parameter(name).raw.get("default"))) == value for name, value in resource.get("when", {}).items()):
                continue
            text = resource["arn"]
            missing = [n for n in re.findall(r"\$([\w.]+)", text) if n not in ("RegionId", "AccountId") and not self._named(n, wire)]
            if missing and resource.get("optional"):
                continue
            named += self._arns(resource.get("otherwise", text) if missing else text, wire)
        return named or ["*"]

    def _arns(self, text, wire):
        texts = [text]
        for name in re.findall(r"\$([\w.]+)", text):
            values = {"AccountId": [ACCOUNT], "RegionId": [wire.get(self.region, "*")]}.get(name) or self._named(name, wire) or ["*"]
            texts = [t.replace("$" + name, value, 1) for t in texts for value in values]
        return texts

    def _named(self, name, wire):
        """The values of a variable: of a parameter, of each element of a list, or of a member of each object in a list."""
        parameter = next((p for p in self.parameters if p.name == name), None)
        member = None
        if parameter is None:
            name, _, member = name.rpartition(".")
            parameter = self.parameter(name)
        value = wire.get(parameter.wire)
        if not value:
            return []
        if parameter.format in SEPARATORS:
            return value.split(SEPARATORS[parameter.format])
        if parameter.format not in ("json-array", "json"):
            return [value]
        elements = json.loads(value)
        elements = elements if isinstance(elements, list) else [elements]
        return [e.get(member, "*") if isinstance(e, dict) else e for e in elements]

    def made_up_answer(self):
        """An answer with every documented member, for actions without an example."""
        answer = {"RequestId": "473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E"}
        for path, kind, *_ in self.raw.get("response", []):
            holder = answer
            *names, last = path.split(".")
            for name in names:
                holder = self._step(holder, name, {})
            plain = {"Integer": 1, "Long": 1, "Float": 1.5, "Boolean": True}.get(kind, "text")
            self._step(holder, last, {} if kind in ("Struct", "Object", "Array") else plain)
        return answer

    @staticmethod
    def _step(holder, name, value):
        if name.endswith("[]"):
            elements = holder.setdefault(name[:-2], [])
            if not isinstance(elements, list):
                elements = holder[name[:-2]] = []
            if not elements:
                elements.append(value)
            return elements[0]
        return holder.setdefault(name, value)


@functools.cache
def actions():
    """Every action of every file, in the order of the files' names."""
    found = []
    for path in sorted(DATA.rglob("*.json")):
        file = json.loads(path.read_text())
        found += [Action(file, raw) for raw in file["actions"]]
    return found
