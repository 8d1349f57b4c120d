"""Are groups of agents scored differently, and does an evaluator score one group otherwise than colleagues do?

Groups are compared with each other, never people: a group of fewer than ten agents enters nothing at all, not even what others
are held against, so that its figure cannot be worked out from those of the rest. Two differences are told: the plain one, and the
one among agents whom the same evaluators marked by the same forms, kinds of contact taken out. An evaluator's difference is that
between her marks and her colleagues' for the same agents; what stands out is a reason to have contacts marked again, blind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from floorwalker.insight.evaluated import Evaluated, evaluated_query, read_evaluated
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.query import Facts
from floorwalker.stats.cells import Array, Index
from floorwalker.stats.evaluators import Scores
from floorwalker.stats.group_gaps import LEAST_AGENTS, LEVEL, Gaps, gaps_of_groups
from floorwalker.stats.within_agents import contrast_groups

SIGNAL = 0.05
MINUTES_OF_AN_HOUR = 60


class Shift(StrEnum):
    """When most of an agent's evaluated contacts begin."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


# From which hour of the day on; before the first and after midnight it is evening.
SHIFTS = ((Shift.MORNING, 5), (Shift.AFTERNOON, 12), (Shift.EVENING, 17))


def time_of_day(minute: int) -> Shift:
    """In which of them a minute of the local day lies."""
    return SHIFTS[_number_of_shift(np.array([minute // MINUTES_OF_AN_HOUR]))[0]][0]


def _number_of_shift(hour: Index) -> Index:
    return np.asarray((np.searchsorted([begins for _, begins in SHIFTS], hour, side="right") - 1) % len(SHIFTS))


@dataclass(frozen=True)
class Gap:
    """By how many points of 100 a group scores above all others that are compared, likely between low and high."""

    points: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether it is more than chance, all groups that are looked at taken together."""
        return not self.low <= 0 <= self.high


@dataclass(frozen=True)
class GroupFound:
    """One group. plain: as scores are; fair: marked by the same evaluators, on the same work; None where nothing may be said."""

    group: str
    plain: Gap | None
    fair: Gap | None


@dataclass(frozen=True)
class MarkedOtherwise:
    """By how many points an evaluator scores a group above what colleagues give to the same agents.

    p: of there being nothing, all evaluators and groups that are looked at taken together.
    """

    evaluator: bytes
    group: str
    gap: Gap
    p: float

    @property
    def is_signal(self) -> bool:
        """Whether contacts should be marked again."""
        return self.p < SIGNAL


@dataclass(frozen=True)
class Differences:
    """Groups by name; evaluators: those of whom anything can be told."""

    groups: tuple[GroupFound, ...]
    evaluators: tuple[MarkedOtherwise, ...]

    @property
    def clear(self) -> tuple[GroupFound, ...]:
        """Groups that differ even where the same people marked them."""
        return tuple(one for one in self.groups if one.fair is not None and one.fair.is_clear)

    @property
    def signals(self) -> tuple[MarkedOtherwise, ...]:
        """Evaluators whose contacts should be marked again."""
        return tuple(one for one in self.evaluators if one.is_signal)


def compare_groups(facts: Facts, period: Period, members: Mapping[bytes, str]) -> Differences | None:
    """members: by agent the group; whoever is in none is left out. None where nobody was evaluated."""
    rows = read_evaluated(facts, evaluated_query(facts, period, {}))
    return None if not len(rows.score) else _compare(rows, [members.get(key) for key in rows.agents])


def compare_shifts(facts: Facts, period: Period) -> Differences | None:
    """Agents by when most of their evaluated contacts begin."""
    rows = read_evaluated(facts, evaluated_query(facts, period, {}))
    if not len(rows.score):
        return None
    hour = rows.minute // MINUTES_OF_AN_HOUR
    number = _number_of_shift(hour)
    usual = _usual(rows.agent, np.where(rows.minute < 0, -1, number), len(rows.agents))
    return _compare(rows, [str(SHIFTS[one][0]) if one >= 0 else None for one in usual])


def compare_channels(facts: Facts, period: Period) -> Differences | None:
    """Agents by the channel of most of their evaluated contacts."""
    rows = read_evaluated(facts, evaluated_query(facts, period, {}))
    if not len(rows.score):
        return None
    usual = _usual(rows.agent, rows.channel, len(rows.agents))
    return _compare(rows, [rows.channels[one] if one >= 0 else None for one in usual])


def _usual(agent: Index, number: Index, agents: int) -> list[int]:
    """By agent the commonest number; -1 where there is none."""
    known = number >= 0
    many = int(number.max(initial=0)) + 1
    often = np.bincount(agent[known] * many + number[known], minlength=agents * many).reshape(agents, many)
    return [int(place) if total else -1 for place, total in zip(often.argmax(axis=1), often.sum(axis=1), strict=True)]


def _compare(rows: Evaluated, group: list[str | None]) -> Differences:
    names = sorted({one for one in group if one is not None})
    size = {name: sum(one == name for one in group) for name in names}
    large = [name for name in names if size[name] >= LEAST_AGENTS]
    number = np.array([large.index(one) if one in large else -1 for one in group], dtype=np.int64)
    marked_by = rows.evaluator * (int(rows.form.max()) + 1) + rows.form
    plain = gaps_of_groups(rows.score, rows.agent, number)
    fair = gaps_of_groups(rows.scores.score, rows.agent, number, marked_by)
    found = tuple(
        GroupFound(name, _gap(plain, large.index(name)), _gap(fair, large.index(name)))
        if name in large
        else GroupFound(name, None, None)
        for name in names
    )
    return Differences(found, tuple(_evaluators(rows, number, large)))


def _gap(gaps: Gaps, place: int) -> Gap | None:
    if not np.isfinite(gaps.estimate[place]):
        return None
    return Gap(float(gaps.estimate[place]), float(gaps.low[place]), float(gaps.high[place]))


def _evaluators(rows: Evaluated, number: Index, large: list[str]) -> list[MarkedOtherwise]:
    # Of two groups the one is the other's mirror.
    looked_at = large[:1] if len(large) == 2 else large if len(large) > 2 else []
    found = []
    for place, name in enumerate(looked_at):
        inside = np.where(number < 0, np.nan, (number == place).astype(float))
        contrast = contrast_groups(rows.scores, inside)
        tried = int(np.isfinite(contrast.p).sum())
        for one in np.flatnonzero(np.isfinite(contrast.p) & _enough(rows.scores, inside)):
            points, error = float(contrast.estimate[one]), float(contrast.error[one])
            reach = float(ndtri(1 - (1 - LEVEL) / 2 / (tried * len(looked_at)))) * error
            p = min(1.0, float(contrast.p[one]) * len(looked_at))
            found.append(MarkedOtherwise(rows.evaluators[one], name, Gap(points, points - reach, points + reach), p))
    return found


def _enough(scores: Scores, inside: Array) -> NDArray[np.bool_]:
    """By evaluator whether she marked so many agents on either side that nobody's score follows from it."""
    pairs = np.unique(np.stack([scores.agent, scores.evaluator]), axis=1)
    sides = [np.bincount(pairs[1][inside[pairs[0]] == side], minlength=scores.evaluators) for side in (0.0, 1.0)]
    return np.asarray(np.minimum(*sides) >= LEAST_AGENTS)
