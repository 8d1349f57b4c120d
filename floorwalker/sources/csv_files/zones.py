"""Which instant is a local time, when the clocks change?"""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.sources.csv_files.times import DAY, SECOND, Times

LOCAL = pa.timestamp("us")
QUARTER = 900 * SECOND  # no zone's name has changed within one
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The German names of the zone that the list of zones calls CET and CEST.
OTHER_NAMES = {"MEZ": "CET", "MESZ": "CEST"}


@dataclass(frozen=True)
class Fold:
    """A repeated hour of the file whose second pass stands in these lines: [from_line, to_line)."""

    low: int
    high: int
    from_line: int
    to_line: int


@dataclass(frozen=True)
class Instants:
    """UTC micros where `known`. twice: the local time came twice that day; never: it did not come at all."""

    micros: np.ndarray
    known: np.ndarray
    twice: np.ndarray
    never: np.ndarray
    day_only: np.ndarray


def to_utc(times: Times, zone: str, late: np.ndarray | None = None) -> Instants:
    """Instants of local times in a zone. late: where the second of two equal local times is meant.

    A day without a time of day begins with its first moment, also where midnight does not exist.
    """
    fine = times.fine
    local = np.where(fine, times.micros, 0)
    convertible = fine & ~times.absolute
    if zone in ("UTC", "Etc/UTC") or not convertible.any():
        nowhere = np.zeros(len(local), bool)
        return Instants(local, fine, nowhere, nowhere, times.day_only)
    array = pa.array(local).cast(LOCAL)
    first = _assume(array, zone, "earliest")
    back = np.asarray(pc.local_timestamp(first).cast(pa.int64()))
    first_micros = np.asarray(first.cast(pa.int64()))
    second_micros = np.asarray(_assume(array, zone, "latest").cast(pa.int64()))
    never = convertible & (back != local)
    twice = convertible & ~never & (second_micros != first_micros)
    micros = np.where(twice & late, second_micros, first_micros) if late is not None else first_micros
    micros = np.where(never & times.day_only, second_micros, micros)
    micros = np.where(times.absolute, local, micros)
    never = never & ~times.day_only
    return Instants(micros, fine & ~never, twice & ~times.day_only, never, times.day_only)


def settle_named(times: Times, zone: str) -> tuple[Times, np.ndarray]:
    """Times with a zone's abbreviation made instants, and where it is not the one that this zone uses at that time.

    EST is one zone's winter and another one's summer: it is only understood where the site's own zone is called so at
    that very time. In the hour that comes twice it says which of the two is meant.
    """
    named = times.fine & (times.named != "")
    if not named.any():
        return times, named
    rows = np.flatnonzero(named)
    local = pa.array(times.micros[rows]).cast(LOCAL)
    said = np.array([OTHER_NAMES.get(name, name) for name in times.named[rows].tolist()])
    micros, settled = times.micros.copy(), np.zeros(len(rows), bool)
    for which in ("latest", "earliest"):
        utc = np.asarray(_assume(local, zone, which).cast(pa.int64()))
        same = said == _names_at(utc, zone)
        micros[rows[same]] = utc[same]
        settled |= same
    foreign = named.copy()
    foreign[rows[settled]] = False
    absolute = times.absolute.copy()
    absolute[rows[settled]] = True
    return replace(times, micros=micros, absolute=absolute), foreign


def _names_at(utc: np.ndarray, zone: str) -> np.ndarray:
    """What the zone is called at each instant."""
    quarters, rows = np.unique(utc // QUARTER, return_inverse=True)
    info = zoneinfo.ZoneInfo(zone)
    spans = (EPOCH + timedelta(microseconds=int(quarter) * QUARTER) for quarter in quarters)
    return np.array([at.astimezone(info).tzname() or "" for at in spans])[rows]


def _assume(array: pa.Array, zone: str, which: str) -> pa.Array:
    return pc.assume_timezone(array, zone, ambiguous=which, nonexistent=which)


def in_folds(folds: tuple[Fold, ...], times: Times, lines: np.ndarray) -> np.ndarray | None:
    """Where row order says that the second pass of a repeated hour is meant; None where it never does."""
    late = None
    for fold in folds:
        within = (times.micros >= fold.low) & (times.micros < fold.high)
        here = within & (lines >= fold.from_line) & (lines < fold.to_line)
        late = here if late is None else late | here
    return late


class FoldTracker:
    """Watches the local times of a whole file, batch by batch, for the order of its rows and its repeated hours."""

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self.rises = self.falls = 0
        self._last: tuple[int, bool] | None = None
        self._repeated: dict[int, list[tuple[int, int]]] = {}

    def watch(self, times: Times, lines: np.ndarray) -> None:
        """Take in the next rows."""
        instants = to_utc(times, self.zone)
        use = instants.known & ~times.absolute & ~times.day_only & (times.named == "")
        local, twice = times.micros[use], instants.twice[use]
        if len(local) == 0:
            return
        self._count(local, twice)
        for line, micros in zip(lines[use][twice].tolist(), local[twice].tolist(), strict=True):
            self._repeated.setdefault(micros // DAY, []).append((line, micros))

    def _count(self, local: np.ndarray, twice: np.ndarray) -> None:
        if self._last is not None:
            local, twice = np.append(self._last[0], local), np.append(self._last[1], twice)
        step = np.diff(local)[~(twice[1:] & twice[:-1])]
        self.rises += int((step > 0).sum())
        self.falls += int((step < 0).sum())
        self._last = int(local[-1]), bool(twice[-1])

    def folds(self) -> tuple[Fold, ...]:
        """The repeated hours whose two passes the order of the rows tells apart."""
        if (self.rises > 0) == (self.falls > 0):
            return ()
        found = (self._fold(times, ascending=self.rises > 0) for times in self._repeated.values())
        return tuple(fold for fold in found if fold is not None)

    def _fold(self, times: list[tuple[int, int]], *, ascending: bool) -> Fold | None:
        """In a file that ascends, time falls back once, where the second pass begins; in one that descends, it rises once."""
        sign = 1 if ascending else -1
        turns = [line for (_, before), (line, after) in pairwise(times) if (after - before) * sign < 0]
        if len(turns) != 1:
            return None
        low, high = min(micros for _, micros in times), max(micros for _, micros in times) + SECOND
        first, last = times[0][0], times[-1][0] + 1
        return Fold(low, high, turns[0], last) if ascending else Fold(low, high, first, turns[0])

    @property
    def repeated(self) -> int:
        """How many rows fell in an hour that came twice."""
        return sum(map(len, self._repeated.values()))

    def told_apart(self, folds: tuple[Fold, ...]) -> int:
        """How many of them the order of the rows settles, in either pass."""
        days = {fold.low // DAY for fold in folds}
        return sum(len(times) for day, times in self._repeated.items() if day in days)


def first_known(first: Instants, second: Instants) -> Instants:
    """The first where it is known, else the second."""
    micros = np.where(first.known, first.micros, second.micros)
    return Instants(micros, first.known | second.known, first.twice, first.never, first.day_only)
