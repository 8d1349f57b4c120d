"""How is a column worked on whose values repeat? Each distinct value once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc


def by_distinct(values: pa.ChunkedArray, make: Callable[[Any], Any], type: pa.DataType) -> pa.ChunkedArray:
    """What `make` gives for every value, as a column of that type; null where the value is null."""
    encoded = pc.dictionary_encode(values.combine_chunks())
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    made = pa.array([make(value) for value in encoded.dictionary.to_pylist()], type)
    return pa.chunked_array([made.take(encoded.indices)])
