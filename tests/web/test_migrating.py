"""Is a database whose migrations were made in seconds the one that they come to as Django makes them?"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations import AlterField, AlterModelOptions, AlterModelTable, executor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState

from floorwalker.web.migrating import DrawnAlone, drawn_alone
from floorwalker.web.prepare import is_new
from tests.migrated import MAKE, migrated
from tests.postgresql import programs
from tests.shared_data import ROOT

PLAIN = """
from floorwalker.web.prepare import start_django
start_django()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


def made(by: str, home: Path, url: str) -> None:
    environment = {**os.environ, "FLOORWALKER_HOME": str(home), "FLOORWALKER_DATABASE_URL": url}
    home.mkdir()
    done = subprocess.run([sys.executable, "-c", by], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]


def test_its_tables_have_what_models_ask_for() -> None:
    """Columns, indexes and constraints; the database of the tests was made in seconds."""
    lacking: dict[str, str] = {}
    with sqlite3.connect(migrated()) as database:
        for model in apps.get_models():
            options = model._meta
            columns = {name for _, name, *_ in database.execute(f'pragma table_info("{options.db_table}")')}
            assert columns == {field.column for field in options.local_concrete_fields}, options.label
            written = database.execute("select sql from sqlite_master where tbl_name = ?", [options.db_table])
            text = " ".join(line for (line,) in written if line)
            named = {one.name for one in (*options.indexes, *options.constraints)}
            lacking |= {name: options.label for name in named if f'"{name}"' not in text}
    database.close()
    assert lacking == {}


@pytest.mark.django_db
def test_states_between_steps_stay_of_this_kind_and_end_with_the_block() -> None:
    with drawn_alone():
        state = begun()
        assert type(state) is type(state.clone()) is DrawnAlone
    assert type(begun()) is not DrawnAlone


def test_a_table_with_another_name_is_known_to_those_that_refer_to_it() -> None:
    """Django draws them anew; drawn from before, a reference would be made to a table that is not there."""
    state = a_shop()

    def referred_to() -> str:
        table: str = state.apps.get_model("shop", "Box")._meta.get_field("shelf").remote_field.model._meta.db_table
        return table

    assert referred_to() == "shop_shelf"
    AlterModelOptions("Shelf", {"ordering": ["pk"]}).state_forwards("shop", state)
    assert "apps" in state.__dict__, "what concerns no other table is drawn alone"
    AlterModelTable("Shelf", "shelves").state_forwards("shop", state)
    assert referred_to() == "shelves"


def test_a_column_that_changes_is_drawn_after_the_table_as_it_was() -> None:
    """SQLite makes the table anew with its columns in that order: else an upgrade and a first start would differ in it."""
    state = a_shop()
    before = state.clone()
    AlterField("Box", "shelf", models.ForeignKey("shop.Shelf", models.PROTECT)).state_forwards("shop", state)
    changed = state.apps.get_model("shop", "Box")._meta.get_field("shelf")
    was = before.apps.get_model("shop", "Box")._meta.local_fields
    assert changed.creation_counter > max(field.creation_counter for field in was)


def a_shop() -> DrawnAlone:
    """Boxes that stand on shelves, between two steps."""
    state = DrawnAlone()
    state.add_model(ModelState("shop", "Shelf", [("id", models.AutoField(primary_key=True))]))
    to_shelf = models.ForeignKey("shop.Shelf", models.CASCADE)
    state.add_model(ModelState("shop", "Box", [("id", models.AutoField(primary_key=True)), ("shelf", to_shelf)]))
    return state


def begun() -> ProjectState:
    """The state with which Django begins to migrate."""
    state: ProjectState = executor.MigrationExecutor(connection)._create_project_state()  # type: ignore[attr-defined]
    return state


@pytest.mark.django_db
def test_what_holds_data_already_is_changed_as_django_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_new()
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _self: {})
    assert is_new()


@pytest.mark.slow
def test_it_is_the_same_on_sqlite(tmp_path: Path) -> None:
    held = {}
    for name, by in {"plain": PLAIN, "alone": MAKE}.items():
        made(by, tmp_path / name, f"sqlite:///{tmp_path / name}.sqlite3")
        held[name] = written(tmp_path / f"{name}.sqlite3")
    assert held["plain"] == held["alone"]
    assert len(held["plain"]) > 600


def written(file: Path) -> list[str]:
    """All of a database but for the instants at which migrations were made."""
    with sqlite3.connect(file) as database:
        lines = [re.sub(r"'20\d\d-[^']*'", "", line) for line in database.iterdump()]
    database.close()
    return lines


@pytest.mark.slow
def test_it_is_the_same_on_postgresql(postgresql: str, tmp_path: Path) -> None:
    held = {}
    for name, by in {"plain": PLAIN, "alone": MAKE}.items():
        with psycopg.connect(postgresql, autocommit=True) as server:
            server.execute(f"create database by_{name}")
        url = postgresql.replace("/floorwalker?", f"/by_{name}?")
        made(by, tmp_path / name, url)
        held[name] = dumped(url)
    assert held["plain"] == held["alone"]
    assert len(held["plain"]) > 600


def dumped(url: str) -> list[str]:
    """All of a database as pg_dump writes it, but for instants and the words by which each dump protects itself."""
    command = [str(programs() / "pg_dump"), "--dbname", url]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = (re.sub(r"20\d\d-\d\d-\d\d \d\d:[\d:.+]*", "", line) for line in text.splitlines())
    return [line for line in lines if not line.startswith(("\\restrict", "\\unrestrict"))]
