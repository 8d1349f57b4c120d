"""What names a row that has no id? A digest of its mapped cells, and its number among equal rows of its file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from floorwalker.facts.keys import SEPARATOR

DIGEST_BYTES = 16


class RowNames:
    """Names the rows of one file, batch by batch. Eight bytes are kept for each row, to know equal ones again.

    Rows that differ but share those eight bytes (not to be met in practice) would be numbered as if they were equal;
    their names differ all the same.
    """

    def __init__(self) -> None:
        self._levels: list[np.ndarray] = []

    def names(self, cells: Sequence[Sequence[str]]) -> list[str]:
        """A name for each row: the same whenever the same rows stand in a file in the same order."""
        digests = [_digest(row) for row in cells]
        short = np.frombuffer(b"".join(digest[:8] for digest in digests), np.uint64)
        ordinals = self._earlier(short) + _ordinals(short)
        self._keep(np.sort(short))
        return [f"{digest.hex()}-{ordinal}" for digest, ordinal in zip(digests, ordinals.tolist(), strict=True)]

    def _earlier(self, short: np.ndarray) -> np.ndarray:
        count = np.zeros(len(short), np.int64)
        for level in self._levels:
            count += np.searchsorted(level, short, "right") - np.searchsorted(level, short, "left")
        return count

    def _keep(self, level: np.ndarray) -> None:
        # Levels of like size are merged, so that there are few of them and each row is sorted only a few times.
        while self._levels and len(self._levels[-1]) <= 2 * len(level):
            level = np.sort(np.concatenate([self._levels.pop(), level]))
        self._levels.append(level)


def _digest(row: Sequence[str]) -> bytes:
    return hashlib.blake2b(SEPARATOR.join(row).encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()


def _ordinals(short: np.ndarray) -> np.ndarray:
    """For each value its number among the equal ones before it."""
    order = np.argsort(short, kind="stable")
    ordered = short[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(short) else np.zeros(0, np.int64)
    within = np.arange(len(short)) - np.repeat(starts, np.diff(np.append(starts, len(short))))
    ordinals = np.empty(len(short), np.int64)
    ordinals[order] = within
    return ordinals
