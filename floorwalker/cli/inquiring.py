"""Of which facts, days and people does a question of judgement ask, and what are figures held against?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from floorwalker.cli.asking import check_measures, check_period, read_day, read_where
from floorwalker.cli.opening import open_home
from floorwalker.cli.terminal import COMMAND_LINE, now
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.catalogue import catalogue, find_kpi

if TYPE_CHECKING:
    from floorwalker.apps.people.names import Names
    from floorwalker.facts.snapshot import Snapshot
    from floorwalker.insight.basis import Rules
    from floorwalker.insight.cells import AgentCells

F = TypeVar("F", bound=Callable[..., Any])


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
            help="The smallest gap that matters, in the measure's unit. Of durations below 1 a share of the standard (.05), from"
            " 1 on seconds; without a standard of what all took on average.",
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


@dataclass(frozen=True)
class Asked:
    """What was asked, and of which facts; period: None where there are none in these days."""

    snapshot: Snapshot
    names: Names
    period: Period | None
    where: Where


def ask(kpi_id: str, first: str | None, last: str | None, where: Sequence[str]) -> Asked:
    """Open the installation and check the question; the trail keeps it."""
    first_day, last_day = read_day(first, "--from"), read_day(last, "--to")
    check_measures((kpi_id,))
    check_period(first_day, last_day)
    home = open_home()

    from floorwalker.apps.people.audit import record
    from floorwalker.cli.records import note_opened

    filters = read_where(where, home)
    days = {"first_day": first_day and first_day.isoformat(), "last_day": last_day and last_day.isoformat()}
    record(COMMAND_LINE, "run_insight", "figures of agents", now(), kpi=kpi_id, where=sorted(filters), **days)
    period, known = None, home.snapshot.days(find_kpi(kpi_id, catalogue()).table.name)
    if known is not None:
        begin, end = max(known[0], first_day or known[0]), min(known[1], last_day or known[1])
        period = Period(begin, end) if begin <= end else None
        note_opened(home.snapshot, (kpi_id,), begin, filters.get("agent"))
    return Asked(home.snapshot, home.names, period, filters)


def agreed_on(kpi_id: str, asked: Asked) -> Rules:
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
    standard = None if centre is None else centre.standard
    return Rules(standard, held.standards_of_teams(kpi_id), held.standards_of_people(kpi_id))


def delta_of(given: float | None, standard: float | None, read: AgentCells) -> float | None:
    """The smallest gap: of durations a share of what they are held against; from 1 on these are seconds of it.

    Without a standard they are seconds of what all took on average in these days.
    """
    if given is None or read.kpi.unit != "seconds" or given < 1:
        return given
    return given / (read.usual if standard is None else standard)
