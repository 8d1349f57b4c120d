"""How does a reader know that what she has is still the present version, and a writer that nobody changed it meanwhile?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from ninja.responses import NinjaJSONEncoder

from floorwalker.ui.rest.problems import NotModified, Problematic

LENGTH = 32


def tag_of(content: bytes) -> str:
    """The mark of an answer by its content."""
    return f'"{hashlib.sha256(content).hexdigest()[:LENGTH]}"'


def tag_of_shown(shown: Schema) -> str:
    """The mark that reading this record would give: of the same bytes."""
    return tag_of(json.dumps(shown.model_dump(), cls=NinjaJSONEncoder).encode())


def tag_of_state(*parts: Any) -> str:
    """The mark of an answer by all that it follows from, known before the answer is; weak, for the bytes are not looked at."""
    return f"W/{tag_of(repr(parts).encode())}"


def names_tag(header: str | None, tag: str) -> bool:
    """Whether a list of marks in a header names this one; compression on the way makes a mark weak and changes nothing."""
    if header is None:
        return False
    return header.strip() == "*" or _plain(tag) in _all(header)


def unless_known(request: HttpRequest, response: HttpResponse, tag: str) -> None:
    """Mark the answer; NotModified where the reader has it already, before anything is computed."""
    response["ETag"] = tag
    if names_tag(request.headers.get("If-None-Match"), tag):
        raise NotModified(tag)


def require_unchanged(request: HttpRequest, shown: Schema) -> None:
    """Refuse a change by somebody who has not seen the present state; asked within the transaction of the change."""
    header = request.headers.get("If-Match")
    if header is None:
        raise Problematic(
            428, where="If-Match", expected="the ETag with which you read it", mend="read it, then change it"
        )
    if not names_tag(header, tag_of_shown(shown)):
        raise Problematic(
            412,
            where="If-Match",
            found=header[:80],
            expected=tag_of_shown(shown),
            mend="read it again, and decide anew whether to change it",
        )


def _all(header: str) -> Iterable[str]:
    return {_plain(part.strip()) for part in header.split(",")}


def _plain(tag: str) -> str:
    return tag.removeprefix("W/")
