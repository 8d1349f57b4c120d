"""Did a team reach the goal that it set itself: truly, by chance, as everybody did, or at a cost?

The figure of the last four weeks is held against the twelve weeks before the goal was set. How far chance alone moves four such
weeks is read from the team's own weeks, up to half a year of them (`stats/next_weeks.py`): the luck of contacts alone would be too
little. What lies beyond chance must do so twice: by itself, and beside what everybody else did in the same weeks, so that no team
celebrates the season. It is judged once, on its last day: whoever looks every week finds success by chance sooner or later.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import numpy as np

from floorwalker.estimate import Answer, Estimate
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.cells import scale_of
from floorwalker.insight.effect import can_be_judged
from floorwalker.insight.ended import is_met
from floorwalker.insight.scorecard import Period, Point
from floorwalker.insight.standing import last_complete_day
from floorwalker.insight.team_moved import AHEAD, BASE, HISTORY, Moved, Unknown, chance_of, moved, usual_range
from floorwalker.insight.team_week import LEAST_PEOPLE
from floorwalker.insight.team_weeks import WEEK, TeamWeeks, read_team_weeks
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Better, Kpi
from floorwalker.stats.case_mix import Scale

# Raised whenever the method gives other verdicts: kept ones name the version that made them.
VERSION = 1
DAY_SECONDS = 86_400
ONE_DAY = timedelta(days=1)
# Rows of a contact's day that come later: answers to surveys while their links are open, marks once somebody has listened.
LATER_DAYS = {"survey": 14, "evaluation": 14}
# What is promised is told by the day of the promise, and how it ended comes weeks later: no week of it is ever whole in time.
NEVER_SETTLED = ("commitment",)
# From weeks that lie further back nothing is promised.
STALE = timedelta(days=35)
# By unit, where not from nought up.
BOUNDS = {"share": (0.0, 1.0), "score": (-100.0, 100.0)}


class Verdict(StrEnum):
    """How a team stands with its goal."""

    ON_THE_WAY = "on_the_way"
    BEYOND_CHANCE = "beyond_chance"
    WITH_EVERYBODY = "with_everybody"  # beyond chance, and so did everybody else
    WITHIN_CHANCE = "within_chance"
    AT_A_COST = "at_a_cost"
    NOT_REACHED = "not_reached"
    CANNOT_TELL = "cannot_tell"

    @property
    def is_reached(self) -> bool:
        """Whether the figure met the target, however that came."""
        return self in REACHED


REACHED = (Verdict.BEYOND_CHANCE, Verdict.WITH_EVERYBODY, Verdict.WITHIN_CHANCE, Verdict.AT_A_COST)


@dataclass(frozen=True)
class Goal:
    """What a team has set itself. teams: the keys of the team and of those below it; first: a Monday; due: a Sunday.

    before: the twelve weeks with which it is compared; counter: what must not get worse, nothing where nothing was named.
    """

    kpi: str
    kpi_version: int
    teams: tuple[bytes, ...]
    target: float
    before: Period
    first: date
    due: date
    counter: str = ""


@dataclass(frozen=True)
class Start:
    """Where a team stands before it sets a goal. low, high: between which chance alone leaves nineteen in twenty of such months;
    chance: of meeting the target without any change; None where nothing tells."""

    kpi: Kpi
    before: Period
    baseline: Answer
    counter: Answer | None
    points: tuple[Point, ...]
    low: float | None = None
    high: float | None = None
    chance: float | None = None
    unknown: Unknown | None = None

    @property
    def can_begin(self) -> bool:
        """Whether a goal from here could be judged."""
        return self.unknown is None and isinstance(self.baseline, Estimate)


@dataclass(frozen=True)
class Stands:
    """How a team stands with its goal. reading: its figure of four weeks up to `through`; moved, guard: how the measure, and what
    must not get worse, moved since before; unknown: why nobody can tell."""

    kpi: Kpi
    verdict: Verdict
    through: date | None
    baseline: Answer
    reading: Answer
    points: tuple[Point, ...]
    moved: Moved | None = None
    guard: Moved | None = None
    unknown: Unknown | None = None


def goal_measures() -> list[Kpi]:
    """Those in which a team can set itself a goal: with a better side, and of efficiency only with what it must not cost."""
    return [kpi for kpi in catalogue().values() if _can_be_goal(kpi)]


def _can_be_goal(kpi: Kpi) -> bool:
    sided = kpi.better in (Better.UP, Better.DOWN) and can_be_judged(kpi, "team")
    if not sided or kpi.table.name in NEVER_SETTLED:
        return False
    return not kpi.is_of_efficiency or counter_of(kpi) is not None


def counter_of(kpi: Kpi) -> Kpi | None:
    """What must not get worse meanwhile, where teams can be judged by it."""
    found = catalogue().get(kpi.counter_measure or "")
    return found if found is not None and can_be_judged(found, "team") else None


def last_week(facts: Snapshot, kpis: Sequence[Kpi], at: datetime) -> date | None:
    """The last Sunday up to which nothing more is expected, and whatever was waited for is settled; None before any."""
    last = last_complete_day(facts, {kpi.table.name for kpi in kpis}, at)
    if last is None:
        return None
    settled = last - max(settling(kpi) for kpi in kpis)
    return settled - timedelta(days=(settled.weekday() + 1) % WEEK.days)


def settling(kpi: Kpi) -> timedelta:
    """How long a contact waits until it tells: the days in which a customer may come back or answer, or somebody listens to it."""
    waits = kpi.parameters.get("window_seconds")
    days = 0 if waits is None else math.ceil(waits.default / DAY_SECONDS)
    return timedelta(days=max(days, LATER_DAYS.get(kpi.table.name, 0)))


def read_start(
    facts: Snapshot, kpi: Kpi, teams: Sequence[bytes], due: date, at: datetime, *, target: float | None = None
) -> Start | None:
    """Where the team stands; target: of which the chance is asked; None before any facts, and where the last lie weeks back."""
    counter = counter_of(kpi)
    known = [kpi] if counter is None else [kpi, counter]
    last = last_week(facts, known, at)
    if last is None or last < at.date() - STALE:
        return None
    before = Period(last - BASE * WEEK + ONE_DAY, last)
    weeks = Period(last - HISTORY * WEEK + ONE_DAY, last)
    read = read_team_weeks(facts, [one.id for one in known], teams, weeks, [before])
    cost = None if counter is None else read[counter.id].figures[0]
    return start_of(read[kpi.id], before, due, cost, target)


def start_of(read: TeamWeeks, before: Period, due: date, counter: Answer | None, target: float | None) -> Start:
    """The same of weeks that were read already."""
    ahead = max(AHEAD, (due - before.last).days // WEEK.days)
    baseline, ratio = read.figures[0], is_ratio(read.kpi)
    found = usual_range(read, ahead, ratio=ratio)
    drawn = read.points[-BASE:]
    if isinstance(found, Unknown):
        return Start(read.kpi, before, baseline, counter, (), unknown=found)
    chance = None if target is None else chance_of(read, target, ahead, ratio=ratio)
    return Start(read.kpi, before, baseline, counter, drawn, *found, chance)


def is_ratio(kpi: Kpi) -> bool:
    """Whether changes are told as a share of the figure."""
    return scale_of(kpi, "team") is Scale.RATIO


def read_stands(facts: Snapshot, goal: Goal, at: datetime) -> Stands | None:
    """How it stands up to the last complete week, at most its own last; None of a measure that is gone, or before any facts."""
    kpi, counter = catalogue().get(goal.kpi), catalogue().get(goal.counter)
    known = [one for one in (kpi, counter) if one is not None]
    last = last_week(facts, known, at) if kpi is not None else None
    if kpi is None or last is None:
        return None
    through = min(last, goal.due)
    ends = max(through, goal.before.last)
    reading = Period(ends - AHEAD * WEEK + ONE_DAY, ends)
    weeks = Period(goal.before.last - HISTORY * WEEK + ONE_DAY, ends)
    read = read_team_weeks(facts, [one.id for one in known], goal.teams, weeks, [goal.before, reading])
    return stands_of(goal, through, read)


def stands_of(goal: Goal, through: date, read: dict[str, TeamWeeks]) -> Stands:
    """The same of weeks that were read already."""
    own = read[goal.kpi]
    baseline, reading = own.figures
    base = own.place(goal.before.last + ONE_DAY)
    if own.people < LEAST_PEOPLE:  # what such a team did in a week is what one person did
        return _stands(Verdict.CANNOT_TELL, own.kpi, through, baseline, reading, (), unknown=Unknown.FEW_PEOPLE)
    told = (own.kpi, through, baseline, reading, own.points[max(0, base - BASE) :])
    if through < goal.due:
        return _stands(Verdict.ON_THE_WAY, *told)
    if own.kpi.version != goal.kpi_version:
        return _stands(Verdict.CANNOT_TELL, *told, unknown=Unknown.OTHER_DEFINITION)
    change = moved(own, base, ratio=is_ratio(own.kpi))
    if isinstance(change, Unknown):
        return _stands(Verdict.CANNOT_TELL, *told, unknown=change)
    cost = moved(read[goal.counter], base, ratio=is_ratio(read[goal.counter].kpi)) if goal.counter in read else None
    if isinstance(cost, Unknown) and own.kpi.is_of_efficiency:
        return _stands(Verdict.CANNOT_TELL, *told, change=change, unknown=Unknown.COST)
    guard = cost if isinstance(cost, Moved) else None
    return _stands(_verdict(goal, own.kpi, reading, change, guard), *told, change=change, guard=guard)


def _stands(
    verdict: Verdict,
    kpi: Kpi,
    through: date,
    baseline: Answer,
    reading: Answer,
    points: tuple[Point, ...],
    *,
    change: Moved | None = None,
    guard: Moved | None = None,
    unknown: Unknown | None = None,
) -> Stands:
    return Stands(kpi, verdict, through, baseline, reading, points, change, guard, unknown)


def _verdict(goal: Goal, kpi: Kpi, reading: Answer, change: Moved, guard: Moved | None) -> Verdict:
    if not isinstance(reading, Estimate):
        return Verdict.CANNOT_TELL
    if not is_met(kpi, goal.target, reading.value):
        return Verdict.NOT_REACHED
    if guard is not None and guard.is_own_loss:
        return Verdict.AT_A_COST
    if change.is_own_gain:
        return Verdict.BEYOND_CHANCE
    return Verdict.WITH_EVERYBODY if change.is_everybodys_gain else Verdict.WITHIN_CHANCE


def possible(kpi: Kpi) -> tuple[float, float]:
    """Between what a figure of that unit lies in any case."""
    return BOUNDS.get(kpi.unit, (0.0, math.inf))


def is_possible(kpi: Kpi, target: float) -> bool:
    """Whether a figure of that unit can be so at all."""
    least, most = possible(kpi)
    return bool(np.isfinite(target)) and least <= target <= most
