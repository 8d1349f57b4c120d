"""What may somebody aim at, and why not? The figures come from insight/objective.py; here they meet what is agreed around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from floorwalker.apps.coaching.models import ActionKind, Objective
from floorwalker.apps.people.models import Agent
from floorwalker.apps.standards.holding import Agreed
from floorwalker.apps.standards.models import Aim
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight import said
from floorwalker.insight.basis import Rules
from floorwalker.insight.known import known_days
from floorwalker.insight.objective import NoObjective, judged, propose_objective
from floorwalker.insight.objective import Objective as Proposal
from floorwalker.insight.person_level import PersonLevel
from floorwalker.insight.scorecard import Cell, Period, read_line
from floorwalker.insight.standing import window
from floorwalker.insight.statements import Method
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi
from floorwalker.stats.gains import USUAL_SHARE, USUAL_SHARE_SD, Learnability

# So much of the record everybody is shown when something is decided: docs/decisions/0049.
SHOWN_WEEKS = 12
SHORTEST, LONGEST = timedelta(weeks=4), timedelta(weeks=26)
COUNTER_DAYS = 28


class Expects(StrEnum):
    """What whoever proposes takes the action to do: nothing that is known, or which share of the way to the best quarter."""

    NOTHING = "nothing"
    QUARTER = "quarter"
    HALF = "half"

    @property
    def gain(self) -> Learnability | None:
        """As the proposal takes it."""
        shares = {Expects.QUARTER: USUAL_SHARE, Expects.HALF: 2 * USUAL_SHARE}
        return Learnability(shares[self], USUAL_SHARE_SD) if self in shares else None


class Barred(StrEnum):
    """Why nothing is proposed, beside what the figures say."""

    OPEN_ALREADY = "open_already"
    NO_COUNTER_MEASURE = "no_counter_measure"
    NO_FACTS = "no_facts"


@dataclass(frozen=True)
class Wanted:
    """What somebody has in mind: the measure, the day, what is done for it, and how often it is looked at."""

    measure: str
    due_on: date
    action: str
    action_kind: ActionKind = ActionKind.COACHING
    expects: Expects = Expects.QUARTER
    aim: Aim | None = None
    review_weeks: int = 4
    replaces: Objective | None = None


@dataclass(frozen=True)
class Read:
    """What the figures propose, with the measure that must not get worse meanwhile; barred: why none can be agreed."""

    kpi: Kpi
    found: Proposal | NoObjective | None
    barred: tuple[Barred, ...]
    counter: Kpi | None
    counter_cell: Cell | None
    counter_period: Period | None
    facts: str

    @property
    def proposal(self) -> Proposal | None:
        """What can be agreed on; None where something stands against it."""
        return self.found if isinstance(self.found, Proposal) and not self.barred else None


@dataclass(frozen=True)
class Ground:
    """What the answers in all measures rest on, for one person: the facts up to a day, the standards, and what is open already.

    last: None where nothing is known yet; open: the measures of her open objectives, but for the one to be replaced.
    """

    facts: Snapshot
    agent: Agent
    last: date | None
    standards: Mapping[str, float | None]
    open: frozenset[str]

    def person(self, measure: str) -> PersonLevel | None:
        """Where she stands in a measure; None where she has no colleagues in that work."""
        assert self.last is not None
        return said.people_levels(self.facts, measure, self.last, {}).get(bytes(self.agent.person.key))

    def is_at_hand(self, measure: str) -> bool:
        """Whether it takes no time to say what may be aimed at in a measure."""
        if self.last is None:
            return True
        if not said.are_levels_at_hand(self.facts, measure, self.last, {}):
            return False
        person, rules = self.person(measure), Rules(self.standards.get(measure))
        period = window(Method.CAUSE, self.last)
        return not _matters(person) or said.is_at_hand(self.facts, Method.CAUSE, measure, period, {}, rules)


def stand_on(facts: Snapshot, agent: Agent, on: date, replaces: Objective | None = None) -> Ground:
    """The ground for one person, from what is known on a day."""
    known = known_days(facts)
    others = Objective.objects.open().filter(agent__in=agent.numbers_of_person())
    others = others if replaces is None else others.exclude(pk=replaces.pk)
    last = None if known is None else min(known[1], on)
    held = {} if last is None else Agreed.read(window(Method.CAUSE, last)).of_centre()
    standards = {name: one.standard for name, one in held.items()}
    return Ground(facts, agent, last, standards, frozenset(others.values_list("measure", flat=True)))


def read_proposal(facts: Snapshot, agent: Agent, wanted: Wanted, on: date) -> Read:
    """What may be aimed at from what is known today; KpiError where people cannot have an objective in the measure."""
    ground = stand_on(facts, agent, on, wanted.replaces)
    read = read_aim(ground, wanted)
    if ground.last is None or read.counter is None:
        return read
    period = Period(ground.last - timedelta(days=COUNTER_DAYS - 1), ground.last)
    return replace(read, counter_cell=read_counter(facts, read.counter, agent, period), counter_period=period)


def read_aim(ground: Ground, wanted: Wanted) -> Read:
    """The same without the figure of what must not get worse."""
    kpi = judged(wanted.measure)
    counter = catalogue().get(kpi.counter_measure or "")
    barred = tuple(_barred(ground, kpi, counter))
    if ground.last is None:
        return Read(kpi, None, (Barred.NO_FACTS, *barred), counter, None, None, "")
    return Read(kpi, _found(ground, kpi, ground.last, wanted), barred, counter, None, None, facts_stamp(ground.facts))


def _found(ground: Ground, kpi: Kpi, last: date, wanted: Wanted) -> Proposal | NoObjective:
    person, causes = ground.person(kpi.id), None
    if _matters(person):
        standard = ground.standards.get(kpi.id)
        causes = said.causes(ground.facts, kpi.id, window(Method.CAUSE, last), {}, standard=standard)
    key = bytes(ground.agent.person.key)
    return propose_objective(kpi.id, key, person, last, wanted.due_on, causes=causes, gain=wanted.expects.gain)


def _matters(person: PersonLevel | None) -> bool:
    """Whether it is to be asked whose the gap is: of whoever is not known in this work it is not."""
    return person is not None and person.is_known


def _barred(ground: Ground, kpi: Kpi, counter: Kpi | None) -> Iterator[Barred]:
    if kpi.id in ground.open:
        yield Barred.OPEN_ALREADY
    if kpi.is_of_efficiency and counter is None:
        yield Barred.NO_COUNTER_MEASURE


def facts_stamp(facts: Snapshot) -> str:
    """By which state of the facts something was said."""
    through = facts.current.read_through
    return f"{facts.current.sequence} {'' if through is None else through.isoformat()}".strip()


def read_counter(facts: Snapshot, counter: Kpi, agent: Agent, period: Period) -> Cell | None:
    """The figure that must not get worse, of the last four weeks."""
    line = read_line(facts, [counter.id], period, where={"agent": agent.keys_of_person()}, targets={})
    return line.cells.get(counter.id)
