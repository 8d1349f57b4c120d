"""When every value of a column has the same shape, such as 26/08/2023 18:39, which numbers stand where?

Exports of a system write all their times alike. Then the bytes are a table, and no pattern needs to be matched.
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_SHAPE = re.compile(r"(?:(\d{4})([-/.])(\d\d)\2(\d\d)|(\d\d)([-/.])(\d\d)\6(\d{4}))(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?")
_PARTS = {1: "y", 3: "m", 4: "d", 5: "a", 7: "b", 8: "c", 9: "h", 10: "n", 11: "s"}
_ZERO = ord("0")


def read_fixed_width(text: pa.Array) -> dict[str, np.ndarray] | None:
    """The numbers of each value by the name of the part (see `instants`), or None where the values differ in shape.

    y, m, d or a, b, c for the date; h, n, s for hour, minute and second, where there are any. The text has no nulls.
    """
    width = len(text[0].as_py()) if len(text) else 0
    match = _SHAPE.fullmatch(text[0].as_py()) if width else None
    if match is None or pc.min_max(pc.binary_length(text)).as_py() != {"min": width, "max": width}:
        return None
    table = _bytes(text, width)
    digits = table - _ZERO
    numeric = np.zeros(width, bool)
    for group in _PARTS:
        numeric[slice(*match.span(group))] = match.group(group) is not None
    if (digits[:, numeric] > 9).any() or (table[:, ~numeric] != table[0, ~numeric]).any():
        return None
    return {name: _number(digits[:, slice(*match.span(group))]) for group, name in _PARTS.items() if match.group(group)}


def _bytes(text: pa.Array, width: int) -> np.ndarray:
    buffer = text.buffers()[2]
    first = np.frombuffer(text.buffers()[1], np.int32, count=1, offset=4 * text.offset)[0]
    return np.frombuffer(buffer, np.uint8, count=len(text) * width, offset=int(first)).reshape(len(text), width)


def _number(digits: np.ndarray) -> np.ndarray:
    number = np.zeros(len(digits), np.int64)
    for place in range(digits.shape[1]):
        number = number * 10 + digits[:, place]
    return number
