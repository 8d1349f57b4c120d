"""How is a customer taken out of the lake, so that nothing there, not even an old version, tells her from anybody?

The key becomes null in every table that has one, with the repeat columns that it gave rise to, in one commit. Then what
older versions hold goes too: their files at once (not after an hour, as compaction leaves them) and their log. A reader
who began before may therefore find a file gone, and asks again. Each step can be repeated: a killed erasure is finished
by the next one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from deltalake import DeltaTable

from floorwalker.facts.current import Current, commit_current, locked, read_current
from floorwalker.facts.derive import DERIVED_COLUMNS
from floorwalker.facts.lake import Lake
from floorwalker.facts.relations import DAY
from floorwalker.facts.snapshot import Snapshot
from floorwalker.facts.staging import begun_loads, remove_abandoned
from floorwalker.facts.tables import CONTACT, TABLES, Refers
from floorwalker.facts.upkeep import DAYS_PER_COMMIT, rewrite, same_rows
from floorwalker.facts.writing import start_from_committed

# By fact table, the days in which customers were erased; builds what depends on them before the commit.
RollUp = Callable[[Lake, Mapping[str, Collection[date]], Current], Current]
CUSTOMER = "customer_key"


def tables_of_customers(current: Current) -> list[str]:
    """The tables that know customers, with what corrections replaced in them."""
    named = [table.name for table in TABLES.values() if any(c.refers_to is Refers.CUSTOMER for c in table.columns)]
    return [name for table in named for name in (table, f"{table}_superseded") if name in current.tables]


def count_rows(snapshot: Snapshot, keys: Collection[bytes]) -> dict[str, int]:
    """By table, how many rows these customers have."""
    found = {name: sum(_days(snapshot, name, keys).values()) for name in tables_of_customers(snapshot.current)}
    return {name: count for name, count in found.items() if count}


def contacts_of(snapshot: Snapshot, keys: Collection[bytes]) -> frozenset[bytes]:
    """The contacts of these customers, as they are and as they were before a correction."""
    found: set[bytes] = set()
    for name in tables_of_customers(snapshot.current):
        if name.removesuffix("_superseded") == CONTACT.name:
            query = f"select distinct contact_key from {snapshot.relation(name)} as t where {_is_one_of(keys)}"
            found |= {bytes(row["contact_key"]) for row in snapshot.sql(query).to_pylist()}
    return frozenset(found)


def wait_for_loads(staging: Path) -> None:
    """Return when every load has ended that may have read the list of the erased before it was longer."""
    if staging.exists():
        for lock in begun_loads(staging):
            # One that has ended since took its lock with it.
            with suppress(FileNotFoundError), locked(lock):
                pass
        remove_abandoned(staging)


def erase(lake: Lake, keys: Collection[bytes], roll_up: RollUp) -> dict[str, int]:
    """Take these customers out of every table and every version; by table, how many rows lost their key."""
    with lake.writing():
        current = before = read_current(lake.path)
        rows: dict[str, int] = {}
        touched: dict[str, Collection[date]] = {}
        for name in tables_of_customers(before):
            days = _days(Snapshot(lake, before), name, keys)
            if days:
                rows[name], touched[name] = sum(days.values()), days
                current = _null(lake, name, sorted(days), keys, start_from_committed(lake, name, current))
        if touched:
            commit_current(lake.path, roll_up(lake, touched, current))
        for name in tables_of_customers(before):
            _forget_versions(lake, name)
        _remove_never_committed(lake, before)
        return rows


def _remove_never_committed(lake: Lake, current: Current) -> None:
    """Tables that a killed first load left, and that nobody reads: their files hold customers all the same."""
    for name in (*TABLES, *(f"{table}_superseded" for table in TABLES)):
        if name not in current.tables:
            shutil.rmtree(lake.table_path(name), ignore_errors=True)


def _days(snapshot: Snapshot, name: str, keys: Collection[bytes]) -> dict[date, int]:
    """By local day, how many rows these customers have in a table."""
    query = f"select {DAY}, count(*) as n from {snapshot.relation(name)} as t where {_is_one_of(keys)} group by 1"
    return {row[DAY]: row["n"] for row in snapshot.sql(query).to_pylist()}


def _null(lake: Lake, name: str, days: list[date], keys: Collection[bytes], current: Current) -> Current:
    emptied = [CUSTOMER, *(DERIVED_COLUMNS if name.removesuffix("_superseded") == CONTACT.name else ())]
    columns = ", ".join(f"case when {_is_one_of(keys)} then null else {column} end as {column}" for column in emptied)
    for start in range(0, len(days), DAYS_PER_COMMIT):
        batch = days[start : start + DAYS_PER_COMMIT]
        current = rewrite(lake, name, batch, current, columns=f"* replace ({columns})")
    return current


def _is_one_of(keys: Collection[bytes]) -> str:
    listed = ", ".join(f"unhex('{key.hex()}')" for key in sorted(keys))
    return f"coalesce({CUSTOMER} in ({listed}), false)"


def _forget_versions(lake: Lake, name: str) -> None:
    """Leave of a table nothing but its committed version: the files of all others, then the log that names them."""
    current = read_current(lake.path)
    committed = current.tables[name]
    current = start_from_committed(lake, name, current)
    folder = lake.table_path(name)
    DeltaTable(folder).vacuum(0, dry_run=False, enforce_retention_duration=False, full=True)
    table = DeltaTable(folder)
    if table.version() != committed:
        commit_current(lake.path, same_rows(current, name, committed, table.version()))
    table.create_checkpoint()
    for entry in (folder / "_delta_log").glob("*"):
        number = entry.name.split(".")[0]
        if number.isdigit() and int(number) < table.version():
            entry.unlink()
