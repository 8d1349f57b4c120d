"""How are rows kept that count for a stretch of days? Half-open: `to_day` is the first day that no longer counts."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

Row = TypeVar("Row", bound=models.Model)


def on_day(day: date, relation: str = "") -> Q:
    """Whether a dated row counts on a day; relation: the path to it with its underscores, such as `memberships__`."""
    begun = Q(**{f"{relation}from_day": None}) | Q(**{f"{relation}from_day__lte": day})
    return begun & (Q(**{f"{relation}to_day": None}) | Q(**{f"{relation}to_day__gt": day}))


class DatedQuerySet(models.QuerySet[Row]):
    """Rows that count for a stretch of days."""

    def on(self, day: date) -> Self:
        """Those that count on that day."""
        return self.filter(on_day(day))
