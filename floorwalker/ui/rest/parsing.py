"""What of a request is read at all? JSON and questions, without the zero byte that no database keeps as text."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from floorwalker.ui.rest.problems import Problematic

ZERO = "\x00"


class PlainParser(Parser):
    """Ninja's own, that refuses what PostgreSQL would refuse later and less politely."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The JSON that was sent."""
        found = super().parse_body(request)
        if _holds_zero(found):
            raise ValueError("a text holds the zero byte")
        return found

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """The question in the address."""
        for name, values in data.lists():
            if any(ZERO in str(value) for value in values):
                raise Problematic(422, where=name[:40].replace(ZERO, ""), found="the zero byte", expected="text")
        return super().parse_querydict(data, list_fields, request)


def _holds_zero(part: Any) -> bool:
    if isinstance(part, str):
        return ZERO in part
    if isinstance(part, dict):
        return any(_holds_zero(name) or _holds_zero(value) for name, value in part.items())
    return isinstance(part, list) and any(map(_holds_zero, part))
