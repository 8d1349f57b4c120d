"""What do the words, figures and scores of a guessed column mean?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from floorwalker.sources.csv_files.fields import FIELDS, YES_NO
from floorwalker.sources.csv_files.profile import ColumnProfile
from floorwalker.sources.csv_files.words import (
    CHANNEL_WORDS,
    DIRECTION_WORDS,
    OUTCOME_WORDS,
    STATE_WORDS,
    YES_WORDS,
    direction_of,
    outcome_of,
)
from floorwalker.sources.csv_files.worked import word_means_nobody

MOST_WORDS = 60
_LOST = ("abandon", "missed", "lost", "unanswered")
_UNIT_WORDS = {
    "milliseconds": {"ms", "msec", "millis", "milliseconds"},
    "minutes": {"min", "mins", "minutes"},
    "hours": {"hours", "hrs"},
}
# Stages of one contact; an agent's own ones are hardly ever hours long, so that such figures are milliseconds.
_OF_AGENTS = ("talk", "handle", "hold", "wrap_up")
_OF_STAGES = frozenset({*_OF_AGENTS, "wait", "ring"})
USUAL_SECONDS_AT_MOST = 20_000
LEAST_NUMBERS = 0.95
_STATED_SCALE = re.compile(r"\b(\d{1,3})\s*(?:-|–|to|bis|à|/)\s*(\d{1,3})\b")


@dataclass(frozen=True)
class GuessedValues:
    """Each word of the file with our word for it and a comment; what empty cells and other words mean; what else it tells."""

    values: list[tuple[str, str, str]] = field(default_factory=list)
    empty: str | None = None
    other: str | None = None
    also: frozenset[str] = frozenset()


def guess_values(name: str, column: ColumnProfile, nobody: np.ndarray | None = None) -> GuessedValues:
    """Our words for the words of a coded column. nobody: where nobody worked on the row, for outcomes that no word tells."""
    if name == "outcome":
        return _yes_no_outcome(column, nobody) if column.yes_no else _outcomes(column, nobody)
    if column.yes_no and FIELDS[name].words == YES_NO:
        return GuessedValues([(word, "yes" if word.casefold() in YES_WORDS else "no", "") for word in _words(column)])
    if name == "channel":
        return _channels(column)
    if name == "direction":
        return GuessedValues(
            [(word, *_direction(word)) for word in _words(column)], "inbound" if column.filled < 1 else None
        )
    vocabulary, otherwise = _VOCABULARIES[name]
    return _by_vocabulary(column, vocabulary, otherwise)


def _outcomes(column: ColumnProfile, nobody: np.ndarray | None) -> GuessedValues:
    values = [(word, *_outcome(column, word, nobody)) for word in _words(column)]
    directed = any(direction_of(word) is not None for word in column.counts)
    empty = "abandoned" if column.filled < 1.0 else None
    return GuessedValues(values, empty, also=frozenset({"direction"}) if directed else frozenset())


def _outcome(column: ColumnProfile, word: str, nobody: np.ndarray | None) -> tuple[str, str]:
    """Our word and the comment beside it: what the word says, else what became of the rows that hold it."""
    known = outcome_of(word)
    alone = word_means_nobody(column, word, nobody)
    if known == "answered" and alone and nobody is not None and nobody.mean() < 1.0:
        return "flowed_out", "? the word says answered, but nobody worked on these"
    if known is not None:
        return known, "" if word.casefold() in OUTCOME_WORDS else "? by a part of the word"
    if direction_of(word) is not None:
        return "answered", "? a direction: taken as answered"
    if alone is None:
        return "answered", "? not a known word"
    return (
        ("abandoned", "? not a known word; nobody worked on these")
        if alone
        else (
            "answered",
            "? not a known word; somebody worked on these",
        )
    )


def _words(column: ColumnProfile) -> list[str]:
    """The different words of a column, the most frequent first; spellings that differ in case alone are one."""
    seen: dict[str, tuple[str, int]] = {}
    for word, count in column.counts.items():
        spelling, before = seen.get(word.casefold(), (word, 0))
        seen[word.casefold()] = (spelling, before + count)
    return [word for word, _ in sorted(seen.values(), key=lambda item: (-item[1], item[0]))][:MOST_WORDS]


def _yes_no_outcome(column: ColumnProfile, nobody: np.ndarray | None) -> GuessedValues:
    """Yes means answered, unless the heading speaks of the lost ones or nobody worked on any row with yes."""
    lost = any(token.startswith(_LOST) for token in column.tokens)
    yes_words = [word for word in column.counts if word.casefold() in YES_WORDS]
    idle = {word_means_nobody(column, word, nobody) for word in yes_words}
    turned = len(idle) == 1 and None not in idle and idle != {lost}
    yes, no = ("abandoned", "answered") if lost != turned else ("answered", "abandoned")
    comment = "? taken so since talk, answer and agent say so" if turned else ""
    values = [(word, yes if word.casefold() in YES_WORDS else no, comment) for word in _words(column)]
    return GuessedValues(values, empty=no if column.filled < 1.0 else None)


def _channels(column: ColumnProfile) -> GuessedValues:
    found = [(word, CHANNEL_WORDS.get(word.casefold())) for word in _words(column)]
    values = [(w, known[0] if known else "task", "" if known else "? which channel is this?") for w, known in found]
    directed = any(known is not None and known[1] is not None for _, known in found)
    return GuessedValues(values, also=frozenset({"direction"}) if directed else frozenset())


def _direction(word: str) -> tuple[str, str]:
    return direction_of(word) or "inbound", "" if word.casefold() in DIRECTION_WORDS else "? not a known word"


def _by_vocabulary(column: ColumnProfile, known: Mapping[str, str], otherwise: str) -> GuessedValues:
    values = [
        (word, known.get(word.casefold(), otherwise), "" if word.casefold() in known else "? not a known word")
        for word in _words(column)
    ]
    return GuessedValues(values)


def guess_unit(name: str, column: ColumnProfile, others: Mapping[str, ColumnProfile]) -> tuple[str | None, str]:
    """The unit of a column of durations, and what the guess rests on. others: the columns found beside it."""
    example = next(iter(column.counts), "")
    if column.colon_share > 0.5:
        return _two_or_three_parts(column, example)
    for unit, words in _UNIT_WORDS.items():
        if words & set(column.tokens):
            return unit, f"the heading says {unit}"
    numbers = column.numbers[~np.isnan(column.numbers)]
    if len(numbers) and 0 < numbers.max() < 1:
        return "days", f"such as {example}: fractions of a day, as Excel keeps times"
    if not len(numbers):
        return None, f"such as {example}"
    largest = f"the largest is {numbers.max():g}"
    if {"seconds", "second", "sec", "secs", "s"} & set(column.tokens):
        return None, f"seconds, as the heading says; {largest}"
    alike = (column, *(others[other] for other in _OF_AGENTS if other in others))
    if name in _OF_STAGES and any(_too_long_for_seconds(other) for other in alike):
        return "milliseconds", f"? too long for seconds; {largest}"
    return None, f"? seconds; {largest}"


def _two_or_three_parts(column: ColumnProfile, example: str) -> tuple[str | None, str]:
    if example.count(":") == 2:
        return None, f"such as {example}"
    tokens = set(column.tokens)
    if ({"hh", "h"} & tokens and "ss" not in tokens) or tokens & _UNIT_WORDS["hours"]:
        return "hh:mm", f"such as {example}: hours and minutes, as the heading says"
    return None, f"such as {example}; ? minutes and seconds (else unit: hh:mm)"


def _too_long_for_seconds(column: ColumnProfile) -> bool:
    """Whether an agent would usually be busy for hours with one contact, were these seconds."""
    numbers = column.numbers[column.numbers > 0]
    return column.colon_share == 0 and len(numbers) > 0 and bool(np.median(numbers) > USUAL_SECONDS_AT_MOST)


def guess_scale(column: ColumnProfile) -> tuple[float, float]:
    """The worst and best score that the scale probably has; what the heading says comes first."""
    if column.number_share < LEAST_NUMBERS and column.score_words is not None:
        return column.score_words.scale
    least, most = float(np.nanmin(column.numbers)), float(np.nanmax(column.numbers))
    stated = _STATED_SCALE.search(column.name)
    if stated and float(stated[1]) <= least <= most <= float(stated[2]):
        return float(stated[1]), float(stated[2])
    if "nps" in column.tokens:
        return 0.0, 10.0
    for best in (1.0, 5.0, 7.0, 10.0, 100.0):
        if most <= best:
            return (0.0 if least < 1 or best in (1.0, 100.0) else 1.0), best
    return least, most


def guess_points(column: ColumnProfile) -> tuple[float, float]:
    """The scale of an evaluation's score: usually percent, whatever the best score so far."""
    most = float(np.nanquantile(column.numbers, 0.8))
    return next((0.0, best) for best in (1.0, 5.0, 10.0, 100.0) if most <= best)


def zero_means_unrated(column: ColumnProfile) -> bool:
    """Whether noughts stand beside a scale of 1 to 5 or 7, which nobody states to begin at nought."""
    figures = set(column.counts)
    return (
        guess_scale(column) in ((0.0, 5.0), (0.0, 7.0))
        and "0" in figures
        and "1" in figures
        and not _STATED_SCALE.search(column.name)
    )


def question_code(column: ColumnProfile) -> str:
    """A code for the question that a score answers."""
    for code in ("nps", "ces"):
        if code in column.tokens:
            return code
    return "csat"


_VOCABULARIES: dict[str, tuple[Mapping[str, str], str]] = {
    "state": (STATE_WORDS, "aux_work"),
    "ended_by": ({}, "system"),
    "promised_callback": ({}, "no"),
}
