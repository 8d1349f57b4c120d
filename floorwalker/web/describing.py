"""What does the API offer, in one description that programs and people read?

OpenAPI as the operations themselves say it, and what holds for all of them besides: the problems that each may answer,
the headers by which answers are kept, changes are guarded and done once, and limits are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from floorwalker.apps.notices.door import PLACE
from floorwalker.apps.notices.models import Area
from floorwalker.ui.rest.problems import CODES, PROBLEM_TYPE, Problem
from floorwalker.web.api import api

REF = "#/components/schemas/"
ALWAYS = (401, 404, 422, 429, 500)
PROBLEMS = "#/components/responses/Problem"
LIMITS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
HEADERS = {
    "ETag": ("string", "the mark of this version"),
    "RateLimit-Limit": ("integer", "requests that a token may make in a minute"),
    "RateLimit-Remaining": ("integer", "those that are left"),
    "RateLimit-Reset": ("integer", "seconds until the next minute begins"),
}
GENERAL = """\
A program asks with `Authorization: Bearer` and a token that somebody makes on the page *API tokens* or by
`floorwalker token create`. It never may more than its owner at that moment, and what may not be seen answers 404.

Lists come in parts (`limit`, `offset`, `next`). Every answer to a question has an `ETag`: asked again with `If-None-Match`, what has
not changed is not sent again (304). A change of a record that two people could overwrite needs `If-Match` with the `ETag` it was read
with (428 without it, 412 when somebody was faster). A `POST` that names itself by an `Idempotency-Key` is done once, however often it
is sent within a day. Problems have one shape (`Problem`), whose `code` stays the same.
"""


@cache
def description() -> dict[str, Any]:
    """The API as OpenAPI."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PLACE))
    found["info"]["description"] = GENERAL
    found["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    found["servers"] = [{"url": "/", "description": "this installation"}]
    found["tags"] = [{"name": "me", "description": "The owner of the token"}] + [
        {"name": str(area.value), "description": str(area.label)} for area in Area
    ]
    schemas = found["components"]["schemas"]
    shape = Problem.model_json_schema(ref_template=REF + "{model}")
    schemas |= shape.pop("$defs", {}) | {"Problem": shape}
    found["components"]["headers"] = {name: _header(*of) for name, of in HEADERS.items()}
    found["components"]["responses"] = {f"Problem{status}": _problem(status) for status in CODES}
    for methods in found["paths"].values():
        for method, operation in methods.items():
            _complete(method, operation)
    _drop_unused(found)
    return found


def _complete(method: str, operation: dict[str, Any]) -> None:
    operation["responses"] = {str(status): said for status, said in operation["responses"].items()}
    for said in operation["responses"].values():
        told = [*LIMITS, *(["ETag"] if method in ("get", "put") else [])]
        said["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in told}
    operation["summary"] = operation.get("description", operation["summary"]).split(".")[0].strip()
    wanted = {*ALWAYS, *([] if operation["tags"] == ["me"] else [403])}
    if method == "get":
        operation["responses"]["304"] = {"description": "what the reader has is still the present version"}
        wanted |= {503} if operation["tags"] == ["figures"] else set()
        _take(operation, "If-None-Match", "the ETag of what the reader has")
        if "206" in operation["responses"]:
            wanted.add(416)
            _take(operation, "Range", "which part of the file: bytes=0-99999; without it, all of it")
    else:
        wanted |= {400, 409, 413}
    if method == "post":
        _take(operation, "Idempotency-Key", "names this change, so that it is done once", most=100)
    if method == "put":
        wanted |= {412, 428}
        _take(operation, "If-Match", "the ETag with which the record was read")
    for status in sorted(wanted):
        operation["responses"][str(status)] = {"$ref": f"{PROBLEMS}{status}"}


def _take(operation: dict[str, Any], name: str, meaning: str, most: int = 200) -> None:
    schema = {"type": "string", "minLength": 1, "maxLength": most, "pattern": "^[!-~]+$"}
    operation["parameters"].append(
        {"in": "header", "name": name, "required": False, "description": meaning, "schema": schema}
    )


def _problem(status: int) -> dict[str, Any]:
    code, meaning = CODES[status]
    found: dict[str, Any] = {
        "description": f"`{code}`: {meaning}",
        "content": {PROBLEM_TYPE: {"schema": {"$ref": f"{REF}Problem"}}},
    }
    if status == 429:
        found["headers"] = {"Retry-After": _header("integer", "seconds to wait")}
    return found


def _header(type: str, meaning: str) -> dict[str, Any]:
    return {"description": meaning, "schema": {"type": type}}


def _drop_unused(found: dict[str, Any]) -> None:
    """Leave out shapes that nothing refers to: those of parameters stand with their operations."""
    found["components"]["schemas"] = _used_in(found["paths"], found["components"]["schemas"])


def _used_in(part: Any, schemas: Mapping[str, Any]) -> dict[str, Any]:
    """The shapes that a part of the description refers to, and those to which they refer; that of problems always."""
    used: set[str] = set()
    waiting = {"Problem", *_references(part)}
    while waiting:
        name = waiting.pop()
        used.add(name)
        waiting |= set(_references(schemas[name])) - used
    return {name: schemas[name] for name in sorted(used)}


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        for name, value in part.items():
            if name == "$ref":
                if str(value).startswith(REF):
                    yield str(value).removeprefix(REF)
            else:
                yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """The description for programs."""
    return JsonResponse(description(), json_dumps_params={"indent": 1})


@require_GET
def api_page(request: HttpRequest) -> HttpResponse:
    """The description for people: every operation by its name, and of the area that is asked for all that it takes and gives."""
    found = description()
    areas: dict[str, list[tuple[str, str, dict[str, Any]]]] = {tag["name"]: [] for tag in found["tags"]}
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            areas[operation["tags"][0]].append((method, path, operation))
    asked = areas.get(request.GET.get("area", ""), [])
    context = {
        "area": next((tag for tag in found["tags"] if tag["name"] == request.GET.get("area")), None),
        "areas": [(tag, [_named(*one) for one in areas[tag["name"]]]) for tag in found["tags"]],
        "operations": [_shown(*one) for one in asked],
        "shapes": [
            _shape(name, schema)
            for name, schema in _used_in([one for *_, one in asked], found["components"]["schemas"]).items()
        ],
        "place": PLACE,
        "address": request.build_absolute_uri(PLACE),
    }
    return render(request, "ui/api.html", context)


def _named(method: str, path: str, operation: Mapping[str, Any]) -> dict[str, str]:
    return {"id": operation["operationId"], "method": method.upper(), "path": path, "says": operation["summary"]}


def _shown(method: str, path: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    done = next((status, said) for status, said in operation["responses"].items() if status.startswith("2"))
    content = done[1].get("content", {})
    answer = content.get("application/json", {}).get("schema")
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "says": operation.get("description", ""),
        "parameters": [_parameter(one) for one in operation["parameters"]],
        "body": None if body is None else type_of(body),
        "status": done[0],
        "answer": ", ".join(content) or None if answer is None else type_of(answer),
        "problems": [(status, CODES[int(status)][1]) for status in operation["responses"] if status[0] in "45"],
    }


def _parameter(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": one["name"],
        "place": one["in"],
        "type": type_of(one["schema"]),
        "required": one["required"],
        "meaning": one.get("description", ""),
    }


def _shape(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    fields = [
        {
            "name": field,
            "type": type_of(said),
            "required": field in schema.get("required", ()),
            "meaning": said.get("description", ""),
        }
        for field, said in schema.get("properties", {}).items()
    ]
    return {"name": name, "says": schema.get("description", ""), "fields": fields, "choices": schema.get("enum", ())}


def type_of(schema: Mapping[str, Any]) -> str:
    """A type in a few words: `list of TeamOf`, `date or null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(REF)
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(type_of(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"list of {type_of(schema.get('items', {}))}"
    more = schema.get("additionalProperties")
    if isinstance(more, Mapping):
        return f"object of {type_of(more)}"
    return (
        re.sub(r"^string/", "", f"{schema.get('type', 'any')}/{schema['format']}")
        if "format" in schema
        else str(schema.get("type", "any"))
    )
