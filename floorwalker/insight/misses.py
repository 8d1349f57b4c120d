"""What is missed most, and why? By question how often of how often it was judged, and by cause how many misses lay there.

Misses with a cause outside the agents are what the centre can mend: no conversation with an agent changes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from floorwalker.estimate import Answer
from floorwalker.insight.appeals import share_of

DEFINITION = "question_miss_rate@1"
Question = TypeVar("Question", bound=Hashable)
Cause = TypeVar("Cause", bound=Hashable)


@dataclass(frozen=True)
class Marks(Generic[Question, Cause]):
    """One marking: the questions that were judged, and the cause of each that was missed."""

    judged: Collection[Question]
    missed: Mapping[Question, Cause]


@dataclass(frozen=True)
class Missed(Generic[Question, Cause]):
    """One question: the share of its answers that were misses, and how many by cause, the most frequent first."""

    question: Question
    rate: Answer
    misses: int
    causes: tuple[tuple[Cause, int], ...]


@dataclass(frozen=True)
class Misses(Generic[Question, Cause]):
    """All questions, those with the most misses first, and all causes."""

    marked: int
    questions: tuple[Missed[Question, Cause], ...]
    causes: tuple[tuple[Cause, int], ...]


def count_misses(marks: Iterable[Marks[Question, Cause]]) -> Misses[Question, Cause]:
    """Count what was judged, what of it was missed, and where the causes lay."""
    judged: Counter[Question] = Counter()
    missed: dict[Question, Counter[Cause]] = {}
    marked = 0
    for one in marks:
        marked += 1
        judged.update(set(one.judged))
        for question, cause in one.missed.items():
            missed.setdefault(question, Counter())[cause] += 1
    questions = [
        Missed(question, share_of(of.total(), n, DEFINITION), of.total(), tuple(of.most_common()))
        for question, n in judged.items()
        for of in (missed.get(question, Counter()),)
    ]
    everywhere: Counter[Cause] = sum(missed.values(), Counter())
    return Misses(marked, tuple(sorted(questions, key=lambda one: -one.misses)), tuple(everywhere.most_common()))
