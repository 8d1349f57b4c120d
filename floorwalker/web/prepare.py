"""How does a process come to a database that is ready? Django is started, and waiting migrations are made."""

from __future__ import annotations

import os

import django
from django.apps import apps

from floorwalker.config import Config
from floorwalker.errors import ConfigError


def start_django() -> None:
    """Load Django with Floorwalker's settings, once a process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "floorwalker.web.settings")
    if not apps.ready:
        django.setup()


def prepare(config: Config) -> None:
    """Start Django and bring its database up to date; asks what is pending first, which is quicker than migrating."""
    config.prepare()
    start_django()
    _check_same_installation(config)
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def _check_same_installation(config: Config) -> None:
    from django.conf import settings

    if settings.FLOORWALKER.home != config.home or settings.FLOORWALKER.database_url != config.database_url:
        raise ConfigError(
            "one process serves one installation",
            where="FLOORWALKER_HOME",
            found=str(config.home),
            expected=str(settings.FLOORWALKER.home),
        )
