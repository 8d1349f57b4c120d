"""What does a sample say of the file as a whole: order of day and month, decimal sign, zone, and words for nobody?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from floorwalker.sources.csv_files.assign import Assignment
from floorwalker.sources.csv_files.fields import FIELDS, FieldKind
from floorwalker.sources.csv_files.profile import ColumnProfile
from floorwalker.sources.csv_files.times import DAY, Read
from floorwalker.sources.csv_files.words import NOBODY

DAY_FIRST, MONTH_FIRST = "day-month-year", "month-day-year"
CLOSER_BY = 4
LEAST_SPREAD_DAYS = 20
_COMMA_DECIMALS = r"^[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{1,3}(?:\.\d{3})+,\d+)%?$"
_POINT_DECIMALS = r"^[+-]?(?:\d+\.(?:\d{1,2}|\d{4,})|0\.\d+|\d{1,3}(?:,\d{3})+\.\d+)%?$"
_EITHER = r"^[+-]?\d{1,3}(?:[.,]\d{3})+%?$"
_POINTS = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}\b")
_HALF_DAYS = r"(?i)\d\s*[ap]\.?m\b"


@dataclass(frozen=True)
class Guess:
    """What is guessed, and why; None where it is not known and must be asked."""

    value: str | None
    ground: str


def guess_order(columns: Sequence[ColumnProfile], found: Assignment) -> Guess | None:
    """The order of day and month; None where no column of times leaves it open."""
    unsure = [
        column for name, column in found.columns.items() if FIELDS[name].kind is FieldKind.INSTANT and _unsure(column)
    ]
    if not unsure:
        return None
    names = ", ".join(column.name for column in unsure)
    for value, ground in (
        _settled_elsewhere(columns),
        _with_points(unsure),
        _close_together(unsure),
        _half_days(unsure),
    ):
        if value is not None:
            return Guess(value, f"? {names}: {ground}")
    return Guess(None, f"? Is 03/04 in {names} the 3 April or the 4 March? Until you say so such rows are rejected.")


def _unsure(column: ColumnProfile) -> bool:
    return column.times.evidence.order(None) is None and bool((column.times.state == Read.AMBIGUOUS).any())


def _settled_elsewhere(columns: Sequence[ColumnProfile]) -> tuple[str | None, str]:
    told = {
        c.times.evidence.order(None): c.name for c in columns if c.moment_share > 0.5 and c.times.evidence.order(None)
    }
    if len(told) != 1:
        return None, ""
    ((order, name),) = told.items()
    return order, f"as in {name}, which allows nothing else"


def _with_points(unsure: Sequence[ColumnProfile]) -> tuple[str | None, str]:
    points = all(_POINTS.search(next(iter(column.counts))) for column in unsure)
    return (DAY_FIRST, "with points between them the day comes first") if points else (None, "")


def _close_together(unsure: Sequence[ColumnProfile]) -> tuple[str | None, str]:
    """The order under which the days lie close together, where the other one scatters them over months."""
    times = unsure[0].times
    use = (times.state == Read.AMBIGUOUS) | times.fine
    spread = {}
    for order, read in ((DAY_FIRST, times.day_first()), (MONTH_FIRST, times.settled())):
        days = read.micros[use] // DAY
        spread[order] = int(np.ptp(days))
    close, wide = sorted(spread, key=lambda order: spread[order])
    if spread[wide] < max(LEAST_SPREAD_DAYS, CLOSER_BY * spread[close]):
        return None, ""
    return close, f"so its rows lie within {spread[close] + 1} days, else within {spread[wide] + 1}"


def _half_days(unsure: Sequence[ColumnProfile]) -> tuple[str | None, str]:
    half = all(np.asarray(pc.match_substring_regex(column.held, _HALF_DAYS)).mean() > 0.9 for column in unsure)
    return (MONTH_FIRST, "dates with am and pm mostly have the month first") if half else (None, "")


def guess_decimal(columns: Sequence[ColumnProfile], delimiter: str | None) -> Guess | None:
    """The sign before decimals, where values such as 1,234 leave it open or the comma is it."""
    either = comma = point = ""
    for column in columns:
        if column.duration_share < 0.9 and column.number_share < 0.9:
            continue
        either = either or _example(column, _EITHER)
        comma = comma or _example(column, _COMMA_DECIMALS)
        point = point or _example(column, _POINT_DECIMALS)
    if not either or (point and not comma):
        return None
    if comma and not point:
        return Guess(",", f"as in {comma}")
    if delimiter == ";":
        return Guess(",", f"? {either} is read with decimals, as in files with semicolons")
    return Guess(
        ".",
        f"? {either} is read as a whole number in thousands" if "," in either else f"? {either} is read with decimals",
    )


def _example(column: ColumnProfile, pattern: str) -> str:
    hits = column.held.filter(pc.match_substring_regex(column.held, pattern))
    return str(hits[0]) if len(hits) else ""


def guess_zone(found: Assignment) -> Guess | None:
    """UTC where a heading says so."""
    for name in ("entered", "started", "survey_answered"):
        column = found.columns.get(name)
        if column is not None and {"utc", "gmt", "zulu"} & set(column.tokens) and not column.times.absolute.all():
            return Guess("UTC", f"the heading {column.name} says so")
    return None


def words_for_nobody(found: Assignment) -> list[str]:
    """The agent's cells that name nobody, as the file writes them."""
    agent = found.columns.get("agent")
    return sorted(word for word in agent.counts if word.casefold() in NOBODY) if agent is not None else []
