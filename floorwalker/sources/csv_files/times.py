"""What is known of a column of written times: the moments, and what is still open about each?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

SECOND = 1_000_000
DAY = 86_400 * SECOND
LATEST = np.datetime64("2100-01-01", "us").astype(np.int64)


class Read(IntEnum):
    """How reading one value ended."""

    FINE = 0
    EMPTY = 1
    UNKNOWN = 2
    AMBIGUOUS = 3
    NO_SUCH_DAY = 4


@dataclass(frozen=True)
class OrderEvidence:
    """How many values of a column can only be read with the day first, or with the month first."""

    day_first: int = 0
    month_first: int = 0

    def __add__(self, other: OrderEvidence) -> OrderEvidence:
        return OrderEvidence(self.day_first + other.day_first, self.month_first + other.month_first)

    def order(self, mapping_says: str | None) -> str | None:
        """The order for the values that allow both: the column's own where it is unanimous, else what the mapping says."""
        if self.day_first and not self.month_first:
            return "day-month-year"
        if self.month_first and not self.day_first:
            return "month-day-year"
        return mapping_says


@dataclass(frozen=True)
class Times:
    """A column of moments. micros: since 1970, local time unless `absolute`; day_only: written without a time of day.

    named: the abbreviation of a zone behind the time, such as EST, empty where there is none; the time is local all the
    same, until `zones.settle_named` has compared the name with those of the site's zone.
    Where the state is AMBIGUOUS, micros is the reading with the month first.
    """

    micros: np.ndarray
    state: np.ndarray
    absolute: np.ndarray
    day_only: np.ndarray
    named: np.ndarray
    evidence: OrderEvidence

    @property
    def fine(self) -> np.ndarray:
        """Where there is a moment."""
        fine: np.ndarray = self.state == Read.FINE
        return fine

    def day_first(self) -> Times:
        """The same, with the ambiguous ones read with the day first."""
        days, clock = np.divmod(self.micros, DAY)
        date = days.astype("datetime64[D]")
        year, month = date.astype("datetime64[Y]"), date.astype("datetime64[M]")
        month_number, day = (
            (month - year.astype("datetime64[M]")).astype(np.int64) + 1,
            (date - month).astype(np.int64) + 1,
        )
        unsure = self.state == Read.AMBIGUOUS
        swapped, _ = days_since_1970(
            year.astype(np.int64) + 1970, np.where(unsure, day, 1), np.where(unsure, month_number, 1)
        )
        return replace(self.settled(), micros=np.where(unsure, swapped * DAY + clock, self.micros))

    def settled(self) -> Times:
        """The same, with the ambiguous ones taken as they are."""
        return replace(self, state=np.where(self.state == Read.AMBIGUOUS, Read.FINE, self.state).astype(np.uint8))


def join_day_and_clock(day: Times, clock: Times) -> Times:
    """The moment whose day stands in one column and whose time of day in another."""
    empty = (day.state == Read.EMPTY) & (clock.state == Read.EMPTY)
    state = np.where(day.fine & (clock.state != Read.EMPTY), clock.state, day.state)
    state = np.where((day.state == Read.AMBIGUOUS) & (clock.state == Read.UNKNOWN), Read.UNKNOWN, state)
    state = np.where(~empty & (day.state == Read.EMPTY), Read.UNKNOWN, state)
    start = day.micros - day.micros % DAY
    micros = np.where(clock.fine, start + clock.micros, day.micros)
    return Times(
        micros=micros,
        state=state.astype(np.uint8),
        absolute=day.absolute | clock.absolute,
        day_only=day.day_only & ~clock.fine,
        named=np.where(clock.named == "", day.named, clock.named),
        evidence=day.evidence,
    )


def days_since_1970(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Days since 1970, and whether the calendar has that day."""
    known = (month >= 1) & (month <= 12) & (year >= 1) & (day >= 1)
    months = np.where(known, (year - 1970) * 12 + month - 1, 0)
    start = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    length = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) - start
    return start + day - 1, known & (day <= length)
