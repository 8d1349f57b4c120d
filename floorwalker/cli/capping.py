"""Beyond which length does a contact of each kind count no further in judgements, since when, and from what was it learnt?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from floorwalker.cli.asking import check_measures
from floorwalker.cli.opening import open_home

if TYPE_CHECKING:
    from floorwalker.apps.people.names import Names

Row = dict[str, Any]
COLUMNS = ("kpi", "queue", "channel", "reason", "cap", "from_day", "to_day", "contacts", "learnt_from")


@click.command()
@click.option("--kpi", "kpi_id", metavar="KPI", help="Of this measure alone.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, caps in seconds.")
def caps(kpi_id: str | None, as_json: bool) -> None:
    """Say beyond which length contacts count no further in judgements, by kind of contact.

    Learnt from the centre's own last eight weeks, and looked at again with each quarter of the year.
    """
    if kpi_id is not None:
        check_measures((kpi_id,))
    home = open_home()

    from floorwalker.jobs.capping import read_caps

    found = [_told(row, home.names) for row in read_caps(home.snapshot) if kpi_id in (None, row["kpi"])]
    rows = sorted(
        found, key=lambda row: [str(row[name] or "") for name in ("kpi", "queue", "channel", "reason", "from_day")]
    )
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    _print(rows)


def _told(row: Mapping[str, Any], names: Names) -> Row:
    days = {name: row[name] and row[name].isoformat() for name in ("from_day", "to_day")}
    return {
        "kpi": row["kpi"],
        "kpi_version": row["kpi_version"],
        "queue": None if row["queue_key"] is None else names.name("queue", row["queue_key"]),
        "channel": row["channel"],
        "reason": row["reason"],
        "cap": row["value"],
        **days,
        "contacts": row["contacts"],
        "learnt_from": f"{row['first_day']} to {row['last_day']}",
        "looked_on": row["looked_on"].isoformat(),
    }


def _print(rows: list[Row]) -> None:
    from floorwalker.ui.words import figure

    table = Table(*COLUMNS, box=None)
    for row in rows:
        shown = {**row, "cap": figure(row["cap"], "seconds")}
        table.add_row(*("–" if shown[name] is None else str(shown[name]) for name in COLUMNS))
    Console().print(table)
    if not rows:
        click.echo(
            "nothing is capped yet: four complete weeks of contacts are needed, and a run of `floorwalker insight run`"
        )
