"""How does a whole relational database move to another, and is it there as it was? Counted, digested, and marked when whole.

All rows go over in one transaction of the target. Until the move is whole a table MARK stands in it, by which every
command refuses it, and by which a further try knows that it may begin anew. The source is only read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from floorwalker.config import Config
from floorwalker.errors import ConfigError
from floorwalker.web.database import database_settings
from floorwalker.web.marking import MARK

TARGET = "target"
BATCH = 500
DIGEST_BITS = 256

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Content:
    """How many rows a table has, and a digest of all of them that does not depend on their order."""

    rows: int = 0
    digest: int = 0


def move(to: Config, tell: Tell) -> None:
    """Copy all of Django's default database to that one, which must be empty, or the rest of a move that was cut off."""
    from django.core.management import call_command
    from django.db import connections, transaction

    from floorwalker.web.migrating import drawn_alone

    connections.settings[TARGET] = connections.configure_settings({"default": database_settings(to)})["default"]
    target = connections[TARGET]
    try:
        _make_empty(target, to)
        with target.cursor() as cursor:
            cursor.execute(f"create table {MARK} (began varchar(40))")
        # Migrations that change rows know the default database alone: they must not find the source there.
        with _as_default(target), drawn_alone():
            call_command("migrate", interactive=False, verbosity=0)
        with transaction.atomic(), transaction.atomic(using=TARGET):
            _empty_tables(target)
            for model in _models():
                _copy(model, tell)
            _count_on(target)
        _check_trail(target)
        with target.cursor() as cursor:
            cursor.execute(f"drop table {MARK}")
    finally:
        target.close()
        del connections[TARGET]
        del connections.settings[TARGET]


def _make_empty(target: Any, to: Config) -> None:
    with target.cursor() as cursor:
        found = target.introspection.table_names(cursor)
        if found and MARK not in found:
            raise ConfigError(
                "the target is not empty",
                where=to.database_url.split("@")[-1],
                found=f"{len(found)} tables, such as {sorted(found)[0]}",
                expected="a database without tables",
                mend="make a new one, and move there",
            )
        if target.vendor == "postgresql":
            for table in found:
                cursor.execute(f"drop table if exists {target.ops.quote_name(table)} cascade")
            _drop_functions(cursor)
        else:
            cursor.execute("pragma foreign_keys = off")
            for table in found:
                cursor.execute(f"drop table {target.ops.quote_name(table)}")
            cursor.execute("pragma foreign_keys = on")


def _drop_functions(cursor: Any) -> None:
    """Those that migrations of the cut-off move have made: making them again would be refused."""
    cursor.execute(
        "select p.oid::regprocedure::text from pg_proc p where p.pronamespace = current_schema()::regnamespace and not exists"
        " (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')"
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f"drop function {name} cascade")


def _models() -> list[Any]:
    from django.apps import apps

    found = apps.get_models(include_auto_created=True)
    return sorted(
        (one for one in found if one._meta.managed and not one._meta.proxy), key=lambda one: one._meta.db_table
    )


def _empty_tables(target: Any) -> None:
    """What migrations themselves have put there comes with the rows of the source."""
    with target.cursor() as cursor:
        for model in _models():
            if model._base_manager.using(TARGET).exists():
                cursor.execute(f"delete from {target.ops.quote_name(model._meta.db_table)}")


def _copy(model: Any, tell: Tell) -> None:
    """All rows of a table, as they are: no default, no time of now, in the place of what was kept."""
    fields = model._meta.local_concrete_fields
    rows = model._base_manager.using("default").order_by("pk").iterator(chunk_size=BATCH)
    into, read = model._base_manager.using(TARGET), Content()
    while batch := list(islice(rows, BATCH)):
        read = _with(read, fields, batch)
        for part in _parts(fields, batch):
            into._insert(part, fields=fields, using=TARGET, raw=True)
    written = Content()
    kept = into.order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(kept, BATCH)):
        written = _with(written, fields, batch)
    if read != written:
        raise ConfigError(
            "a table did not arrive as it was",
            where=model._meta.db_table,
            found=f"{written.rows} rows, digest {written.digest:x}",
            expected=f"{read.rows} rows, digest {read.digest:x}",
            mend="nothing is kept of this move; the source is as it was",
        )
    if read.rows:
        tell(f"{model._meta.db_table}: {read.rows:,} rows, the same in both")


def _parts(fields: Sequence[Any], batch: list[Any]) -> Iterator[list[Any]]:
    """A batch in as many statements as the target's limit of parameters asks for."""
    from django.db import connections

    size = max(1, connections[TARGET].ops.bulk_batch_size(fields, batch))
    for start in range(0, len(batch), size):
        yield batch[start : start + size]


def _with(content: Content, fields: Sequence[Any], batch: list[Any]) -> Content:
    digest = content.digest
    for row in batch:
        text = json.dumps([_plain(getattr(row, field.attname)) for field in fields], sort_keys=True)
        digest += int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    return Content(content.rows + len(batch), digest % 2**DIGEST_BITS)


def _plain(value: Any) -> Any:
    """A value as either database gives it back."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case bytes() | memoryview():
            return bytes(value).hex()
        case dict() | list():
            return json.loads(json.dumps(value), parse_float=_number)
        case None | bool() | int() | float() | str():
            return value
    return str(value)


def _number(text: str) -> float:
    """PostgreSQL does not tell 1e20 from the whole number."""
    return int(found) if (found := float(text)).is_integer() else found


def _count_on(target: Any) -> None:
    """The next row gets a number after those that came over."""
    from django.core.management.color import no_style

    with target.cursor() as cursor:
        for statement in target.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _check_trail(target: Any) -> None:
    from floorwalker.apps.people.audit import verify

    with _as_default(target):
        findings = verify()
    if findings:
        raise ConfigError(
            "the audit trail is not whole in the target",
            where=str(target.settings_dict["NAME"]),
            found=findings[0],
            mend="`floorwalker audit verify` says whether it is whole where it came from",
        )


@contextmanager
def _as_default(target: Any) -> Iterator[None]:
    """The target in the place of the default database, for what knows of that one alone."""
    from django.db import connections

    source = connections["default"]
    connections["default"] = target
    try:
        yield
    finally:
        connections["default"] = source
