"""By how much did a team's four weeks move away from its twelve before, against what chance alone does, and beside everybody else?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from floorwalker.estimate import Estimate
from floorwalker.insight.team_week import LEAST_PEOPLE
from floorwalker.insight.team_weeks import TeamWeeks
from floorwalker.kpis.definition import Better
from floorwalker.stats.cells import Array
from floorwalker.stats.next_weeks import LEAST_WEEKS, Luck, luck_of_weeks

# The weeks that a goal is compared with, those that are read on its last day, and those that tell what is chance.
BASE, AHEAD, HISTORY = LEAST_WEEKS, 4, 26
# Of teams that did not change, this share may seem to, on the side that is asked about.
CHANCE = 0.025
# A week of fewer has no figure; four weeks of fewer tell nothing worth celebrating.
LEAST_IN_WEEK, LEAST_READ = 5, 40
# With fewer contacts than this share of the team's own, others tell no season: their luck would hide what the team did.
LEAST_BESIDE = 0.5
# How many standard errors nineteen in twenty lie within, on each side.
TWO_SIDED = 1.96
# With less work than this share of what was usual, luck is larger than the usual weeks tell.
LEAST_WORK = 0.5


class Unknown(StrEnum):
    """Why nobody can tell."""

    FEW_WEEKS = "few_weeks"
    FEW_CONTACTS = "few_contacts"
    LITTLE_WORK = "little_work"
    FEW_PEOPLE = "few_people"
    COST = "cost"
    OTHER_DEFINITION = "other_definition"


@dataclass(frozen=True)
class Beside:
    """Everybody else's figure of the same weeks, and whether the team did better, or worse, than they by more than chance.

    rose, fell: whether they became better, or worse, themselves by more than chance.
    """

    before: float
    after: float
    better: bool
    worse: bool
    rose: bool
    fell: bool


@dataclass(frozen=True)
class Moved:
    """The team's figures, and between what chance alone leaves nineteen in twenty of such months.

    better, worse: beyond chance; beside: None where too few others do such work to tell the season by.
    """

    before: float
    after: float
    low: float
    high: float
    better: bool
    worse: bool
    beside: Beside | None

    @property
    def is_own_gain(self) -> bool:
        """Whether it became better beyond chance, and beyond what everybody else did."""
        return self.better and (self.beside is None or self.beside.better)

    @property
    def is_own_loss(self) -> bool:
        """Whether it became worse beyond chance, and beyond what everybody else did."""
        return self.worse and (self.beside is None or self.beside.worse)

    @property
    def is_everybodys_gain(self) -> bool:
        """Whether it became better beyond chance, everybody else did too, and nothing tells more of the team's own."""
        return self.better and self.beside is not None and self.beside.rose and not self.beside.better

    @property
    def is_everybodys_loss(self) -> bool:
        """The same of worse."""
        return self.worse and self.beside is not None and self.beside.fell and not self.beside.worse


def moved(read: TeamWeeks, base: int, *, ratio: bool) -> Moved | Unknown:
    """The last four of these weeks against the twelve before week number `base`; ratio: on the scale of logarithms."""
    value = _scaled(read.value, ratio)
    since = _known_since(value, read.n, base)
    early, late = slice(base - BASE, base), slice(len(read.n) - AHEAD, len(read.n))
    why = Unknown.FEW_PEOPLE if read.people < LEAST_PEOPLE else _unknown(read, value, base - since, early, late)
    if why is not None:
        return why
    contrast = _contrast(read.n, since, early, late)
    sign = 1.0 if read.kpi.better is Better.UP else -1.0
    luck, change = _of(value, contrast, since, base, _luck_of_contacts(read, since, base, ratio))
    better, worse = _beyond(luck, sign * change)
    low, high = _range(value, read.n, early, luck, ratio)
    beside = _beside(read, value, contrast, (since, base, early, late), sign, ratio=ratio)
    before, after = (_pooled(read.value, read.n, part) for part in (early, late))
    return Moved(before, after, low, high, better, worse, beside)


def usual_range(read: TeamWeeks, ahead: int, *, ratio: bool) -> tuple[float, float] | Unknown:
    """Between what chance alone leaves nineteen in twenty of the months that end so many weeks after the last of these."""
    found = _coming(read, ahead, ratio)
    return found if isinstance(found, Unknown) else _range(*found, ratio)


def chance_of(read: TeamWeeks, target: float, ahead: int, *, ratio: bool) -> float | None:
    """The chance that such a month meets a target where nothing changes; None where nothing tells."""
    found = _coming(read, ahead, ratio)
    if isinstance(found, Unknown):
        return None
    value, n, early, luck = found
    sign = 1.0 if read.kpi.better is Better.UP else -1.0
    aim = float(_scaled(np.array([target]), ratio)[0])
    return luck.beyond(sign * (aim - _pooled(value, n, early)))


