"""How do definitions become SQL: one pass over a fact table into cells, and from cells to totals?

A *cell* is a combination of raw columns (identity, queue, channel, day ...) with the additive sums of every KPI asked.
A roll-up is nothing but cells that were kept, so whatever follows is the same for facts and roll-ups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from floorwalker.facts.tables import Table
from floorwalker.kpis.definition import Parameter
from floorwalker.kpis.dimensions import PEOPLE, Value, cell_sql, find_dimension, literal
from floorwalker.kpis.expression import COMPLETE_THROUGH
from floorwalker.kpis.measures import Combine, Measure, RowColumns
from floorwalker.kpis.query import Facts
from floorwalker.kpis.resolve import Dated, Resolver, on_day

RESOLVED = (*PEOPLE, "queue")


@dataclass(frozen=True)
class Pass:
    """One pass over a fact table: which cells, which measures, from which rows (conditions over the alias `f`)."""

    table: Table
    cells: tuple[str, ...]
    measures: tuple[Measure, ...]
    conditions: tuple[str, ...]
    parameters: Mapping[str, float]
    dated: Dated


def quoted(name: str) -> str:
    """A column's name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def cells_sql(scan: Pass, relation: str, facts: Facts) -> str:
    """The SELECT that turns fact rows into cells."""
    names, joins = expression_names(scan, facts)
    rows = RowColumns()
    totals = {quoted(cell): quoted(cell) for cell in scan.cells}
    for measure in scan.measures:
        columns = measure.columns_over(measure.roles(rows, names, names.get(measure.cap)))
        totals |= {column.name: column.sql for column in columns}
    cells = [f"{cell_sql(cell)} as {quoted(cell)}" for cell in scan.cells]
    where = f" where {' and '.join(scan.conditions)}" if scan.conditions else ""
    first = f"select {', '.join(cells + _named(rows.first))} from {relation} f {' '.join(joins)}{where}"
    second = f"select {', '.join(['*', *_named(rows.second)])} from ({first})"
    figures = ", ".join(f"{sql} as {name}" for name, sql in totals.items())
    return f"select {figures} from ({second}){' group by all' if scan.cells else ''}"


def _named(columns: Mapping[str, str]) -> list[str]:
    return [f"{sql} as {name}" for sql, name in columns.items()]


def expression_names(scan: Pass, facts: Facts) -> tuple[dict[str, str], list[str]]:
    """The SQL for every name that expressions may use, and the joins that this takes."""
    names = {column: f'f."{column}"' for column in scan.table.column_names}
    joins = []
    if any(COMPLETE_THROUGH in measure.kpi.mentions for measure in scan.measures):
        complete = facts.relation("completeness", None, None)
        joins.append(
            f"left join (select * from {complete}) known on known.source = f.source and known.origin = f.origin"
        )
        names[COMPLETE_THROUGH] = "known.complete_through"
    for parameter in _parameters(scan.measures):
        default = number(scan.parameters.get(parameter.name, parameter.default))
        names[parameter.name] = default
        if parameter.queue and parameter.name not in scan.parameters and parameter.name in scan.dated.queue_parameters:
            joins.append(_queue_parameter(parameter.name, scan.dated, facts))
            names[parameter.name] = f"coalesce({parameter.name}.value, {default})"
    for measure in scan.measures:
        if measure.has_detail and measure.cap in scan.dated.queue_parameters and "queue_key" in names:
            joins.append(_queue_parameter(measure.cap, scan.dated, facts))
            names[measure.cap] = f"{measure.cap}.value"
    return names, joins


def _parameters(measures: Sequence[Measure]) -> list[Parameter]:
    found = {name: parameter for measure in measures for name, parameter in measure.kpi.parameters.items()}
    return list(found.values())


def number(value: float) -> str:
    """A number as SQL, whole numbers without a point."""
    return str(int(value)) if value == int(value) else repr(float(value))


def _queue_parameter(name: str, dated: Dated, facts: Facts) -> str:
    """Join each queue's own value on the row's day, for the queue that the row's queue stands for."""
    values = f"(select * from {facts.relation('queue_parameter', None, None)} where name = '{name}')"
    if "queue" not in dated.identity_kinds:
        rows = f"(select queue_key as raw_key, value, from_day, to_day from {values})"
    else:
        identity = f"(select * from {facts.relation('identity', None, None)} where kind = 'queue' and identity_key <> subject_key)"
        rows = (
            f"(select p.queue_key as raw_key, p.value, p.from_day, p.to_day from {values} p"
            f" where p.queue_key not in (select identity_key from {identity})"
            " union all select i.identity_key, p.value, greatest(p.from_day, i.from_day), least(p.to_day, i.to_day)"
            f" from {values} p join {identity} i on i.subject_key = p.queue_key)"
        )
    return f"left join {rows} {name} on {name}.raw_key = f.queue_key and {on_day(name, 'f.local_day')}"


