"""How does pandas answer the same page from the same files? With the care of somebody who knows it well.

Only the columns that are needed, keys and texts as categories, filters before groups, no function by row.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from bench.measures import COLUMNS
from bench.postgres_rows import PARTS, table_of
from floorwalker.facts.snapshot import Snapshot

Frames = dict[str, Any]

_CATEGORIES = frozenset(
    "identity_key answered_by first_agent direction outcome state source origin customer_key".split()
)
_WEEK = 604_800


class PandasPage:
    """The same files in pandas, and the same page from them."""

    def __init__(self, facts: Snapshot) -> None:
        self._facts = facts
        self._through = pd.Timestamp(max(facts.current.completeness.values()))

    def read(self, first: date, last: date) -> Frames:
        """The columns of those days as frames."""
        return {table: self._frame(table, first, last) for table in COLUMNS}

    def page(self, frames: Frames) -> Frames:
        """The sums of the twelve measures by agent and day, part by part."""
        return {part: getattr(self, f"_{part}")(frames[table_of(part)]) for part in PARTS}

    def _frame(self, table: str, first: date, last: date) -> Any:
        files = [file.path for file in self._facts.day_files(table, first, last)]
        keys = [name for name in COLUMNS[table] if name in _CATEGORIES and name != "customer_key"]
        form = ds.ParquetFileFormat(dictionary_columns=keys)
        days = ds.partitioning(pa.schema([("local_day", pa.date32())]), flavor="hive")
        folder = str(Path(files[0]).parent.parent)
        data = ds.dataset(files, format=form, partitioning=days, partition_base_dir=folder)
        return data.to_table(columns=list(COLUMNS[table])).to_pandas(date_as_object=False)

    @staticmethod
    def _sums(frame: Any, agent: str, columns: dict[str, Any]) -> Any:
        worked = pd.DataFrame({"agent": frame[agent], "day": frame["local_day"], **columns})
        return worked.groupby(["agent", "day"], observed=True, sort=False).sum()

    def _segment(self, frame: Any) -> Any:
        f = frame[(frame["direction"] == "inbound") & frame["handled"].astype(bool)]
        talk, wrap = f["talk_seconds"], f["wrap_up_seconds"]
        time = talk + f["hold_seconds"].fillna(0) + wrap.fillna(0)
        columns: dict[str, Any] = {"handled": 1}
        for name, values in (("time", time), ("talk", talk), ("wrap", wrap)):
            columns |= {f"{name}_n": values.notna(), f"{name}_1": values, f"{name}_2": values * values}
        passed = f["transferred_out"]
        columns |= {"told": passed.notna(), "passed": passed.eq(True)}
        return self._sums(f, "identity_key", columns)

    def _answer(self, frame: Any) -> Any:
        f = frame[(frame["direction"] == "inbound") & (frame["outcome"] == "answered")]
        wait = f["wait_seconds"]
        return self._sums(f, "answered_by", {"n": 1, "told": wait.notna(), "s1": wait, "s2": wait * wait})

    def _resolution(self, frame: Any) -> Any:
        before = frame["previous_same_reason_seconds"]
        f = frame[
            (frame["direction"] == "inbound")
            & frame["handled"].eq(True)
            & frame["first_in_chain"].ne(False)
            & frame["promised_callback"].ne(True)
            & (before.isna() | (before > _WEEK))
        ]
        known = f["customer_key"].notna()
        pending = known & ((self._through - f["entered_at"]).dt.total_seconds() < _WEEK)
        after = f["next_same_reason_seconds"]
        settled = after.isna() | (after > _WEEK)
        n = known & ~pending
        return self._sums(f, "first_agent", {"n": n, "events": n & settled, "pending": pending})

    def _state_interval(self, frame: Any) -> Any:
        f = frame[frame["state"].isin(["productive_contact", "available"]) & frame["seconds"].notna()]
        seconds, handled = f["seconds"], f["handled_count"]
        busy = seconds.where(f["state"] == "productive_contact", 0)
        exposure = (seconds / 3600).where(handled.notna(), 0)
        return self._sums(f, "identity_key", {"busy": busy, "whole": seconds, "handled": handled, "exposure": exposure})

    def _alert(self, frame: Any) -> Any:
        unheard = frame["outcome"] == "no_answer"
        return self._sums(frame, "identity_key", {"unheard": unheard, "n": frame["outcome"].notna()})

    def _survey(self, frame: Any) -> Any:
        f = frame[frame["score"].notna() & frame["scale_least"].notna() & frame["scale_most"].notna()]
        most, least = f["scale_most"], f["scale_least"]
        good = f["score"] >= most - 0.25 * (most - least)
        return self._sums(f, "identity_key", {"n": 1, "good": good})
