"""When one row is one stretch of an agent's time: in which state, from when to when, cut at the site's midnight?"""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.facts.tables import STATE_INTERVAL
from floorwalker.sources.csv_files.contacts import demand_time, named_rows
from floorwalker.sources.csv_files.page import PageReader, came_before, instant_array, possible
from floorwalker.sources.csv_files.times import SECOND
from floorwalker.sources.csv_files.zones import Instants

LONGEST_DAYS = 31


def state_rows(page: PageReader, site: zoneinfo.ZoneInfo) -> tuple[dict[str, pa.Table], np.ndarray]:
    """Rows of `state_interval` for the rows of a page that can be used, and which those are."""
    ids, state, agent = page.ids(), page.code("state"), page.text("agent")
    started = page.begin()
    demand_time(page, started.known, page.mapping.fields["started"].columns)
    for name, values in (("state", state), ("agent", agent)):
        page.problems.reject(
            np.asarray(pc.is_null(values)),
            f"no {name}",
            lambda row: "an empty cell",
            f"the {name} in every row",
            "complete the row",
        )
    stopped = _stopped(page, started)
    page.problems.reject(
        stopped.known & (stopped.micros - started.micros > LONGEST_DAYS * 86_400 * SECOND),
        "state of more than a month",
        lambda row: page.problems.record(row),
        f"at most {LONGEST_DAYS} days",
        "correct the row",
    )
    used = ~page.problems.rejected
    columns = {
        "state_id": ids,
        "agent": agent,
        "team": page.text("team"),
        "state": state,
        "detail": page.text("detail"),
        "started_at": instant_array(started),
        "ended_at": instant_array(stopped),
        "flags": page.problems.flag_lists(),
    }
    whole = named_rows(STATE_INTERVAL, columns).filter(pa.array(used))
    return {STATE_INTERVAL.name: _cut(whole, site)}, used


def _stopped(page: PageReader, started: Instants) -> Instants:
    given = page.instants("stopped", started)
    early = came_before(given, started)
    page.problems.flag(early, "stopped_before_started")
    stopped = possible(given, early, started)
    lasted = page.seconds("lasted")
    by_length = started.known & ~np.isnan(lasted)
    micros = started.micros + np.where(by_length, np.nan_to_num(lasted) * SECOND, 0).astype(np.int64)
    return Instants(
        np.where(stopped.known, stopped.micros, micros),
        stopped.known | by_length,
        started.twice,
        started.never,
        stopped.day_only,
    )


def _cut(rows: pa.Table, site: zoneinfo.ZoneInfo) -> pa.Table:
    """Every stretch cut where the site's day ends; the first part keeps the id, the others are numbered from 2."""
    takes: list[int] = []
    parts: list[tuple[str, datetime, datetime | None]] = []
    for place, (name, start, end) in enumerate(
        zip(*(rows[c].to_pylist() for c in ("state_id", "started_at", "ended_at")), strict=True)
    ):
        for number, (begin, stop) in enumerate(_days(start, end, site), 1):
            takes.append(place)
            parts.append((name if number == 1 else f"{name}#{number}", begin, stop))
    cut = rows.take(pa.array(takes, pa.int64()))
    names, begins, ends = (list(column) for column in zip(*parts, strict=True)) if parts else ([], [], [])
    seconds = [
        None if stop is None else (stop - begin).total_seconds() for begin, stop in zip(begins, ends, strict=True)
    ]
    columns = {name: cut[name] for name in cut.column_names}
    columns |= {
        "state_id": pa.array(names, pa.string()),
        "started_at": pa.array(begins, pa.timestamp("us", tz="UTC")),
        "ended_at": pa.array(ends, pa.timestamp("us", tz="UTC")),
        "seconds": pa.array(seconds, pa.float64()),
    }
    return named_rows(STATE_INTERVAL, columns)


def _days(start: datetime, end: datetime | None, site: zoneinfo.ZoneInfo) -> list[tuple[datetime, datetime | None]]:
    pieces: list[tuple[datetime, datetime | None]] = []
    while end is not None:
        tomorrow = (start.astimezone(site) + timedelta(days=1)).replace(
            hour=0, minute=0, second=0, microsecond=0, fold=0
        )
        midnight = tomorrow.astimezone(UTC)
        if midnight >= end:
            break
        pieces.append((start, midnight))
        start = midnight
    return [*pieces, (start, end)]
