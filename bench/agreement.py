"""Do all engines give the same figures? Nothing is timed before they do."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from bench.postgres_rows import PARTS, Row
from floorwalker.kpis.gather import GroupSummary
from floorwalker.stats.summaries import Count, Mean, Proportion, Rate, Ratio

Key = tuple[Any, ...]
Figures = dict[tuple[str, Key], tuple[float, ...]]


def of_summaries(found: Iterable[GroupSummary]) -> Figures:
    """Our own figures, by measure and group."""
    figures: Figures = {}
    for one in found:
        if None not in one.group:
            values = _summed(one.summary)
            if any(values):
                figures[one.kpi.id, tuple(map(_plain, one.group))] = values
    return figures


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else str(value)


def _summed(summary: object) -> tuple[float, ...]:
    match summary:
        case Mean(n=n, s1=s1, s2=s2):
            return (n, s1, s2)
        case Proportion(n=n, events=events):
            return (n, events)
        case Count(events=events):
            return (events,)
        case Rate(events=events, exposure=exposure):
            return (events, exposure)
        case Ratio(sum_x=x, sum_y=y):
            return (x, y)
    raise TypeError(f"the page has no measure of the kind {summary!r}")


# Where each measure's sums stand among those of its part.
_PLACES: dict[str, tuple[str, tuple[int, ...]]] = {
    "contacts_handled": ("segment", (0,)),
    "average_handle_time": ("segment", (1, 2, 3)),
    "average_talk_time": ("segment", (4, 5, 6)),
    "average_wrap_up_time": ("segment", (7, 8, 9)),
    "transfer_rate": ("segment", (10, 11)),
    "contacts_answered": ("answer", (0,)),
    "average_speed_of_answer": ("answer", (1, 2, 3)),
    "first_contact_resolution": ("resolution", (0, 1)),
    "occupancy": ("state_interval", (0, 1)),
    "contacts_per_hour": ("state_interval", (2, 3)),
    "ring_no_answer_rate": ("alert", (1, 0)),
    "csat_top_box": ("survey", (0, 1)),
}


def of_postgres(parts: Mapping[str, list[Row]], keys: int) -> Figures:
    """PostgreSQL's figures; the first `keys` columns of a row are its group."""
    rows = {part: [(tuple(map(_written, row[:keys])), row[keys:]) for row in parts[part]] for part in PARTS}
    return _by_measure(rows)


def of_pandas(parts: Mapping[str, Any]) -> Figures:
    """The figures of pandas by agent and day."""
    rows = {
        part: [
            ((agent.hex(), str(day.date())), tuple(row)) for (agent, day), row in zip(f.index, f.values, strict=True)
        ]
        for part, f in parts.items()
    }
    return _by_measure(rows)


def _written(value: Any) -> Any:
    return getattr(value, "hex", None) or str(value)


def _by_measure(rows: Mapping[str, list[tuple[Key, tuple[Any, ...]]]]) -> Figures:
    figures: Figures = {}
    for measure, (part, places) in _PLACES.items():
        for key, values in rows[part]:
            told = tuple(float(values[place] or 0) for place in places)
            if key[0] not in (None, "None") and any(told):
                figures[measure, key] = told
    return figures


def check_same(ours: Figures, theirs: Figures, who: str) -> None:
    """Raise unless both say the same of every measure and group."""
    missing = ours.keys() ^ theirs.keys()
    if missing:
        raise AssertionError(f"{who} and Floorwalker differ in {len(missing)} groups, such as {sorted(missing)[0]}")
    for key, values in ours.items():
        if not all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-6) for a, b in zip(values, theirs[key], strict=True)):
            raise AssertionError(f"{who} and Floorwalker differ in {key}: {theirs[key]} and {values}")
