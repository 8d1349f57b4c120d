"""Which sums does a judgement about people rest on? A measure by agent, kind of contact and day, kinds not too thin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TypeAlias

import numpy as np

from floorwalker.errors import KpiError
from floorwalker.insight.capped import Capped
from floorwalker.insight.grid import Grid
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.columns import SummaryColumns
from floorwalker.kpis.definition import Attribution, Kind, Kpi
from floorwalker.kpis.gather import plan_gathering, read_judged
from floorwalker.kpis.measures import Measure
from floorwalker.kpis.query import Days, Facts, KpiQuery
from floorwalker.stats.case_mix import CaseMix, Scale, fit_case_mix, seen_of
from floorwalker.stats.cells import Array, Cells, Index

# From fine to coarse: what a kind of contact is told by. All of it is settled before an agent acts.
KINDS = ("queue", "channel", "reason", "band")
# Units of which figures are those of their people: the measure must belong to these.
PEOPLE = ("agent", "team")
WEEK = 7


@dataclass(frozen=True)
class Capping:
    """By agent: the sum of whole values, and how many of them lay beyond the caps of their kinds of contact."""

    whole: Array
    beyond: Array


@dataclass(frozen=True)
class AgentCells:
    """The sums of one measure, and whose and of what they are.

    agents: their keys, by number in `cells`; teams: by agent the key of the team in which most of it happened, None
    where in none; kinds: by stratum what tells it (a shorter tuple where thin ones were put together);
    are_teams: teams stand for agents; capping: what caps did to the sums, None where no contact lay beyond one.
    """

    kpi: Kpi
    scale: Scale
    cells: Cells
    agents: tuple[bytes, ...]
    teams: tuple[bytes | None, ...]
    kinds: tuple[tuple[object, ...], ...]
    first: date
    are_teams: bool = False
    capping: Capping | None = None
    _fits: dict[bytes, tuple[Cells, CaseMix]] = field(default_factory=dict, compare=False, repr=False)
    _started: list[Array] = field(default_factory=list, compare=False, repr=False)

    def started(self, read: Callable[[], Array]) -> Array:
        """By agent the first day at the work, as `read` tells: once, whoever asks."""
        if not self._started:
            self._started.append(read())
        return self._started[0]

    def fitted(self, members: Index) -> tuple[Cells, CaseMix]:
        """The cells of comparable agents, and what was estimated of them: once, whoever asks."""
        key = members.tobytes()
        if key not in self._fits:
            cells = self.cells.of_agents(members).without_empty_strata()
            self._fits[key] = cells, fit_case_mix(cells, self.scale)
        return self._fits[key]

    @property
    def whole(self) -> Array:
        """By agent the sum of values as they were, capped nowhere: what pages show of her."""
        return self.cells.values if self.capping is None else self.capping.whole

    @property
    def capped(self) -> Capped | None:
        """How many contacts counted as less than they took, and as how much; None where none did."""
        return None if self.capping is None else Capped.of(self.capping.beyond, self.cells.at_cap, self.cells.contacts)

    def beyond(self, agent: int) -> int:
        """How many contacts of an agent counted as less than they took."""
        return 0 if self.capping is None else round(float(self.capping.beyond[agent]))

    def level(self, members: Index) -> float:
        """The plain mean of some agents together: very long contacts are in it, since they are everybody's."""
        return float(self.whole[members].sum() / self.cells.contacts[members].sum())

    @property
    def usual(self) -> float:
        """The plain mean of all agents together."""
        return self.level(np.arange(self.cells.agents))

    def sized(self, effect: Array) -> Array:
        """Effects, as the sums show them, as differences from the floor's level in the measure's own unit."""
        level = self.usual
        return np.asarray(self.scale.moved(level, effect / seen_of(self.cells, self.scale)) - level)

    @property
    def sign(self) -> float:
        """1 where more is worse, -1 where less is."""
        return -1.0 if self.kpi.better == "up" else 1.0


# Makes a measure's cells of what was read; None where no agent has any.
Made: TypeAlias = Callable[[], AgentCells | None]


def read_cells(facts: Facts, kpi_id: str, period: Period, where: Where, unit: str = "agent") -> AgentCells | None:
    """The cells of a measure in a period; None where no agent has any. KpiError where it cannot be judged for people."""
    return read_together(facts, (kpi_id,), period, where, unit)[kpi_id]()


