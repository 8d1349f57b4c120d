"""How do half a million rows come into the tables in a minute? Many at a time, told as they come."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from django.db.models import Model

Row = TypeVar("Row", bound="Model")
BATCH = 5_000
# As long as what somebody writes who has a minute.
WORDS = (
    "Said what would happen next before the call ended, so that the customer did not ask again; the same where "
    "something is late would spare a second call."
)


def keep(model: type[Row], rows: Iterable[Row]) -> list[Row]:
    """Write rows of one table; they come back with their numbers."""
    left = iter(rows)
    kept: list[Row] = []
    while some := list(islice(left, BATCH)):
        kept += model._default_manager.bulk_create(some)
    print(f"bench: {len(kept):,} rows of {model.__name__}", file=sys.stderr, flush=True)
    return kept
