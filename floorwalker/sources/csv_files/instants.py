"""Which moment does a written date or time mean, whatever the form in which it is written?

Whole columns are read at once, each form by one pattern over the values that no earlier pattern read. 03/04 means two
days: which one is decided by the order of day and month that the caller gives, else it stays AMBIGUOUS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.sources.csv_files.fixed_width import read_fixed_width
from floorwalker.sources.csv_files.times import DAY, SECOND, OrderEvidence, Read, Times, days_since_1970

EXCEL_ZERO = np.datetime64("1899-12-30", "D").astype(np.int64)
EXCEL_DAYS = (20_000.0, 80_000.0)
EPOCH_SECONDS = (2.0e8, 4.2e9)
LONGEST_ABBREVIATION = 5

_CLOCK = (
    r"(?P<h>\d{1,2})[:h](?P<n>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"\s*(?P<p>[AaPp]\.?[Mm]\.?)?\s*(?:Uhr\s*)?"
    r"(?:(?P<z>Z|(?:UTC|GMT)[+-]\d{1,2}(?::?\d{2})?|UTC|GMT|[A-Z]{3,5}|[+-]\d{2}(?::?\d{2})?)(?:\s*\(\pL[\pL \d:+-]*\))?)?"
)
_TAIL = rf"(?:(?:T|,?\s+(?:(?:at|um|à|kl\.?)\s+)?){_CLOCK})?$"
_WEEKDAY = r"^(?:\pL{2,10}\.?,?\s+)?"
_PATTERNS = {
    "year": rf"{_WEEKDAY}(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_TAIL}",
    "numbers": rf"{_WEEKDAY}(?P<a>\d{{1,2}})[-/.](?P<b>\d{{1,2}})[-/.](?P<c>\d{{4}}|\d{{2}}){_TAIL}",
    "day name": rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?[-/ ]*(?P<w>\pL{{3,10}})\.?[-/, ]*(?P<y>\d{{4}}|\d{{2}}){_TAIL}",
    "name day": rf"{_WEEKDAY}(?P<w>\pL{{3,10}})(?:\.?\s+|[-/])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+|[-/])(?P<y>\d{{4}}){_TAIL}",
    "compact": r"^(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<h>\d{2})(?P<n>\d{2})(?P<s>\d{2}))?$",
}
_SHORT_YEAR = rf"^(?P<a>\d{{2}})[-/.](?P<b>\d{{1,2}})[-/.](?P<c>\d{{1,2}}){_TAIL}"
_CLOCK_ONLY = rf"^(?:(?:1899-12-3\d|1900-01-0\d)[T ])?{_CLOCK}$"
_UTC = frozenset({"Z", "UTC", "GMT"})
_NUMBER = r"^\d{1,13}(?:[.,]\d{1,15})?$"

# English first, then German, French, Spanish, Italian, Portuguese and Dutch where they differ.
_ENGLISH = dict(zip("jan feb mar apr may jun jul aug sep oct nov dec".split(), range(1, 13), strict=True))
_OTHERS = (
    "mär 3 mae 3 mai 5 okt 10 dez 12 fév 2 fev 2 avr 4 juin 6 juil 7 aoû 8 déc 12 ene 1 abr 4 ago 8 dic 12 "
    "gen 1 mag 5 giu 6 lug 7 set 9 ott 10 out 10 maa 3 mrt 3 mei 5"
).split()
_MONTHS = _ENGLISH | {name: int(number) for name, number in zip(_OTHERS[::2], _OTHERS[1::2], strict=True)}


# By name of the part: its text in each value, or its number already.
Parts = Mapping[str, pa.Array | np.ndarray]


def read_times(text: pa.Array, *, order: str | None = None, form: str | None = None) -> Times:
    """Moments of a column of text (null where a cell is empty).

    order: day-month-year, month-day-year or year-month-day, for values that allow more than one; form: excel,
    epoch-seconds or epoch-milliseconds, for bare numbers (recognised by their size where it is not given).
    """
    times = _blank(text)
    evidence = _fill_fixed_width(times, text, order)
    if order == "year-month-day":
        _fill(times, text, "short year", _SHORT_YEAR, order)
    for name, pattern in _PATTERNS.items():
        if name != "compact" or form is None:
            evidence += _fill(times, text, name, pattern, order)
    _fill_numbers(times, text, form)
    return replace(times, evidence=evidence)


def read_clock(text: pa.Array) -> Times:
    """Times of day of a column of text: micros since midnight; fractions of a day, as Excel keeps them, included."""
    times = _blank(text)
    for where, parts in _matches(times, text, _CLOCK_ONLY):
        _settle(times, where, np.zeros(len(where), np.int64), np.ones(len(where), bool), parts)
    for where, value in _numbers(times, text):
        fits = (value >= 0) & (value < 1)
        times.micros[where[fits]] = _rounded(value[fits] * DAY)
        times.state[where[fits]] = Read.FINE
    return times


def _blank(text: pa.Array) -> Times:
    empty = np.asarray(pc.is_null(text))
    state = np.where(empty, Read.EMPTY, Read.UNKNOWN).astype(np.uint8)
    count = len(text)
    return Times(
        micros=np.zeros(count, np.int64),
        state=state,
        absolute=np.zeros(count, bool),
        day_only=np.zeros(count, bool),
        named=np.zeros(count, f"U{LONGEST_ABBREVIATION}"),
        evidence=OrderEvidence(),
    )


def _fill_fixed_width(times: Times, text: pa.Array, order: str | None) -> OrderEvidence:
    """Read a column whose values all have one shape; nothing where they do not."""
    where = np.flatnonzero(times.state == Read.UNKNOWN)
    parts = read_fixed_width(text.drop_null() if len(where) < len(text) else text)
    return (
        OrderEvidence()
        if parts is None
        else _read_parts(times, where, "numbers" if "a" in parts else "year", parts, order)
    )


def _fill(times: Times, text: pa.Array, name: str, pattern: str, order: str | None) -> OrderEvidence:
    """Read the values that this pattern matches; what they say about the order of day and month."""
    evidence = OrderEvidence()
    for where, parts in _matches(times, text, pattern):
        evidence += _read_parts(times, where, name, parts, order)
    return evidence


def _read_parts(times: Times, where: np.ndarray, name: str, parts: Parts, order: str | None) -> OrderEvidence:
    year, month, day, certain = _calendar(name, parts, order)
    days, exists = days_since_1970(year, month, day)
    _settle(times, where, days * DAY, exists, parts)
    if not certain.all():
        times.state[where[~certain]] = Read.AMBIGUOUS
    if name != "numbers":
        return OrderEvidence()
    first, second = _whole(parts["a"]), _whole(parts["b"])
    return OrderEvidence(int(((first > 12) & (second <= 12)).sum()), int(((second > 12) & (first <= 12)).sum()))


def _matches(times: Times, text: pa.Array, pattern: str) -> Iterator[tuple[np.ndarray, Mapping[str, pa.Array]]]:
    """Once, or not at all: the rows that no pattern has read and this one matches, with its parts."""
    left = np.flatnonzero(times.state == Read.UNKNOWN)
    if len(left) == 0:
        return
    found = pc.extract_regex(text if len(left) == len(text) else text.take(pa.array(left)), pattern)
    hit = np.asarray(found.is_valid())
    if hit.any():
        some = found if hit.all() else found.filter(pa.array(hit))
        yield left[hit], dict(zip([field.name for field in some.type], some.flatten(), strict=True))


def _calendar(name: str, parts: Parts, order: str | None) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    if name not in ("numbers", "short year"):
        month = _month_numbers(parts["w"]) if "w" in parts else _whole(parts["m"])
        return _full_year(_whole(parts["y"])), month, _whole(parts["d"]), np.ones(len(month), bool)
    first, second, third = (_whole(parts[part]) for part in "abc")
    if name == "short year":
        return _full_year(first), second, third, np.ones(len(first), bool)
    day_first = np.full(len(first), order == "day-month-year")
    day_first = np.where((first > 12) & (second <= 12), True, day_first)
    day_first = np.where((second > 12) & (first <= 12), False, day_first)
    named = order in ("day-month-year", "month-day-year")
    certain = (first > 12) | (second > 12) | (first == second) | named
    return _full_year(third), np.where(day_first, second, first), np.where(day_first, first, second), certain


def _settle(times: Times, where: np.ndarray, start: np.ndarray, exists: np.ndarray, parts: Parts) -> None:
    """Write the moments of one pattern: start of day and time of day, zone and all."""
    hour, minute, second = (_whole(parts[part]) if part in parts else np.zeros(len(where), np.int64) for part in "hns")
    has_clock = _given(parts["h"]) if "h" in parts else np.zeros(len(where), bool)
    half = pc.utf8_lower(parts["p"]) if "p" in parts else pa.repeat("", len(where))
    noon = np.asarray(pc.starts_with(half, "p"))
    twelve = np.asarray(pc.not_equal(half, ""))
    possible = np.where(twelve, (hour >= 1) & (hour <= 12), (hour <= 23) | ((hour == 24) & (minute + second == 0)))
    hour = np.where(twelve, hour % 12 + 12 * noon, hour)
    offset, zoned = np.zeros(len(where), np.int64), np.zeros(len(where), bool)
    if "z" in parts:
        offset, zoned, times.named[where] = _offsets(parts["z"])
    fraction = _whole(pc.utf8_slice_codeunits(pc.utf8_rpad(parts["f"], 6, "0"), 0, 6)) if "f" in parts else 0
    clock = ((hour * 60 + minute) * 60 + second) * SECOND + fraction
    times.micros[where] = start + clock - offset * SECOND
    times.absolute[where] = zoned
    times.day_only[where] = ~has_clock
    state = np.where(possible & (minute <= 59) & (second <= 59), Read.FINE, Read.UNKNOWN)
    times.state[where] = np.where(exists, state, Read.NO_SUCH_DAY)


def _offsets(zone: pa.Array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Seconds east of UTC, whether that is written, and the zone's abbreviation; each distinct zone is worked out once."""
    encoded = zone.dictionary_encode()
    zones = encoded.dictionary.to_pylist()
    names = [text if text.isalpha() and text not in _UTC else "" for text in zones]
    seconds = [0 if name else _offset(text) for name, text in zip(names, zones, strict=True)]
    zoned = [bool(text) and not name for name, text in zip(names, zones, strict=True)]
    rows = np.asarray(encoded.indices)
    return np.array(seconds, np.int64)[rows], np.array(zoned, bool)[rows], np.array(names, "U")[rows]


