"""What to act on first on a floor, with the hours at hand, over several measures? Whose gaps are decides who may be coached.

Candidates are the gaps of `gaps` and `cause`: coaching where a gap is surely personal, one action for a team where it is the
team's, a ticket for the process where it is everybody's. What an hour gains is told in seconds of work a month.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from floorwalker.insight.cause import Caused, Causes, Share
from floorwalker.insight.comparison import Comparison
from floorwalker.insight.gaps import Gap as Found
from floorwalker.insight.gaps import Gaps, Sureness, Whose
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.definition import Kpi
from floorwalker.stats.gains import OPEN, Candidate, Gap, Kind, Learnability, WhyNot
from floorwalker.stats.levels import Cause
from floorwalker.stats.priority import Priorities, prioritise

# Raised whenever the method gives other figures: kept lists name the version that made them.
VERSION = 2
DAYS_OF_A_MONTH = 30.4
HANDLE_TIME = "average_handle_time"
# What a contact takes where nobody knows: five minutes.
USUAL_CONTACT_SECONDS = 300.0
# From a likely range to a standard deviation.
WIDTH_OF_RANGE = 2 * 1.96
# Hours of one action: a session with what it needs before and after, a team's, and what a process owner has to look into.
HOURS: Mapping[Kind, float] = MappingProxyType({Kind.COACH: 1.0, Kind.TEAM: 2.0, Kind.PROCESS: 8.0})


@dataclass(frozen=True)
class Rules:
    """What the centre says of itself.

    worth: by measure what a unit of it in one contact is worth in seconds of work (without it a second is a second, and a
    contact that went wrong one that must be handled once more); hours: by kind of action what it takes; learnt: by kind and
    measure what share of a gap it closes; open_goals: agents who are at something already.
    """

    worth: Mapping[str, float] = field(default_factory=dict)
    hours: Mapping[Kind, float] = field(default_factory=lambda: HOURS)
    learnt: Mapping[tuple[Kind, str], Learnability] = field(default_factory=dict)
    open_goals: Collection[bytes] = field(default_factory=frozenset)


@dataclass(frozen=True)
class FloorPriorities:
    """The list of a floor; worth: by measure what was taken; untold: measures of which nothing could be said.

    contact: what a contact takes here, in seconds, which is what one that goes wrong is worth.
    """

    period: Period
    found: Priorities
    worth: Mapping[str, float]
    untold: tuple[str, ...]
    contact: float


def said_priorities(
    said: Iterable[tuple[Gaps, Comparison]],
    period: Period,
    hours: float,
    concerns: Callable[[Candidate], bool],
    rules: Rules | None = None,
) -> FloorPriorities:
    """What to act on first, by judgements that were kept, for whoever may act on a part of the floor; concerns: on which candidates.

    People are known from everybody's work, and hours compete with those of the same reader alone.
    """
    rules = Rules() if rules is None else rules
    told = [(_known_of(compared), gaps) for gaps, compared in said]
    contact = next((known.usual for known, _gaps in told if known.kpi.id == HANDLE_TIME), USUAL_CONTACT_SECONDS)
    candidates: list[Candidate] = []
    worth = {}
    for known, gaps in told:
        name = known.kpi.id
        worth[name] = rules.worth.get(name, _usual_worth(known.kpi, contact))
        made = candidates_of(known, gaps, period, worth[name], rules)
        candidates += (one for one in made if concerns(one))
    untold = tuple(known.kpi.id for known, gaps in told if not gaps.causes.agents)
    return FloorPriorities(period, prioritise(candidates, hours), worth, untold, contact)


@dataclass(frozen=True)
class Known:
    """What of a measure must be known beside its gaps: its figure over everybody, and what one more contact would tell.

    one_contact: by agent its variance, in the measure's own unit; infinite where none would tell anything.
    """

    kpi: Kpi
    usual: float
    one_contact: Callable[[bytes], float]


def _known_of(compared: Comparison) -> Known:
    """Of shares a contact tells as much as a toss; of durations every contact is measured, and looking tells no more."""
    n = sum(one.n for one in compared.agents)
    usual = sum(one.n * one.raw for one in compared.agents) / n if n else 0.0
    plain = {one.agent: one.raw for one in compared.agents} if compared.kpi.unit == "share" else {}

    def one_contact(agent: bytes) -> float:
        share = plain.get(agent)
        return math.inf if share is None else share * (1 - share)

    return Known(compared.kpi, usual, one_contact)


def candidates_of(known: Known, gaps: Gaps, period: Period, worth: float, rules: Rules) -> Iterator[Candidate]:
    """Everything that could be done about one measure, with what stands against it."""
    months = ((period.last - period.first).days + 1) / DAYS_OF_A_MONTH
    making = _Making(known, gaps, worth, rules, months)
    yield from making.of_groups()
    yield from making.of_people()


def _usual_worth(kpi: Kpi, contact: float) -> float:
    """Of a second one; of a contact that went wrong, or a point of a scale, as much as one contact takes."""
    return 1.0 if kpi.unit == "seconds" else contact


@dataclass(frozen=True)
class _Making:
    """How gaps of one measure become candidates."""

    known: Known
    gaps: Gaps
    worth: float
    rules: Rules
    months: float

    @property
    def causes(self) -> Causes:
        return self.gaps.causes

    def of_groups(self) -> Iterator[Candidate]:
        """One action for each team, and a ticket, where a gap is theirs; a likely one has to be watched."""
        for gap in self.gaps.gaps:
            if gap.whose is Whose.TEAM:
                members = [one for one in self.causes.agents if one.team == gap.key]
                yield self._of_group(Kind.TEAM, gap, members)
            elif gap.whose is Whose.SYSTEM:
                yield self._of_group(Kind.PROCESS, gap, self.causes.agents)

    def _of_group(self, kind: Kind, gap: Found, members: Sequence[Caused]) -> Candidate:
        parts = tuple(self._part(gap.share, one.n) for one in members)
        barred = None if gap.sureness is Sureness.REAL else WhyNot.NOT_SURE
        # Teams and agents may not be taken for one another.
        return self._candidate(kind, (str(gap.whose), gap.key), parts, gap.share.probability, barred)

    def of_people(self) -> Iterator[Candidate]:
        """Everybody who is likelier to miss the standard than not, or of whom it is open."""
        real = {gap.key for gap in self.gaps.real if gap.whose is Whose.PERSON}
        for one in self.causes.agents:
            if one.own.probability >= OPEN[0] or one.primary in (Cause.TEAM, Cause.SYSTEMIC):
                part = (self._part(one.own, one.n, self.known.one_contact(one.agent)),)
                barred = self._barred(one, one.agent in real)
                yield self._candidate(
                    Kind.COACH, one.agent, part, one.own.probability, barred, needs_proof=one.agent not in real
                )

    def _barred(self, one: Caused, real: bool) -> WhyNot | None:
        if one.primary in (Cause.TEAM, Cause.SYSTEMIC):
            return WhyNot.NOT_PERSONAL
        if one.agent in self.rules.open_goals:
            return WhyNot.OPEN_GOAL
        # Where it is open, to look may come first; nobody is coached for what may be nothing. A range as wide as the figure
        # itself says nothing, not even what looking would bring.
        is_open = OPEN[0] <= one.own.probability <= OPEN[1]
        is_told = (one.own.high - one.own.low) / 2 < abs(self.known.usual)
        return None if real or (is_open and is_told) else WhyNot.NOT_SURE

    def _part(self, share: Share, n: int, one_evaluation: float = math.inf) -> Gap:
        return Gap(share.gap, (share.high - share.low) / WIDTH_OF_RANGE, n / self.months, one_evaluation)

    def _candidate(
        self,
        kind: Kind,
        of: Hashable,
        parts: tuple[Gap, ...],
        sure: float,
        barred: WhyNot | None,
        needs_proof: bool = False,
    ) -> Candidate:
        learn = self.rules.learnt.get((kind, self.known.kpi.id), Learnability())
        hours = self.rules.hours.get(kind, HOURS[kind])
        return Candidate(
            *(kind, of, self.known.kpi.id, parts, sure, hours, self.worth, learn),
            barred=barred,
            needs_proof=needs_proof,
        )
