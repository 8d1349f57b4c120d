"""How does an installation change its database, from SQLite to PostgreSQL or back?"""

from __future__ import annotations

import os

import click

from floorwalker.config import Config


@click.command("move-database")
@click.argument("to")
def move_database(to: str) -> None:
    """Copy the relational database to TO, which must be empty, and check that all of it arrived.

    TO is an address like FLOORWALKER_DATABASE_URL: sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME. Stop serve, work
    and loads first. The present database is only read, and stays; set FLOORWALKER_DATABASE_URL to TO afterwards. Stopped
    halfway, TO is refused by every command, and moving there again begins anew.
    """
    from floorwalker.errors import ConfigError
    from floorwalker.web.holding import hold_home
    from floorwalker.web.prepare import database_in_words, prepare

    config = Config.from_environment().prepare()
    target = Config.from_environment({**os.environ, "FLOORWALKER_DATABASE_URL": to})
    if target.database_url == config.database_url:
        raise ConfigError("the database is there already", where=to.split("@")[-1], expected="another address")
    hold_home(config, alone=True)
    prepare(config)
    from floorwalker.web.moving import move

    with database_in_words(target):
        move(target, click.echo)
    click.echo(f"all of it is in {to.split('@')[-1]}, and the audit trail is whole")
    click.echo(
        "set FLOORWALKER_DATABASE_URL to it before you start serve and work; the database before stays as it was"
    )
