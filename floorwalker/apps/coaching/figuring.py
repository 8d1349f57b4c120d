"""Which figures does a talk about somebody's work begin with, and whose is the gap? Asked of `insight`, and kept as they stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from floorwalker.apps.people.access import team_of, teams_of
from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.holding import Agreed, ByMeasure
from floorwalker.charts.small import banded_line
from floorwalker.estimate import Estimate
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.fair import Fair
from floorwalker.insight.frozen import as_json, freeze_figure
from floorwalker.insight.judgement import State, Target
from floorwalker.insight.kept_gaps import KeptGaps, read_kept_gaps
from floorwalker.insight.known import WEEK, known_days, last_complete_week
from floorwalker.insight.scorecard import Asked, Cell, Period, read_lines
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi
from floorwalker.stats.levels import Cause

# Everybody's figures are of four weeks; of the record before them so many weeks are shown to whoever chooses, or more for the asking.
WEEKS_JUDGED = 4
WEEKS_SHOWN, WEEKS_LONGER = 12, 52
MOST_FIGURES = 3
# What a talk about no measure in particular begins with: how customers fared, before how long it took.
USUAL = ("first_contact_resolution", "csat_top_box", "average_handle_time")


@dataclass(frozen=True)
class Figure:
    """One figure of a person: the cell with its weeks, what it is held against, and what fair judgement keeps of it."""

    kpi: Kpi
    period: Period
    cell: Cell
    target: Target | None
    fair: Fair | None

    @property
    def whose(self) -> Cause | None:
        """Whose a gap is, where one was looked for."""
        return None if self.fair is None else self.fair.whose

    @property
    def drawn(self) -> str:
        """The weeks before with the likely range of each, as a small drawing; nothing where fewer than two are known."""
        told = (point.answer for point in self.cell.weeks)
        weeks = [(one.value, one.low, one.high) if isinstance(one, Estimate) else None for one in told]
        return banded_line(weeks, target=() if self.target is None else self.target.bounds)

    @property
    def likely(self) -> float | None:
        """How likely it is that the gap is the person's own."""
        return None if self.fair is None or self.fair.cause is None else self.fair.cause.p_personal


def kept_gaps() -> tuple[KeptGaps, ...]:
    """What fair judgement has kept last."""
    return read_kept_gaps(lake().snapshot())


def whose_instead(agent: Agent, measure: str) -> Cause | None:
    """Whose the gap is, where it was kept that it is the team's or everybody's and not this person's."""
    kept = (one for one in kept_gaps() if one.measure == measure)
    found = (gaps.is_not_hers(key) for gaps in kept for key in agent.keys_of_person())
    return next((cause for cause in found if cause is not None), None)


def surest_own_gap(agent: Agent, reader: User) -> str:
    """The measure in which a gap is surest the person's own, by what the reader may know; nothing where none is her own.

    How large gaps of several measures are cannot be compared, since each has a unit of its own: how sure they are can.
    """
    kept = kept_gaps()
    if not kept:
        return ""
    newest = max((one.period for one in kept), key=lambda period: period.last)
    held = Agreed.read(newest, reader=reader).of_agent(agent, team_of(agent, newest.last))
    said = {one.measure: _fair(one, agent, _standard(held, one.measure)) for one in kept if one.period == newest}
    own = {
        name: fair.cause.p_personal
        for name, fair in said.items()
        if fair and fair.cause and fair.whose is Cause.PERSONAL
    }
    return max(own, key=lambda name: own[name], default="")


def _standard(held: ByMeasure, measure: str) -> float | None:
    return held[measure].standard if measure in held else None


def measures_for(measure: str) -> tuple[str, ...]:
    """The figures that stand together: the one that it is about, what must not get worse for it, and how customers fared."""
    counter = catalogue()[measure].counter_measure if measure in catalogue() else None
    asked = (measure, counter or "", *USUAL)
    return tuple(dict.fromkeys(name for name in asked if name in catalogue()))[:MOST_FIGURES]


def read_figures(
    agent: Agent, measures: Sequence[str], reader: User | None, weeks: int, on: date | None = None
) -> list[Figure]:
    """A person's figures of the last four whole weeks, with so many weeks before them; none before anything is loaded.

    on: of the weeks that were over by that day, whatever has come since.
    """
    facts = lake().snapshot()
    known = known_days(facts)
    if known is None or not measures or (on is not None and on < known[0]):
        return []
    period = _judged_weeks((known[0], known[1] if on is None else min(known[1], on)))
    asked = Asked(tuple(measures), None, {"agent": agent.keys_of_person()}, weeks)
    cells = read_lines(facts, period, [asked], targets={})[0][None].cells
    held = Agreed.read(period, reader=reader).of_agent(agent, team_of(agent, period.last))
    kept = {one.measure: one for one in read_kept_gaps(facts) if on is None or one.period.last <= on}
    return [_figure(agent, name, period, cells[name], held, kept.get(name)) for name in measures]


def figure_of_each(agents: Sequence[Agent], measure: str) -> Mapping[int, Figure]:
    """The same of many in one measure, without the weeks before: read once, however many they are; by number.

    Who was found to be somebody else besides is read by all of her keys.
    """
    facts = lake().snapshot()
    known = known_days(facts)
    if known is None or not agents:
        return {}
    period = _judged_weeks(known)
    asked = Asked((measure,), "agent", {"agent": tuple(bytes(one.key) for one in agents)}, 0)
    lines = read_lines(facts, period, [asked], targets={})[0]
    agreed, teams = Agreed.read(period), teams_of(agents, period.last)
    kept = {one.measure: one for one in read_kept_gaps(facts)}.get(measure)
    several = set(Agent.objects.filter(merged_into__in=agents).values_list("merged_into", flat=True))
    found = {}
    for agent in agents:
        if agent.pk in several:
            found[agent.pk] = read_figures(agent, [measure], None, 0)[0]
        elif (line := lines.get(bytes(agent.key))) is not None:
            held = agreed.of_agent(agent, teams.get(agent.pk))
            found[agent.pk] = _figure(agent, measure, period, line.cells[measure], held, kept)
    return found


def _judged_weeks(known: tuple[date, date]) -> Period:
    last = last_complete_week(Period(*known))
    return Period(last - timedelta(days=WEEK * WEEKS_JUDGED - 1), last)


def _figure(agent: Agent, measure: str, period: Period, cell: Cell, held: ByMeasure, kept: KeptGaps | None) -> Figure:
    target = held[measure].target if measure in held else None
    fair = _fair(kept, agent, _standard(held, measure))
    state = State.NO_TARGET if target is None else State.UNCLEAR if fair is None else fair.state
    return Figure(catalogue()[measure], period, Cell(cell.answer, state, cell.weeks), target, fair)


def _fair(kept: KeptGaps | None, agent: Agent, standard: float | None) -> Fair | None:
    """What is kept of a person, where she was judged by what the reader may know; as on every other page."""
    found = None if kept is None else kept.of(bytes(agent.person.key))
    return found if found is not None and found.one.standard == standard else None


def frozen(figure: Figure, at: datetime) -> dict[str, Any]:
    """The figure as it is kept with a decision."""
    facts = state_of(lake().snapshot())
    return as_json(freeze_figure(figure.kpi, figure.period, figure.cell, figure.target, at=at, facts=facts))


def state_of(facts: Snapshot) -> str:
    """By which facts something was said: their number, and up to when everything had been read."""
    through = facts.current.read_through
    return f"{facts.current.sequence}" if through is None else f"{facts.current.sequence} {through.isoformat()}"
