"""What is wrong with this installation, in words?"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from floorwalker.config import Config
from floorwalker.errors import FloorwalkerError, LakeError
from floorwalker.facts.current import locked
from floorwalker.facts.lake import WRITING, Lake
from floorwalker.facts.tables import TABLES
from floorwalker.ingest.customers import open_customer_keys
from floorwalker.ingest.remembered import DIED, FAILED
from floorwalker.ingest.store import IntakeStore
from floorwalker.web.prepare import database_in_words, pending_migrations, sqlite_path, start_django
from floorwalker.web.secrets import FILE_NAME, read_or_make_secret

LEAST_FREE_BYTES = 2 * 1024**3
PRIVATE = 0o077

Check = Callable[[Config], Iterator[str]]


@click.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Say in words what is wrong with this installation, and what mends it; exit code 1 when something is."""
    try:
        config = Config.from_environment()
        there = config.home.exists()
    except (FloorwalkerError, OSError) as error:
        click.echo(f"✗ {error}")
        ctx.exit(1)
    click.echo(f"home: {config.home}")
    click.echo(f"database: {config.database_url.split('@')[-1]}")
    if not there:
        click.echo(
            "nothing is here yet: `floorwalker demo` builds a demo floor, `floorwalker load` reads your own data"
        )
        return
    problems = [problem for check in CHECKS for problem in _run(check, config)]
    for problem in problems:
        click.echo(f"✗ {problem}")
    if not problems:
        click.echo("✓ nothing is wrong that this command can see")
    for remark in (*_under_way(config), _how_mail_leaves(config)):
        click.echo(f"· {remark}")
    ctx.exit(1 if problems else 0)


def _run(check: Check, config: Config) -> list[str]:
    try:
        return list(check(config))
    except FloorwalkerError as error:
        return [str(error)]
    except Exception as error:
        return [f"{check.__name__.lstrip('_').replace('_', ' ')} could not be looked at: {error}"]


def _the_machine(config: Config) -> Iterator[str]:
    if not config.home.is_dir():
        yield f"{config.home} is not a folder: set FLOORWALKER_HOME to one that this user may write"
        return
    free = shutil.disk_usage(config.home).free
    if free < LEAST_FREE_BYTES:
        yield f"only {free / 1024**3:.1f} GiB are free where the home lies: make room, or move FLOORWALKER_HOME"
    for folder in (config.home, config.lake, config.intake, config.keys, config.outbox):
        if folder.exists() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            yield f"this user may not read and write {folder}: give it to the user that runs Floorwalker (`chown -R`)"


def _who_may_read(config: Config) -> Iterator[str]:
    paths = [config.home, config.keys, *config.keys.glob("*")] if config.keys.exists() else [config.home]
    for path in paths:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & PRIVATE:
            yield f"others on this machine may read {path} (mode {mode:o}): `chmod go-rwx {path}`"
    password = Path(os.environ.get("FLOORWALKER_SMTP_PASSWORD_FILE") or os.devnull)
    if password.is_file() and stat.S_IMODE(password.stat().st_mode) & PRIVATE:
        yield f"others on this machine may read {password}, the password of the mail server: `chmod go-rwx {password}`"


def _the_lake(config: Config) -> Iterator[str]:
    if not config.lake.exists():
        return
    snapshot = Lake(config).snapshot()
    for name in snapshot.current.tables:
        try:
            files = snapshot.day_files(name)
        except LakeError as error:
            yield f"{error}"
            continue
        missing = [file.path for file in files if not Path(file.path).exists()]
        if missing:
            yield f"{len(missing)} files of table {name} are missing, the first is {missing[0]}: restore the lake from a backup"


def _the_keys(config: Config) -> Iterator[str]:
    if config.lake.exists() and not TABLES.keys().isdisjoint(Lake(config).snapshot().current.tables):
        open_customer_keys(config.keys, lake_has_rows=True)
    if (config.keys / FILE_NAME).exists():
        read_or_make_secret(config.keys)
    return iter(())


def _how_mail_leaves(config: Config) -> str:
    """Off is no problem; who expects mail must see that it is."""
    if config.mail is None:
        return "no mail is sent: FLOORWALKER_SMTP_HOST is not set"
    return f"mail leaves by {config.mail.host}, port {config.mail.port} ({config.mail.security}), from {config.mail.sender}"


def _under_way(config: Config) -> Iterator[str]:
    """What is no problem and explains a command that waits: locks end with their holder, so none is ever left over."""
    try:
        if (config.lake / WRITING).exists():
            with locked(config.lake / WRITING, wait=False):
                return
    except LakeError:
        yield (
            f"a load, compaction or erasure writes the lake just now; others wait for it (`fuser {config.lake / WRITING}` "
            "names the process; the lock ends with it)"
        )
    except OSError:
        return


def _the_loads(config: Config) -> Iterator[str]:
    if not (config.intake / "intake.sqlite3").exists():
        return
    loads = IntakeStore(config.intake).loads(limit=200)
    for row in loads:
        if row.state == DIED and row.settled_by is None and not row.follows:
            yield f"load {row.id} of {row.source} was killed; load the same files again, nothing is counted twice"
    last = {}
    for row in reversed(loads):
        last[row.source, row.origin] = row
    for row in last.values():
        if row.state == FAILED:
            yield f"the last load of {row.source} from {row.origin} failed ({row.id}): load it again to see why"


def _the_database(config: Config) -> Iterator[str]:
    path = sqlite_path(config)
    if path is not None and not path.exists():
        if (config.lake / "current.json").exists():
            yield f"{path}: the database is missing: restore it from a backup; names, people and targets are in it"
        return
    start_django()
    with database_in_words(config):
        yield from _waiting_changes()
        yield from _the_trail(config)
    files = list(config.outbox.glob("*.jsonl")) if config.outbox.exists() else []
    if files:
        yield (
            f"names from {len(files)} loads wait to be registered: `floorwalker work` does it, and so does the next "
            "`floorwalker load`"
        )


def _waiting_changes() -> Iterator[str]:
    waiting = pending_migrations()
    if waiting:
        yield f"{waiting} changes to the database wait: any other command makes them, such as `floorwalker sources`"


def _the_trail(config: Config) -> Iterator[str]:
    if pending_migrations():
        return
    from floorwalker.apps.people.models import AuditEntry
    from floorwalker.apps.people.seal import read_or_make_secret as read_seal

    if AuditEntry.objects.exists():
        try:
            read_seal(config.keys, trail_is_empty=False)
        except FloorwalkerError as error:
            yield str(error)


CHECKS: tuple[Check, ...] = (_the_machine, _who_may_read, _the_lake, _the_keys, _the_loads, _the_database)
