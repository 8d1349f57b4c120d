"""What first, with the hours at hand? What an hour of each possible action is expected to gain, and why not the others.

A gap is worth closing as far as it is there: what counts is the expected part of it above nought, given all doubt, times the
contacts it concerns, the share of it that this kind of action has closed before, how long that lasts, and what a contact is
worth. Where it is open whether there is a gap at all, it may be better to look first: what three more evaluations are worth is
what they would change in the decision (H. Raiffa and R. Schlaifer, Applied Statistical Decision Theory (1961), ch. 4-5).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np
from scipy.special import ndtri

# The share of a gap that an action closes, and how much of that stays, until a centre has sessions enough of its own.
USUAL_SHARE, USUAL_SHARE_SD, USUAL_PERSISTENCE = 0.25, 0.15, 0.6
LEAST_SESSIONS = 20
# Where it is this open whether there is a gap, looking may come before acting.
OPEN = (0.3, 0.7)
EVALUATIONS, EVALUATIONS_HOURS = 3, 0.5
# Two actions for one person within this share of each other are a tie: she chooses.
TIE = 0.10
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


def learnability(share: float, sd: float, sessions: int) -> Learnability:
    """What past actions of a kind closed, drawn towards what is usual; of fewer than twenty sessions nothing is believed."""
    if sessions < LEAST_SESSIONS or not (np.isfinite(share) and np.isfinite(sd) and sd > 0):
        return Learnability()
    own, usual = 1 / sd**2, 1 / USUAL_SHARE_SD**2
    return Learnability((own * share + usual * USUAL_SHARE) / (own + usual), float((own + usual) ** -0.5))


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
    unit of the measure in one contact, in what all candidates have in common; barred: what stands against it from the start.
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
    then = each * np.array(after) - an_hour * one.hours
    # By the same values, so that what is not learnt is not mistaken for worth.
    now = each * float(np.mean(after)) - an_hour * one.hours
    return float(max(0.0, np.maximum(0.0, then).mean() - max(0.0, now)))


@dataclass(frozen=True)
class Chosen:
    """One action of the list. kind: EVIDENCE where to look comes first; gain: expected in a month, in common units.

    or_else: other measures of the same person whose action gains about as much: she chooses.
    """

    candidate: Candidate
    kind: Kind
    hours: float
    gain: float
    or_else: tuple[Candidate, ...] = ()

    @property
    def range(self) -> tuple[float, float]:
        """The likely range of the gain; of looking at worst nothing, at best what acting then gains."""
        low, high = self.candidate.gain_range
        return (0.0, high) if self.kind is Kind.EVIDENCE else (low, high)

    @property
    def an_hour(self) -> float:
        """Gained by an hour."""
        return self.gain / self.hours


@dataclass(frozen=True)
class NotChosen:
    """An action that is not on the list, and why."""

    candidate: Candidate
    why: WhyNot


@dataclass(frozen=True)
class Priorities:
    """The list within the hours at hand, that which gains most by the hour first; tickets for process owners beside it."""

    chosen: tuple[Chosen, ...]
    tickets: tuple[Chosen, ...]
    others: tuple[NotChosen, ...]
    hours: float

    @property
    def gain(self) -> float:
        """What the list is expected to gain in a month."""
        return sum(one.gain for one in self.chosen)


def prioritise(candidates: Sequence[Candidate], hours: float) -> Priorities:
    """The list within the hours at hand. Processes take no coaching hours: each real one is a ticket of its own."""
    tickets = sorted((one for one in candidates if one.kind is Kind.PROCESS and _is_open(one)), key=_gain_first)
    people = [one for one in candidates if one.kind is not Kind.PROCESS]
    others = [NotChosen(one, _barred(one)) for one in candidates if not _is_open(one)]
    able = [one for one in people if _is_open(one)]
    price = _price(able, hours)
    proposed = sorted((_proposal(one, price) for one in able), key=lambda one: (-one.an_hour, _named(one.candidate)))
    chosen, left_out = _fill(proposed, hours)
    return Priorities(chosen, tuple(_as_chosen(one) for one in tickets), (*others, *left_out), hours)


def _gain_first(one: Candidate) -> tuple[float, str]:
    return -one.gain, _named(one)


def _named(one: Candidate) -> str:
    """What orders candidates of equal gain, whatever order they came in."""
    return repr((one.of, one.about, str(one.kind)))


def _is_open(one: Candidate) -> bool:
    return one.barred is None and one.gain > 0 and one.hours > 0


def _barred(one: Candidate) -> WhyNot:
    return one.barred if one.barred is not None else WhyNot.NO_GAIN


def _price(able: Sequence[Candidate], hours: float) -> float:
    """What the last of the hours gains if all of them go to whom they help most."""
    left = hours
    for one in sorted(able, key=lambda one: (-one.an_hour, _named(one))):
        left -= one.hours
        if left <= 0:
            return one.an_hour
    return 0.0


def _as_chosen(one: Candidate) -> Chosen:
    return Chosen(one, one.kind, one.hours, one.gain)


def _proposal(one: Candidate, price: float) -> Chosen:
    """To act, or where it is open whether there is a gap to look first, if that gains more than its half hour does elsewhere."""
    if one.kind is Kind.COACH and OPEN[0] <= one.sure <= OPEN[1]:
        looking = worth_of_looking(one, price)
        if looking > price * EVALUATIONS_HOURS:
            return Chosen(one, Kind.EVIDENCE, EVALUATIONS_HOURS, looking)
    return _as_chosen(one)


def _fill(proposed: Sequence[Chosen], hours: float) -> tuple[tuple[Chosen, ...], list[NotChosen]]:
    chosen: dict[Hashable, Chosen] = {}
    left_out: list[NotChosen] = []
    left = hours
    for one in proposed:
        of = one.candidate.of
        if of in chosen:
            left_out.append(NotChosen(one.candidate, WhyNot.ONE_AT_A_TIME))
            chosen[of] = _with_tie(chosen[of], one)
        elif one.hours > left:
            left_out.append(NotChosen(one.candidate, WhyNot.NO_CAPACITY))
        else:
            chosen[of] = one
            left -= one.hours
            if one.kind is Kind.EVIDENCE:
                left_out.append(NotChosen(one.candidate, WhyNot.EVIDENCE_FIRST))
    return tuple(chosen.values()), left_out


def _with_tie(first: Chosen, other: Chosen) -> Chosen:
    is_tie = first.kind is other.kind and other.an_hour >= (1 - TIE) * first.an_hour
    return replace(first, or_else=(*first.or_else, other.candidate)) if is_tie else first
