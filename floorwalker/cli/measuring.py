"""What do the facts say about a KPI, asked on the command line?"""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.table import Table

from floorwalker.apps.dashboards.plain import ask
from floorwalker.cli.asking import (
    check_attributes,
    check_dimensions,
    check_measures,
    check_period,
    read_day,
    read_numbers,
    read_where,
)
from floorwalker.cli.opening import Home, open_home
from floorwalker.cli.telling import print_csv, print_table
from floorwalker.cli.terminal import COMMAND_LINE, now
from floorwalker.kpis.catalogue import catalogue, find_kpi, formula
from floorwalker.kpis.dimensions import DIMENSIONS
from floorwalker.kpis.query import KpiQuery

# Whoever asks by this asks about people.
PERSON = "agent"


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
    check_measures([kpi_id])
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
    first_day, last_day = read_day(first, "--from"), read_day(last, "--to")
    check_measures(kpi_ids)
    check_period(first_day, last_day)
    check_dimensions(by, "--by")
    home = open_home()
    query = KpiQuery(
        kpis=kpi_ids,
        first_day=first_day,
        last_day=last_day,
        by=by,
        where=read_where(where, home),
        parameters=read_numbers(parameters),
    )
    check_attributes([*by, *query.where], query, home)
    _note_question(query, home)
    rows = ask(query, home.snapshot, home.names)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    elif as_csv:
        print_csv(rows, by)
    else:
        print_table(rows, by)


def _note_question(query: KpiQuery, home: Home) -> None:
    """Figures of single people are asked for: the trail keeps the question, and of whom only that somebody was named."""
    if PERSON not in query.by and PERSON not in query.where:
        return
    from floorwalker.apps.people.audit import record
    from floorwalker.cli.records import note_opened

    note_opened(home.snapshot, query.kpis, query.first_day, query.where.get(PERSON))

    asked = {"kpis": list(query.kpis), "split_by": list(query.by), "where": sorted(query.where)}
    days = {
        "first_day": query.first_day and query.first_day.isoformat(),
        "last_day": query.last_day and query.last_day.isoformat(),
    }
    record(COMMAND_LINE, "run_kpi", "figures of agents", now(), **asked, **days)
