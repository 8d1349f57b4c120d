"""How many seconds does a written duration mean, and which number does a written score mean?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

UNIT_SECONDS = {"seconds": 1.0, "milliseconds": 0.001, "minutes": 60.0, "hours": 3600.0, "days": 86400.0}

_LENGTH = (
    r"^(?:1899-12-3[01][T ])?(?P<minus>-)?(?:(?P<d>\d{1,4})(?:\s*d(?:ays?)?\s*|\.))?"
    r"(?P<h>\d{1,5}):(?P<m>\d{1,2})(?::(?P<s>\d{1,2})(?:[.,](?P<f>\d{1,9}))?)?$"
)
_WORDS = (
    r"^(?i)(?P<minus>-)?(?:(?P<h>\d{1,5})\s*h(?:(?:ou)?rs?)?)?,?\s*(?:(?P<m>\d{1,5})\s*m(?:in(?:ute)?s?)?)?,?\s*"
    r"(?:(?P<s>\d{1,7})(?:[.,](?P<f>\d{1,9}))?\s*s(?:ec(?:ond)?s?)?)?\.?$"
)


Figures = tuple[np.ndarray, np.ndarray]


def read_numbers(text: pa.Array, decimal: str | None = None) -> Figures:
    """Numbers of a column of text, NaN where there is none; and where text stood that is no number.

    decimal: the sign before the decimals; where it is not given, the last of . and , in a value that cannot be a
    thousands separator. A percent sign is dropped: 95% is 95.
    """
    return _each_once(text, lambda distinct: _numbers(distinct, decimal))


def read_durations(text: pa.Array, unit: str | None = None, decimal: str | None = None) -> Figures:
    """Seconds of a column of text, NaN where there are none; and where text stood that is no duration.

    unit: what a bare number counts, seconds by default; `hh:mm` or `mm:ss`: what two parts mean, mm:ss by default.
    """
    return _each_once(text, lambda distinct: _durations(distinct, unit, decimal))


def _each_once(text: pa.Array, read: Callable[[pa.Array], Figures]) -> Figures:
    """Figures repeat a lot: each different text is read once."""
    encoded = text.dictionary_encode()
    values, wrong = read(encoded.dictionary)
    places = np.asarray(pc.fill_null(encoded.indices, len(values)))
    return np.append(values, np.nan)[places], np.append(wrong, False)[places]


def _numbers(text: pa.Array, decimal: str | None) -> Figures:
    plain = pc.replace_substring_regex(text, r"\s*%$|[\s\x{00A0}\x{202F}'’]+", "")
    if decimal == ",":
        plain = pc.replace_substring(pc.replace_substring(plain, ".", ""), ",", ".")
    elif decimal == ".":
        plain = pc.replace_substring(plain, ",", "")
    else:
        plain = _without_separators(plain)
    fine = pc.match_substring_regex(plain, r"^[+-]?(?:\d{1,15}(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?$")
    numbers = pc.cast(pc.if_else(fine, pc.utf8_ltrim(plain, "+"), pa.scalar(None, pa.string())), pa.float64())
    wrong = np.asarray(pc.and_(pc.is_valid(text), pc.invert(pc.fill_null(fine, False))))
    return np.asarray(pc.fill_null(numbers, float("nan"))), wrong


def _without_separators(text: pa.Array) -> pa.Array:
    """1.234,5 and 1,234.5 and 12,5 as numbers with a point."""
    comma_last = pc.match_substring_regex(text, r"^[+-]?(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,\d+)$")
    thousands = pc.match_substring_regex(text, r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
    with_comma = pc.replace_substring(pc.replace_substring(text, ".", ""), ",", ".")
    without = pc.replace_substring(text, ",", "")
    return pc.if_else(thousands, without, pc.if_else(comma_last, with_comma, text))


def _durations(text: pa.Array, unit: str | None, decimal: str | None) -> Figures:
    numbers, wrong = _numbers(text, decimal)
    seconds = numbers * UNIT_SECONDS.get(unit or "seconds", 1.0)
    for pattern in (_LENGTH, _WORDS):
        left = np.flatnonzero(wrong)
        if len(left) == 0:
            break
        found = pc.extract_regex(text.take(pa.array(left)), pattern)
        hit = np.asarray(found.is_valid())
        parts = dict(zip([part.name for part in found.type], found.filter(pa.array(hit)).flatten(), strict=True))
        seconds[left[hit]] = _seconds(parts, two_parts_are_hours=unit == "hh:mm")
        wrong[left[hit]] = False
    return seconds, wrong | np.isinf(seconds)


def _seconds(parts: Mapping[str, pa.Array], *, two_parts_are_hours: bool) -> np.ndarray:
    hours, minutes, seconds = (_float(parts[part]) for part in "hms")
    if "d" in parts and not two_parts_are_hours:
        two = np.asarray(pc.equal(parts["s"], ""))
        hours, minutes, seconds = (
            np.where(two, 0, hours),
            np.where(two, hours, minutes),
            np.where(two, minutes, seconds),
        )
    days = _float(parts["d"]) if "d" in parts else 0.0
    fraction = _float(pc.binary_join_element_wise("0", parts["f"], "."))
    sign = np.where(np.asarray(pc.equal(parts["minus"], "-")), -1.0, 1.0)
    return np.asarray(sign * (((days * 24 + hours) * 60 + minutes) * 60 + seconds + fraction))


def _float(text: pa.Array) -> np.ndarray:
    return np.asarray(pc.cast(pc.if_else(pc.equal(text, ""), "0", text), pa.float64()))
