"""What do the words, figures and scores of a guessed column mean?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from floorwalker.sources.csv_files.profile import ColumnProfile
from floorwalker.sources.csv_files.words import (
    CHANNEL_WORDS,
    DIRECTION_WORDS,
    OUTCOME_WORDS,
    STATE_WORDS,
    YES_WORDS,
)

MOST_WORDS = 60
_UNIT_WORDS = {
    "milliseconds": {"ms", "msec", "millis", "milliseconds"},
    "minutes": {"min", "mins", "minutes"},
    "hours": {"hours", "hrs"},
}


@dataclass(frozen=True)
class GuessedValues:
    """Each word of the file with our word for it and a comment; what empty cells and other words mean; what else it tells."""

    values: list[tuple[str, str, str]] = field(default_factory=list)
    empty: str | None = None
    other: str | None = None
    also: frozenset[str] = frozenset()


def guess_values(name: str, column: ColumnProfile) -> GuessedValues:
    """Our words for the words of a coded column."""
    if name == "outcome" and column.yes_no:
        return _yes_no_outcome(column)
    if column.yes_no and name in ("resolved", "transferred"):
        return GuessedValues([(word, "yes" if word.casefold() in YES_WORDS else "no", "") for word in _words(column)])
    if name == "channel":
        return _channels(column)
    if name == "direction":
        return _by_vocabulary(column, DIRECTION_WORDS, "inbound")
    vocabulary, otherwise = _VOCABULARIES[name]
    guessed = _by_vocabulary(column, vocabulary, otherwise)
    if name == "outcome" and column.filled < 1.0:
        return GuessedValues(guessed.values, "abandoned", guessed.other)
    return guessed


def _words(column: ColumnProfile) -> list[str]:
    """The different words of a column, the most frequent first; spellings that differ in case alone are one."""
    seen: dict[str, tuple[str, int]] = {}
    for word, count in column.counts.items():
        spelling, before = seen.get(word.casefold(), (word, 0))
        seen[word.casefold()] = (spelling, before + count)
    return [word for word, _ in sorted(seen.values(), key=lambda item: (-item[1], item[0]))][:MOST_WORDS]


def _yes_no_outcome(column: ColumnProfile) -> GuessedValues:
    lost = bool({"abandoned", "missed", "abandon", "lost"} & set(column.tokens))
    yes, no = ("abandoned", "answered") if lost else ("answered", "abandoned")
    values = [(word, yes if word.casefold() in YES_WORDS else no, "") for word in _words(column)]
    return GuessedValues(values, empty=no if column.filled < 1.0 else None)


def _channels(column: ColumnProfile) -> GuessedValues:
    found = [(word, CHANNEL_WORDS.get(word.casefold())) for word in _words(column)]
    values = [(w, known[0] if known else "task", "" if known else "? which channel is this?") for w, known in found]
    directed = any(known is not None and known[1] is not None for _, known in found)
    return GuessedValues(values, also=frozenset({"direction"}) if directed else frozenset())


def _by_vocabulary(column: ColumnProfile, known: Mapping[str, str], otherwise: str) -> GuessedValues:
    values = [
        (word, known.get(word.casefold(), otherwise), "" if word.casefold() in known else "? not a known word")
        for word in _words(column)
    ]
    return GuessedValues(values)


def guess_unit(column: ColumnProfile) -> tuple[str | None, str]:
    """The unit of a column of durations, and what the guess rests on."""
    example = next(iter(column.counts), "")
    if column.colon_share > 0.5:
        parts = example.count(":")
        return (
            (None, f"such as {example}")
            if parts == 2
            else (None, f"such as {example}; ? minutes and seconds (else unit: hh:mm)")
        )
    for unit, words in _UNIT_WORDS.items():
        if words & set(column.tokens):
            return unit, f"the heading says {unit}"
    numbers = column.numbers[~np.isnan(column.numbers)]
    if len(numbers) and numbers.max() < 1 and numbers.max() > 0:
        return "days", f"such as {example}: fractions of a day, as Excel keeps times"
    largest = f"the largest is {numbers.max():g}" if len(numbers) else ""
    said = {"seconds", "second", "sec", "secs"} & set(column.tokens)
    return None, f"seconds, as the heading says; {largest}" if said else f"? seconds; {largest}"


def guess_scale(column: ColumnProfile) -> tuple[float, float]:
    """The worst and best score that the scale probably has."""
    least, most = float(np.nanmin(column.numbers)), float(np.nanmax(column.numbers))
    if "nps" in column.tokens:
        return 0.0, 10.0
    for best in (1.0, 5.0, 7.0, 10.0, 100.0):
        if most <= best:
            return (0.0 if least < 1 or best in (1.0, 100.0) else 1.0), best
    return least, most


def question_code(column: ColumnProfile) -> str:
    """A code for the question that a score answers."""
    for code in ("nps", "ces"):
        if code in column.tokens:
            return code
    return "csat"


_VOCABULARIES: dict[str, tuple[Mapping[str, str], str]] = {
    "outcome": (OUTCOME_WORDS, "answered"),
    "state": (STATE_WORDS, "aux_work"),
    "ended_by": ({}, "system"),
    "promised_callback": ({}, "no"),
}
