"""What first, with the hours at hand? The actions that gain most by the hour, each person once, and why not the others.

Where it is open whether there is a gap at all, to look comes first if that gains more than its half hour does elsewhere.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from floorwalker.stats.gains import EVALUATIONS_HOURS, OPEN, Candidate, Kind, WhyNot, worth_of_looking

# Two actions for one person within this share of each other are a tie: she chooses.
TIE = 0.10


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
    price = _price([one for one in able if not one.needs_proof], hours)
    proposals = [(one, _proposal(one, price)) for one in able]
    others += [NotChosen(one, WhyNot.NOT_SURE) for one, made in proposals if made is None]
    proposed = [made for _one, made in proposals if made is not None]
    chosen, left_out = _fill(sorted(proposed, key=lambda one: (-one.an_hour, _named(one.candidate))), hours)
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


def _proposal(one: Candidate, price: float) -> Chosen | None:
    """To act, or where it is open whether there is a gap to look first, if that gains more than its half hour does elsewhere."""
    if one.kind is Kind.COACH and OPEN[0] <= one.sure <= OPEN[1]:
        looking = worth_of_looking(one, price)
        if looking > price * EVALUATIONS_HOURS:
            return Chosen(one, Kind.EVIDENCE, EVALUATIONS_HOURS, looking)
    return None if one.needs_proof else _as_chosen(one)


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