def read_together(
    facts: Facts, kpi_ids: Sequence[str], period: Period, where: Where, unit: str = "agent"
) -> dict[str, Made]:
    """The cells of several measures; those of one table and told by the same kinds of contact are read in one pass.

    A measure's own are made of what was read when they are asked for, once, so that only one's need be held at a time.
    unit: "team" where teams are judged instead, each as if it were one agent; so are sites and queues.
    """
    kpis = [find_kpi(kpi_id, catalogue()) for kpi_id in kpi_ids]
    for kpi in kpis:
        scale_of(kpi, unit)
    finest = {kpi.id: _kinds_of(kpi, unit) for kpi in kpis}
    found: dict[str, Made] = dict.fromkeys(kpi_ids, _nothing)
    for kinds in dict.fromkeys(finest.values()):
        some = tuple(kpi_id for kpi_id in kpi_ids if finest[kpi_id] == kinds)
        by_team = KpiQuery(some, period.first, period.last, _places_of(unit), where)
        teams = plan_gathering([by_team], facts).columns()[0]
        finely = KpiQuery(some, period.first, period.last, (unit, *kinds, "day"), where)
        for measures, table in read_judged(finely, facts):
            known = with_facts(period, facts.days(measures[0].kpi.table.name))
            grid = Grid(table, unit, kinds, known)
            for measure in measures:
                if measure.kpi.id in teams:
                    found[measure.kpi.id] = partial(_agent_cells, grid, measure, teams[measure.kpi.id], known)
    return found


def _kinds_of(kpi: Kpi, unit: str) -> tuple[str, ...]:
    """By what kinds of contact are told; what is judged itself tells no kind."""
    own = tuple(name for name in KINDS if name in kpi.case_mix and name != unit)
    return own or (("channel",) if unit == "queue" else ("queue",))


def _places_of(unit: str) -> tuple[str, ...]:
    """Where each unit is at home: people and teams in teams; of a queue or a site some measures have no team."""
    return (
        tuple(dict.fromkeys((unit, "team")))
        if unit in PEOPLE
        else ("site", "queue")
        if unit == "site"
        else (unit, "site")
    )


def _nothing() -> None:
    """The cells of a measure of which there are no facts."""


def _agent_cells(grid: Grid, measure: Measure, by_team: SummaryColumns, period: Period) -> AgentCells | None:
    seen = grid.seen(measure)
    if seen is None:
        return None
    agents = tuple(grid.agents[agent] for agent in seen.agents.tolist())
    are_teams = by_team.by[0] == "team" and len(by_team.by) == 1
    teams = agents if are_teams else _teams(by_team, agents)
    capping = None if seen.whole is None or seen.beyond is None else Capping(seen.whole, seen.beyond)
    scale = scale_of(measure.kpi, by_team.by[0])
    return AgentCells(measure.kpi, scale, seen.cells, agents, teams, seen.kinds, period.first, are_teams, capping)


def with_facts(period: Period, known: Days | None) -> Period:
    """The period without the weeks at either end that hold no fact of anybody: each day has an effect of its own to be
    estimated, and the work grows with the cube of their number. Whole weeks, so that weeks stay the weeks they were.
    """
    if known is None or not (known[0] <= period.last and period.first <= known[1]):
        return period
    before, after = max((known[0] - period.first).days, 0), max((period.last - known[1]).days, 0)
    return Period(period.first + timedelta(before // WEEK * WEEK), period.last - timedelta(after // WEEK * WEEK))


def compares_people(kpi: Kpi) -> bool:
    """Whether people can be compared by a measure: a share or a mean that belongs to them."""
    return kpi.kind in (Kind.PROPORTION, Kind.MEAN) and kpi.attribution is not Attribution.NONE


def compares_places(kpi: Kpi) -> bool:
    """Whether queues and sites can be compared by a measure: it need not belong to anybody."""
    return kpi.kind in (Kind.PROPORTION, Kind.MEAN)


def scale_of(kpi: Kpi, unit: str = "agent") -> Scale:
    """How agents, or other units, are compared in a measure; KpiError where they cannot be."""
    if not (compares_people(kpi) if unit in PEOPLE else compares_places(kpi)):
        raise KpiError(
            f"{kpi.name} is not a measure by which people are compared",
            found=str(kpi.kind),
            expected="a share or a mean that belongs to agents, such as average_handle_time or csat_top_box",
        )
    return Scale.RATIO if kpi.kind is Kind.MEAN and kpi.unit == "seconds" else Scale.DIFFERENCE


def _teams(by_team: SummaryColumns, agents: tuple[bytes, ...]) -> tuple[bytes | None, ...]:
    most: dict[bytes, tuple[float, bytes | None]] = {}
    for (agent, team), n in zip(by_team.groups(), by_team.sums("n"), strict=True):
        if isinstance(agent, bytes) and n > most.get(agent, (0.0, None))[0]:
            most[agent] = (float(n), team if isinstance(team, bytes) else None)
    return tuple(most.get(agent, (0.0, None))[1] for agent in agents)
