"""Which rows of a page cannot be used, and which are used although part of them is impossible?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from floorwalker.ingest.source import Flag, Reject

SHOWN = 500

FLAG_MEANINGS = {
    "answered_by_nobody": "answered, but no agent is named and nobody talked; it counts as flowed out, not as answered",
    "answered_before_entered": "answered before it was asked or entered its queue; the time of the answer is left empty",
    "ended_before_answered": "ended before it was answered; the end is left empty",
    "ended_before_entered": "ended before it began; the end is left empty",
    "evaluated_before_contact": "evaluated before the contact began; the time of the evaluation is left empty",
    "evaluated_by_oneself": "evaluated by the agent her- or himself; it counts as an evaluation by oneself, in nobody's score",
    "negative_duration": "a duration below zero; it is left empty",
    "talk_without_answer": "talk on a contact that nobody answered; the talk is left empty",
    "score_outside_scale": "a score outside its scale; it is left empty",
    "survey_answered_before_contact": "the survey was answered before its contact began; the time of the answer is left empty",
    "survey_answered_before_invited": "the survey was answered before it was sent; the time of the answer is left empty",
    "stopped_before_started": "the state ended before it began; the end is left empty",
}


class Problems:
    """Collects what is wrong on one page. The first problem of a row is the one that is told."""

    def __init__(self, lines: np.ndarray, raw: list[list[str]]) -> None:
        self._lines = lines
        self._raw = raw
        self.rejected = np.zeros(len(raw), bool)
        self._rejects: dict[int, Reject] = {}
        self._flagged: dict[str, np.ndarray] = {}

    def reject(self, where: np.ndarray, reason: str, found: Callable[[int], str], expected: str, mend: str) -> None:
        """Refuse these rows, unless they are refused already."""
        new = where & ~self.rejected
        for row in np.flatnonzero(new).tolist():
            self._rejects[row] = Reject(
                int(self._lines[row]), reason, found(row)[:SHOWN], expected, mend, self.record(row)
            )
        self.rejected |= new

    def flag(self, where: np.ndarray, code: str) -> None:
        """Mark these rows as used although part of them is impossible."""
        if where.any():
            self._flagged[code] = self._flagged.get(code, np.zeros(len(self._raw), bool)) | where

    def record(self, row: int) -> str:
        """The row as it stands in the file."""
        return " | ".join(self._raw[row])[:SHOWN]

    @property
    def rejects(self) -> list[Reject]:
        """Every row that cannot be used, in the order of the file."""
        return [self._rejects[row] for row in sorted(self._rejects)]

    @property
    def flags(self) -> list[Flag]:
        """Every flag of a row that is used, in the order of the file."""
        found = [
            (row, code)
            for code, where in self._flagged.items()
            for row in np.flatnonzero(where & ~self.rejected).tolist()
        ]
        return [Flag(int(self._lines[r]), code, FLAG_MEANINGS[code], self.record(r)) for r, code in sorted(found)]

    def flag_lists(self) -> pa.Array:
        """For every row the list of its flags, null where there is none."""
        lists: list[list[str] | None] = [None] * len(self._raw)
        for code, where in sorted(self._flagged.items()):
            for row in np.flatnonzero(where).tolist():
                lists[row] = [*(lists[row] or []), code]
        return pa.array(lists, pa.list_(pa.string()))
