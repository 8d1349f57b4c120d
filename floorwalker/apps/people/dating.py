"""How does something new begin on a day, without rewriting the days before or what is planned after?"""

from __future__ import annotations

from datetime import date
from typing import Any

from floorwalker.apps.people.models import DatedQuerySet


def make_room(rows: DatedQuerySet[Any], on: date) -> date | None:
    """End the row that counts on that day and remove one that begins on it; returns the day on which the next begins."""
    for row in rows.on(on):
        if row.from_day == on:
            row.delete()
        else:
            row.to_day = on
            row.save(update_fields=["to_day"])
    planned = rows.filter(from_day__gt=on).order_by("from_day").first()
    return None if planned is None else planned.from_day
