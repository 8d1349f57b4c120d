"""How are figures written for a person, a spreadsheet or a script?"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Column, Table

from floorwalker.cli.asking import NAMED
from floorwalker.cli.opening import Home
from floorwalker.estimate import Estimate, Reason
from floorwalker.kpis.run import KpiRow
from floorwalker.ui.exports import guarded

# From here on nobody counts in seconds.
HOUR = 3600
BUCKETS = ("day", "week", "month", "hour", "interval")

REASON_TEXTS = {
    Reason.NO_DATA: "nothing happened in this period",
    Reason.TOO_FEW: "too few observations to say anything",
    Reason.PENDING: "what happened is not known yet",
    Reason.NOT_MEASURABLE: "the source does not tell what this measure needs",
    Reason.NOT_DEFINED_FOR_SPLIT: "this measure belongs to nobody in particular, so it cannot be split so",
}


def plain_row(row: KpiRow, home: Home, by: Sequence[str]) -> dict[str, Any]:
    """One row as the command line promises it; scripts read this."""
    answer = row.answer
    estimate = answer if isinstance(answer, Estimate) else None
    reason = None if isinstance(answer, Estimate) else answer.reason
    return {
        "kpi": row.kpi,
        "definition": row.definition,
        "group": {name: _named(name, value, home) for name, value in row.group.items()},
        "period": _period(row, by),
        "value": None if estimate is None else estimate.value,
        "observed": answer.observed,
        "low": None if estimate is None else estimate.low,
        "high": None if estimate is None else estimate.high,
        "n": answer.n,
        "unit": answer.unit,
        "pending": answer.pending,
        "reason": None if reason is None else str(reason),
        "reason_text": None if reason is None else REASON_TEXTS[reason],
    }


def place_of(kpi_ids: Sequence[str], by: Sequence[str]) -> Callable[[Mapping[str, Any]], Any]:
    """Measures as they were asked, groups by the names that are shown, nobody last."""

    def place(row: Mapping[str, Any]) -> Any:
        shown = [row["group"][name] for name in by]
        return kpi_ids.index(row["kpi"]), [
            (v is None, 0 if v is None or isinstance(v, str) else v, str(v)) for v in shown
        ]

    return place


def _named(name: str, value: bytes | str | int | None, home: Home) -> str | int | None:
    if name in NAMED:
        return home.names.name(name, value if isinstance(value, bytes) else None)
    return value.hex() if isinstance(value, bytes) else value


def _period(row: KpiRow, by: Sequence[str]) -> dict[str, str | None] | str | int | None:
    """The bucket where the row is one, else first and last day."""
    for name in BUCKETS:
        if name in by:
            value = row.group[name]
            return value.hex() if isinstance(value, bytes) else value
    return {"from": _iso(row.first_day), "to": _iso(row.last_day)}


def _iso(day: date | datetime | None) -> str | None:
    return None if day is None else day.isoformat()


def print_csv(rows: Sequence[Mapping[str, Any]], by: Sequence[str]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    fields = ("value", "observed", "low", "high", "n", "unit", "pending", "reason", "reason_text")
    writer.writerow(["kpi", "definition", *by, "from", "to", *fields])
    for row in rows:
        period = row["period"] if isinstance(row["period"], dict) else {"from": row["period"], "to": row["period"]}
        group = [guarded(row["group"][name]) for name in by]
        values = ["" if row[field] is None else row[field] for field in fields]
        writer.writerow([row["kpi"], row["definition"], *group, period["from"], period["to"], *values])


def print_table(rows: Sequence[Mapping[str, Any]], by: Sequence[str]) -> None:
    table = Table(
        Column("kpi", no_wrap=True, min_width=max((len(row["kpi"]) for row in rows), default=0)), *by, box=None
    )
    for heading in ("value", "likely (95 %)", "n", "pending"):
        table.add_column(heading)
    for row in rows:
        group = ["–" if row["group"][name] is None else str(row["group"][name]) for name in by]
        said = row["reason_text"] if row["reason"] else _figure(row["value"], row["unit"])
        likely = (
            "" if row["low"] is None else f"{_figure(row['low'], row['unit'])} to {_figure(row['high'], row['unit'])}"
        )
        table.add_row(row["kpi"], *group, said, likely, str(row["n"]), str(row["pending"]))
    Console().print(table)


def _clock(seconds: float) -> str:
    """Hours, minutes and seconds: 7:26:03 h."""
    minutes, rest = divmod(round(abs(seconds)), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02}:{rest:02} h"


def _figure(value: float, unit: str) -> str:
    if unit == "share":
        return f"{100 * value:.1f}%"
    if unit == "seconds":
        return f"{value:.1f} s" if abs(value) < HOUR else _clock(value)
    return f"{value:g}" if unit in ("contacts", "alerts") else f"{value:.2f}"
