"""At which questions do appeals succeed? How often each was appealed, and how often the blind marking said otherwise.

A question that is overturned often is read in two ways: its wording is to be mended, and nobody's marks. Few appeals may mean
that people are content, or that they do not dare; the figure does not tell which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from floorwalker.estimate import Answer, Estimate, NoEstimate, Reason
from floorwalker.stats.intervals import wilson_interval
from floorwalker.stats.summaries import Proportion

DEFINITION = "question_overturn_rate@1"


@dataclass(frozen=True)
class Case:
    """One decided appeal: which questions it was about, and which of them stand otherwise now."""

    appealed: Collection[str]
    overturned: Collection[str]


@dataclass(frozen=True)
class Overturned:
    """One question: how often it was appealed, and the share of those that was overturned."""

    question: str
    appealed: int
    rate: Answer


def overturned_by_question(cases: Iterable[Case]) -> list[Overturned]:
    """Every question that was appealed, those overturned most often first; equals by how often they were appealed."""
    appealed: Counter[str] = Counter()
    overturned: Counter[str] = Counter()
    for case in cases:
        appealed.update(set(case.appealed))
        overturned.update(set(case.appealed) & set(case.overturned))
    found = [Overturned(code, n, share_of(overturned[code], n)) for code, n in appealed.items()]
    return sorted(found, key=lambda one: (-overturned[one.question], -one.appealed, one.question))


def share_of(events: int, n: int, definition: str = DEFINITION) -> Answer:
    """A share with its range; nothing where there was nothing to count."""
    if n == 0:
        return NoEstimate(Reason.NO_DATA, 0, definition, "share")
    bounds = wilson_interval(Proportion(n, n, 0, events))
    return Estimate(events / n, bounds.low, bounds.high, n, "wilson", definition, "share", events / n)