def _offset(text: str) -> int:
    """Seconds east of UTC of Z, UTC, +01, +0100, +01:00 or GMT+1."""
    sign, hours, minutes = re.fullmatch(r"(?:Z|UTC|GMT)?([+-]?)(\d{0,2}):?(\d{0,2})", text).groups()  # type: ignore[union-attr]
    return (-1 if sign == "-" else 1) * (int(hours or 0) * 3600 + int(minutes or 0) * 60)


def _fill_numbers(times: Times, text: pa.Array, form: str | None) -> None:
    for where, value in _numbers(times, text):
        milliseconds = value / 1000
        readings = {
            "excel": (_between(value, EXCEL_DAYS), (value + EXCEL_ZERO) * DAY, False),
            "epoch-seconds": (_between(value, EPOCH_SECONDS), value * SECOND, True),
            "epoch-milliseconds": (_between(milliseconds, EPOCH_SECONDS), milliseconds * SECOND, True),
        }
        for name, (fits, micros, absolute) in readings.items():
            if form in (None, name):
                rows = where[fits]
                times.micros[rows] = _rounded(micros[fits])
                times.absolute[rows] = absolute
                times.day_only[rows] = False if absolute else micros[fits] % DAY == 0
                times.state[rows] = Read.FINE


def _numbers(times: Times, text: pa.Array) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    left = np.flatnonzero(times.state == Read.UNKNOWN)
    if len(left):
        values = text.take(pa.array(left))
        hit = np.asarray(pc.match_substring_regex(values, _NUMBER))
        if hit.any():
            numbers = pc.replace_substring(values.filter(pa.array(hit)), ",", ".")
            yield left[hit], np.asarray(pc.cast(numbers, pa.float64()))


