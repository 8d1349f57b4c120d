"""How are API tokens made, listed and ended on the command line?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from floorwalker.cli.near import near_or_all
from floorwalker.cli.opening import open_home
from floorwalker.cli.terminal import COMMAND_LINE, now

if TYPE_CHECKING:
    from floorwalker.apps.people.models import User

AREAS = ("figures", "people", "roles", "targets", "data", "notices", "audit")
USUAL_DAYS = 90


@click.group()
def token() -> None:
    """API tokens: by which programs ask in somebody's place."""


@token.command("create")
@click.argument("name")
@click.option("--user", "username", required=True, help="In whose place the program asks.")
@click.option("--area", "areas", multiple=True, type=click.Choice(AREAS), help="What it is for; all areas without it.")
@click.option("--write", "may_write", is_flag=True, help="It may change something too.")
@click.option("--until", help=f"Last day, such as 2027-01-31, within a year; {USUAL_DAYS} days from now without it.")
def create(name: str, username: str, areas: tuple[str, ...], may_write: bool, until: str | None) -> None:
    """Make a token and print it, once."""
    at = now()
    last = (at + timedelta(days=USUAL_DAYS)).date() if until is None else _day(until)
    open_home()
    from floorwalker.apps.notices.actions import create_token

    _made, text = create_token(
        name,
        areas or AREAS,
        may_write=may_write,
        expires_at=datetime.combine(last + timedelta(days=1), time(), tzinfo=UTC),
        owner=_user(username),
        by=COMMAND_LINE,
        at=at,
    )
    click.echo(text)
    click.echo("this is shown once: put it where the program finds it, and nowhere else", err=True)


@token.command("list")
@click.option("--user", "username", help="Only this user's.")
def list_tokens(username: str | None) -> None:
    """List tokens with what they are for and their last use."""
    open_home()
    from floorwalker.apps.notices.models import Token

    found = Token.objects.select_related("user")
    if username is not None:
        found = found.filter(user=_user(username))
    table = Table("token", "name", "user", "may", "areas", "last used", "until", box=None)
    at = now()
    for row in found:
        state = f"{row.last_day}" if row.is_live(at) else "ended" if row.ended_at else "expired"
        used = f"{row.last_used_at:%Y-%m-%d %H:%M}" if row.last_used_at else "never"
        may = "write" if row.may_write else "read"
        table.add_row(row.beginning, row.name, row.user.username, may, ", ".join(row.areas), used, state)
    Console().print(table)


@token.command("end")
@click.argument("beginning", metavar="TOKEN")
def end(beginning: str) -> None:
    """End a token at once; TOKEN is its beginning as `token list` prints it."""
    open_home()
    from floorwalker.apps.notices.actions import end_token
    from floorwalker.apps.notices.models import Token

    found = Token.objects.filter(beginning=beginning.removeprefix("fw_").partition("_")[0]).first()
    if found is None:
        known = Token.objects.values_list("beginning", flat=True)
        raise click.UsageError(f"there is no token {beginning!r}{near_or_all(beginning, known)}")
    end_token(found, by=COMMAND_LINE, at=now())
    click.echo(f"ended: {found}")


def _user(username: str) -> User:
    from floorwalker.apps.people.models import User

    found = User.objects.filter(username=username).first()
    if found is None:
        known = User.objects.values_list("username", flat=True)
        raise click.UsageError(f"there is no user {username!r}{near_or_all(username, known)}")
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a day such as 2027-01-31", param_hint="--until") from error
