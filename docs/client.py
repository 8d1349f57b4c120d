"""How is the small Python client written from the description of the API?

One file, typed, of the standard library alone: shapes become TypedDicts, operations become methods. The part that does not
follow from the description, how a request is sent and a problem raised, stands here as it is written out.
"""

from __future__ import annotations

import keyword
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

REF = "#/components/schemas/"
PLAIN = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
    "object": "dict[str, Any]",
}

HEAD = '''"""A client of Floorwalker's API, written by `make docs` from docs/api/openapi.json: one file, nothing to install.

    floor = Floorwalker("https://floor.example", "fw_...")
    for row in floor.read_figures(measure=["average_handle_time"], by=["team"]):
        print(row["group"]["team"], row["value"], row["low"], row["high"])

A problem is raised as `Problem`, whose `code` stays the same. `each` reads a list to its end. `last_tag` marks the version that was read
last: handed in as `tag` it guards a change, as `known` it raises `Unchanged` where nothing is new. Too many requests are waited for.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypedDict, cast


class Problem(Exception):
    """What the API answered in place of what was asked."""

    def __init__(self, status: int, said: Mapping[str, Any]) -> None:
        self.status = status
        self.code: str = said.get("code", "failed")
        self.title: str = said.get("title", "")
        self.where: str | None = said.get("where")
        self.found: str | None = said.get("found")
        self.expected: str | None = said.get("expected")
        self.mend: str | None = said.get("mend")
        parts = [f"{status} {self.code}: {self.title}", self.where, self.found, self.expected, self.mend]
        super().__init__("; ".join(part for part in parts if part))


class Unchanged(Exception):
    """What was handed in as `known` is still the present version."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to wherever it leads: it is a problem like any other answer that was not asked for."""

    def redirect_request(self, *_given: Any) -> None:
        return None
'''

BODY = '''

class Floorwalker:
    """The API of one installation, asked by one token."""

    def __init__(self, address: str, token: str, *, timeout_seconds: float = 60.0, waits: int = 3) -> None:
        if not address.startswith(("https://", "http://")):
            raise ValueError(f"{address!r} is not an address: https://...")
        self._address, self._token = address.rstrip("/"), token
        self._timeout_seconds, self._waits = timeout_seconds, waits
        self._opener = urllib.request.build_opener(_NoRedirects)
        self.last_tag = ""

    def each(self, ask: Callable[..., Any], **asked: Any) -> Iterator[Any]:
        """Every item of a list, part by part: `floor.each(floor.list_agents, name="Wren")`."""
        offset = 0
        while True:
            page = ask(**asked, offset=offset)
            yield from page["items"]
            offset += len(page["items"])
            if page["next"] is None or not page["items"]:
                return

    def _ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        headers: Mapping[str, str | None] | None = None,
        *,
        is_file: bool = False,
    ) -> Any:
        """Send one request; the answer as JSON, or the bytes of a file. Its mark is kept as `last_tag`."""
        asked = {name: value for name, value in (query or {}).items() if value is not None}
        address = self._address + path + (f"?{urllib.parse.urlencode(asked, doseq=True)}" if asked else "")
        sent = {"Authorization": f"Bearer {self._token}", "Accept": "*/*" if is_file else "application/json"}
        sent |= {name: value for name, value in (headers or {}).items() if value is not None}
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            sent["Content-Type"] = "application/json"
        for waited in range(self._waits + 1):
            request = urllib.request.Request(address, data=data, headers=sent, method=method)
            try:
                with self._opener.open(request, timeout=self._timeout_seconds) as answer:
                    self.last_tag = answer.headers.get("ETag", "")
                    return answer.read() if is_file else json.load(answer)
            except urllib.error.HTTPError as error:
                with error:
                    if error.code == 304:
                        raise Unchanged from None
                    if error.code == 429 and waited < self._waits:
                        time.sleep(float(error.headers.get("Retry-After", "1")))
                        continue
                    raise Problem(error.code, _said(error)) from None
        raise AssertionError("unreachable")

'''

TAIL = """

def _said(error: urllib.error.HTTPError) -> Mapping[str, Any]:
    try:
        said = json.load(error)
    except ValueError:
        return {}
    return cast("Mapping[str, Any]", said) if isinstance(said, dict) else {}
"""


def client(description: Mapping[str, Any]) -> str:
    """The source of the client."""
    schemas = description["components"]["schemas"]
    shapes = "".join(line for name, schema in schemas.items() if name != "Problem" for line in _shape(name, schema))
    methods = "".join(
        line
        for path, by_method in description["paths"].items()
        for method, operation in by_method.items()
        for line in _method(method, path, operation)
    )
    return HEAD + shapes + BODY.rstrip() + "\n" + methods.rstrip() + "\n" + TAIL


