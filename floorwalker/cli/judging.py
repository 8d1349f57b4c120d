"""Is a gap real, whose is it, and is it changing? Asked on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

from floorwalker.cli.asking import check_delta, check_measures, check_period, check_standard, read_day, read_where
from floorwalker.cli.capping import caps
from floorwalker.cli.evaluators import evaluators
from floorwalker.cli.opening import open_home
from floorwalker.cli.remembering import run, said
from floorwalker.cli.terminal import COMMAND_LINE, now
from floorwalker.errors import KpiError
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.catalogue import catalogue, find_kpi

if TYPE_CHECKING:
    from floorwalker.apps.people.names import Names
    from floorwalker.facts.snapshot import Snapshot
    from floorwalker.insight.basis import Rules
    from floorwalker.insight.written import Answer

F = TypeVar("F", bound=Callable[..., Any])
Row = dict[str, Any]


@click.group()
def insight() -> None:
    """Fair judgement: who differs, whose a gap is, what is changing. No ranks; "cannot tell yet" is an answer."""


insight.add_command(run)
insight.add_command(said)
insight.add_command(caps)
insight.add_command(evaluators)


def asking(command: F) -> F:
    """The options that every question has."""
    for decorate in (
        click.option("--json", "as_json", is_flag=True, help="Print as JSON."),
        click.option(
            "--where", "where", multiple=True, metavar="KEY=VALUE", help="Count only these, as `kpi run` does."
        ),
        click.option("--to", "last", metavar="DAY", help="Last day, included."),
        click.option("--from", "first", metavar="DAY", help="First day, such as 2026-03-01; all days without it."),
        click.argument("kpi_id", metavar="KPI"),
    ):
        command = decorate(command)
    return command


def against(command: F) -> F:
    """The options of questions that hold figures against something."""
    for decorate in (
        click.option(
            "--delta",
            type=float,
            metavar="VALUE",
            help="The smallest gap that matters: of durations a share of the standard (.05), else in the measure's unit.",
        ),
        click.option(
            "--standard",
            type=float,
            metavar="VALUE",
            help="What figures are held against, in the measure's unit; the agreed target or what is usual without it.",
        ),
    ):
        command = decorate(command)
    return command


@insight.command()
@asking
@against
@click.option(
    "--by", "unit", type=click.Choice(["agent", "team"]), default="agent", show_default=True, help="Who is judged."
)
def compare(
    kpi_id: str,
    first: str | None,
    last: str | None,
    where: tuple[str, ...],
    standard: float | None,
    delta: float | None,
    as_json: bool,
    unit: str,
) -> None:
    """Say of every agent (or team) with a contact whether the figure differs from the standard by more than mix and chance."""
    check_measures((kpi_id,))
    check_standard(standard, kpi_id)
    check_delta(delta, kpi_id)
    asked = _ask(kpi_id, first, last, where)
    rows: list[Row] = []
    if asked.period is not None:
        from floorwalker.cli.judged import compared
        from floorwalker.insight.basis import Rules
        from floorwalker.insight.comparison import compare_agents

        rules = _agreed(kpi_id, asked) if standard is None else Rules(standard)
        gap = _delta(delta, kpi_id, rules.standard)
        found = compare_agents(
            *(asked.snapshot, kpi_id, asked.period, asked.where),
            standard=rules.standard,
            of_teams=rules.of_teams,
            delta=gap,
            unit=unit,
        )
        rows = [] if found is None else compared(found, asked.names, unit)
        _say_capped(found, as_json)
    _print(
        rows,
        as_json,
        ("agent", "team", "n", "verdict", "sentence") if unit == "agent" else ("team", "n", "verdict", "sentence"),
    )


@insight.command()
@asking
@against
def cause(
    kpi_id: str,
    first: str | None,
    last: str | None,
    where: tuple[str, ...],
    standard: float | None,
    delta: float | None,
    as_json: bool,
) -> None:
    """Say whose a gap is: one person's, the team's, or everybody's."""
    check_measures((kpi_id,))
    check_standard(standard, kpi_id)
    check_delta(delta, kpi_id)
    asked = _ask(kpi_id, first, last, where)
    told: Row = {"site": None, "teams": [], "agents": []}
    if asked.period is not None:
        from floorwalker.cli.judged import causes
        from floorwalker.insight.cause import read_causes
        from floorwalker.ui.judging_words import held_against

        agreed = _agreed(kpi_id, asked).standard if standard is None else standard
        gap = _delta(delta, kpi_id, agreed)
        found = read_causes(asked.snapshot, kpi_id, asked.period, asked.where, standard=agreed, delta=gap)
        told = told if found is None else causes(found, asked.names)
        if found is not None and not as_json:
            click.echo(held_against(found))
        _say_capped(found, as_json)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    _print(told["agents"], False, ("agent", "team", "primary", "sentence"))


@insight.command()
@asking
@click.option(
    "--alarms", type=float, default=3.0, show_default=True, help="False alarms a month that a leader will bear."
)
def trend(
    kpi_id: str, first: str | None, last: str | None, where: tuple[str, ...], alarms: float, as_json: bool
) -> None:
    """Say whose way of working changed, since when, beyond what everyone saw."""
    if not 0 < alarms <= 1000:
        raise click.BadParameter("a number of alarms a month above 0, up to 1000", param_hint="--alarms")
    asked = _ask(kpi_id, first, last, where)
    rows: list[Row] = []
    if asked.period is not None:
        from floorwalker.cli.judged import followed
        from floorwalker.insight.trend import read_trends
        from floorwalker.ui.judging_words import budget

        found = read_trends(asked.snapshot, kpi_id, asked.period, asked.where, alarms_a_month=alarms)
        rows = [] if found is None else followed(found, asked.names)
        if found is not None and not as_json:
            click.echo(budget(found.budget))
        _say_capped(found, as_json)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    _print([{"unit": row["unit"], **signal} for row in rows for signal in row["signals"]], False, ("unit", "sentence"))


