"""Which sums does a judgement about people rest on? A measure by agent, kind of contact and day, kinds not too thin."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from floorwalker.errors import KpiError
from floorwalker.insight.capped import Capped
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.columns import SummaryColumns
from floorwalker.kpis.definition import Attribution, Kind, Kpi
from floorwalker.kpis.gather import plan_gathering
from floorwalker.kpis.query import Days, Facts, KpiQuery
from floorwalker.stats.case_mix import CaseMix, Scale, fit_case_mix, seen_of
from floorwalker.stats.cells import Array, Cells, Index, total

# From fine to coarse: what a kind of contact is told by. All of it is settled before an agent acts.
KINDS = ("queue", "channel", "reason", "band")
LEAST_CONTACTS, LEAST_AGENTS = 30, 3
# Thinner than this for each agent, a kind of contact ties nobody to anybody.
LEAST_EACH = 10
EPOCH = date(1970, 1, 1)
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

    def sized(self, effect: Array) -> Array:
        """Effects, as the sums show them, as differences from the floor's level in the measure's own unit."""
        level = self.level(np.arange(self.cells.agents))
        return np.asarray(self.scale.moved(level, effect / seen_of(self.cells, self.scale)) - level)

    @property
    def sign(self) -> float:
        """1 where more is worse, -1 where less is."""
        return -1.0 if self.kpi.better == "up" else 1.0


def read_cells(facts: Facts, kpi_id: str, period: Period, where: Where, unit: str = "agent") -> AgentCells | None:
    """The cells of a measure in a period; None where no agent has any. KpiError where it cannot be judged for people."""
    return read_together(facts, (kpi_id,), period, where, unit)[kpi_id]


def read_together(
    facts: Facts, kpi_ids: Sequence[str], period: Period, where: Where, unit: str = "agent"
) -> dict[str, AgentCells | None]:
    """The cells of several measures; those of one table and told by the same kinds of contact are read in one pass.

    unit: "team" where teams are judged instead, each as if it were one agent.
    """
    kpis = [find_kpi(kpi_id, catalogue()) for kpi_id in kpi_ids]
    for kpi in kpis:
        scale_of(kpi)
    finest = {kpi.id: tuple(name for name in KINDS if name in kpi.case_mix) or ("queue",) for kpi in kpis}
    found: dict[str, AgentCells | None] = dict.fromkeys(kpi_ids)
    for kinds in dict.fromkeys(finest.values()):
        some = tuple(kpi_id for kpi_id in kpi_ids if finest[kpi_id] == kinds)
        cells, teams = (
            plan_gathering(
                [KpiQuery(some, period.first, period.last, by, where)], facts, detail=detail, capped_alone=detail
            ).columns(in_order=False)[0]
            for by, detail in (((unit, *kinds, "day"), True), (tuple(dict.fromkeys((unit, "team"))), False))
        )
        same = _Same()
        for kpi_id in some:
            if kpi_id in cells and kpi_id in teams:
                known = with_facts(period, facts.days(cells[kpi_id].kpi.table.name))
                found[kpi_id] = _agent_cells(cells.pop(kpi_id), teams[kpi_id], known, same)
    return found


def with_facts(period: Period, known: Days | None) -> Period:
    """The period without the weeks at either end that hold no fact of anybody: each day has an effect of its own to be
    estimated, and the work grows with the cube of their number. Whole weeks, so that weeks stay the weeks they were.
    """
    if known is None or not (known[0] <= period.last and period.first <= known[1]):
        return period
    before, after = max((known[0] - period.first).days, 0), max((period.last - known[1]).days, 0)
    return Period(period.first + timedelta(before // WEEK * WEEK), period.last - timedelta(after // WEEK * WEEK))


class _Same:
    """Arrays of which an equal one is there already: measures of the same contacts share what these are."""

    def __init__(self) -> None:
        self._known: list[Index] = []

    def of(self, values: Index) -> Index:
        """The one that is there, else this one."""
        for known in self._known:
            if np.array_equal(known, values):
                return known
        self._known.append(values)
        return values


def _agent_cells(found: SummaryColumns, by_team: SummaryColumns, period: Period, same: _Same) -> AgentCells | None:
    table = _with_agents(found)
    if table.num_rows == 0:
        return None
    names = found.by
    agents, agent = _numbered(table[names[0]])
    day = _days(table[names[-1]]) - (period.first - EPOCH).days
    n, s1, s2 = _sums(found, table)
    at_cap, capping = _capping(found, table, agent, len(agents))
    stratum, kinds, merged = _kinds([table[name] for name in names[1:-1]], agent, len(agents), n)
    length = (period.last - period.first).days + 1
    cells = Cells(same.of(agent), same.of(stratum), same.of(day), n, s1, s2, len(agents), len(kinds), length, at_cap)
    scale = scale_of(found.kpi)
    are_teams = names[0] == "team"
    teams = agents if are_teams else _teams(by_team, agents)
    added = _added(cells, merged)
    return AgentCells(found.kpi, scale, added, agents, teams, kinds, period.first, are_teams, capping)


def compares_people(kpi: Kpi) -> bool:
    """Whether people can be compared by a measure: a share or a mean that belongs to them."""
    return kpi.kind in (Kind.PROPORTION, Kind.MEAN) and kpi.attribution is not Attribution.NONE


def scale_of(kpi: Kpi) -> Scale:
    """How agents are compared in a measure; KpiError where they cannot be."""
    if not compares_people(kpi):
        raise KpiError(
            f"{kpi.name} is not a measure by which people are compared",
            found=str(kpi.kind),
            expected="a share or a mean that belongs to agents, such as average_handle_time or csat_top_box",
        )
    return Scale.RATIO if kpi.kind is Kind.MEAN and kpi.unit == "seconds" else Scale.DIFFERENCE


def _with_agents(found: SummaryColumns) -> pa.Table:
    observed = pc.greater(found.table[found.measure.sums["n"]], 0)
    some = pc.and_(observed, pc.is_valid(found.table[found.by[0]]))
    return found.table if pc.all(some).as_py() else found.table.filter(some)


def _sums(found: SummaryColumns, table: pa.Table) -> tuple[Array, Array, Array]:
    def column(name: str) -> Array:
        return np.asarray(table[found.measure.sums[name]].to_numpy(), dtype=float)

    if found.kpi.kind is Kind.PROPORTION:
        return column("n"), column("events"), column("events")
    if "capped1" in found.measure.sums:
        return column("n"), column("capped1"), column("capped2")
    return column("n"), column("s1"), column("s2")


def _capping(found: SummaryColumns, table: pa.Table, agent: Index, agents: int) -> tuple[Array | None, Capping | None]:
    """By row the sum of what stands at caps, and by agent what they did; None where nothing lay beyond any."""
    names = found.measure.sums
    if "beyond" not in names or not pc.any(pc.greater(table[names["beyond"]], 0)).as_py():
        return None, None
    at_cap, whole, beyond = (
        np.asarray(table[names[name]].to_numpy(), dtype=float) for name in ("at_cap", "s1", "beyond")
    )
    return at_cap, Capping(total(agent, whole, agents), total(agent, beyond, agents))


def _numbered(column: pa.ChunkedArray) -> tuple[tuple[bytes, ...], Index]:
    """The values in their order, and by row the number of its own."""
    encoded = column.combine_chunks().dictionary_encode()
    found = encoded.dictionary.to_pylist()
    order = sorted(range(len(found)), key=found.__getitem__)
    number = np.empty(len(found), dtype=np.int64)
    number[order] = np.arange(len(found))
    return tuple(found[place] for place in order), number[encoded.indices.to_numpy()]


def _days(column: pa.ChunkedArray) -> Index:
    """Local days as numbers."""
    return np.asarray(column.cast(pa.int32()).to_numpy(), dtype=np.int64)


Flags = NDArray[np.bool_]


def _kinds(
    columns: list[pa.ChunkedArray], agent: Index, agents: int, n: Array
) -> tuple[Index, tuple[tuple[object, ...], ...], Flags]:
    """A number for each row's kind of contact: as fine as there are contacts and agents enough, else put together.

    Also which rows were put together with others.
    """
    codes = [column.combine_chunks().dictionary_encode(null_encoding="encode") for column in columns]
    parts = [np.asarray(code.indices.to_numpy(), dtype=np.int64) for code in codes]
    values = [code.dictionary.to_pylist() for code in codes]
    stratum = np.full(len(n), -1, dtype=np.int64)
    kinds: list[tuple[object, ...]] = []
    left: Index = np.arange(len(n))
    merged = np.zeros(len(n), dtype=bool)
    for depth in range(len(parts), 0, -1):
        if not left.size:
            break
        sizes = [len(some) for some in values[:depth]]
        keys, place = _numbers([part[left] for part in parts[:depth]], sizes)
        contacts = total(place, n[left], len(keys))
        people = _people(place, agent[left], len(keys), agents)
        thick = (contacts >= LEAST_CONTACTS) & (people >= LEAST_AGENTS) & (contacts >= LEAST_EACH * people)
        enough = thick if depth > 1 else np.full(len(keys), True)
        number = np.where(enough, len(kinds) + np.cumsum(enough) - 1, -1)
        stratum[left] = number[place]
        merged[left] = depth < len(parts)
        told = np.stack(np.unravel_index(keys[enough], sizes), axis=1).tolist()
        kinds += [tuple(values[column][code] for column, code in enumerate(row)) for row in told]
        left = left[~enough[place]]
    return stratum, tuple(kinds), merged


# Beyond so many, numbers are looked up by sorting and not in a table of all that are possible.
MOST_AT_ONCE = 50_000_000


def _numbers(parts: list[Index], sizes: list[int]) -> tuple[Index, Index]:
    """The combinations of codes that occur, each as one number, in their order; and by row the place of its own."""
    key = np.ravel_multi_index(parts, sizes)
    if math.prod(sizes) > MOST_AT_ONCE:
        return np.unique(key, return_inverse=True)
    keys = np.flatnonzero(np.bincount(key, minlength=math.prod(sizes)))
    place = np.zeros(math.prod(sizes), dtype=np.int64)
    place[keys] = np.arange(len(keys))
    return keys, place[key]


def _people(place: Index, agent: Index, size: int, agents: int) -> Index:
    """How many agents each of `size` kinds has."""
    pair = place * agents + agent
    if size * agents > MOST_AT_ONCE:
        return np.bincount(np.unique(pair) // agents, minlength=size)
    seen = np.zeros(size * agents, dtype=bool)
    seen[pair] = True
    return np.asarray(seen.reshape(size, agents).sum(axis=1), dtype=np.int64)


def _added(cells: Cells, merged: Flags) -> Cells:
    """One cell where several rows fell into the same kind of contact; only rows that were put together can."""
    if not merged.any():
        return cells
    some, others = cells.where(merged), cells.where(~merged)
    key = (some.agent * cells.strata + some.stratum) * cells.days + some.day
    unique, place = np.unique(key, return_inverse=True)
    rest, day = np.divmod(unique, cells.days)
    agent, stratum = np.divmod(rest, cells.strata)
    n, s1, s2 = (total(place, values, len(unique)) for values in (some.n, some.s1, some.s2))
    at_cap = None
    if some.at_cap is not None and others.at_cap is not None:
        at_cap = np.concatenate([total(place, some.at_cap, len(unique)), others.at_cap])
    return Cells(
        np.concatenate([agent, others.agent]),
        np.concatenate([stratum, others.stratum]),
        np.concatenate([day, others.day]),
        np.concatenate([n, others.n]),
        np.concatenate([s1, others.s1]),
        np.concatenate([s2, others.s2]),
        *(cells.agents, cells.strata, cells.days, at_cap),
    )


def _teams(by_team: SummaryColumns, agents: tuple[bytes, ...]) -> tuple[bytes | None, ...]:
    most: dict[bytes, tuple[float, bytes | None]] = {}
    for (agent, team), n in zip(by_team.groups(), by_team.sums("n"), strict=True):
        if isinstance(agent, bytes) and n > most.get(agent, (0.0, None))[0]:
            most[agent] = (float(n), team if isinstance(team, bytes) else None)
    return tuple(most.get(agent, (0.0, None))[1] for agent in agents)
