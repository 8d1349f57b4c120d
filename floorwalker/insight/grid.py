"""How do rows of a measure, as the facts give them, become sums by agent, kind of contact and day, kinds not too thin?

Rows of several measures are numbered together. They come in no order: here they are put into one, so that two judgements of
the same facts add up the same numbers in the same order and agree to the last digit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from floorwalker.insight.scorecard import Period
from floorwalker.kpis.definition import Kind
from floorwalker.kpis.measures import Measure
from floorwalker.stats.cells import Array, Cells, Index, total

LEAST_CONTACTS, LEAST_AGENTS = 30, 3
# Thinner than this for each agent, a kind of contact ties nobody to anybody.
LEAST_EACH = 10
EPOCH = date(1970, 1, 1)

Flags = NDArray[np.bool_]
Kinds = tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Seen:
    """The sums of one measure: by number in `cells`, which of the grid's agents these are, and what tells each stratum.

    whole, beyond: by agent the sum of values capped nowhere, and how many were beyond caps; None where none was.
    """

    cells: Cells
    agents: Index
    kinds: Kinds
    whole: Array | None = None
    beyond: Array | None = None


@dataclass(frozen=True)
class _Arranged:
    """Rows of which something was seen, in their order, and of whom, what and when each group of them is.

    starts: where the rows of each group begin; repeated: the rows of groups that have several.
    """

    chosen: Flags
    rows: Index
    agent: Index
    combination: Index
    day: Index
    starts: Index
    repeated: Index

    def total(self, values: Array) -> Array:
        """The sum of each group, its values taken from the least to the greatest: in whatever order they came."""
        found = values[self.rows]
        if not self.repeated.size:
            return found
        group = np.searchsorted(self.starts, self.repeated, "right")
        some = found[self.repeated]
        found[self.repeated] = some[np.lexsort((some, group))]
        return np.add.reduceat(found, self.starts)


class Grid:
    """The rows of measures that were read together: whose, of which combination of what tells a kind, on which day."""

    def __init__(self, table: pa.Table, unit: str, kinds: Sequence[str], period: Period) -> None:
        table = table.filter(pc.is_valid(table[unit])) if table[unit].null_count else table
        self._table = table.drop_columns([unit, *kinds, "day"])
        self._days = (period.last - period.first).days + 1
        self.agents, self._agent = _numbered(table[unit])
        parts = [_numbered(table[kind]) for kind in kinds]
        self._values = [values for values, _codes in parts]
        self._combinations, self._combination = _numbers(
            [codes for _values, codes in parts], [len(values) for values in self._values]
        )
        self._day = np.asarray(table["day"].cast(pa.int32()).to_numpy(), dtype=np.int64) - (period.first - EPOCH).days
        self._known: list[_Arranged] = []

    def seen(self, measure: Measure) -> Seen | None:
        """The sums of a measure, which are let go here; None where nobody has any."""
        n, s1, s2 = _sums(measure, self._table)
        capping = _capping(measure, self._table)
        figures = {column for column in measure.sums.values() if column in self._table.column_names}
        self._table = self._table.drop_columns(sorted(figures))
        chosen = n > 0
        if not chosen.any():
            return None
        rows = self._arranged(chosen)
        n, s1, s2 = (rows.total(values) for values in (n, s1, s2))
        used = np.bincount(rows.agent, minlength=len(self.agents)) > 0
        agent = rows.agent if used.all() else (np.cumsum(used) - 1)[rows.agent]
        agents = int(used.sum())
        of_combination, kinds, is_joined = self._kinds(agent, agents, rows.combination, n)
        stratum = of_combination[rows.combination]
        at_cap, whole, beyond = (None if values is None else rows.total(values) for values in capping)
        cells = Cells(agent, stratum, rows.day, n, s1, s2, agents, len(kinds), self._days, at_cap)
        of_agents = (None if values is None else total(agent, values, agents) for values in (whole, beyond))
        return Seen(_joined(cells) if is_joined else cells, np.flatnonzero(used), kinds, *of_agents)

    @cached_property
    def _key(self) -> Index:
        return (self._agent * len(self._combinations) + self._combination) * self._days + self._day

    @cached_property
    def _order(self) -> Index:
        """Rows by agent, combination and day."""
        return np.argsort(self._key, kind="stable")

    def _arranged(self, chosen: Flags) -> _Arranged:
        """Measures of the same contacts share what these are."""
        for known in self._known:
            if np.array_equal(known.chosen, chosen):
                return known
        rows = self._order if chosen.all() else self._order[chosen[self._order]]
        key = self._key[rows]
        begins = np.concatenate([[True], key[1:] != key[:-1]])
        starts = np.flatnonzero(begins)
        alone = begins & np.concatenate([begins[1:], [True]])
        group = rows[starts]
        agent, combination, day = (codes[group] for codes in (self._agent, self._combination, self._day))
        arranged = _Arranged(chosen, rows, agent, combination, day, starts, np.flatnonzero(~alone))
        self._known.append(arranged)
        return arranged

    def _kinds(self, agent: Index, agents: int, combination: Index, n: Array) -> tuple[Index, Kinds, bool]:
        """By combination the number of its kind of contact: as fine as there are contacts and agents enough, else put together.

        Also what tells each kind, and whether any were put together.
        """
        contacts = total(combination, n, len(self._combinations))
        parts = np.unravel_index(self._combinations, [len(values) for values in self._values])
        pairs = np.flatnonzero(
            np.concatenate([[True], (combination[1:] != combination[:-1]) | (agent[1:] != agent[:-1])])
        )
        agent, combination = agent[pairs], combination[pairs]
        found = np.full(len(contacts), -1)
        kinds: list[tuple[object, ...]] = []
        left = np.flatnonzero(contacts > 0)
        for depth in range(len(parts), 0, -1):
            if not left.size:
                break
            sizes = [len(values) for values in self._values[:depth]]
            keys, place = np.unique(
                np.ravel_multi_index([part[left] for part in parts[:depth]], sizes), return_inverse=True
            )
            of_left = np.full(len(contacts), -1)
            of_left[left] = place
            placed = of_left[combination]
            people = _people(placed[placed >= 0], agent[placed >= 0], len(keys), agents)
            seen = total(place, contacts[left], len(keys))
            thick = (seen >= LEAST_CONTACTS) & (people >= LEAST_AGENTS) & (seen >= LEAST_EACH * people)
            enough = thick if depth > 1 else np.full(len(keys), True)
            found[left] = np.where(enough, len(kinds) + np.cumsum(enough) - 1, -1)[place]
            told = np.stack(np.unravel_index(keys[enough], sizes), axis=1).tolist()
            kinds += [tuple(self._values[column][code] for column, code in enumerate(row)) for row in told]
            left = left[~enough[place]]
        return found, tuple(kinds), any(len(kind) < len(parts) for kind in kinds)


def _joined(cells: Cells) -> Cells:
    """One cell where an agent has several of a kind on a day, since thin kinds were put together."""
    key = (cells.agent * cells.strata + cells.stratum) * cells.days + cells.day
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.concatenate([[True], np.diff(key[order]) > 0]))
    group = order[starts]
    n, s1, s2 = (np.add.reduceat(values[order], starts) for values in (cells.n, cells.s1, cells.s2))
    at_cap = None if cells.at_cap is None else np.add.reduceat(cells.at_cap[order], starts)
    agent, stratum, day = cells.agent[group], cells.stratum[group], cells.day[group]
    return replace(cells, agent=agent, stratum=stratum, day=day, n=n, s1=s1, s2=s2, at_cap=at_cap)


def _sums(measure: Measure, table: pa.Table) -> tuple[Array, Array, Array]:
    def column(name: str) -> Array:
        return np.asarray(table[measure.sums[name]].to_numpy(), dtype=float)

    if measure.kpi.kind is Kind.PROPORTION:
        events = column("events")
        return column("n"), events, events
    if measure.has_detail:
        return column("n"), column("capped1"), column("capped2")
    return column("n"), column("s1"), column("s2")


def _capping(measure: Measure, table: pa.Table) -> tuple[Array | None, Array | None, Array | None]:
    """By row what stands at caps, whole values, and how many lie beyond; nothing where nothing lies beyond any."""
    names = measure.sums
    if "beyond" not in names or not pc.any(pc.greater(table[names["beyond"]], 0)).as_py():
        return None, None, None
    at_cap, whole, beyond = (
        np.asarray(table[names[name]].to_numpy(), dtype=float) for name in ("at_cap", "s1", "beyond")
    )
    return at_cap, whole, beyond


def _numbered(column: pa.ChunkedArray) -> tuple[tuple[object, ...], Index]:
    """The values in their order, nothing last, and by row the number of its own."""
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    found = encoded.dictionary.to_pylist()
    order = sorted(range(len(found)), key=lambda place: (found[place] is None, found[place]))
    number = np.empty(len(found), dtype=np.int64)
    number[order] = np.arange(len(found))
    return tuple(found[place] for place in order), number[encoded.indices.to_numpy()]


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
