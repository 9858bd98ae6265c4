"""The catalogue as its files say it, read without the gateway: what a request has to look like, and what must then be sent."""
import functools
import json
import re

from conftest import ROOT

DATA = ROOT / "Sources/CCatalogue/data"
REGIONS = ("RegionId", "regionId", "region_id")
ACCOUNT, REGION = "1234567890123456", "cn-hangzhou"
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

    def __repr__(self):
        return self.name

    @property
    def is_list(self):
        """Whether one value on the wire holds a list."""
        return self.format in ("json-array", "comma-list")

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
        if self.format == "comma-list":
            return example.split(",") if isinstance(example, str) else [self._element()]
        if self.format == "json":
            return json.loads(example) if isinstance(example, str) else {"a": 1}
        if self.allowed and text_of(example) not in self.allowed and not self.raw.get("ignoreCase") and "min" not in self.raw:
            example = None
        return self._element() if example is None else example

    def _element(self):
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
        if self.format == "comma-list":
            return ",".join(map(text_of, value))
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


class Request:
    """One request as a caller writes it."""

    def __init__(self, method, path, query=(), body=None):
        self.method, self.path, self.query, self.body = method, path, list(query), body


class Action:
    def __init__(self, file, raw):
        self.raw, self.name, self.kind = raw, raw["action"], raw["kind"]
        self.product, self.version, self.dialect = file["product"], file["version"], file["dialect"]
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
        """The parameters in the path, by the names that the path gives them."""
        bind = route.get("bind", {})
        names = re.findall(r"{(\w+)}", route["path"])
        return {v: next(p for p in self.parameters if (p.name == bind[v] if v in bind else p.rest == v)) for v in names}

    def fixed(self, route):
        """Values that the route itself sets."""
        found = {self.parameter(name): value for name, value in route.get("fixed", {}).items()}
        return {p: text_of(v).split(",") if p.is_list else v for p, v in found.items()}

    def smallest(self, route):
        """Values of a smallest valid request over a route: what is required and what is in the path."""
        named = list(self.variables(route).values())
        chosen = [p for p in self.parameters if p in named or p.required and not p.is_region and p not in self.pages]
        return self._examples(chosen, route)

    def everything(self, route):
        """Values of a request that leaves nothing out."""
        return self._examples([p for p in self.parameters if p not in self.pages], route)

    def _examples(self, parameters, route):
        named, fixed = self.variables(route).values(), self.fixed(route)
        examples = {p: p.example for p in parameters if p not in fixed}
        return {p: v[:1] if p in named and p.is_list else v for p, v in examples.items()}

    def request(self, route, values):
        """The request over `route` that says `values`."""
        from urllib.parse import quote

        variables = self.variables(route)
        path = re.sub(r"{(\w+)}", lambda m: quote(self._in_path(variables[m[1]], values), safe=""), route["path"])
        rest = {p: v for p, v in values.items() if p not in variables.values()}
        when = {k: text_of(v) for k, v in route.get("when", {}).items()}
        if route["method"] in ("GET", "DELETE"):
            return Request(route["method"], path, list(when.items()) + [pair for p, v in rest.items() for pair in self._pairs(p, v)])
        body = {k: v == "true" if v in ("true", "false") else v for k, v in when.items()}
        for parameter, value in rest.items():
            self._put(body, parameter.place, value)
        return Request(route["method"], path, body=body)

    @staticmethod
    def _in_path(parameter, values):
        value = values[parameter]
        return text_of(value[0] if parameter.is_list else value)

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
        sent.setdefault(self.region, REGION)
        return sent

    def resources(self, wire):
        """The ARNs of a request that says `wire`: every one must be allowed."""
        region = wire[self.region]
        named = []
        for resource in self.raw.get("arns", []):
            text = resource["arn"]
            missing = [n for n in re.findall(r"\$([\w.]+)", text) if n not in REGIONS[:1] + ("AccountId",) and not self._first(n, wire)]
            if missing and resource.get("optional"):
                continue
            named += self._arns(resource.get("otherwise", text) if missing else text, wire, region)
        return named or ["*"]

    def _first(self, name, wire):
        return wire.get(self.parameter(name).wire)

    def _arns(self, text, wire, region):
        texts = [text]
        for name in re.findall(r"\$([\w.]+)", text):
            if name == "AccountId":
                values = [ACCOUNT]
            elif name == "RegionId":
                values = [region]
            else:
                parameter, value = self.parameter(name), self._first(name, wire)
                values = [value or "*"]
                if value and parameter.format == "comma-list":
                    values = value.split(",")
                elif value and parameter.format == "json-array":
                    values = json.loads(value)
            texts = [t.replace("$" + name, v, 1) for t in texts for v in values]
        return texts

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
