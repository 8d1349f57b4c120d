"""How many hours was somebody logged in, beside those that were agreed? Over by a lot is a matter for whoever plans the work.

Leave, sickness and holidays are not known here: fewer hours than agreed say nothing, and nobody is said to be under them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from floorwalker.insight.scorecard import Period
from floorwalker.kpis.gather import gather
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.stats.summaries import Ratio

# The measure whose whole is the time logged in, breaks and other work among it.
LOGGED_IN = "utilisation"
STATES = "state_interval"
WEEK_DAYS = 7
# Far over: by a tenth of what was agreed, and by two hours in each week at least.
FAR_SHARE, FAR_SECONDS_A_WEEK = 0.1, 2 * 3600.0


class Unknown(StrEnum):
    """Why hours cannot be compared."""

    NO_PATTERN = "no_pattern"
    NO_LOG_INS = "no_log_ins"
    STILL_OPEN = "still_open"
    SEVERAL_SYSTEMS = "several_systems"


@dataclass(frozen=True)
class Pattern:
    """Agreed minutes of each day of the week, Monday first, for a stretch of days (half-open, None = open)."""

    minutes: Sequence[int]
    from_day: date | None
    to_day: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it counts on a day."""
        return (self.from_day is None or self.from_day <= day) and (self.to_day is None or self.to_day > day)


@dataclass(frozen=True)
class Worker:
    """What is known of somebody's work: agreed patterns, first and last day in the job, in how many systems she logs in."""

    key: bytes
    patterns: tuple[Pattern, ...] = ()
    started_on: date | None = None
    left_on: date | None = None
    systems: int = 1

    def agreed_seconds(self, period: Period) -> float | None:
        """Agreed time of the days in the job; None where a day has no pattern."""
        total = 0.0
        for number in range((period.last - period.first).days + 1):
            day = period.first + timedelta(days=number)
            if (self.started_on and day < self.started_on) or (self.left_on and day > self.left_on):
                continue
            pattern = next((one for one in self.patterns if one.holds_on(day)), None)
            if pattern is None:
                return None
            total += 60.0 * pattern.minutes[day.weekday()]
        return total


@dataclass(frozen=True)
class Workload:
    """One person's hours of a period; over_seconds: logged in beyond what was agreed, where nothing stands against it."""

    key: bytes
    period: Period
    agreed_seconds: float | None
    logged_seconds: float | None
    days_worked: int
    reason: Unknown | None

    @property
    def over_seconds(self) -> float | None:
        """The difference, negative where it was less; None where one of the two is not known."""
        if self.reason is not None or self.agreed_seconds is None or self.logged_seconds is None:
            return None
        return self.logged_seconds - self.agreed_seconds

    @property
    def is_far_over(self) -> bool:
        """Whether it was so much more that somebody ought to ask why."""
        over, weeks = self.over_seconds, ((self.period.last - self.period.first).days + 1) / WEEK_DAYS
        if over is None or self.agreed_seconds is None:
            return False
        return over >= FAR_SHARE * self.agreed_seconds and over >= FAR_SECONDS_A_WEEK * weeks


def read_workload(facts: Facts, workers: Sequence[Worker], period: Period) -> dict[bytes, Workload]:
    """By key, the hours of each on the days of the period of which log-ins are known."""
    days = facts.days(STATES)
    known = Period(max(period.first, days[0]), min(period.last, days[1])) if days else period
    if days is None or known.first > known.last:
        return {one.key: _hours(one, period, None) for one in workers}
    logged = _logged_in(facts, [one.key for one in workers], known)
    return {one.key: _hours(one, known, logged.get(one.key)) for one in workers}


def _logged_in(facts: Facts, keys: Sequence[bytes], period: Period) -> Mapping[bytes, Ratio]:
    query = KpiQuery((LOGGED_IN,), period.first, period.last, ("agent",), {"agent": tuple(keys)})
    found = gather([query], facts)[0] if keys else []
    return {
        key: row.summary
        for row in found
        for key in row.group
        if isinstance(key, bytes) and isinstance(row.summary, Ratio)
    }


def _hours(worker: Worker, period: Period, logged: Ratio | None) -> Workload:
    agreed = worker.agreed_seconds(period)
    seconds = logged.sum_y if logged is not None and logged.n else None
    days = 0 if logged is None else logged.n
    reason = None
    if seconds is None:
        reason = Unknown.NO_LOG_INS
    elif worker.systems > 1:
        reason = Unknown.SEVERAL_SYSTEMS
    elif agreed is None:
        reason = Unknown.NO_PATTERN
    elif logged is not None and logged.pending:
        reason = Unknown.STILL_OPEN
    return Workload(worker.key, period, agreed, seconds, days, reason)
