"""How do definitions become SQL: one pass over a fact table into cells?

A *cell* is a combination of raw columns (identity, queue, channel, day ...) with the additive sums of every KPI asked.
A roll-up is nothing but cells that were kept, so whatever follows (`totals.py`) is the same for facts and roll-ups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from floorwalker.facts.tables import Table
from floorwalker.kpis.caps import cap_sql, join_sql
from floorwalker.kpis.definition import Parameter
from floorwalker.kpis.dimensions import PEOPLE, Value, cell_sql, find_dimension, literal
from floorwalker.kpis.expression import COMPLETE_THROUGH, EVALUATED
from floorwalker.kpis.measures import Measure, RowColumns
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.kpis.resolve import Dated, on_day

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
    if any(EVALUATED in measure.kpi.mentions for measure in scan.measures):
        joins.append(_evaluated(facts))
        names[EVALUATED] = "(listened.contact_key is not null)"
    for parameter in _parameters(scan.measures):
        default = number(scan.parameters.get(parameter.name, parameter.default))
        names[parameter.name] = default
        if parameter.queue and parameter.name not in scan.parameters and parameter.name in scan.dated.queue_parameters:
            joins.append(_queue_parameter(parameter.name, facts))
            names[parameter.name] = f"coalesce({parameter.name}.value, {default})"
    capped = [m for m in scan.measures if m.has_detail and (m.kpi.id, m.kpi.version) in scan.dated.capped]
    if capped:
        joins.append(join_sql(capped, scan.dated.cap_edges, scan.table.column_names, facts))
        names |= {measure.cap: cap_sql(measure) for measure in capped}
    return names, joins


def _parameters(measures: Sequence[Measure]) -> list[Parameter]:
    found = {name: parameter for measure in measures for name, parameter in measure.kpi.parameters.items()}
    return list(found.values())


def number(value: float) -> str:
    """A number as SQL, whole numbers without a point."""
    return str(int(value)) if value == int(value) else repr(float(value))


def _queue_parameter(name: str, facts: Facts) -> str:
    """Join each queue's own value on the row's day; the dimension has a row for every name of a queue."""
    rows = f"(select queue_key, value, from_day, to_day from {facts.relation('queue_parameter', None, None)} where name = '{name}')"
    return f"left join {rows} {name} on {name}.queue_key = f.queue_key and {on_day(name, 'f.local_day')}"


def _evaluated(facts: Facts) -> str:
    """Join to each part of a contact whether it was officially evaluated, once however often that was."""
    official = "purpose = 'official' and contact_key is not null"
    rows = (
        f"(select distinct contact_key, identity_key from {facts.relation('evaluation', None, None)} where {official})"
    )
    return (
        f"left join {rows} listened on listened.contact_key = f.contact_key and listened.identity_key = f.identity_key"
    )


def condition(expression: str, values: Sequence[Value]) -> str:
    """Whether an expression has one of these values; None stands for null."""
    known = [literal(value) for value in values if value is not None]
    parts = [f"{expression} in ({', '.join(known)})"] if known else []
    parts += [f"{expression} is null"] if None in values else []
    return f"({' or '.join(parts)})" if parts else "false"


def period_conditions(query: KpiQuery, alias: str) -> list[str]:
    """Whether a row lies in the days that were asked for."""
    bounds = ((">=", query.first_day), ("<=", query.last_day))
    return [f"{alias}.local_day {sign} {literal(day)}" for sign, day in bounds if day is not None]


def row_condition(name: str, values: Sequence[Value]) -> str | None:
    """The same for fact rows with the alias `f`, before they become cells; None where dated dimensions decide."""
    dimension = find_dimension(name)
    if dimension.sql is None:
        return None
    expression = dimension.sql
    for cell in sorted(dimension.cells, key=len, reverse=True):
        expression = expression.replace(f"c.{cell}", cell_sql(cell)).replace(f"c.{quoted(cell)}", cell_sql(cell))
    return condition(expression, values)
