"""What do the facts say about a KPI, asked on the command line?"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Column, Table

from floorwalker.cli.opening import Home, open_home
from floorwalker.errors import KpiError
from floorwalker.estimate import Estimate, Reason
from floorwalker.kpis.catalogue import catalogue, find_kpi, formula
from floorwalker.kpis.dimensions import DIMENSIONS, Value, find_dimension
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import KpiRow, run_kpis

NAMED = ("site", "team", "agent", "queue")
BUCKETS = ("day", "week", "month", "hour", "interval")
COLUMNS = (
    "kpi",
    "definition",
    "group",
    "from",
    "to",
    "value",
    "observed",
    "low",
    "high",
    "n",
    "unit",
    "pending",
    "reason",
)

REASON_TEXTS = {
    Reason.NO_DATA: "nothing happened in this period",
    Reason.TOO_FEW: "too few observations to say anything",
    Reason.PENDING: "what happened is not known yet",
    Reason.NOT_MEASURABLE: "the source does not tell what this measure needs",
    Reason.NOT_DEFINED_FOR_SPLIT: "this measure belongs to nobody in particular, so it cannot be split so",
}


@click.group()
def kpi() -> None:
    """The measures: which there are, what each means, and what the facts say."""


@kpi.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_kpis(as_json: bool) -> None:
    """List all measures."""
    rows = [
        {"kpi": k.id, "name": k.name, "unit": k.unit, "better": str(k.better), "meaning": k.meaning}
        for k in catalogue().values()
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table("id", "name", "unit", "better", box=None)
    for row in rows:
        table.add_row(row["kpi"], row["name"], row["unit"], row["better"])
    Console().print(table)


@kpi.command()
@click.argument("kpi_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def show(kpi_id: str, as_json: bool) -> None:
    """Show what one measure means and how it is counted."""
    found = find_kpi(kpi_id, catalogue())
    said = formula(found)
    if as_json:
        definition = {
            "kpi": found.id,
            "definition": found.stamp,
            "name": found.name,
            "meaning": found.meaning,
            "unit": found.unit,
        }
        click.echo(json.dumps({**definition, "formula": [list(pair) for pair in said]}, ensure_ascii=False))
        return
    click.echo(f"{found.name} ({found.stamp}, valid from {found.valid_from})\n{found.meaning}")
    for label, text in said:
        click.echo(f"  {label}: {text.replace('`', '')}")


@kpi.command()
@click.argument("kpi_ids", metavar="ID...", nargs=-1, required=True)
@click.option("--from", "first", metavar="DAY", help="First day, such as 2026-03-01; all days without it.")
@click.option("--to", "last", metavar="DAY", help="Last day, included.")
@click.option(
    "--by", "by", multiple=True, metavar="DIMENSION", help=f"Split by {', '.join(DIMENSIONS)} or attribute:NAME."
)
@click.option("--where", "where", multiple=True, metavar="KEY=VALUE", help="Count only these; the same keys as --by.")
@click.option(
    "--param", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter of the measure, for all queues."
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print as CSV.")
def run(
    kpi_ids: tuple[str, ...],
    first: str | None,
    last: str | None,
    by: tuple[str, ...],
    where: tuple[str, ...],
    parameters: tuple[str, ...],
    as_json: bool,
    as_csv: bool,
) -> None:
    """Say what the facts say about one or more measures, each with its 95 % interval."""
    if as_json and as_csv:
        raise click.UsageError("--json and --csv are two ways to print: choose one")
    home = open_home()
    query = KpiQuery(
        kpis=kpi_ids,
        first_day=_day(first, "--from"),
        last_day=_day(last, "--to"),
        by=by,
        where=_where(where, home),
        parameters=_numbers(parameters),
    )
    rows = sorted((_plain(row, home, by) for row in run_kpis(query, home.snapshot)), key=_place(kpi_ids, by))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    elif as_csv:
        _print_csv(rows, by)
    else:
        _print_table(rows, by)


def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a day such as 2026-03-09", param_hint=option) from error


def _pairs(given: Sequence[str], option: str) -> list[tuple[str, str]]:
    pairs = []
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{text!r} is not KEY=VALUE", param_hint=option)
        pairs.append((name, value))
    return pairs


def _where(given: Sequence[str], home: Home) -> dict[str, tuple[Value, ...]]:
    where: dict[str, tuple[Value, ...]] = {}
    for name, text in _pairs(given, "--where"):
        dimension = find_dimension(name)
        values = home.names.keys(name, text) if name in NAMED else (dimension.read(text),)
        where[name] = where.get(name, ()) + values
    return where


def _numbers(given: Sequence[str]) -> dict[str, float]:
    numbers: dict[str, float] = {}
    for name, text in _pairs(given, "--param"):
        try:
            numbers[name] = float(text)
        except ValueError as error:
            raise KpiError(f"parameter {name} is not a number", where=f"--param {name}={text}", found=text) from error
    return numbers


def _plain(row: KpiRow, home: Home, by: Sequence[str]) -> dict[str, Any]:
    """One row as the command line promises it; scripts read this."""
    answer = row.answer
    estimate = answer if isinstance(answer, Estimate) else None
    reason = None if isinstance(answer, Estimate) else answer.reason
    return {
        "kpi": row.kpi,
        "definition": row.definition,
        "group": {name: _named(name, value, home) for name, value in row.group.items()},
        "period": _period(row, by),
        "value": None if estimate is None else estimate.value,
        "observed": answer.observed,
        "low": None if estimate is None else estimate.low,
        "high": None if estimate is None else estimate.high,
        "n": answer.n,
        "unit": answer.unit,
        "pending": answer.pending,
        "reason": None if reason is None else str(reason),
        "reason_text": None if reason is None else REASON_TEXTS[reason],
    }


def _place(kpi_ids: Sequence[str], by: Sequence[str]) -> Callable[[Mapping[str, Any]], Any]:
    """Measures as they were asked, groups by the names that are shown, nobody last."""

    def place(row: Mapping[str, Any]) -> Any:
        shown = [row["group"][name] for name in by]
        return kpi_ids.index(row["kpi"]), [
            (v is None, 0 if v is None or isinstance(v, str) else v, str(v)) for v in shown
        ]

    return place


def _named(name: str, value: bytes | str | int | None, home: Home) -> str | int | None:
    if name in NAMED:
        return home.names.name(name, value if isinstance(value, bytes) else None)
    return value.hex() if isinstance(value, bytes) else value


def _period(row: KpiRow, by: Sequence[str]) -> dict[str, str | None] | str | int | None:
    """The bucket where the row is one, else first and last day."""
    for name in BUCKETS:
        if name in by:
            value = row.group[name]
            return value.hex() if isinstance(value, bytes) else value
    return {"from": _iso(row.first_day), "to": _iso(row.last_day)}


def _iso(day: date | datetime | None) -> str | None:
    return None if day is None else day.isoformat()


def _print_csv(rows: Sequence[Mapping[str, Any]], by: Sequence[str]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    fields = ("value", "observed", "low", "high", "n", "unit", "pending", "reason", "reason_text")
    writer.writerow(["kpi", "definition", *by, "from", "to", *fields])
    for row in rows:
        period = row["period"] if isinstance(row["period"], dict) else {"from": row["period"], "to": row["period"]}
        group = [guarded(row["group"][name]) for name in by]
        values = ["" if row[field] is None else row[field] for field in fields]
        writer.writerow([row["kpi"], row["definition"], *group, period["from"], period["to"], *values])


def guarded(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _print_table(rows: Sequence[Mapping[str, Any]], by: Sequence[str]) -> None:
    table = Table(
        Column("kpi", no_wrap=True, min_width=max((len(row["kpi"]) for row in rows), default=0)), *by, box=None
    )
    for heading in ("value", "likely (95 %)", "n", "pending"):
        table.add_column(heading)
    for row in rows:
        group = ["–" if row["group"][name] is None else str(row["group"][name]) for name in by]
        said = row["reason_text"] if row["reason"] else _figure(row["value"], row["unit"])
        likely = (
            "" if row["low"] is None else f"{_figure(row['low'], row['unit'])} to {_figure(row['high'], row['unit'])}"
        )
        table.add_row(row["kpi"], *group, said, likely, str(row["n"]), str(row["pending"]))
    Console().print(table)


def _figure(value: float, unit: str) -> str:
    if unit == "share":
        return f"{100 * value:.1f}%"
    if unit == "seconds":
        return f"{value:.1f} s"
    return f"{value:g}" if unit in ("contacts", "alerts") else f"{value:.2f}"