@insight.command()
@asking
def process(kpi_id: str, first: str | None, last: str | None, where: tuple[str, ...], as_json: bool) -> None:
    """Say which kinds of contact changed for everyone in the last four weeks."""
    asked = _ask(kpi_id, first, last, where)
    rows: list[Row] = []
    if asked.period is not None:
        from floorwalker.cli.judged import changed
        from floorwalker.insight.process import read_processes

        found = read_processes(asked.snapshot, kpi_id, asked.period, asked.where)
        rows = [] if found is None else changed(found, asked.names)
        _say_capped(found, as_json)
    _print(rows, as_json, ("reason", "n", "sentence"))


@insight.command()
@asking
def resolution(kpi_id: str, first: str | None, last: str | None, where: tuple[str, ...], as_json: bool) -> None:
    """Say how many first contacts were settled, the latest ones included although their week is not over."""
    asked = _ask(kpi_id, first, last, where)
    told: Row | None = None
    if asked.period is not None:
        from floorwalker.cli.judged import resolved
        from floorwalker.insight.resolution import read_resolution

        found = read_resolution(asked.snapshot, kpi_id, asked.period, asked.where)
        told = None if found is None else resolved(found)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    elif told is not None:
        click.echo(told["sentence"])
    else:
        click.echo("cannot tell: too few customers are known, or no contact was watched for a whole week")


@insight.command()
@asking
def surveys(kpi_id: str, first: str | None, last: str | None, where: tuple[str, ...], as_json: bool) -> None:
    """Say how many answered, and what a figure of surveys may be among all who were asked."""
    asked = _ask(kpi_id, first, last, where)
    told: Row | None = None
    if asked.period is not None:
        from floorwalker.cli.judged import heard
        from floorwalker.insight.nonresponse import read_heard

        found = read_heard(asked.snapshot, (kpi_id,), asked.period, asked.where).get(kpi_id)
        told = None if found is None else heard(found)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    elif told is not None:
        click.echo(f"{told['figure']} {told['sentence']}")
    else:
        click.echo("cannot tell: there are too few answers in these days")


def _say_capped(found: Answer | None, as_json: bool) -> None:
    """What very long contacts counted as, for people to read."""
    from floorwalker.ui.judging_words import capped

    if found is not None and found.capped is not None and not as_json:
        click.echo(capped(found.capped))


@dataclass(frozen=True)
class _Asked:
    """What was asked, and of which facts; period: None where there are none in these days."""

    snapshot: Snapshot
    names: Names
    period: Period | None
    where: Where


def _ask(kpi_id: str, first: str | None, last: str | None, where: Sequence[str]) -> _Asked:
    """Open the installation and check the question; the trail keeps it."""
    first_day, last_day = read_day(first, "--from"), read_day(last, "--to")
    check_measures((kpi_id,))
    check_period(first_day, last_day)
    home = open_home()

    from floorwalker.apps.people.audit import record

    filters = read_where(where, home)
    days = {"first_day": first_day and first_day.isoformat(), "last_day": last_day and last_day.isoformat()}
    record(COMMAND_LINE, "run_insight", "figures of agents", now(), kpi=kpi_id, where=sorted(filters), **days)
    period, known = None, home.snapshot.days(find_kpi(kpi_id, catalogue()).table.name)
    if known is not None:
        begin, end = max(known[0], first_day or known[0]), min(known[1], last_day or known[1])
        period = Period(begin, end) if begin <= end else None
    return _Asked(home.snapshot, home.names, period, filters)


def _agreed(kpi_id: str, asked: _Asked) -> Rules:
    """What pages hold figures against on the period's last day: the agreed target, and those of teams that have another.

    Of a band it is the bound on the worse side. Figures of one queue, or of one channel, are held against its own.
    """
    from floorwalker.apps.people.models import Queue
    from floorwalker.apps.standards.holding import Agreed
    from floorwalker.insight.basis import Rules

    assert asked.period is not None
    queues, channels = (asked.where.get(name, ()) for name in ("queue", "channel"))
    queue = Queue.objects.filter(key=queues[0]).first() if len(queues) == 1 else None
    held = Agreed.read(asked.period, queue=queue, channel=str(channels[0]) if len(channels) == 1 else "")
    centre = held.of_centre().get(kpi_id)
    return Rules(None if centre is None else centre.standard, held.standards_of_teams(kpi_id))


def _delta(given: float | None, kpi_id: str, standard: float | None) -> float | None:
    """The smallest gap: of durations a share of the standard; a whole number of seconds is turned into one."""
    if given is None:
        return None
    if find_kpi(kpi_id, catalogue()).unit != "seconds" or given < 1:
        return given
    if standard is None:
        raise KpiError(
            "a gap in seconds needs a standard",
            found=f"--delta {given:g}",
            mend="add --standard, or give a share such as .05",
        )
    return given / standard


def _print(rows: Sequence[Mapping[str, Any]], as_json: bool, columns: Sequence[str]) -> None:
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, default=str))
        return
    table = Table(*columns, box=None)
    for row in rows:
        table.add_row(*("–" if row[name] is None else str(row[name]) for name in columns))
    Console().print(table)
    if not rows:
        click.echo("nothing to say: no agent has such a contact in these days")
