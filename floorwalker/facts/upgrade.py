"""What becomes of a lake that an older program wrote, once tables have columns that it did not know?

Readers see such a column as null. The next write adds it to the table (`writing.add_columns`); files stay as they are. A
column that is derived is filled for the customers that a load touches, and by compaction for everybody.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime

from deltalake import DeltaTable

from floorwalker.facts.current import commit_current, read_current
from floorwalker.facts.derive import DERIVED_COLUMNS, derive_repeats
from floorwalker.facts.lake import ADDED_COLUMNS, Lake
from floorwalker.facts.merge import Merge, batches_of_days
from floorwalker.facts.staging import open_staging
from floorwalker.facts.tables import CONTACT
from floorwalker.facts.writing import add_columns, start_from_committed

# The property of a table whose added columns have been derived for every row.
DERIVED_AGAIN = "floorwalker.derived"
CONTACTS_AT_ONCE = 300_000


def derive_again(lake: Lake, progress: Callable[[float, str], None]) -> None:
    """Fill, in all contacts, derived columns that were added after they were written; nothing to do in most lakes."""
    with lake.writing():
        before = read_current(lake.path)
        current = add_columns(lake, CONTACT.name, start_from_committed(lake, CONTACT.name, before))
        wanted = _not_derived(lake) if CONTACT.name in current.tables else ""
        if not wanted:
            return
        at = datetime.now(UTC)
        load_id = f"{at:%Y%m%dT%H%M%S.%f}Z-{secrets.token_hex(2)}"
        with open_staging(lake.staging, load_id, lake.memory_megabytes // 2) as staging:
            merge = Merge(lake, staging, current, load_id, at)
            batches = _batches(merge)
            for number, days in enumerate(batches):
                progress(number / len(batches), f"deriving {wanted}")
                columns = ", ".join(CONTACT.column_names)
                rows = merge.snapshot.relation_of_days(CONTACT.name, days)
                staging.freshen(CONTACT, f"select {columns}, null::bigint as arrival from {rows} as held")
                touched = derive_repeats(staging, merge.snapshot)
                merge.merge(CONTACT, window=touched)
        folder = str(lake.table_path(CONTACT.name))
        DeltaTable(folder).alter.set_table_properties({DERIVED_AGAIN: wanted}, raise_if_not_exists=False)
        commit_current(lake.path, merge.current.with_table(CONTACT.name, DeltaTable(folder).version()))


def _not_derived(lake: Lake) -> str:
    """The derived columns among the added ones, where compaction has not filled them yet."""
    properties = DeltaTable(str(lake.table_path(CONTACT.name))).metadata().configuration
    added = " ".join(name for name in properties.get(ADDED_COLUMNS, "").split() if name in DERIVED_COLUMNS)
    return "" if added == properties.get(DERIVED_AGAIN, "") else added


def _batches(merge: Merge) -> list[list[date]]:
    sizes: dict[date, int] = {}
    for file in merge.snapshot.day_files(CONTACT.name):
        sizes[file.partition] = sizes.get(file.partition, 0) + file.rows
    return list(batches_of_days(sorted(sizes), sizes, CONTACTS_AT_ONCE))
