"""Did an action work? Asked on the command line of a cycle, or of a file of people and days."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from floorwalker.cli.asking import check_measures, read_day
from floorwalker.cli.opening import Home, open_home
from floorwalker.cli.terminal import COMMAND_LINE, now
from floorwalker.cli.treated_file import read_agents, read_treated, unit_of_file
from floorwalker.insight.planned import SHOWN_WEEKS, WEEKS, Asked
from floorwalker.insight.rollout import Changed

if TYPE_CHECKING:
    from floorwalker.insight.reviewed import Reviewed

MOST_WEEKS = 520


@click.command()
@click.option("--cycle", type=int, metavar="ID", help="The improvement cycle whose action is judged.")
@click.option(
    "--treated",
    "treated_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Or who was treated: one a line, a name or key and, behind a comma, the first day; --start where none is"
    " given. A first line that says team, or site, lists those instead.",
)
@click.option("--kpi", "kpi_id", metavar="KPI", help="Which measure it was to move.")
@click.option("--start", "start", metavar="DAY", help="The first day of the action, such as 2026-03-02.")
@click.option("--guardrail", "guardrails", multiple=True, metavar="KPI", help="A measure that must not get worse.")
@click.option(
    "--shown",
    type=click.IntRange(0, MOST_WEEKS),
    default=None,
    metavar="WEEKS",
    help=f"How many weeks of the record whoever chose had been shown: {SHOWN_WEEKS} without it.",
)
@click.option(
    "--pool",
    "pool_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Among whom a lot decided, one a line, those treated included.",
)
@click.option(
    "--week",
    type=click.Choice([str(week) for week in WEEKS]),
    help="What that planned review found; the last one without it.",
)
@click.option(
    "--anew", "anew", is_flag=True, help="With --cycle: work it out from today's facts; what was kept stays as it is."
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print as JSON; above 0 is better, of durations shares of the figure."
)
def effect(
    cycle: int | None,
    treated_file: Path | None,
    kpi_id: str | None,
    start: str | None,
    guardrails: tuple[str, ...],
    shown: int | None,
    pool_file: Path | None,
    week: str | None,
    anew: bool,
    as_json: bool,
) -> None:
    """Say whether an action worked: what changed less what would have come back by itself and what happened to everyone.

    Judged at its planned reviews alone, 4, 8 and 12 weeks after the first day. Of a cycle what was kept at the last of them is told.
    """
    if (cycle is None) == (treated_file is None):
        raise click.UsageError("say what is judged: either --cycle ID, or --treated FILE with --kpi and --start")
    if cycle is not None and (kpi_id, start, guardrails, shown, pool_file) != (None, None, (), None, None):
        raise click.UsageError(
            "a cycle knows its measure, days and people: leave out all but --cycle, --week, --anew and --json"
        )
    if anew and cycle is None:
        raise click.UsageError("--anew belongs to --cycle: of a file nothing is kept")
    if treated_file is not None and (kpi_id is None or start is None):
        raise click.UsageError("--treated needs --kpi KPI and --start DAY")
    check_measures((*((kpi_id,) if kpi_id is not None else ()), *guardrails))
    first = read_day(start, "--start")
    home = open_home()
    held = None if week is None else int(week)
    if cycle is not None:
        found = _of_cycle(home, cycle, held, anew)
    else:
        assert treated_file is not None and kpi_id is not None and first is not None
        weeks = SHOWN_WEEKS if shown is None else shown
        asked = _of_file(home, treated_file, kpi_id, first, pool_file, guardrails)
        found = _judge(home, asked, weeks, held)
    _say(found, as_json)


def _of_cycle(home: Home, number: int, week: int | None, anew: bool) -> Reviewed:
    """What was kept of it, where something was; worked out where nothing was, or where that is asked for."""
    from floorwalker.apps.coaching.asking import review
    from floorwalker.apps.improvement.models import Cycle
    from floorwalker.insight.reviewed import from_json

    cycle = Cycle.objects.select_related("intervention").filter(pk=number).first()
    if cycle is None:
        raise click.BadParameter(f"there is no improvement cycle {number}", param_hint="--cycle")
    if cycle.intervention is None:
        raise click.BadParameter(
            f"cycle {number} has no plan yet: its action, people and first day come with the plan", param_hint="--cycle"
        )
    looks = cycle.intervention.looks.all() if week is None else cycle.intervention.looks.filter(week=week)
    kept = looks.order_by("week", "at", "pk").last()
    if kept is not None and not anew:
        _note(cycle.intervention.measure)
        return from_json(kept.found)
    complete = _complete(home, (cycle.intervention.measure, *cycle.intervention.guardrails))
    found = review(home.snapshot, cycle.intervention, complete, week)
    if found is None:
        raise click.BadParameter(
            f"the action of cycle {number} names no people, no teams, no queue and no site: nobody can be judged",
            param_hint="--cycle",
        )
    return found


def _of_file(
    home: Home, treated_file: Path, kpi_id: str, start: date, pool_file: Path | None, guardrails: tuple[str, ...]
) -> Asked | Changed:
    from floorwalker.apps.coaching.meanwhile import meanwhile, moving

    others = meanwhile(moving(kpi_id, guardrails), start)
    unit = unit_of_file(treated_file, "--treated")
    treated = read_treated(treated_file, start, home.names, "--treated", unit)
    if unit != "agent":
        if pool_file is not None:
            raise click.BadParameter(
                "a lot among teams or sites needs no pool: name their days in --treated", param_hint="--pool"
            )
        return Changed(kpi_id, unit, treated, guardrails, others.teams - frozenset(treated), others.people)
    pool = None if pool_file is None else frozenset(read_agents(pool_file, home.names, "--pool"))
    if pool is not None and not pool >= set(treated):
        missing = next(home.names.name("agent", key) for key in treated if key not in pool)
        raise click.BadParameter(
            f"{missing} was treated and is not in the pool: it lists all among whom the lot decided",
            param_hint="--pool",
        )
    people = others.people - frozenset(treated)
    return Asked(kpi_id, treated, start, guardrails, pool=pool, others=people, other_teams=others.teams)


def _judge(home: Home, asked: Asked | Changed, shown_weeks: int, week: int | None) -> Reviewed:
    from floorwalker.insight.effect import estimate_effect
    from floorwalker.insight.rollout import estimate_rollout

    complete = _complete(home, (asked.kpi, *asked.guardrails))
    if isinstance(asked, Changed):
        return estimate_rollout(home.snapshot, asked, complete, {}, week=week)
    return estimate_effect(home.snapshot, replace(asked, shown_weeks=shown_weeks), complete, {}, week=week)


def _complete(home: Home, measures: Sequence[str]) -> date:
    """Up to which day facts are complete; the trail keeps what is asked."""
    from floorwalker.insight.standing import last_complete_day
    from floorwalker.kpis.catalogue import catalogue, find_kpi

    _note(measures[0])
    complete = last_complete_day(home.snapshot, {find_kpi(one, catalogue()).table.name for one in measures}, now())
    if complete is None:
        raise click.ClickException("there are no facts yet: `floorwalker load` brings them")
    return complete


def _note(measure: str) -> None:
    from floorwalker.apps.people.audit import record

    record(COMMAND_LINE, "run_insight", "effect of an action", now(), kpi=measure)


def _say(found: Reviewed, as_json: bool) -> None:
    from floorwalker.insight.reviewed import as_json as plain
    from floorwalker.ui.effect_words import guardrail, told

    if as_json:
        click.echo(json.dumps(plain(found) | {"sentence": told(found)}, ensure_ascii=False))
        return
    click.echo(told(found))
    for one in found.guardrails:
        click.echo(guardrail(one))
