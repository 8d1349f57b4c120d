"""How are figures written for a person, a spreadsheet or a script?"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Column, Table

from floorwalker.ui.exports import guarded

# From here on nobody counts in seconds.
HOUR = 3600


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
    return f"{value:g}" if unit in ("contacts", "alerts", "commitments") else f"{value:.2f}"
