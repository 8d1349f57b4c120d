"""When is a view to be sent next, by the clock of a site?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from floorwalker.apps.dashboards.models import Rhythm

MONDAY, FIRST = 0, 1
# The longest way from one to the next is a month.
MOST_DAYS = 32


def next_due(rhythm: str, hour: int, zone: str, after: datetime) -> datetime:
    """The first time after an instant; an hour that the clocks leave out is sent at the one that takes its place."""
    clock = ZoneInfo(zone)
    first = after.astimezone(clock).date()
    for number in range(MOST_DAYS):
        day = first + timedelta(days=number)
        found = datetime.combine(day, time(hour), clock).astimezone(UTC)
        if _is_day(rhythm, day) and found > after:
            return found
    raise AssertionError(f"no day of {rhythm} within {MOST_DAYS} days")


def _is_day(rhythm: str, day: date) -> bool:
    match rhythm:
        case Rhythm.WEEKLY:
            return day.weekday() == MONDAY
        case Rhythm.MONTHLY:
            return day.day == FIRST
    return True
