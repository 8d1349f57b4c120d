"""How is Floorwalker set up and kept running from the command line?"""

from __future__ import annotations

import socket
import zoneinfo
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

import click
import phonenumbers

from floorwalker.cli.near import did_you_mean
from floorwalker.cli.opening import machine_zone, open_home, publish_names
from floorwalker.cli.terminal import COMMAND_LINE, now
from floorwalker.errors import ConfigError

if TYPE_CHECKING:
    from floorwalker.apps.people.models import User

KEEP_ALIVE_SECONDS = 75
PORT = 8000
ROLES = (
    *(
        "agent",
        "team_leader",
        "quality_analyst",
        "operations_manager",
        "process_owner",
        "assessor",
        "internal_verifier",
    ),
    *("privacy_officer", "administrator"),
)
UNSEEN = " (agents and teams are known from the first load that names them)"
LARGEST_PORT = 65_535

# A zone's name is long: much of it is like many others.
ALIKE = 0.7

if TYPE_CHECKING:
    from django.db.models import Model

M = TypeVar("M", bound="Model")


def address(port: int) -> str:
    """Where the pages are."""
    return f"http://127.0.0.1:{port}"


@click.command()
@click.option("--site", "site_code", help="The site that the first data is of.")
@click.option("--timezone", "zone", help="Its time zone, such as Europe/London.")
@click.option("--country", default="", help="Its country, such as GB: how telephone numbers are read there.")
@click.option(
    "--port",
    type=click.IntRange(1, LARGEST_PORT),
    default=PORT,
    show_default=True,
    help="The port that `serve` will use.",
)
def init(site_code: str | None, zone: str | None, country: str, port: int) -> None:
    """Prepare an empty home, set up a site, and print a one-time link for the first administrator."""
    if site_code is None and (zone or country):
        raise click.UsageError("--timezone and --country are a site's: name it with --site")
    if zone and zone not in zoneinfo.available_timezones():
        raise click.BadParameter(
            f"{zone!r} is not a time zone such as Europe/London{did_you_mean(zone, zoneinfo.available_timezones(), ALIKE)}",
            param_hint="--timezone",
        )
    if country and country.upper() not in phonenumbers.SUPPORTED_REGIONS:
        raise click.BadParameter(f"{country!r} is not a country by its two letters, such as GB", param_hint="--country")
    home = open_home()
    from floorwalker.apps.people import actions
    from floorwalker.apps.people.models import Site, User

    if site_code is not None:
        there = Site.objects.filter(code=site_code).first()
        zone = zone or (machine_zone() if there is None else there.timezone)
        site = actions.found_site(site_code, zone, country.upper(), by=COMMAND_LINE, at=now())
        publish_names(home)
        click.echo(f"site {site.code}, {site.timezone}")
    admin = User.objects.filter(username="admin").first()
    if admin is not None and admin.has_usable_password():
        click.echo("the first administrator has a password already; `floorwalker user add` adds others")
        return
    admin = admin or _first_administrator()
    click.echo(
        f"user name: {admin.username}\nchoose its password, once, within a week (with `floorwalker serve` running):"
    )
    click.echo(_invitation(admin, port))


def _first_administrator() -> User:
    """Whoever sets a centre up sees its figures too, until the roles are given to others: the page for that is People."""
    from floorwalker.apps.people import actions
    from floorwalker.apps.people.second_factors import LEADERS_AND_UP, require_second_factor

    admin = actions.add_user("admin", "administrator", by=COMMAND_LINE, at=now())
    actions.grant_role(admin, "operations_manager", from_day=None, by=admin, at=now())
    require_second_factor(LEADERS_AND_UP, by=COMMAND_LINE, at=now())
    return admin


