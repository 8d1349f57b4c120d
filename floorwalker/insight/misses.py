"""What is missed most, and why? By question how often of how often it was judged, and by cause how many misses lay there.

Misses with a cause outside the agents are what the centre can mend: no conversation with an agent changes them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from floorwalker.estimate import Answer
from floorwalker.insight.appeals import share_of
from floorwalker.insight.scorecard import Point

DEFINITION = "question_miss_rate@1"
MET = "evaluated_as_met@1"
Question = TypeVar("Question", bound=Hashable)
Cause = TypeVar("Cause", bound=Hashable)


@dataclass(frozen=True)
class Marks(Generic[Question, Cause]):
    """One marking: the questions that were judged, and the cause of each that was missed; on: the day of its contact."""

    judged: Collection[Question]
    missed: Mapping[Question, Cause]
    on: date | None = None


@dataclass(frozen=True)
class Missed(Generic[Question, Cause]):
    """One question: the shares of its answers that were misses and that were none, and misses by cause, most frequent first."""

    question: Question
    rate: Answer
    met: Answer
    misses: int
    causes: tuple[tuple[Cause, int], ...]


@dataclass(frozen=True)
class Misses(Generic[Question, Cause]):
    """All questions, those with the most misses first, and all causes.

    met: the share of contacts in which none of these questions was missed; weeks: the same by the week of the contact.
    """

    marked: int
    met: Answer
    questions: tuple[Missed[Question, Cause], ...]
    causes: tuple[tuple[Cause, int], ...]
    weeks: tuple[Point, ...] = ()


def count_misses(marks: Iterable[Marks[Question, Cause]]) -> Misses[Question, Cause]:
    """Count what was judged, what of it was missed, and where the causes lay."""
    together: Counter[frozenset[Question]] = Counter()
    missed: defaultdict[Question, Counter[Cause]] = defaultdict(Counter)
    weeks: dict[date, list[bool]] = {}
    contacts: list[bool] = []
    for one in marks:
        contacts.append(not one.missed)
        if one.on is not None:
            weeks.setdefault(one.on - timedelta(days=one.on.weekday()), []).append(not one.missed)
        together[frozenset(one.judged)] += 1
        for question, cause in one.missed.items():
            missed[question][cause] += 1
    judged: Counter[Question] = Counter()
    for asked, n in together.items():
        judged.update(dict.fromkeys(asked, n))
    questions = [
        Missed(
            question,
            share_of(of.total(), n, DEFINITION),
            share_of(n - of.total(), n, MET),
            of.total(),
            tuple(of.most_common()),
        )
        for question, n in judged.items()
        for of in (missed.get(question, Counter()),)
    ]
    everywhere: Counter[Cause] = sum(missed.values(), Counter())
    return Misses(
        len(contacts),
        share_of(sum(contacts), len(contacts), MET),
        tuple(sorted(questions, key=lambda one: -one.misses)),
        tuple(everywhere.most_common()),
        tuple(Point(week, share_of(sum(met), len(met), MET)) for week, met in sorted(weeks.items())),
    )