def _coming(read: TeamWeeks, ahead: int, ratio: bool) -> tuple[Array, Array, slice, Luck] | Unknown:
    value, base = _scaled(read.value, ratio), len(read.n)
    if read.people < LEAST_PEOPLE:
        return Unknown.FEW_PEOPLE
    since, early = _known_since(value, read.n, base), slice(base - BASE, base)
    if base - since < BASE:
        return Unknown.FEW_WEEKS if _has_work(read, early) else Unknown.FEW_CONTACTS
    if read.n[early].mean() * AHEAD < LEAST_READ:
        return Unknown.FEW_CONTACTS
    contrast = np.zeros(base - since + ahead)
    contrast[base - since - BASE : base - since] = -read.n[early] / read.n[early].sum()
    contrast[-AHEAD:] = 1 / AHEAD
    least = _luck_of_contacts(read, since, base, ratio)
    return value, read.n, early, luck_of_weeks(value[since:base], contrast, least)


def _has_work(read: TeamWeeks, weeks: slice) -> bool:
    """Whether those weeks that have any figure have enough for one."""
    n = read.n[weeks]
    return bool(n.any()) and bool((n[n > 0] >= LEAST_IN_WEEK).all())


def _known_since(value: Array, n: Array, base: int) -> int:
    """From which week on every one up to `base` has a figure; at most half a year back."""
    since = base
    while since > max(0, base - HISTORY) and np.isfinite(value[since - 1]) and n[since - 1] >= LEAST_IN_WEEK:
        since -= 1
    return since


def _unknown(read: TeamWeeks, value: Array, known: int, early: slice, late: slice) -> Unknown | None:
    if known < BASE:
        return Unknown.FEW_WEEKS
    seen = np.isfinite(value[late]) & (read.n[late] >= LEAST_IN_WEEK)
    if not seen.all() or read.n[late].sum() < LEAST_READ:
        return Unknown.FEW_CONTACTS
    return Unknown.LITTLE_WORK if read.n[late].mean() < LEAST_WORK * read.n[early].mean() else None


def _scaled(value: Array, ratio: bool) -> Array:
    if not ratio:
        return value
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(value > 0, np.log(np.maximum(value, 1e-9)), np.nan)


def _contrast(n: Array, since: int, early: slice, late: slice) -> Array:
    weight = np.zeros(len(n))
    weight[early] = -n[early] / n[early].sum()
    weight[late] += n[late] / n[late].sum()
    return weight[since:]


def _of(value: Array, contrast: Array, since: int, base: int, least: float) -> tuple[Luck, float]:
    used = contrast != 0
    return luck_of_weeks(value[since:base], contrast, least), float(contrast[used] @ value[since:][used])


def _luck_of_contacts(read: TeamWeeks, since: int, base: int, ratio: bool) -> float:
    """The variance of one such week by the luck of its contacts alone, as its range of nineteen in twenty tells it."""
    spreads = []
    for point in read.points[since:base]:
        answer = point.answer
        if isinstance(answer, Estimate) and answer.low is not None and answer.high is not None:
            low, high = (float(bound) for bound in _scaled(np.array([answer.low, answer.high]), ratio))
            spreads.append(((high - low) / (2 * TWO_SIDED)) ** 2)
    known = [spread for spread in spreads if np.isfinite(spread)]
    return float(np.mean(known)) if known else 0.0


def _beyond(luck: Luck, gained: float) -> tuple[bool, bool]:
    return luck.beyond(gained) <= CHANCE, luck.beyond(-gained) <= CHANCE


def _range(value: Array, n: Array, early: slice, luck: Luck, ratio: bool) -> tuple[float, float]:
    middle, reach = _pooled(value, n, early), luck.reach(CHANCE)
    bounds = (middle - reach, middle + reach)
    return (float(np.exp(bounds[0])), float(np.exp(bounds[1]))) if ratio else bounds


def _beside(
    read: TeamWeeks,
    value: Array,
    contrast: Array,
    places: tuple[int, int, slice, slice],
    sign: float,
    *,
    ratio: bool,
) -> Beside | None:
    since, base, early, late = places
    rest = _scaled(np.where(read.rest_n >= LEAST_IN_WEEK, read.rest, np.nan), ratio)
    needed = np.r_[rest[since:base], rest[late]]
    few = read.rest_people < LEAST_PEOPLE or read.rest_n[early].mean() < LEAST_BESIDE * read.n[early].mean()
    if few or not np.isfinite(needed).all():
        return None
    of_team = _luck_of_contacts(read, since, base, ratio)
    of_rest = of_team * float(read.n[early].mean() / read.rest_n[early].mean())
    luck, apart = _of(value - rest, contrast, since, base, of_team + of_rest)
    alone, change = _of(rest, _contrast(read.rest_n, since, early, late), since, base, of_rest)
    before, after = (_pooled(read.rest, read.rest_n, part) for part in (early, late))
    return Beside(before, after, *_beyond(luck, sign * apart), *_beyond(alone, sign * change))


def _pooled(value: Array, n: Array, part: slice) -> float:
    return float(value[part] @ n[part] / n[part].sum())
