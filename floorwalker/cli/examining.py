"""What is wrong with this installation, in words?"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import click

from floorwalker.cli.terminal import now
from floorwalker.config import Config
from floorwalker.errors import FloorwalkerError
from floorwalker.facts.lake import Lake
from floorwalker.facts.tables import TABLES
from floorwalker.ingest.store import IntakeStore

LEAST_FREE_BYTES = 2 * 1024**3
LONGEST_LOAD = timedelta(hours=12)
PRIVATE = 0o077

Check = Callable[[Config], Iterator[str]]


@click.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Say in words what is wrong with this installation, and what mends it; exit code 1 when something is."""
    try:
        config = Config.from_environment()
    except FloorwalkerError as error:
        click.echo(f"✗ {error}")
        ctx.exit(1)
    click.echo(f"home: {config.home}")
    click.echo(f"database: {config.database_url.split('@')[-1]}")
    if not config.home.exists():
        click.echo(
            "nothing is here yet: `floorwalker demo` builds a demo floor, `floorwalker load` reads your own data"
        )
        return
    problems = [problem for check in CHECKS for problem in _run(check, config)]
    for problem in problems:
        click.echo(f"✗ {problem}")
    if not problems:
        click.echo("✓ nothing is wrong that this command can see")
    ctx.exit(1 if problems else 0)


def _run(check: Check, config: Config) -> list[str]:
    try:
        return list(check(config))
    except Exception as error:
        return [f"{check.__name__.lstrip('_').replace('_', ' ')} could not be looked at: {error}"]


def _the_machine(config: Config) -> Iterator[str]:
    free = shutil.disk_usage(config.home).free
    if free < LEAST_FREE_BYTES:
        yield f"only {free / 1024**3:.1f} GiB are free where the home lies: make room, or move FLOORWALKER_HOME"
    if not os.access(config.home, os.W_OK):
        yield f"this user may not write {config.home}: give it to the user that runs Floorwalker"


def _who_may_read(config: Config) -> Iterator[str]:
    paths = [config.home, config.keys, *config.keys.glob("*")] if config.keys.exists() else [config.home]
    for path in paths:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & PRIVATE:
            yield f"others on this machine may read {path} (mode {mode:o}): `chmod go-rwx {path}`"


def _the_lake(config: Config) -> Iterator[str]:
    snapshot = Lake(config).snapshot()
    tables = snapshot.current.tables
    for name in tables:
        missing = [file.path for file in snapshot.day_files(name) if not Path(file.path).exists()]
        if missing:
            yield f"{len(missing)} files of table {name} are missing, the first is {missing[0]}: restore the lake from a backup"
    if not TABLES.keys().isdisjoint(tables) and not (config.keys / "customers.key").exists():
        yield "the secret that turns customers into keys is missing: restore it from the backup of the keys"


def _the_loads(config: Config) -> Iterator[str]:
    if not (config.intake / "intake.sqlite3").exists():
        return
    at = now()
    loads = IntakeStore(config.intake).loads(limit=200)
    for row in loads:
        if row.state == "running" and row.started_at < (at - LONGEST_LOAD).isoformat():
            yield f"load {row.id} of {row.source} was killed; load the same files again, nothing is counted twice"
    last = {}
    for row in reversed(loads):
        last[row.source, row.origin] = row
    for row in last.values():
        if row.state == "failed":
            yield f"the last load of {row.source} from {row.origin} failed ({row.id}): load it again to see why"


def _the_database(config: Config) -> Iterator[str]:
    from floorwalker.web.prepare import start_django

    start_django()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield f"{len(waiting)} changes to the database wait: any other command makes them, such as `floorwalker sources`"
    files = list(config.outbox.glob("*.jsonl")) if config.outbox.exists() else []
    if files:
        yield f"names from {len(files)} loads wait to be registered: any other command does it, such as `floorwalker sources`"


CHECKS: tuple[Check, ...] = (_the_machine, _who_may_read, _the_lake, _the_loads, _the_database)