@click.group()
def user() -> None:
    """People who may log in."""


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What this person does.")
@click.option("--team", "team_name", help="The team that a team leader leads.")
@click.option("--agent", "agent_name", help="The agent whose log-in this is.")
@click.option(
    "--port", type=click.IntRange(1, LARGEST_PORT), default=PORT, show_default=True, help="The port that `serve` uses."
)
def add(name: str, role: str, team_name: str | None, agent_name: str | None, port: int) -> None:
    """Add somebody who may log in, and print a one-time link for the first password."""
    if role == "team_leader" and not team_name:
        raise click.UsageError("a team leader leads a team: name it with --team")
    if team_name and role != "team_leader":
        raise click.UsageError("--team names the team that a team leader leads; an agent's team comes from the data")
    if agent_name and role != "agent":
        raise click.UsageError("--agent names the agent whose log-in this is: use it with --role agent")
    open_home()
    from floorwalker.apps.people import actions
    from floorwalker.apps.people.models import Agent, Team, User

    there = User.objects.filter(username__iexact=name).first()
    if there is not None:
        raise click.UsageError(
            f"there is a user {there.username!r} already: choose another name, or make a new link for that one with "
            f"`floorwalker user invite {there.username}`"
        )
    team = _one(Team, "name", "team", team_name) if team_name else None
    agent = _one(Agent, "name", "agent", agent_name or name) if role == "agent" else None
    added = actions.add_user(name, role, by=COMMAND_LINE, at=now(), team=team, agent=agent)
    click.echo(_invitation(added, port))


@user.command("invite")
@click.argument("name")
@click.option(
    "--port", type=click.IntRange(1, LARGEST_PORT), default=PORT, show_default=True, help="The port that `serve` uses."
)
def invite(name: str, port: int) -> None:
    """Print a one-time link by which somebody chooses a new password."""
    open_home()
    from floorwalker.apps.people import actions
    from floorwalker.apps.people.models import User

    invited = _one(User, "username", "user", name)
    click.echo(_invitation(actions.invite(invited, by=COMMAND_LINE, at=now()), port))


def _one(model: type[M], field: str, kind: str, name: str) -> M:
    found = list(model._default_manager.filter(**{field: name}))
    if len(found) != 1:
        what = "there is no" if not found else "there is more than one"
        hint = {"agent": "; --agent names the one whose log-in this is", "team": "", "user": ""}[kind]
        near = "" if found else did_you_mean(name, model._default_manager.values_list(field, flat=True))
        raise click.UsageError(f"{what} {kind} called {name!r}{near}{hint}{'' if kind == 'user' else UNSEEN}")
    return found[0]


def _invitation(user: object, port: int) -> str:
    from floorwalker.apps.people.accounts import invitation_path
    from floorwalker.apps.people.models import User

    assert isinstance(user, User)
    return address(port) + invitation_path(user)


@click.command()
@click.option(
    "--port", type=click.IntRange(1, LARGEST_PORT), default=PORT, show_default=True, help="The port on this machine."
)
def serve(port: int) -> None:
    """Serve the pages on this machine until stopped."""
    open_home()
    # Listening before it is announced: whoever follows the address at once waits a moment, and is not refused.
    with _listening(port) as there, suppress(KeyboardInterrupt):
        click.echo(f"Floorwalker is at {address(port)}/ (Ctrl-C stops it)")
        import uvicorn
        from django.conf import settings

        str(settings.SECRET_KEY)  # A weak one stops the start, not the first reader.
        # Headers of a proxy count only as FLOORWALKER_PROXY_HEADER says, not because they came from this machine.
        pages = "floorwalker.web.asgi:application"
        # Longer than a page rests between two savings: one of 1,200 met its connection as it was being closed.
        config = uvicorn.Config(
            pages, log_level="warning", lifespan="off", proxy_headers=False, timeout_keep_alive=KEEP_ALIVE_SECONDS
        )
        # Before the loop begins: what the pages ask of the database to be ready may not be asked within one.
        config.load_app()
        uvicorn.Server(config).run(sockets=[there])


def _listening(port: int) -> socket.socket:
    """A socket on this machine at which whoever comes waits until the pages are there."""
    try:
        there = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise ConfigError(
            "the pages cannot be served there",
            where=f"--port {port}",
            found=error.strerror,
            expected="a port that nobody uses and this user may use",
            mend="end what uses it, or name another with --port",
        ) from error
    # Connections have it from here: an answer's body does not wait, 40 ms long, until the browser has confirmed its head.
    there.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return there


@click.command()
def work() -> None:
    """Do the work that waits in the background until stopped: names to register, sums to renew, tasks to run."""
    home = open_home()
    click.echo("working in the background (Ctrl-C stops it)")
    from django.core.management import call_command

    from floorwalker.jobs.schedule import keeping_up

    with keeping_up(home.config, home.lake):
        call_command("db_worker", interval=1.0, verbosity=0)
