"""Which behaviours go with settled matters and satisfied customers? Asked on the command line."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.table import Table

from floorwalker.cli.asking import check_period, read_day, read_where
from floorwalker.cli.opening import open_home
from floorwalker.cli.terminal import COMMAND_LINE, now


@click.command()
@click.option(
    "--from", "first", metavar="DAY", help="First day of the contacts, such as 2026-03-01; all days without it."
)
@click.option("--to", "last", metavar="DAY", help="Last day, included.")
@click.option("--where", "where", multiple=True, metavar="KEY=VALUE", help="Count only these, as `kpi run` does.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def behaviours(first: str | None, last: str | None, where: tuple[str, ...], as_json: bool) -> None:
    """Say of every question of an evaluation form whether what it asks for goes with settled matters and satisfied customers.

    effect: what fully met, not unmet, goes with within one agent's contacts, in points of 100; rate: how many of those that
    are at least as clear are expected to be there by chance. Going together is not causing.
    """
    first_day, last_day = read_day(first, "--from"), read_day(last, "--to")
    check_period(first_day, last_day)
    home = open_home()

    from floorwalker.apps.evaluations.behaviours import questions_of
    from floorwalker.apps.people.audit import record
    from floorwalker.insight.behaviours import Together, read_behaviours
    from floorwalker.insight.scorecard import Period
    from floorwalker.ui import behaviour_words

    filters = read_where(where, home)
    days = {"first_day": first_day and first_day.isoformat(), "last_day": last_day and last_day.isoformat()}
    record(COMMAND_LINE, "run_insight", "figures of behaviours", now(), kpi="behaviours", where=sorted(filters), **days)
    known = home.snapshot.days("evaluation")
    found = None
    if known is not None:
        period = Period(max(known[0], first_day or known[0]), min(known[1], last_day or known[1]))
        if period.first <= period.last:
            found = read_behaviours(home.snapshot, period, filters)
    words = questions_of(one.form for one in found.behaviours) if found is not None else {}
    rows = [
        {
            "behaviour": words.get((one.form, one.code), ("", one.code))[1],
            "form": words.get((one.form, one.code), (one.form, ""))[0],
            "outcome": str(going.outcome),
            "n": going.n,
            "agents": going.agents,
            "effect": going.effect,
            "low": going.low,
            "high": going.high,
            "rate": going.rate,
            "goes": going.together is Together.GOES,
            "sentence": behaviour_words.going(going),
        }
        for one in (found.behaviours if found is not None else ())
        for going in one.going
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    if found is None:
        click.echo("nothing to say: no contact of these days was evaluated by questions")
        return
    table = Table("behaviour", "outcome", "n", "sentence", box=None)
    for row in rows:
        table.add_row(str(row["behaviour"]), str(row["outcome"]), str(row["n"]), str(row["sentence"]))
    Console().print(table)
    click.echo(behaviour_words.known(found))
    click.echo(behaviour_words.no_cause())
