"""How are figures asked for and written where a program reads them? The same for the command line and the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from floorwalker.errors import KpiError
from floorwalker.estimate import Answer, Estimate, Reason
from floorwalker.facts.tables import Channel, Direction
from floorwalker.kpis.dimensions import Value, find_dimension
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.kpis.run import KpiRow, run_kpis

if TYPE_CHECKING:
    from floorwalker.apps.people.names import Names

NAMED = ("site", "team", "agent", "queue")
# What only has these values: another one is a slip, and would be answered as if nothing had happened.
WORDS: dict[str, tuple[str, ...]] = {"channel": tuple(Channel), "direction": tuple(Direction)}
BUCKETS = ("day", "week", "month", "hour", "interval")

REASON_TEXTS = {
    Reason.NO_DATA: "nothing happened in this period",
    Reason.TOO_FEW: "too few observations to say anything",
    Reason.PENDING: "what happened is not known yet",
    Reason.NOT_MEASURABLE: "the source does not tell what this measure needs",
    Reason.NOT_DEFINED_FOR_SPLIT: "this measure belongs to nobody in particular, so it cannot be split so",
}


def read_value(name: str, text: str, names: Names) -> tuple[Value, ...]:
    """What is written for a dimension, as queries take it; KpiError where nobody and nothing is called so."""
    dimension = find_dimension(name)
    if not text:
        raise KpiError(f"{name}= names no {name}", where=f"{name}=")
    if name in WORDS and text not in WORDS[name]:
        raise KpiError(f"there is no {name} {text!r}", where=f"{name}={text}", expected=", ".join(WORDS[name]))
    return names.keys(name, text) if name in NAMED else (dimension.read(text),)


def ask(query: KpiQuery, facts: Facts, names: Names) -> list[dict[str, Any]]:
    """The rows that answer a question, in the order in which they are shown."""
    rows = [plain_row(row, names, query.by) for row in run_kpis(query, facts)]
    return sorted(rows, key=place_of(query.kpis, query.by))


def plain_row(row: KpiRow, names: Names, by: Sequence[str]) -> dict[str, Any]:
    """One row as the command line and the API promise it; scripts read this."""
    said = plain_answer(row.answer)
    return {
        "kpi": row.kpi,
        "definition": row.definition,
        "group": {name: _named(name, value, names) for name, value in row.group.items()},
        "period": _period(row, by),
        **{name: value for name, value in said.items() if name not in ("definition", "method")},
    }


def plain_answer(answer: Answer) -> dict[str, Any]:
    """A figure with its range, or the reason why there is none."""
    estimate = answer if isinstance(answer, Estimate) else None
    reason = None if isinstance(answer, Estimate) else answer.reason
    return {
        "definition": answer.definition,
        "value": None if estimate is None else estimate.value,
        "observed": answer.observed,
        "low": None if estimate is None else estimate.low,
        "high": None if estimate is None else estimate.high,
        "n": answer.n,
        "unit": answer.unit,
        "pending": answer.pending,
        "method": None if estimate is None else estimate.method,
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


def _named(name: str, value: bytes | str | int | None, names: Names) -> str | int | None:
    if name in NAMED:
        return names.name(name, value if isinstance(value, bytes) else None)
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
