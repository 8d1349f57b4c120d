"""What is an action expected to gain in a month, given all doubt, and what is it worth to look before acting?

A gap is worth closing as far as it is there: what counts is the expected part of it above nought, times the contacts it
concerns, the share of it that this kind of action has closed before, how long that lasts, and what a contact is worth. What
evaluations are worth is what they may change in the decision (H. Raiffa and R. Schlaifer, Applied Statistical Decision
Theory (1961), ch. 4-5).
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from scipy.special import ndtri

# The share of a gap that an action closes, and how much of that stays, until a centre has sessions enough of its own.
USUAL_SHARE, USUAL_SHARE_SD, USUAL_PERSISTENCE = 0.25, 0.15, 0.6
# Where it is this open whether there is a gap, looking may come before acting.
OPEN = (0.3, 0.7)
EVALUATIONS, EVALUATIONS_HOURS = 3, 0.5
# How sure a verdict must be.
SURE = 0.80
LEVEL = 0.95
# Uncertain numbers are weighed at so many equally likely values.
POINTS = 41
PLACES = ndtri((np.arange(POINTS) + 0.5) / POINTS)
# Further from nought than so many standard deviations a number is as good as known.
FAR = 30.0
ROOT_OF_TURN = math.sqrt(2 * math.pi)


class Kind(StrEnum):
    """What is done."""

    COACH = "coach"
    TEAM = "team"
    PROCESS = "process"
    EVIDENCE = "evidence"


class WhyNot(StrEnum):
    """Why an action is not on the list."""

    NO_CAPACITY = "no_capacity"
    NOT_PERSONAL = "not_personal"
    OPEN_GOAL = "open_goal"
    ONE_AT_A_TIME = "one_at_a_time"
    EVIDENCE_FIRST = "evidence_first"
    NOT_SURE = "not_sure"
    NO_GAIN = "no_gain"


@dataclass(frozen=True)
class Learnability:
    """The share of a gap that a kind of action closes, and how sure that is."""

    mean: float = USUAL_SHARE
    sd: float = USUAL_SHARE_SD


@dataclass(frozen=True)
class Gap:
    """One gap with its doubt (positive: worse than agreed) and how many contacts a month it concerns.

    one_evaluation: the variance of what a single further observation would tell of it; infinite where none can be had.
    """

    mean: float
    sd: float
    contacts: float
    one_evaluation: float = np.inf


@dataclass(frozen=True)
class Candidate:
    """An action that could be taken: for one person, for a team (a gap for each member), or for the process (for everybody).

    of: whom it concerns, people by themselves; about: the measure; sure: how likely the gap is one that matters; worth: of a
    unit of the measure in one contact, in what all candidates have in common; barred: what stands against it from the start;
    needs_proof: nobody is coached for it before it is as sure as a verdict must be, so that all one can do is look.
    """

    kind: Kind
    of: Hashable
    about: Hashable
    gaps: tuple[Gap, ...]
    sure: float
    hours: float
    worth: float = 1.0
    learn: Learnability = Learnability()
    persistence: float = USUAL_PERSISTENCE
    barred: WhyNot | None = None
    needs_proof: bool = False

    @cached_property
    def units(self) -> float:
        """What it is expected to take off the measure in a month, over all contacts."""
        return self._kept * sum(one.contacts * _above_nought(one.mean, one.sd) for one in self.gaps)

    @property
    def gain(self) -> float:
        """The same in what all candidates have in common."""
        return self.worth * self.units

    @property
    def an_hour(self) -> float:
        """Gained by an hour."""
        return self.gain / self.hours

    @property
    def _kept(self) -> float:
        return max(0.0, self.learn.mean) * self.persistence

    @cached_property
    def units_range(self) -> tuple[float, float]:
        """The likely range of `units`; the gaps of a team's members are taken to be large together."""
        size = sum((one.contacts * np.maximum(0.0, one.mean + one.sd * PLACES) for one in self.gaps), np.zeros(POINTS))
        closed = np.maximum(0.0, self.learn.mean + self.learn.sd * PLACES) * self.persistence
        low, high = np.quantile(np.outer(size, closed), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        return float(low), float(high)

    @property
    def gain_range(self) -> tuple[float, float]:
        """The likely range of `gain`."""
        low, high = self.units_range
        return self.worth * low, self.worth * high


def _above_nought(mean: float, sd: float) -> float:
    """The expected part above nought of a normal number."""
    if sd <= 0 or abs(mean) > FAR * sd:
        return max(0.0, mean)
    away = mean / sd
    return 0.5 * mean * math.erfc(-away / math.sqrt(2)) + sd * math.exp(-0.5 * away**2) / ROOT_OF_TURN


def worth_of_looking(one: Candidate, an_hour: float) -> float:
    """What three more evaluations are expected to change: acting only where it then gains more than hours gain elsewhere.

    an_hour: what the last hour that is spent otherwise gains. The gap's expected size after looking is itself a normal number.
    """
    if len(one.gaps) != 1:
        return 0.0
    gap = one.gaps[0]
    told = gap.one_evaluation / EVALUATIONS
    left = gap.sd**2 * (told / (told + gap.sd**2) if math.isfinite(told) and told > 0 else float(told > 0))
    moves = max(gap.sd**2 - left, 0.0) ** 0.5
    each = one.worth * one.learn.mean * one.persistence * gap.contacts
    after = [_above_nought(place, left**0.5) for place in (gap.mean + moves * PLACES).tolist()]
    then = np.maximum(0.0, each * np.array(after) - an_hour * one.hours)
    if one.needs_proof:
        # What is seen may make it sure enough to act; until then nothing is gained. (mean - matters) / sd is what `sure` says.
        matters = gap.mean - gap.sd * float(ndtri(one.sure))
        return float((then * (gap.mean + moves * PLACES - matters >= left**0.5 * float(ndtri(SURE)))).mean())
    # By the same values, so that what is not learnt is not mistaken for worth.
    now = each * float(np.mean(after)) - an_hour * one.hours
    return float(max(0.0, then.mean() - max(0.0, now)))
