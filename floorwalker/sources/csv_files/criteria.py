"""Which columns of a file of evaluations hold the answers to single questions, and on which scale?"""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np

from floorwalker.sources.csv_files.profile import ColumnProfile
from floorwalker.sources.csv_files.words import MET_WORDS

MOST_STEPS = 11
BEST_POINTS = 100
LEAST_FILLED = 0.05


def criterion_text(column: ColumnProfile, heading: str) -> tuple[str, str] | None:
    """What a mapping says of the column, and the comment beside it; None where it holds no answers to a question.

    heading: the column's name as YAML writes it.
    """
    if column.filled < LEAST_FILLED or column.free_text or column.sensitive or column.names_a_person:
        return None
    words = {word for word in column.counts if word.casefold() in MET_WORDS}
    if words and column.word_share(MET_WORDS) == 1.0 and _tells_both(words):
        return f"{{column: {heading}, values: {{{_values(words)}}}}}", "met or not"
    numbers = column.numbers[~np.isnan(column.numbers)]
    others = {word for word in column.counts if word.casefold() in MET_WORDS and MET_WORDS[word.casefold()] == "none"}
    told = len(numbers) / max(1, len(column.held))
    if told + column.word_share({word.casefold() for word in others}) < 1.0 or not len(numbers):
        return None
    if numbers.min() < 0 or numbers.max() > BEST_POINTS or len(np.unique(numbers)) > MOST_STEPS or numbers.max() == 0:
        return None
    values = f", values: {{{_values(others)}}}" if others else ""
    scale = f"scale: [0, {numbers.max():g}]"
    return f"{{column: {heading}, {scale}{values}}}", f"from {numbers.min():g} to {numbers.max():g}; ? [worst, best]"


def _tells_both(words: set[str]) -> bool:
    """Whether the words say more than one thing, or one that is no bare figure."""
    told = {MET_WORDS[word.casefold()] for word in words}
    return len(told) > 1 or not all(word.isdigit() for word in words)


def _values(words: set[str]) -> str:
    meanings: Mapping[str, str] = {word: MET_WORDS[word.casefold()] for word in sorted(words)}
    return ", ".join(f"{json.dumps(word, ensure_ascii=False)}: {_meaning(m)}" for word, m in meanings.items())


def _meaning(meaning: str) -> str:
    return meaning if meaning == "none" else f'"{meaning}"'
