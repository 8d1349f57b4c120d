"""Is a gap real, whose is it, and is it changing? Asked on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

from floorwalker.cli.asking import check_measures, check_period, read_day, read_where
from floorwalker.cli.opening import Home, open_home
from floorwalker.cli.terminal import COMMAND_LINE, now
from floorwalker.errors import KpiError
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.catalogue import catalogue, find_kpi

F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def insight() -> None:
    """Fair judgement: who differs, whose a gap is, what is changing. No ranks; "cannot tell yet" is an answer."""


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
def compare(
    kpi_id: str,
    first: str | None,
    last: str | None,
    where: tuple[str, ...],
    standard: float | None,
    delta: float | None,
    as_json: bool,
) -> None:
    """Say of every agent with a contact whether the figure differs from the standard by more than mix and chance."""
    from floorwalker.insight.comparison import compare_agents

    home, period, filters = _asked(kpi_id, first, last, where)

    from floorwalker.ui import judging_words as words

    found = None
    if period is not None:
        agreed = standard if standard is not None else _agreed(kpi_id, period)
        found = compare_agents(
            home.snapshot, kpi_id, period, filters, standard=agreed, delta=_delta(delta, kpi_id, agreed)
        )
    rows = (
        []
        if found is None
        else [
            {
                "agent": home.names.name("agent", one.agent),
                "team": home.names.name("team", one.team),
                "n": one.n,
                "raw": one.raw,
                "adjusted": one.adjusted,
                "low": one.low,
                "high": one.high,
                "reliability": one.reliability,
                "probability_below": one.probability_below,
                "flagged": one.flagged,
                "verdict": str(one.verdict),
                "sentence": words.compared(one, found),
            }
            for one in found.agents
        ]
    )
    rows.sort(key=lambda row: str(row["agent"]))
    _print(rows, as_json, ("agent", "team", "n", "verdict", "sentence"))


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
    from floorwalker.insight.cause import read_causes

    home, period, filters = _asked(kpi_id, first, last, where)

    from floorwalker.ui import judging_words as words

    found = None
    if period is not None:
        gap = _delta(delta, kpi_id, standard)
        found = read_causes(home.snapshot, kpi_id, period, filters, standard=standard, delta=gap)
    if found is None:
        told: dict[str, Any] = {"site": None, "teams": [], "agents": []}
    else:
        told = {
            "standard": found.standard,
            "site": None if found.site is None else _share(found.site),
            "teams": [{"team": home.names.name("team", one.key), **_share(one)} for one in found.teams],
            "agents": [
                {
                    "agent": home.names.name("agent", one.agent),
                    "team": home.names.name("team", one.team),
                    "n": one.n,
                    "primary": str(one.primary),
                    "p_system": one.p_system,
                    "p_team": one.p_team,
                    "p_personal": one.p_personal,
                    "waterfall": asdict(one.waterfall) | {"gap": one.waterfall.gap},
                    "sentence": words.cause(one),
                }
                for one in found.agents
            ]
            + [_unplaced(home.names.name("agent", key)) for key, _lack in found.unplaced],
        }
        told["agents"].sort(key=lambda row: str(row["agent"]))
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    if found is not None:
        click.echo(words.held_against(found))
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
    from floorwalker.insight.trend import read_trends

    if not 0 < alarms <= 1000:
        raise click.BadParameter("a number of alarms a month above 0, up to 1000", param_hint="--alarms")
    home, period, filters = _asked(kpi_id, first, last, where)

    from floorwalker.ui import judging_words as words

    found = None if period is None else read_trends(home.snapshot, kpi_id, period, filters, alarms_a_month=alarms)
    unit = find_kpi(kpi_id, catalogue()).unit
    rows: list[dict[str, Any]] = (
        []
        if found is None
        else [
            {
                "unit": home.names.name(str(one.kind), one.key),
                "kind": str(one.kind),
                "signals": [
                    {
                        "from": drift.began.isoformat(),
                        "detected": drift.detected.isoformat(),
                        "direction": "up" if drift.up else "down",
                        "worse": drift.worse,
                        "size": drift.size,
                        "sentence": words.drifted(drift, unit),
                    }
                    for drift in one.drifts
                ],
                "alarm_budget": found.budget,
            }
            for one in found.units
        ]
    )
    rows.sort(key=lambda row: (str(row["kind"]), str(row["unit"])))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    if found is not None:
        click.echo(words.budget(found.budget))
    spoken = [{"unit": row["unit"], **signal} for row in rows for signal in row["signals"]]
    _print(spoken, False, ("unit", "sentence"))


@insight.command()
@asking
def process(kpi_id: str, first: str | None, last: str | None, where: tuple[str, ...], as_json: bool) -> None:
    """Say which kinds of contact changed for everyone in the last four weeks."""
    from floorwalker.insight.process import read_processes

    home, period, filters = _asked(kpi_id, first, last, where)

    from floorwalker.ui import judging_words as words

    found = None if period is None else read_processes(home.snapshot, kpi_id, period, filters)
    rows = (
        []
        if found is None
        else [
            {
                "reason": home.names.name("queue", one.kind) if isinstance(one.kind, bytes) else one.kind,
                "change": one.change,
                "low": one.low,
                "high": one.high,
                "flagged": one.flagged,
                "n": one.n,
                "sentence": words.changed(one, found),
            }
            for one in found.kinds
        ]
    )
    _print(rows, as_json, ("reason", "n", "sentence"))


def _asked(kpi_id: str, first: str | None, last: str | None, where: Sequence[str]) -> tuple[Home, Period | None, Where]:
    """The installation, the days that were asked as far as there are facts, and the filter; the trail keeps the question."""
    first_day, last_day = read_day(first, "--from"), read_day(last, "--to")
    check_measures((kpi_id,))
    check_period(first_day, last_day)
    home = open_home()

    from floorwalker.apps.people.audit import record

    filters = read_where(where, home)
    days = {"first_day": first_day and first_day.isoformat(), "last_day": last_day and last_day.isoformat()}
    record(COMMAND_LINE, "run_insight", "figures of agents", now(), kpi=kpi_id, where=sorted(filters), **days)
    known = home.snapshot.days(find_kpi(kpi_id, catalogue()).table.name)
    if known is None:
        return home, None, filters
    begin, end = max(known[0], first_day or known[0]), min(known[1], last_day or known[1])
    return home, Period(begin, end) if begin <= end else None, filters


def _agreed(kpi_id: str, period: Period) -> float | None:
    """The centre's agreed target of the period's last day, where it is one value."""
    from floorwalker.apps.standards.models import Target

    rows = Target.objects.of_place(kpi_id, ("centre", 0)).begun(period.last)
    held = [row for row in rows if row.holds_on(period.last) and row.value is not None]
    return held[0].value if held else None


def _delta(given: float | None, kpi_id: str, standard: float | None) -> float | None:
    """The smallest gap: of durations a share of the standard; a whole number of seconds is turned into one."""
    if given is None:
        return None
    if given <= 0:
        raise click.BadParameter("a gap above 0", param_hint="--delta")
    if find_kpi(kpi_id, catalogue()).unit != "seconds" or given < 1:
        return given
    if standard is None:
        raise KpiError(
            "a gap in seconds needs a standard",
            found=f"--delta {given:g}",
            mend="add --standard, or give a share such as .05",
        )
    return given / standard


def _share(one: Any) -> dict[str, float]:
    return {"gap": one.gap, "low": one.low, "high": one.high, "probability": one.probability}


def _unplaced(name: str | None) -> dict[str, Any]:
    from floorwalker.stats.levels import Cause

    nothing = dict.fromkeys(("p_system", "p_team", "p_personal", "waterfall"))
    return {"agent": name, "team": None, "n": None, "primary": str(Cause.NOT_ENOUGH_DATA), **nothing, "sentence": ""}


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
