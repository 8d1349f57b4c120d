"""What did the product say about somebody, on which day and from which figures? And: let it judge the floor now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from floorwalker.cli.asking import check_measures, read_day
from floorwalker.cli.opening import Home, open_home
from floorwalker.cli.terminal import COMMAND_LINE, now, progress_bar

if TYPE_CHECKING:
    from floorwalker.apps.people.names import Names
    from floorwalker.insight.remembered import Told
    from floorwalker.jobs.judging import Judgement

Row = dict[str, Any]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def run(as_json: bool) -> None:
    """Judge the floor now, as the worker does every night, and keep what is said.

    Only what rests on other facts, targets or methods than before is judged again.
    """
    home = open_home()

    from floorwalker.apps.people.audit import record
    from floorwalker.cli.opening import publish_names
    from floorwalker.jobs.judging import judge_floor

    publish_names(home)
    with progress_bar("judging the floor") as progress:
        found = judge_floor(home.lake, progress=progress)
    rows = [_ran(one) for one in found]
    kept = sum(row["outcome"] == "said" for row in rows)
    record(COMMAND_LINE, "judged_floor", "figures of agents", now(), questions=len(rows), said=kept)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    _print(rows, ("kpi", "method", "first_day", "last_day", "outcome", "subjects", "seconds"))
    click.echo(f"{len(rows)} questions in {sum(one.seconds for one in found):.1f} s, {kept} answered anew")


def _ran(one: Judgement) -> Row:
    period = one.question.period
    return {
        "kpi": one.question.kpi.id,
        "method": str(one.question.method),
        "first_day": period.first.isoformat(),
        "last_day": period.last.isoformat(),
        "outcome": str(one.outcome),
        "subjects": one.subjects,
        "seconds": round(one.seconds, 2),
    }


@click.command()
@click.option("--agent", "agent", required=True, metavar="NAME", help="Of whom.")
@click.option("--kpi", "kpi_id", metavar="KPI", help="In this measure alone.")
@click.option(
    "--on",
    "--as-of",
    "on",
    metavar="DAY",
    help="What had been said last by the end of that day, or by an instant such as 2026-03-09T14:00+00:00; until now without it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, with every figure.")
def said(agent: str, kpi_id: str | None, on: str | None, as_json: bool) -> None:
    """Say what was said about a person, by which method and version, from which figures.

    Of somebody who was found to be two in the data: what was said of either.
    """
    until = _read_until(on)
    if kpi_id is not None:
        check_measures((kpi_id,))
    home = open_home()

    from floorwalker.apps.people.audit import record
    from floorwalker.apps.people.models import Agent
    from floorwalker.insight.remembered import said_of

    (key,) = home.names.keys("agent", agent)
    person = Agent.objects.get(key=key)
    record(COMMAND_LINE, "read_statements", person, now(), kpi=kpi_id, on=until and until.isoformat())
    as_of = until if until is None or isinstance(until, datetime) else _end_of(until)
    found = said_of(home.snapshot, person.keys_of_person(), kpi_id=kpi_id, as_of=as_of)
    _note_opened(home, found, key)
    rows = [row for told in found for row in _said(told, home.names)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, default=str))
        return
    # Whoever was found to be two in the data is told apart by the names of these.
    who = ("agent",) if len({told.agent for told in found}) > 1 else ()
    _print(rows, (*who, "kpi", "method", "first_day", "last_day", "said_at", "sentence"))
    if not rows:
        click.echo("nothing was said: `floorwalker insight run` judges the floor now, the worker does so every night")


def _note_opened(home: Home, found: Sequence[Told], key: bytes) -> None:
    from floorwalker.cli.records import note_opened

    first: dict[str, date] = {}
    for told in found:
        first[told.stamp.kpi] = min(told.stamp.period.first, first.get(told.stamp.kpi, told.stamp.period.first))
    for kpi, day in first.items():
        note_opened(home.snapshot, (kpi,), day, (key,))


def _read_until(text: str | None) -> date | datetime | None:
    """A day, or an instant with its offset from UTC."""
    if text is None or "T" not in text.upper():
        return read_day(text, "--on")
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None or not 1900 <= instant.year <= 2200:
        raise click.BadParameter(f"{text!r} is not an instant such as 2026-03-09T14:00+00:00", param_hint="--on")
    return instant


def _end_of(day: date) -> datetime:
    """The day's last instant, wherever the centre's sites are."""
    from zoneinfo import ZoneInfo

    from floorwalker.apps.people.models import Site

    zones = [ZoneInfo(name) for name in {"UTC", *Site.objects.values_list("timezone", flat=True)}]
    return max(datetime.combine(day + timedelta(days=1), time(), zone) for zone in zones) - timedelta(microseconds=1)


def _said(told: Told, names: Names) -> Iterator[Row]:
    stamp = told.stamp
    common = {
        "kpi": stamp.kpi,
        "method": str(stamp.method),
        "first_day": stamp.period.first.isoformat(),
        "last_day": stamp.period.last.isoformat(),
        "said_at": stamp.said_at.isoformat(timespec="seconds"),
        "method_version": stamp.method_version,
        "kpi_version": stamp.kpi_version,
        "basis": stamp.basis,
    }
    for row in _figures(told, names):
        yield {**common, **row}


def _figures(told: Told, names: Names) -> Iterator[Row]:
    """What the answer says of the one person, as the other commands of `insight` print it."""
    from floorwalker.cli import judged
    from floorwalker.insight.cause import Causes
    from floorwalker.insight.comparison import Comparison
    from floorwalker.insight.trend import Trends
    from floorwalker.ui import change_words

    found = told.answer
    if isinstance(found, Comparison):
        own = {"standard": found.agents[0].standard, "delta": found.delta, "lacks": found.agents[0].lacks}
        yield judged.compared(found, names)[0] | own
    elif isinstance(found, Causes):
        beside = () if told.beside is None else (told.beside,)
        yield judged.causes(found, names, beside)["agents"][0] | {"standard": found.standard, "delta": found.delta}
    elif isinstance(found, Trends):
        (unit,) = judged.followed(found, names)
        unit |= {"agent": unit["unit"], "agent_key": unit["unit_key"]}
        signals = unit.pop("signals") or [{"sentence": change_words.steady()}]
        yield from ({**unit, **signal} for signal in signals)


def _print(rows: list[Row], columns: tuple[str, ...]) -> None:
    table = Table(*columns, box=None)
    for row in rows:
        table.add_row(*("–" if row[name] is None else str(row[name]) for name in columns))
    Console().print(table)
