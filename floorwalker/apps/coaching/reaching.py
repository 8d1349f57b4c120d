"""What may somebody aim at, and why not? The figures come from insight/objective.py; here they meet what is agreed around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from floorwalker.apps.coaching.models import ActionKind, Objective
from floorwalker.apps.people.models import Agent
from floorwalker.apps.standards.holding import Agreed
from floorwalker.apps.standards.models import Aim
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight import said
from floorwalker.insight.known import known_days
from floorwalker.insight.objective import NoObjective, judged, propose_objective
from floorwalker.insight.objective import Objective as Proposal
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


def read_proposal(facts: Snapshot, agent: Agent, wanted: Wanted, on: date) -> Read:
    """What may be aimed at from what is known today; KpiError where people cannot have an objective in the measure."""
    read, known = read_aim(facts, agent, wanted, on), known_days(facts)
    if known is None or read.counter is None:
        return read
    last = min(known[1], on)
    period = Period(last - timedelta(days=COUNTER_DAYS - 1), last)
    return replace(read, counter_cell=read_counter(facts, read.counter, agent, period), counter_period=period)


def read_aim(facts: Snapshot, agent: Agent, wanted: Wanted, on: date) -> Read:
    """The same without the figure of what must not get worse."""
    kpi, known = judged(wanted.measure), known_days(facts)
    counter = catalogue().get(kpi.counter_measure or "")
    barred = tuple(_barred(agent, wanted, kpi, counter))
    if known is None:
        return Read(kpi, None, (Barred.NO_FACTS, *barred), counter, None, None, "")
    found = _found(facts, kpi, agent, min(known[1], on), wanted)
    return Read(kpi, found, barred, counter, None, None, facts_stamp(facts))


def are_levels_at_hand(facts: Snapshot, measure: str, on: date) -> bool:
    """Whether reading what may be aimed at there takes no time: where everybody stands is known already, or nothing is."""
    known = known_days(facts)
    return known is None or said.are_levels_at_hand(facts, measure, min(known[1], on), {})


def _found(facts: Snapshot, kpi: Kpi, agent: Agent, last: date, wanted: Wanted) -> Proposal | NoObjective:
    key = bytes(agent.person.key)
    person = said.people_levels(facts, kpi.id, last, {}).get(key)
    causes = None
    if person is not None and person.is_known:  # of nobody else it matters whose the gap is
        causes = said.causes(facts, kpi.id, window(Method.CAUSE, last), {}, standard=_standard(kpi, last))
    return propose_objective(kpi.id, key, person, last, wanted.due_on, causes=causes, gain=wanted.expects.gain)


def facts_stamp(facts: Snapshot) -> str:
    """By which state of the facts something was said."""
    through = facts.current.read_through
    return f"{facts.current.sequence} {'' if through is None else through.isoformat()}".strip()


def read_counter(facts: Snapshot, counter: Kpi, agent: Agent, period: Period) -> Cell | None:
    """The figure that must not get worse, of the last four weeks."""
    line = read_line(facts, [counter.id], period, where={"agent": agent.keys_of_person()}, targets={})
    return line.cells.get(counter.id)


def _standard(kpi: Kpi, last: date) -> float | None:
    held = Agreed.read(window(Method.CAUSE, last)).of_centre().get(kpi.id)
    return None if held is None else held.standard


def _barred(agent: Agent, wanted: Wanted, kpi: Kpi, counter: Kpi | None) -> Iterator[Barred]:
    same = Objective.objects.open().filter(agent__in=agent.numbers_of_person(), measure=wanted.measure)
    if wanted.replaces is not None:
        same = same.exclude(pk=wanted.replaces.pk)
    if same.exists():
        yield Barred.OPEN_ALREADY
    if kpi.is_of_efficiency and counter is None:
        yield Barred.NO_COUNTER_MEASURE
