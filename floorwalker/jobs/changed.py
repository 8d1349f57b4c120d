"""Which records of work are not in the lake as they are now? Those whose stamp is another than last time, and those not held.

A stamp is made of everything that a record's row hangs on, so that no action has to say what it changed, and what comes late, is
taken back or is decided otherwise is found like anything else. Which keys the lake holds is asked of the lake itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from floorwalker import __version__
from floorwalker.facts.current import RECORDS
from floorwalker.facts.engine import sql_text
from floorwalker.facts.keys import fact_key
from floorwalker.facts.merge import Merge
from floorwalker.facts.published import digest_of, keep_published, read_published
from floorwalker.facts.tables import TABLES, Table
from floorwalker.ingest import source


@dataclass(frozen=True)
class Changed:
    """Of one table: the records whose rows are to be given, the keys that are given no more, and how many stay as they are."""

    records: tuple[str, ...]
    gone: tuple[bytes, ...]
    unchanged: int

    @property
    def is_anything(self) -> bool:
        """Whether its context has a record, or the lake has one that it had."""
        return bool(self.records or self.gone or self.unchanged)


def find_changed(
    merge: Merge,
    context: str,
    stamps: Mapping[str, Mapping[str, bytes]],
    sites: Mapping[bytes, source.Site],
    *,
    everything: bool,
) -> dict[str, Changed]:
    """By table what a context has to give, from the stamps of all its records; they are kept for the next time."""
    found = {}
    for name, now in stamps.items():
        table, given = TABLES[name], f"{context}.{name}"
        shape = digest_of([__version__, context, table.column_names, *sorted(sites.items())])
        before = {} if everything else read_published(merge.lake.path, merge.current, given, shape)
        held = _keys_held(merge, context, table)
        keys = {one: fact_key(RECORDS, context, name, one) for one in now}
        records = tuple(one for one, stamp in now.items() if before.get(one) != stamp or keys[one] not in held)
        found[name] = Changed(records, tuple(held.difference(keys.values())), len(now) - len(records))
        if found[name].is_anything:
            merge.current = keep_published(merge.lake.path, merge.current, given, shape, now)
    return found


def _keys_held(merge: Merge, context: str, table: Table) -> set[bytes]:
    """The keys of this context's records that the lake has."""
    if table.name not in merge.current.tables:
        return set()
    query = (
        f"select {table.key} as k from {merge.snapshot.relation(table.name)} as held "
        f"where source = {sql_text(RECORDS)} and origin = {sql_text(context)}"
    )
    return {bytes(one) for one in merge.staging.engine.sql(query)["k"].to_pylist()}
