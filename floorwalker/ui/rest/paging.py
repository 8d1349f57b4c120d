"""Which part of a long list is asked for, and how does one come to the next?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Schema

MOST = 200
USUAL = 50
FURTHEST = 1_000_000_000

Item = TypeVar("Item")


class Paging(Schema):
    """Which part of a list: so many, after so many."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="how many at most")
    offset: int = Field(0, ge=0, le=FURTHEST, description="how many to pass over")


class Page(Schema, Generic[Item]):
    """A part of a list in an order that stays the same, how many there are in all, and where the next part is."""

    items: list[Item]
    total: int
    limit: int
    offset: int
    next: str | None = Field(None, description="the address of the next part, while there is one")


def page_of(
    request: HttpRequest, found: QuerySet[Any] | Sequence[Any], paging: Paging, show: Callable[[Any], Any]
) -> dict[str, Any]:
    """The part of a list that was asked for, each row as `show` shows it; a query must be ordered to the last."""
    total = found.count() if isinstance(found, QuerySet) else len(found)
    end = paging.offset + paging.limit
    return {
        "items": [show(row) for row in found[paging.offset : end]] if paging.offset < total else [],
        "total": total,
        "limit": paging.limit,
        "offset": paging.offset,
        "next": _address(request, paging, end) if end < total else None,
    }


def _address(request: HttpRequest, paging: Paging, offset: int) -> str:
    asked = request.GET.copy()
    asked["limit"], asked["offset"] = str(paging.limit), str(offset)
    return f"{request.path}?{asked.urlencode()}"