def _shape(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    if "enum" in schema:
        yield f"\n{named(name)} = {type_of(schema)}\n\n"
        return
    says = " ".join(schema.get("description", name).split())
    fields = schema.get("properties", {})
    if any(not field.isidentifier() or keyword.iskeyword(field) for field in fields):
        inside = ", ".join(f'"{field}": "{type_of(said)}"' for field, said in fields.items())
        yield f'\n# {says}\n{named(name)} = TypedDict("{named(name)}", {{{inside}}})\n\n'
        return
    yield f"\nclass {named(name)}(TypedDict{', total=False' if _is_given(schema) else ''}):\n"
    yield textwrap.indent(f'"""{says}"""\n\n', "    ")
    for field, said in fields.items():
        yield f"    {field}: {type_of(said)}\n"
    yield "\n"


def _is_given(schema: Mapping[str, Any]) -> bool:
    """Whether some fields may be left out."""
    return set(schema.get("properties", {})) != set(schema.get("required", ()))


def _method(method: str, path: str, operation: Mapping[str, Any]) -> Iterator[str]:
    given = [_argument(one) for one in operation["parameters"]]
    inside = [one for one in given if one["place"] == "path"]
    asked = [one for one in given if one["place"] == "query"]
    headers = [one for one in given if one["place"] == "header"]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    signature = ["self", *(f"{one['name']}: {one['type']}" for one in inside)]
    signature += [] if body is None else [f"given: {type_of(body)}"]
    named_ones = [*sorted(asked, key=lambda one: not one["required"]), *headers]
    signature += ["*"] if named_ones else []
    signature += [
        f"{one['name']}: {one['type']}" if one["required"] else f"{one['name']}: {one['type']} | None = None"
        for one in named_ones
    ]
    yield f"\n    def {operation['operationId']}(\n"
    yield "".join(f"        {part},\n" for part in signature)
    yield f"    ) -> {answer_of(operation)}:\n"
    yield textwrap.indent(f'"""{operation["description"]}"""\n', "        ")
    yield f"        path = {_path(path, inside)}\n"
    query = ", ".join(f'"{one["sent"]}": {one["name"]}' for one in asked)
    sent = ", ".join(f'"{one["sent"]}": {one["name"]}' for one in headers)
    yield f"        query: dict[str, Any] = {{{query}}}\n"
    yield f"        headers: dict[str, str | None] = {{{sent}}}\n"
    content = "None" if body is None else "given"
    asking = f'"{method.upper()}", path, query, {content}, headers' + (", is_file=True" if _is_file(operation) else "")
    yield f'        return cast("{answer_of(operation)}", self._ask({asking}))\n'


def _path(path: str, inside: list[dict[str, Any]]) -> str:
    for one in inside:
        quoted = f"urllib.parse.quote(str({one['name']}), safe='')"
        path = path.replace(f"{{{one['sent']}}}", f"{{{quoted}}}")
    return f'f"{path}"' if inside else f'"{path}"'


def _argument(one: Mapping[str, Any]) -> dict[str, Any]:
    told = {"If-None-Match": "known", "If-Match": "tag", "Idempotency-Key": "key", "Range": "part"}
    name = told.get(one["name"], one["name"].replace("-", "_").lower())
    said = type_of(one["schema"]).removesuffix(" | None").replace("list[", "Sequence[")
    name = {"from": "first", "to": "last"}.get(name, name)
    return {"name": name, "sent": one["name"], "type": said, "required": one["required"], "place": one["in"]}


def answer_of(operation: Mapping[str, Any]) -> str:
    """What a method returns."""
    if _is_file(operation):
        return "bytes"
    return type_of(_done(operation)["application/json"]["schema"])


def _is_file(operation: Mapping[str, Any]) -> bool:
    """Whether it answers the bytes of a file."""
    return "application/json" not in _done(operation)


def _done(operation: Mapping[str, Any]) -> Mapping[str, Any]:
    """By type, what it answers where all is well."""
    found: Mapping[str, Any] = next(
        said["content"] for status, said in operation["responses"].items() if status.startswith("2")
    )
    return found


def type_of(schema: Mapping[str, Any]) -> str:
    """A schema as a type."""
    if "$ref" in schema:
        return named(str(schema["$ref"]).removeprefix(REF))
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(type_of(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return f"Literal[{', '.join(repr(one) for one in schema['enum'])}]".replace("'", '"')
    if schema.get("type") == "array":
        return f"list[{type_of(schema.get('items', {}))}]"
    more = schema.get("additionalProperties")
    if schema.get("type") == "object" and isinstance(more, Mapping):
        return f"dict[str, {type_of(more)}]"
    return PLAIN.get(str(schema.get("type")), "Any")


def named(name: str) -> str:
    """A shape's name as Python writes it: Page_TeamOf_ becomes PageOfTeamOf."""
    return re.sub(r"^Page_(\w+?)_$", r"PageOf\1", name)
