"""How do cells become totals, for several questions in one pass?

Questions that differ in split, filter or days alone read the same cells. Each question is one *grouping set*: the columns
of its split and, where filters or days differ, a mark that says which cells it counts.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.kpis.compile import RESOLVED, condition, period_conditions, quoted
from floorwalker.kpis.dimensions import Value, find_dimension
from floorwalker.kpis.measures import Combine, Measure, merged_bins
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.resolve import Resolver

Group = tuple[Value, ...]
Scope = tuple[datetime.date | None, datetime.date | None]
ASKED = "asked"


@dataclass(frozen=True)
class Totals:
    """What to make of cells: the questions, and the measures (of one agent column and direction) that all of them ask.

    scope: the days to which the cells are cut already.
    """

    queries: tuple[KpiQuery, ...]
    scope: Scope
    direction: str | None
    measures: tuple[Measure, ...]
    resolver: Resolver

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The cell columns that this needs."""
        needed = dict.fromkeys(("direction",) if self.direction else ())
        for name in dict.fromkeys(name for query in self.queries for name in (*query.by, *query.where)):
            needed |= dict.fromkeys(self.resolver.cells(name) if name in RESOLVED else find_dimension(name).cells)
        if self._of(Combine.CLUSTER):
            needed |= dict.fromkeys((self.cluster, "local_day"))
        if any(self._days(query) for query in self.queries):
            needed |= {"local_day": None}
        return tuple(needed)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that cells must have, as SQL: to plan a statement over what nobody reads is most of its time."""
        figures = (column.name for measure in self.measures for column in measure.cell_columns)
        return tuple(dict.fromkeys((*map(quoted, self.cells), *figures)))

    @property
    def cluster(self) -> str:
        """The column that says whose day a cluster is."""
        return self.resolver.agent_column or "identity_key"

    def statement(self, cells: str) -> str:
        """The SELECT over cells (a FROM-expression) that totals them for all questions; `answers` reads what it finds.

        Sums come first, with those of clusters if there are any, then one map of bins a histogram.
        """
        sums = self._clusters(cells) if self._of(Combine.CLUSTER) else self._sums(cells)
        names = self._of(Combine.BINS)
        if not names:
            return sums
        same = [f"b.{key} is not distinct from s.{key}" for key in (ASKED, *self._keys)]
        joins = [
            f"left join ({self._bins(name, cells)}) b{index} on {' and '.join(same).replace('b.', f'b{index}.')}"
            for index, name in enumerate(names)
        ]
        return f"select s.*, {', '.join(names)} from ({sums}) s {' '.join(joins)}"

    def rows(self, cells: str) -> str:
        """The SELECT of the only question's cells as they are: by its split, not added up, with the sums that are figures."""
        (query,) = self.queries
        names = [f"g{self._splits.index(name)} as {quoted(name)}" for name in query.by]
        return f"select {', '.join([*names, *self.figures])} from {self._source(cells)}"

    @property
    def figures(self) -> tuple[str, ...]:
        """The columns of cells that say what was observed, not how much is pending."""
        sums = (measure.sums.items() for measure in self.measures)
        return tuple(column for some in sums for name, column in some if name not in ("seen", "pending"))

    def answers(self, totals: pa.Table, *, in_order: bool = True) -> Iterator[tuple[int, pa.Table]]:
        """The questions (by position) and the totals that answer each: a row a group, splits by their names.

        Groups come in their order, unless nobody needs one.
        """
        for number, answered in self._answered.items():
            rows = totals if len(self._answered) == 1 else totals.filter(pc.equal(totals[ASKED], number))
            for index, keys in answered:
                named = self._named(rows, keys, self.queries[index].by)
                by = [(name, "ascending") for name in self.queries[index].by]
                yield index, named.sort_by(by) if by and in_order else named

    def _named(self, rows: pa.Table, keys: Sequence[str], by: Sequence[str]) -> pa.Table:
        figures = [name for name in rows.column_names if name != ASKED and name not in self._keys]
        return rows.select([*keys, *figures]).rename_columns([*by, *figures])

    @cached_property
    def _answered(self) -> dict[int, list[tuple[int, tuple[str, ...]]]]:
        """By number of a grouping set, the questions that it answers and the columns of their groups."""
        found: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
        for index, query in enumerate(self.queries):
            keys = self._keys_of(query)
            found.setdefault(self._number(keys), []).append((index, keys[: len(query.by)]))
        return found

    # What is asked, as columns

    @cached_property
    def _splits(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for query in self.queries for name in query.by))

    @cached_property
    def _shared(self) -> tuple[str, ...]:
        """The conditions that every question has."""
        first, *others = (self._conditions(query) for query in self.queries)
        return tuple(found for found in first if all(found in other for other in others))

    @cached_property
    def _marks(self) -> tuple[tuple[str, ...], ...]:
        """The conditions in which questions differ; none when they do not."""
        marks = tuple(dict.fromkeys(self._own(query) for query in self.queries))
        return marks if marks != ((),) else ()

    def _own(self, query: KpiQuery) -> tuple[str, ...]:
        return tuple(found for found in self._conditions(query) if found not in self._shared)

    def _conditions(self, query: KpiQuery) -> list[str]:
        found = [condition(self._expression(name), values) for name, values in query.where.items()]
        if self.direction:
            found.append(f"c.direction = '{self.direction}'")
        return found + self._days(query)

    def _days(self, query: KpiQuery) -> list[str]:
        return [] if (query.first_day, query.last_day) == self.scope else period_conditions(query, "c")

    def _expression(self, name: str) -> str:
        return self.resolver.expression(name) if name in RESOLVED else str(find_dimension(name).sql)

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return (*(f"g{i}" for i in range(len(self._splits))), *(f"m{i}" for i in range(len(self._marks))))

    def _keys_of(self, query: KpiQuery) -> tuple[str, ...]:
        mark = [f"m{self._marks.index(self._own(query))}"] if self._marks else []
        return (*(f"g{self._splits.index(name)}" for name in query.by), *mark)

    @cached_property
    def _sets(self) -> tuple[tuple[str, ...], ...]:
        found = {frozenset(keys): keys for keys in map(self._keys_of, self.queries)}
        return tuple(found.values())

    def _number(self, keys: Sequence[str]) -> int:
        """The number that SQL's `grouping` gives a set: a bit for every column that is not in it."""
        if len(self._sets) == 1:
            return 0
        return sum(2**place for place, key in enumerate(reversed(self._keys)) if key not in keys)

    # What is asked, as SQL

    def _listed(self, *more: str) -> str:
        return ", ".join([*self._keys, *more])

    def _asked(self) -> str:
        return f"{'0' if len(self._sets) == 1 else f'grouping({self._listed()})'} as {ASKED}"

    def _grouping(self, *more: str) -> str:
        """GROUP BY for all questions; cells that a question does not count are left out of its groups."""
        if len(self._sets) == 1:
            return "group by all"
        sets = ", ".join(f"({', '.join([*keys, *more])})" for keys in self._sets)
        counts = " and ".join(f"coalesce(m{index}, true)" for index in range(len(self._marks)))
        return f"group by grouping sets ({sets}){f' having {counts}' if counts else ''}"

    def _source(self, cells: str) -> str:
        """The cells that any question counts, with the columns of splits and marks."""
        columns = [f"{self._expression(name)} as g{index}" for index, name in enumerate(self._splits)]
        marks = [" and ".join(mark) or "true" for mark in self._marks]
        columns += [f"coalesce({mark}, false) as m{index}" for index, mark in enumerate(marks)]
        joins = self.resolver.joins([n for q in self.queries for n in (*q.by, *q.where) if n in RESOLVED])
        conditions = list(self._shared)
        if marks and "true" not in marks:
            conditions.append(f"({' or '.join(f'({mark})' for mark in marks)})")
        where = f" where {' and '.join(conditions)}" if conditions else ""
        kept = [f"c.{column}" for column in self._kept]
        return f"(select {', '.join([*columns, *kept])} from {cells} c {' '.join(joins)}{where})"

    @cached_property
    def _kept(self) -> tuple[str, ...]:
        """The columns of cells that are added up, as SQL, and those that tell one cluster from another."""
        day = (quoted(self.cluster), "local_day") if self._of(Combine.CLUSTER) else ()
        return (*day, *dict.fromkeys(c.name for measure in self.measures for c in measure.cell_columns))

    def _finest(self, cells: str, columns: Mapping[str, str], *more: str) -> str:
        """The cells added up as far as every question allows: few rows, from which the questions are answered."""
        if len(self._sets) == 1:
            return self._source(cells)
        return f"(select {self._listed(*more, *_named(columns))} from {self._source(cells)} group by all)"

    @cached_property
    def _additive(self) -> dict[str, str]:
        found = {column.name: column for measure in self.measures for column in measure.cell_columns}
        return {name: column.combined for name, column in found.items() if column.combine in (Combine.SUM, Combine.MAX)}

    def _of(self, combine: Combine) -> list[str]:
        return list(dict.fromkeys(c.name for m in self.measures for c in m.cell_columns if c.combine is combine))

    def _sums(self, cells: str) -> str:
        columns = self._listed(*_named(self._additive))
        return f"select {self._asked()}, {columns} from {self._finest(cells, self._additive)} {self._grouping()}"

    def _bins(self, name: str, cells: str) -> str:
        entries = f"select {self._listed(f'unnest(map_entries({name})) as e')} from {self._source(cells)}"
        each = f"select {self._listed('e.key as bin', 'e.value as entries')} from ({entries})"
        columns = self._listed("bin", "sum(entries)::bigint as entries")
        bins = f"select {self._asked()}, {columns} from ({each}) {self._grouping('bin')}"
        kept = self._listed(merged_bins(name))
        return f"select {ASKED}, {kept} from ({bins}) group by all"

    def _clusters(self, cells: str) -> str:
        """First the days of each agent, then the sums over them."""
        pairs = {name: f"sum({name})" for name in self._of(Combine.CLUSTER)}
        day = (quoted(self.cluster), "local_day")
        sums = self._additive | pairs
        each = f"select {self._asked()}, {self._listed(*day, *_named(sums))} from"
        each += f" {self._finest(cells, sums, *day)} {self._grouping(*day)}"
        over = [column for name in pairs if name.endswith("_x") for column in _over_days(name.removesuffix("_x"))]
        return f"select {ASKED}, {self._listed(*_named(self._additive), *over)} from ({each}) group by all"


def _named(columns: Mapping[str, str]) -> list[str]:
    return [f"{sql} as {name}" for name, sql in columns.items()]


def _over_days(prefix: str) -> list[str]:
    """The sums over days that tell anything, and how many those are."""
    x, y = f"{prefix}_x", f"{prefix}_y"
    figures = {x: x, y: y, f"{x}x": f"{x} * {x}", f"{x}y": f"{x} * {y}", f"{y}y": f"{y} * {y}"}
    known = f"filter (where {prefix}_n > 0)"
    return [
        *(f"sum({sql}) {known} as {name}" for name, sql in figures.items()),
        f"count(*) {known} as {prefix}_clusters",
    ]
