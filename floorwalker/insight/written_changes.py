"""How do charts and changes of kinds of contact become rows of table `statement`, and such rows the same answers again?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from floorwalker.insight.columns import CHANGED, FLOOR, KIND, STEADY, UNKNOWN, Columns, Row, capped_of, kpi_of
from floorwalker.insight.process import Changed, Processes
from floorwalker.insight.trend import Drift, Followed, Trends, Unit

# what is changing


def write_trends(found: Trends) -> Columns:
    """One row for each change of a unit, and one for a unit without any."""
    rows = Columns()
    rows.add(1, subject=[FLOOR])
    some = [(unit, drift) for unit in found.units for drift in unit.drifts or (None,)]
    rows.add(
        len(some),
        subject=[str(unit.kind) for unit, _drift in some],
        subject_key=[unit.key for unit, _drift in some],
        verdict=[STEADY if drift is None else CHANGED for _unit, drift in some],
        flagged=[drift is not None for _unit, drift in some],
        change=[drift and drift.size for _unit, drift in some],
        began=[drift and drift.began for _unit, drift in some],
        detected=[drift and drift.detected for _unit, drift in some],
        up=[None if drift is None else drift.up for _unit, drift in some],
        worse=[None if drift is None else drift.worse for _unit, drift in some],
    )
    rows.fill(alarms_a_month=found.budget)
    return rows


def trends(rows: Sequence[Row]) -> Trends:
    """The charts' answer that these rows are."""
    floor, *others = rows
    units = groupby(others, key=lambda row: (row["subject"], row["subject_key"]))
    followed = tuple(Followed(Unit(kind), key, tuple(_drifts(some))) for (kind, key), some in units)
    return Trends(kpi_of(floor), followed, floor["alarms_a_month"], capped_of(floor))


def _drifts(rows: Iterable[Row]) -> Iterator[Drift]:
    for row in rows:
        if row["verdict"] == CHANGED:
            yield Drift(row["began"], row["detected"], row["up"], row["worse"], row["change"])


# which kinds of contact changed


def write_processes(found: Processes) -> Columns:
    """One row for each kind of contact."""
    rows, some = Columns(), found.kinds
    rows.add(1, subject=[FLOOR], n=[sum(one.n for one in some)])
    rows.add(
        len(some),
        subject=[KIND] * len(some),
        subject_key=[one.kind if isinstance(one.kind, bytes) else None for one in some],
        subject_text=[None if one.kind is None or isinstance(one.kind, bytes) else str(one.kind) for one in some],
        verdict=[CHANGED if one.flagged else UNKNOWN if one.change is None else STEADY for one in some],
        flagged=[one.flagged for one in some],
        n=[one.n for one in some],
        change=[one.change for one in some],
        low=[one.low for one in some],
        high=[one.high for one in some],
    )
    return rows


def processes(rows: Sequence[Row]) -> Processes:
    """The answer about kinds of contact that these rows are."""
    floor, *others = rows
    kinds = tuple(
        Changed(
            row["subject_text"] if row["subject_key"] is None else row["subject_key"],
            row["change"],
            row["low"],
            row["high"],
            row["flagged"],
            row["n"],
        )
        for row in others
    )
    return Processes(kpi_of(floor), kinds, capped_of(floor))
