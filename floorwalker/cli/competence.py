"""After how many weeks do starters do what established colleagues do? Asked on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from floorwalker.cli.inquiring import ask, asking

if TYPE_CHECKING:
    from floorwalker.insight.competence import Speed

Row = dict[str, Any]
NO_DATA = "cannot tell: no agent has such a contact in these days"


@click.command()
@asking
@click.option("--team", "teams", multiple=True, metavar="NAME", help="Of those alone who began in this team.")
def competence(
    kpi_id: str, first: str | None, last: str | None, where: tuple[str, ...], teams: tuple[str, ...], as_json: bool
) -> None:
    """Say after how many weeks those who began in these days do what established colleagues do at the same work.

    They are told together, never one by one. With --where queue=NAME of those who were new to that queue.
    """
    asked = ask(kpi_id, first, last, (*where, *(f"team={name}" for name in teams)))
    if "agent" in asked.where:
        raise click.BadParameter("nobody is told alone: leave out agent=", param_hint="--where")
    told: Row | None = None
    if asked.period is not None:
        from floorwalker.insight.competence import read_competence

        others = {name: values for name, values in asked.where.items() if name != "team"}
        chosen = frozenset(key for key in asked.where.get("team", ()) if isinstance(key, bytes))
        told = row_of(
            read_competence(asked.snapshot, kpi_id, asked.period, others, chosen if "team" in asked.where else None)
        )
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        click.echo(NO_DATA if told is None else f"{told['sentence']} {told['rests']}")


def row_of(said: Speed) -> Row:
    """What is told, for programs; null where it is not known."""
    from floorwalker.charts.competence import weeks_of
    from floorwalker.ui import competence_words as words

    one = said.found
    return {
        "from": said.period.first.isoformat(),
        "to": said.period.last.isoformat(),
        "began": said.began,
        "followed": said.followed,
        "established": said.established,
        "band": said.band,
        "held_weeks": said.held,
        **said.known_weeks,
        "reason": None if said.lack is None else str(said.lack),
        "weeks": [] if one is None else [vars(week) for week in weeks_of(one)],
        "sentence": words.found(said),
        "rests": words.rests(said),
    }
