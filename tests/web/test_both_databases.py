"""Is the database the one that was asked for, with every migration made?"""

from __future__ import annotations

import os

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db


def test_the_database_is_the_one_that_was_asked_for() -> None:
    asked = "postgresql" if os.environ.get("FLOORWALKER_DATABASE_URL", "").startswith("postgres") else "sqlite"
    assert connection.vendor == asked
    assert settings.FLOORWALKER.database_url.startswith(asked)


def test_no_migration_is_left_to_make() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert {"people", "standards"} <= {app for app, _ in executor.loader.applied_migrations}