def _between(value: np.ndarray, bounds: tuple[float, float]) -> np.ndarray:
    return (value >= bounds[0]) & (value < bounds[1])


def _rounded(micros: np.ndarray) -> np.ndarray:
    """To the millisecond: a day kept as a fraction is not exact beyond it."""
    return (np.rint(micros / 1000) * 1000).astype(np.int64)


def _given(part: pa.Array | np.ndarray) -> np.ndarray:
    """Where a part of a pattern was written at all."""
    return np.ones(len(part), bool) if isinstance(part, np.ndarray) else np.asarray(pc.not_equal(part, ""))


def _whole(text: pa.Array | np.ndarray) -> np.ndarray:
    """Whole numbers of a column of digits; 0 where there are none."""
    if isinstance(text, np.ndarray):
        return text
    filled = pc.if_else(pc.equal(pc.fill_null(text, ""), ""), "0", pc.fill_null(text, "0"))
    return np.asarray(pc.cast(filled, pa.int64()))


def _full_year(year: np.ndarray) -> np.ndarray:
    full: np.ndarray = np.where(year >= 100, year, np.where(year < 70, year + 2000, year + 1900))
    return full


def _month_numbers(names: pa.Array) -> np.ndarray:
    encoded = pc.utf8_lower(names).dictionary_encode()
    numbers = [_MONTHS.get(name[:4], _MONTHS.get(name[:3], 0)) for name in encoded.dictionary.to_pylist()]
    months: np.ndarray = np.array(numbers, np.int64)[np.asarray(encoded.indices)]
    return months
