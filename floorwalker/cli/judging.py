"""Is a gap real, whose is it, and is it changing? Asked on the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from floorwalker.cli.asking import check_delta, check_measures, check_standard
from floorwalker.cli.behaviours import behaviours
from floorwalker.cli.capping import caps
from floorwalker.cli.competence import competence
from floorwalker.cli.effects import effect
from floorwalker.cli.evaluators import evaluators
from floorwalker.cli.inquiring import against, agreed_on, ask, asking, delta_of
from floorwalker.cli.remembering import run, said

if TYPE_CHECKING:
    from floorwalker.insight.written import Answer

Row = dict[str, Any]


@click.group()
def insight() -> None:
    """Fair judgement: who differs, whose a gap is, what is changing. No ranks; "cannot tell yet" is an answer."""


insight.add_command(run)
insight.add_command(said)
insight.add_command(caps)
insight.add_command(evaluators)
insight.add_command(behaviours)
insight.add_command(effect)
insight.add_command(competence)


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
    asked = ask(kpi_id, first, last, where)
    rows: list[Row] = []
    if asked.period is not None:
        from floorwalker.cli.judged import compared
        from floorwalker.insight.basis import Rules
        from floorwalker.insight.cells import read_cells
        from floorwalker.insight.comparison import compare_read

        rules = agreed_on(kpi_id, asked) if standard is None else Rules(standard)
        read = read_cells(asked.snapshot, kpi_id, asked.period, asked.where, unit)
        if read is not None:
            gap = delta_of(delta, rules.standard, read)
            found = compare_read(
                *(read, asked.snapshot, asked.period, asked.where),
                standard=rules.standard,
                of_teams=rules.of_teams,
                of_people=rules.of_people,
                delta=gap,
            )
            rows = compared(found, asked.names, unit)
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
    asked = ask(kpi_id, first, last, where)
    told: Row = {"site": None, "teams": [], "agents": []}
    if asked.period is not None:
        from floorwalker.cli.judged import causes
        from floorwalker.insight.basis import Rules
        from floorwalker.insight.cause import causes_of_read
        from floorwalker.insight.cells import read_cells
        from floorwalker.insight.comparison import compare_read
        from floorwalker.ui.judging_words import held_against

        rules = agreed_on(kpi_id, asked) if standard is None else Rules(standard)
        read = read_cells(asked.snapshot, kpi_id, asked.period, asked.where)
        if read is not None:
            of = read, asked.snapshot, asked.period, asked.where
            standard, gap = rules.standard, delta_of(delta, rules.standard, read)
            found = causes_of_read(*of, standard=standard, delta=gap)
            compared = compare_read(
                *of, standard=standard, of_teams=rules.of_teams, of_people=rules.of_people, delta=gap
            )
            told = causes(found, asked.names, compared.agents)
            if not as_json:
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
    asked = ask(kpi_id, first, last, where)
    rows: list[Row] = []
    if asked.period is not None:
        from floorwalker.cli.judged import followed
        from floorwalker.insight.trend import read_trends
        from floorwalker.ui.change_words import budget

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
    asked = ask(kpi_id, first, last, where)
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
    asked = ask(kpi_id, first, last, where)
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
    asked = ask(kpi_id, first, last, where)
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
