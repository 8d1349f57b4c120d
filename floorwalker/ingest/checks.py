"""Is a page of rows fit for the lake? The rules that hold for every source."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.errors import SourceError
from floorwalker.facts.tables import AlertOutcome, Channel, Direction, Outcome, Purpose, Selection, StateClass, Table
from floorwalker.ingest.source import Mapped

VOCABULARY = {
    ("contact", "outcome"): Outcome,
    ("alert", "outcome"): AlertOutcome,
    ("state_interval", "state"): StateClass,
    ("contact", "channel"): Channel,
    ("segment", "channel"): Channel,
    ("alert", "channel"): Channel,
    ("survey", "channel"): Channel,
    ("evaluation", "channel"): Channel,
    ("contact", "direction"): Direction,
    ("segment", "direction"): Direction,
    ("alert", "direction"): Direction,
    ("survey", "direction"): Direction,
    ("evaluation", "direction"): Direction,
    ("evaluation", "purpose"): Purpose,
    ("evaluation", "selection"): Selection,
}


def check_balance(source: str, file: str, mapped: Mapped) -> None:
    """Every record of a page must be used, ignored or rejected: a source that loses one is refused at once."""
    accounted = mapped.used + sum(mapped.ignored.values()) + len(mapped.rejects)
    if mapped.read != accounted:
        raise SourceError(
            "the source lost records or counted them twice",
            where=f"{source}, {file}",
            found=f"{accounted} records used, ignored or rejected",
            expected=f"{mapped.read} records read",
            mend="this is a defect of the source; nothing was loaded",
        )


def check_rows(table: Table, rows: pa.Table) -> None:
    """Keys and days are there, and coded columns hold only their vocabulary."""
    for name in (table.key, "local_day"):
        if rows[name].null_count:
            raise SourceError(
                f"{rows[name].null_count} rows have no {name}",
                where=f"table {table.name}",
                expected=f"every row has {table.columns[0].given} and {table.day_from}",
                mend="this is a defect of the source; nothing was loaded",
            )
    for (name, column), words in VOCABULARY.items():
        if name == table.name:
            strange = sorted(set(pc.unique(rows[column]).to_pylist()) - {None, *map(str, words)})
            if strange:
                raise SourceError(
                    f"column {column} holds words that it cannot hold",
                    where=f"table {table.name}",
                    found=", ".join(strange),
                    expected=", ".join(words),
                )