@dataclass(frozen=True)
class Totals:
    """What to make of cells: split by what, which cells count, for which measures (of one agent column and direction)."""

    by: tuple[str, ...]
    where: Mapping[str, tuple[Value, ...]]
    direction: str | None
    measures: tuple[Measure, ...]
    resolver: Resolver

    @property
    def cells(self) -> tuple[str, ...]:
        """The cell columns that this needs."""
        needed = dict.fromkeys(("direction",) if self.direction else ())
        for name in (*self.by, *self.where):
            needed |= dict.fromkeys(self.resolver.cells(name) if name in RESOLVED else find_dimension(name).cells)
        if self._of(Combine.CLUSTER):
            needed |= dict.fromkeys((self.cluster, "local_day"))
        return tuple(needed)

    @property
    def cluster(self) -> str:
        """The column that says whose day a cluster is."""
        return self.resolver.agent_column or "identity_key"

    def statements(self, cells: str) -> list[str]:
        """The SELECTs over cells (a FROM-expression): sums, then bins, then clusters, as far as there are any.

        The columns of a split are g0, g1 ...; the others are named as `Measure.summary` reads them.
        """
        sums = [f"{_combined(name, combine)} as {name}" for name, combine in self._additive()]
        statements = [self._grouped(", ".join(sums), cells)]
        statements += [self._bins(name, cells) for name in self._of(Combine.BINS)]
        pairs = self._of(Combine.CLUSTER)
        statements += [self._clusters(x.removesuffix("_x"), cells) for x in pairs if x.endswith("_x")]
        return statements

    def _additive(self) -> list[tuple[str, Combine]]:
        found = {c.name: c.combine for m in self.measures for c in m.cell_columns}
        return [(name, combine) for name, combine in found.items() if combine in (Combine.SUM, Combine.MAX)]

    def _of(self, combine: Combine) -> list[str]:
        return list(dict.fromkeys(c.name for m in self.measures for c in m.cell_columns if c.combine is combine))

    def _expression(self, name: str) -> str:
        return self.resolver.expression(name) if name in RESOLVED else str(find_dimension(name).sql)

    def _groups(self) -> str:
        return "".join(f"g{index}, " for index in range(len(self.by)))

    def _source(self, cells: str) -> str:
        split = [f"{self._expression(name)} as g{index}" for index, name in enumerate(self.by)]
        joins = self.resolver.joins([name for name in (*self.by, *self.where) if name in RESOLVED])
        conditions = [condition(self._expression(name), values) for name, values in self.where.items()]
        if self.direction:
            conditions.append(f"c.direction = '{self.direction}'")
        where = f" where {' and '.join(conditions)}" if conditions else ""
        return f"(select {', '.join([*split, 'c.*'])} from {cells} c {' '.join(joins)}{where})"

    def _grouped(self, columns: str, cells: str) -> str:
        return f"select {self._groups()}{columns} from {self._source(cells)}{' group by all' if self.by else ''}"

    def _bins(self, name: str, cells: str) -> str:
        entries = f"select {self._groups()}unnest(map_entries({name})) as e from {self._source(cells)}"
        return f"select {self._groups()}e.key as bin, sum(e.value)::bigint as {name} from ({entries}) group by all"

    def _clusters(self, prefix: str, cells: str) -> str:
        each = (
            f"select {self._groups()}{quoted(self.cluster)} as who, local_day as their_day,"
            f" sum({prefix}_x) as x, sum({prefix}_y) as y from {self._source(cells)}"
            f" group by all having sum({prefix}_n) > 0"
        )
        sums = f"sum(x) as {prefix}_x, sum(y) as {prefix}_y, sum(x * x) as {prefix}_xx"
        sums += f", sum(x * y) as {prefix}_xy, sum(y * y) as {prefix}_yy, count(*) as {prefix}_clusters"
        return f"select {self._groups()}{sums} from ({each}){' group by all' if self.by else ''}"


def _combined(name: str, combine: Combine) -> str:
    if combine is Combine.MAX:
        return f"max({name})"
    counted = name.endswith(("_seen", "_n", "_pending"))
    return f"coalesce(sum({name}), 0)::{'bigint' if counted else 'double'}"


def condition(expression: str, values: Sequence[Value]) -> str:
    """Whether an expression has one of these values; None stands for null."""
    known = [literal(value) for value in values if value is not None]
    parts = [f"{expression} in ({', '.join(known)})"] if known else []
    parts += [f"{expression} is null"] if None in values else []
    return f"({' or '.join(parts)})" if parts else "false"


def row_condition(name: str, values: Sequence[Value]) -> str | None:
    """The same for fact rows with the alias `f`, before they become cells; None where dated dimensions decide."""
    dimension = find_dimension(name)
    if dimension.sql is None:
        return None
    expression = dimension.sql
    for cell in sorted(dimension.cells, key=len, reverse=True):
        expression = expression.replace(f"c.{cell}", cell_sql(cell)).replace(f"c.{quoted(cell)}", cell_sql(cell))
    return condition(expression, values)
