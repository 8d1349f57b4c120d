"""Which daily sums does a load make stale, and how are they made again before it commits?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from floorwalker.facts.current import Current, commit_current, read_current
from floorwalker.facts.dated import days_between
from floorwalker.facts.lake import Lake
from floorwalker.facts.merge import Merge
from floorwalker.facts.rollups import at_once, rebuild
from floorwalker.facts.snapshot import Snapshot
from floorwalker.kpis.rollup import Rollup, rollups

PREFIX = "rollup_"
# By fact table the days that a load touched; None where nobody has said which facts are newer than the kept sums.
Touched: TypeAlias = Mapping[str, Collection[date]] | None


def roll_up_load(merge: Merge) -> None:
    """Roll up the days that a load touched, and those whose pending outcomes its newer facts may settle."""
    merge.current = _bring_up(merge.lake, rollups(), merge.touched_days, _drop_outdated(merge.current))


def roll_up_days(lake: Lake, touched: Mapping[str, Collection[date]], current: Current) -> Current:
    """Roll up these days of these tables; roll-ups that were not up to date before are left to be made whole."""
    snapshot = Snapshot(lake, current)
    some = [rollup for rollup in rollups() if rollup.table.name in touched and _was_whole(snapshot, rollup)]
    return _bring_up(lake, some, touched, current)


def roll_up_all(lake: Lake) -> int:
    """Rebuild every roll-up that is not up to date, as after a change of definitions or queue parameters; how many."""
    if not _stale(Snapshot(lake, read_current(lake.path))):
        return 0
    with lake.writing():
        before = read_current(lake.path)
        stale = _stale(Snapshot(lake, before))
        current = roll_up_stale(lake, before)
        if current != before:
            commit_current(lake.path, current)
    return len(stale)


def roll_up_stale(lake: Lake, current: Current) -> Current:
    """Bring every roll-up that is not up to date up to it, under the lock; the caller commits the returned state."""
    return _bring_up(lake, _stale(Snapshot(lake, current)), None, _drop_outdated(current))


def _stale(snapshot: Snapshot) -> list[Rollup]:
    return [rollup for rollup in rollups() if snapshot.days(rollup.table.name) and not _is_fresh(snapshot, rollup)]


def _basis(rollup: Rollup) -> tuple[str, ...]:
    return (rollup.table.name, *rollup.dimensions)


def _is_fresh(snapshot: Snapshot, rollup: Rollup) -> bool:
    return snapshot.current.rollups.get(rollup.key) == snapshot.basis(_basis(rollup))


def _bring_up(lake: Lake, some: Sequence[Rollup], touched: Touched, current: Current) -> Current:
    """First what is made of facts, then what is made of that."""
    for stage in ([one for one in some if one.finer is None], [one for one in some if one.finer is not None]):
        current = _bring_up_at_once(lake, stage, touched, current)
    return current


def _bring_up_at_once(lake: Lake, some: Sequence[Rollup], touched: Touched, current: Current) -> Current:
    return at_once(some, lambda one: _bring_up_one(lake, one, touched, current), current)


def _bring_up_one(lake: Lake, rollup: Rollup, touched: Touched, current: Current) -> Current:
    snapshot = Snapshot(lake, current)
    if snapshot.days(rollup.table.name) is None:
        return current
    days = _days_to_make(snapshot, rollup, touched)
    current = rebuild(lake, rollup, _all_days(snapshot, rollup) if days is None else days, current)
    return current.with_rollup(rollup.key, Snapshot(lake, current).basis(_basis(rollup)))


def _days_to_make(snapshot: Snapshot, rollup: Rollup, touched: Touched) -> set[date] | None:
    """The days whose sums may be others than those that are kept; None: all of them, since nobody can tell."""
    table, before = rollup.table.name, snapshot.current.rollups.get(rollup.key)
    if before is None or (touched is None and before.get(table, -1) != snapshot.current.tables[table]):
        return None
    days = _waiting_days(snapshot, rollup) | set((touched or {}).get(table, ()))
    for name in rollup.dimensions:
        changed = days_between(snapshot, name, before.get(name, -1), _all_days(snapshot, rollup))
        if changed is None:
            return None
        days |= changed
    return days


def _was_whole(snapshot: Snapshot, rollup: Rollup) -> bool:
    """Whether the roll-up has counted everything up to this load: its dimensions are the same, only facts are newer."""
    before = snapshot.current.rollups.get(rollup.key)
    now = snapshot.basis(rollup.dimensions)
    return before is not None and {name: before.get(name, -1) for name in now} == now


def _all_days(snapshot: Snapshot, rollup: Rollup) -> set[date]:
    return {file.partition for file in snapshot.day_files(rollup.table.name)}


def _waiting_days(snapshot: Snapshot, rollup: Rollup) -> set[date]:
    files = snapshot.day_files(rollup.key)
    query = rollup.waiting_days(snapshot.files_relation(files)) if files else None
    return set() if query is None else {row["local_day"] for row in snapshot.sql(query).to_pylist()}


def _drop_outdated(current: Current) -> Current:
    """Roll-ups of definitions that are no longer the present ones are forgotten; vacuum takes their files."""
    present = {rollup.key for rollup in rollups()}
    return current.without_rollups(name for name in current.rollups if name.startswith(PREFIX) and name not in present)
