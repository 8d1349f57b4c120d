"""Is the lake sound, and how is it kept small? Verification, compaction and vacuum, safe beside readers.

Compaction rewrites days that lie in several files as one. Vacuum removes what no committed version needs, never
younger than an hour, the longest that a reader may take. Both hold the writers' lock; readers never wait.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from deltalake import DeltaTable

from floorwalker.facts.current import Current, commit_current, read_current
from floorwalker.facts.lake import Lake
from floorwalker.facts.relations import DAY
from floorwalker.facts.rollups import UNNAMED
from floorwalker.facts.schemas import KEYED, kept_schema
from floorwalker.facts.snapshot import DataFile, Snapshot
from floorwalker.facts.upgrade import derive_again
from floorwalker.facts.writing import start_from_committed, write_parts

LONGEST_READER_HOURS = 1
DAYS_PER_COMMIT = 30
ROLLUP_PREFIX = "rollup_"

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Compaction:
    """What one compaction did to one table."""

    table: str
    days_rewritten: int
    files_removed: int


@dataclass(frozen=True)
class Finding:
    """Something in the lake that must not be."""

    table: str
    what: str


def compact(lake: Lake, progress: Progress) -> list[Compaction]:
    """Compact, checkpoint and vacuum every table; commits once a table. Columns new since the lake was written are derived."""
    derive_again(lake, progress)
    done: list[Compaction] = []
    names = sorted(read_current(lake.path).tables)
    for number, name in enumerate(names):
        progress(number / len(names), f"compacting {name}")
        with lake.writing():
            current = read_current(lake.path)
            if name not in current.tables:
                continue  # a roll-up of definitions that a load has just replaced
            before = current.tables[name]
            current = start_from_committed(lake, name, current)
            crowded = _crowded_days(Snapshot(lake, current), name)
            for start in range(0, len(crowded), DAYS_PER_COMMIT):
                current = rewrite(lake, name, crowded[start : start + DAYS_PER_COMMIT], current)
            # Committed before the log is cleared out: what is named must be there if this ends in between.
            current = same_rows(current, name, before, current.tables[name])
            commit_current(lake.path, current)
            removed = _clear_out(lake.table_path(name))
            cleared = DeltaTable(lake.table_path(name)).version()
            commit_current(lake.path, same_rows(current, name, current.tables[name], cleared))
            done.append(Compaction(name, len(crowded), removed))
    with lake.writing():
        _remove_outdated_rollups(lake)
    return done


def _remove_outdated_rollups(lake: Lake) -> None:
    """Remove roll-ups of definitions that are no longer the present ones, when the last reader of one has ended.

    Which one was last in force an hour ago nobody wrote down: a table counts as read until an hour after a compaction
    has found it unnamed.
    """
    named = read_current(lake.path).tables
    for folder in lake.path.glob(f"{ROLLUP_PREFIX}*"):
        mark = folder / UNNAMED
        if folder.name in named:
            mark.unlink(missing_ok=True)
        elif not mark.exists():
            mark.touch()
        elif time.time() - mark.stat().st_mtime > LONGEST_READER_HOURS * 3600:
            shutil.rmtree(folder, ignore_errors=True)


def same_rows(current: Current, name: str, before: int, now: int) -> Current:
    """The table at its new version, and the roll-ups that counted it before: no row is another."""
    for rollup, basis in current.rollups.items():
        if basis.get(name) == before:
            current = current.with_rollup(rollup, {**basis, name: now})
    return current.with_table(name, now)


def _crowded_days(snapshot: Snapshot, name: str) -> list[object]:
    counted = Counter(file.partition for file in snapshot.day_files(name) if file.partition is not None)
    return sorted(day for day, files in counted.items() if files > 1)


def rewrite(lake: Lake, name: str, days: Sequence[object], current: Current, *, columns: str = "*") -> Current:
    """Write these days anew, one file each where they are small; `columns` may replace what stands in some."""
    folder = str(lake.table_path(name))
    snapshot = Snapshot(lake, current)
    column = partition_column(folder)
    order = f", {KEYED[name].day_from}" if name in KEYED else ""
    files = [file for file in snapshot.day_files(name) if file.partition in set(days)]
    relation = snapshot.relation_of_files(name, files) if kept_schema(name) else snapshot.files_relation(files)
    rows = lake.engine.stream(f"select {columns} from {relation} order by {column}{order}")
    return write_parts(lake, name, rows, current, by=column, replaced=map(str, days))


def partition_column(folder: str) -> str:
    """The column by which a table is partitioned."""
    columns = DeltaTable(folder).metadata().partition_columns
    return str(columns[0]) if columns else DAY


def _clear_out(folder: Path) -> int:
    table = DeltaTable(folder)
    table.create_checkpoint()
    table.cleanup_metadata()
    return len(table.vacuum(LONGEST_READER_HOURS, dry_run=False, enforce_retention_duration=False, full=True))


def verify(lake: Lake, progress: Progress) -> list[Finding]:
    """Every key once, every row on the day of its partition, every file there; an empty list is a sound lake."""
    findings: list[Finding] = []
    snapshot = lake.snapshot()
    for number, (name, table) in enumerate(KEYED.items()):
        progress(number / len(KEYED), f"verifying {name}")
        files = snapshot.day_files(name)
        missing = [file for file in files if not Path(file.path).exists()]
        if missing:
            findings += [Finding(name, f"file missing: {file.path}") for file in missing]
            continue
        if files:
            findings += _verify_keys(snapshot, name, table.key, files)
    return findings


def _verify_keys(snapshot: Snapshot, name: str, key: str, files: list[DataFile]) -> list[Finding]:
    row = snapshot.sql(
        f"select count(*) as n, count(distinct {key}) as k, count(*) filter (where {key} is null) as nulls "
        f"from {snapshot.relation(name)} as t"
    ).to_pylist()[0]
    findings = []
    if row["n"] != row["k"] + row["nulls"]:
        findings.append(Finding(name, f"{row['n'] - row['k'] - row['nulls']} rows repeat a key"))
    if row["nulls"]:
        findings.append(Finding(name, f"{row['nulls']} rows have no key"))
    if row["n"] != sum(file.rows for file in files):
        findings.append(Finding(name, f"{row['n']} rows are read where the log counts {sum(f.rows for f in files)}"))
    return findings
