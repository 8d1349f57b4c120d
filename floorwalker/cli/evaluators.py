"""How severe are evaluators, and do they agree? Asked on the command line."""

from __future__ import annotations

import json
import math
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from floorwalker.cli.asking import check_period, read_day, read_where
from floorwalker.cli.opening import open_home
from floorwalker.cli.terminal import COMMAND_LINE, now

MOST_POINTS = 100.0


@click.command()
@click.option(
    "--from", "first", metavar="DAY", help="First day of the contacts, such as 2026-03-01; all days without it."
)
@click.option("--to", "last", metavar="DAY", help="Last day, included.")
@click.option("--where", "where", multiple=True, metavar="KEY=VALUE", help="Count only these, as `kpi run` does.")
@click.option("--delta", type=float, metavar="POINTS", help="Points of 100 by which an evaluator may differ (3).")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def evaluators(first: str | None, last: str | None, where: tuple[str, ...], delta: float | None, as_json: bool) -> None:
    """Say of every evaluator how severe she is, in points of 100, and whether evaluators agree.

    severity is above 0 for whoever scores harsher than the panel; agreement is Krippendorff's alpha with the others, on
    contacts that both scored.
    """
    if delta is not None and not 0 < delta <= MOST_POINTS:
        raise click.BadParameter("points above 0, up to 100", param_hint="--delta")
    first_day, last_day = read_day(first, "--from"), read_day(last, "--to")
    check_period(first_day, last_day)
    home = open_home()

    from floorwalker.apps.people.audit import record
    from floorwalker.insight.evaluators import DELTA, judge_evaluators
    from floorwalker.insight.scorecard import Period
    from floorwalker.ui import evaluator_words

    filters = read_where(where, home)
    days = {"first_day": first_day and first_day.isoformat(), "last_day": last_day and last_day.isoformat()}
    record(COMMAND_LINE, "run_insight", "figures of evaluators", now(), kpi="evaluators", where=sorted(filters), **days)
    known = home.snapshot.days("evaluation")
    panel = None
    if known is not None:
        period = Period(max(known[0], first_day or known[0]), min(known[1], last_day or known[1]))
        if period.first <= period.last:
            panel = judge_evaluators(home.snapshot, period, filters, delta=delta or DELTA)
    rows: list[dict[str, Any]] = []
    for one in panel.evaluators if panel is not None else ():
        alpha = one.agreement.alpha
        rows.append(
            {
                "evaluator": home.names.name("evaluator", one.key),
                "n": one.n,
                "severity": one.severity,
                "low": one.low,
                "high": one.high,
                "flagged": one.flagged,
                "agreement": alpha if math.isfinite(alpha) else None,
                "sentence": evaluator_words.severity(one, panel.delta if panel is not None else DELTA),
            }
        )
    rows.sort(key=lambda row: str(row["evaluator"]))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    if panel is None:
        click.echo("nothing to say: nobody evaluated a contact of these days")
        return
    table = Table("evaluator", "n", "sentence", box=None)
    for row in rows:
        table.add_row(str(row["evaluator"]), str(row["n"]), row["sentence"])
    Console().print(table)
    click.echo(evaluator_words.agreement(panel.agreement))
    click.echo(evaluator_words.needed(panel))
