"""How does a process come to a database that is ready? Django is started, and waiting migrations are made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import django
from django.apps import apps

from floorwalker.config import Config
from floorwalker.errors import ConfigError
from floorwalker.facts.current import locked
from floorwalker.web.holding import hold_home
from floorwalker.web.marking import refuse_half_moved


def start_django() -> None:
    """Load Django with Floorwalker's settings, once a process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "floorwalker.web.settings")
    if not apps.ready:
        django.setup()


def prepare(config: Config) -> None:
    """Start Django and bring its database up to date; asks what is pending first, which is quicker than migrating."""
    config.prepare()
    hold_home(config)
    start_django()
    _check_same_installation(config)
    with database_in_words(config):
        refuse_half_moved(config.database_url.split("@")[-1])
        if pending_migrations():
            _migrate(config)


def _migrate(config: Config) -> None:
    """Two commands that start at once after an upgrade would both make the same table: one waits for the other."""
    from django.core.management import call_command

    from floorwalker.web.migrating import drawn_alone

    with locked(config.home / ".migrating"):
        if pending_migrations():
            # What holds a centre's data is changed as Django changes it, however long that takes; what is new is made in seconds.
            with drawn_alone() if is_new() else nullcontext():
                call_command("migrate", interactive=False, verbosity=0)


def is_new() -> bool:
    """Whether no migration was made in the database yet."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return not MigrationRecorder(connection).applied_migrations()


def pending_migrations() -> int:
    """How many changes to the database wait to be made."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def sqlite_path(config: Config) -> Path | None:
    """The file of the database; None where it is a server's."""
    name = config.database_url.removeprefix("sqlite:///")
    return None if name == config.database_url else Path(name)


@contextmanager
def database_in_words(config: Config) -> Iterator[None]:
    """Errors of the database as a ConfigError that says which it is and what to look at."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error

    path = sqlite_path(config)
    try:
        yield
    except (Error, ImproperlyConfigured) as error:
        raise ConfigError(
            "the database cannot be used",
            where=config.database_url.split("@")[-1] if path is None else str(path),
            found=" ".join(str(error).split()),
            expected="a PostgreSQL server that answers"
            if path is None
            else "a SQLite database that this user may write",
            mend="start it, or look at FLOORWALKER_DATABASE_URL (PostgreSQL needs: pip install 'floorwalker[postgresql]')"
            if path is None
            else "restore it from a backup, or give it to the user that runs Floorwalker",
        ) from error


def _check_same_installation(config: Config) -> None:
    from django.conf import settings

    if settings.FLOORWALKER.home != config.home or settings.FLOORWALKER.database_url != config.database_url:
        raise ConfigError(
            "one process serves one installation",
            where="FLOORWALKER_HOME",
            found=str(config.home),
            expected=str(settings.FLOORWALKER.home),
        )
