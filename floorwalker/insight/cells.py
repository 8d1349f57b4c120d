"""Which sums does a judgement about people rest on? A measure by agent, kind of contact and day, kinds not too thin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.errors import KpiError
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.columns import SummaryColumns
from floorwalker.kpis.definition import Attribution, Kind, Kpi
from floorwalker.kpis.gather import gather_columns
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.cells import Cells, Index, total

# From fine to coarse: what a kind of contact is told by. All of it is settled before an agent acts.
KINDS = ("queue", "channel", "reason", "band")
LEAST_CONTACTS, LEAST_AGENTS = 30, 3
# Thinner than this for each agent, a kind of contact ties nobody to anybody.
LEAST_EACH = 10


@dataclass(frozen=True)
class AgentCells:
    """The sums of one measure, and whose and of what they are.

    agents: their keys, by number in `cells`; teams: by agent the key of the team in which most of it happened, None
    where in none; kinds: by stratum what tells it (a shorter tuple where thin ones were put together).
    """

    kpi: Kpi
    scale: Scale
    cells: Cells
    agents: tuple[bytes, ...]
    teams: tuple[bytes | None, ...]
    kinds: tuple[tuple[object, ...], ...]
    first: date

    @property
    def sign(self) -> float:
        """1 where more is worse, -1 where less is."""
        return -1.0 if self.kpi.better == "up" else 1.0


def read_cells(facts: Facts, kpi_id: str, period: Period, where: Where, unit: str = "agent") -> AgentCells | None:
    """The cells of a measure in a period; None where no agent has any. KpiError where it cannot be judged for people.

    unit: "team" where teams are judged instead, each as if it were one agent.
    """
    kpi = find_kpi(kpi_id, catalogue())
    scale = _scale(kpi)
    finest = tuple(name for name in KINDS if name in kpi.case_mix) or ("queue",)
    asked = [
        KpiQuery((kpi.id,), period.first, period.last, (unit, *finest, "day"), where),
        KpiQuery((kpi.id,), period.first, period.last, tuple(dict.fromkeys((unit, "team"))), where),
    ]
    found, by_team = (answer.get(kpi.id) for answer in gather_columns(asked, facts, detail=True))
    if found is None or by_team is None or found.table.num_rows == 0:
        return None
    table = _with_agents(found)
    if table.num_rows == 0:
        return None
    names = found.by
    agents, agent = _numbered(table[names[0]])
    day = np.array([value.toordinal() for value in table[names[-1]].to_pylist()]) - period.first.toordinal()
    n, s1, s2 = _sums(found, table)
    stratum, kinds = _kinds([table[name] for name in names[1:-1]], agent, n)
    cells = Cells(agent, stratum, day, n, s1, s2, len(agents), len(kinds), (period.last - period.first).days + 1)
    teams = agents if unit == "team" else _teams(by_team, agents)
    return AgentCells(kpi, scale, _added(cells), agents, teams, kinds, period.first)


def _scale(kpi: Kpi) -> Scale:
    if kpi.kind not in (Kind.PROPORTION, Kind.MEAN) or kpi.attribution is Attribution.NONE:
        raise KpiError(
            f"{kpi.name} is not a measure by which people are compared",
            found=str(kpi.kind),
            expected="a share or a mean that belongs to agents, such as average_handle_time or csat_top_box",
        )
    return Scale.RATIO if kpi.kind is Kind.MEAN and kpi.unit == "seconds" else Scale.DIFFERENCE


def _with_agents(found: SummaryColumns) -> pa.Table:
    observed = pc.greater(found.table[found.measure.sums["n"]], 0)
    return found.table.filter(pc.and_(observed, pc.is_valid(found.table[found.by[0]])))


def _sums(found: SummaryColumns, table: pa.Table) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    def column(name: str) -> np.ndarray:
        return np.asarray(table[found.measure.sums[name]].to_numpy(), dtype=float)

    if found.kpi.kind is Kind.PROPORTION:
        return column("n"), column("events"), column("events")
    if "capped1" in found.measure.sums:
        return column("n"), column("capped1"), column("capped2")
    return column("n"), column("s1"), column("s2")


def _numbered(column: pa.ChunkedArray) -> tuple[tuple[bytes, ...], Index]:
    encoded = column.combine_chunks().dictionary_encode()
    return tuple(encoded.dictionary.to_pylist()), np.asarray(encoded.indices.to_numpy(), dtype=np.int64)


def _kinds(columns: list[pa.ChunkedArray], agent: Index, n: np.ndarray) -> tuple[Index, tuple[tuple[object, ...], ...]]:
    """A number for each row's kind of contact: as fine as there are contacts and agents enough, else put together."""
    codes = [column.combine_chunks().dictionary_encode(null_encoding="encode") for column in columns]
    parts = [np.asarray(code.indices.to_numpy(), dtype=np.int64) for code in codes]
    values = [code.dictionary.to_pylist() for code in codes]
    stratum = np.full(len(n), -1, dtype=np.int64)
    kinds: list[tuple[object, ...]] = []
    for depth in range(len(parts), 0, -1):
        left = np.flatnonzero(stratum < 0)
        if not left.size:
            break
        keys = np.stack([part[left] for part in parts[:depth]], axis=1)
        unique, place = np.unique(keys, axis=0, return_inverse=True)
        contacts = np.bincount(place, n[left], minlength=len(unique))
        pairs = np.unique(np.stack([place, agent[left]], axis=1), axis=0)
        people = np.bincount(pairs[:, 0], minlength=len(unique))
        thick = (contacts >= LEAST_CONTACTS) & (people >= LEAST_AGENTS) & (contacts >= LEAST_EACH * people)
        enough = thick if depth > 1 else np.full(len(unique), True)
        number = np.where(enough, len(kinds) + np.cumsum(enough) - 1, -1)
        stratum[left] = number[place]
        kinds += [
            tuple(values[column][code] for column, code in enumerate(unique[row])) for row in np.flatnonzero(enough)
        ]
    return stratum, tuple(kinds)


def _added(cells: Cells) -> Cells:
    """One cell where several rows fell into the same kind of contact."""
    key = (cells.agent * cells.strata + cells.stratum) * cells.days + cells.day
    unique, place = np.unique(key, return_inverse=True)
    if len(unique) == len(key):
        return cells
    n, s1, s2 = (total(place, values, len(unique)) for values in (cells.n, cells.s1, cells.s2))
    rest, day = np.divmod(unique, cells.days)
    agent, stratum = np.divmod(rest, cells.strata)
    return Cells(agent, stratum, day, n, s1, s2, cells.agents, cells.strata, cells.days)


def _teams(by_team: SummaryColumns, agents: tuple[bytes, ...]) -> tuple[bytes | None, ...]:
    most: dict[bytes, tuple[float, bytes | None]] = {}
    for (agent, team), n in zip(by_team.groups(), by_team.sums("n"), strict=True):
        if isinstance(agent, bytes) and n > most.get(agent, (0.0, None))[0]:
            most[agent] = (float(n), team if isinstance(team, bytes) else None)
    return tuple(most.get(agent, (0.0, None))[1] for agent in agents)
