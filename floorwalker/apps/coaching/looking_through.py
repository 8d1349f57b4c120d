"""In which measures can somebody aim at anything at all? They are looked through a few at a time, what is known already at once."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from time import monotonic

from floorwalker.apps.coaching import objective_words
from floorwalker.apps.coaching.reaching import Read, Wanted, are_levels_at_hand, read_aim
from floorwalker.apps.people.models import Agent
from floorwalker.facts.snapshot import Snapshot
from floorwalker.kpis.definition import Kpi

# Of measures that nobody has looked at since the last load, as many as can be within so long; whoever asks again goes on.
SECONDS = 1.5

_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class LookedThrough:
    """Where something can be agreed on, with its sentence; why not in others, those of one reason together; left: not looked at."""

    possible: list[tuple[Kpi, str]]
    hindered: list[tuple[str, list[Kpi]]]
    left: int

    @property
    def done(self) -> int:
        """How many were looked at."""
        return len(self.possible) + sum(len(some) for _reason, some in self.hindered)

    @property
    def of(self) -> int:
        """How many there are."""
        return self.done + self.left


def look_through(facts: Snapshot, agent: Agent, measures: Iterable[str], due: date, on: date) -> LookedThrough:
    """What a usual action could reach by a day in each of the measures, those that are looked at so far."""
    possible: list[tuple[Kpi, str]] = []
    hindered: dict[str, list[Kpi]] = {}
    left = 0
    with _turn() as may_work:
        until = monotonic() + SECONDS
        for measure in sorted(measures, key=lambda one: not are_levels_at_hand(facts, one, on)):
            if not are_levels_at_hand(facts, measure, on) and (not may_work or monotonic() > until):
                left += 1
                continue
            read = read_aim(facts, agent, Wanted(measure, due, ""), on)
            if read.proposal is not None:
                possible.append((read.kpi, _sentence(read, due)))
            else:
                reasons = " ".join(objective_words.hindered(read, agent, on))
                hindered.setdefault(reasons, []).append(read.kpi)
    return LookedThrough(possible, list(hindered.items()), left)


def _sentence(read: Read, due: date) -> str:
    assert read.proposal is not None
    return objective_words.proposed(read.kpi, read.proposal.baseline.value, read.proposal.standing, due)


@contextmanager
def _turn() -> Iterator[bool]:
    """One reads new measures at a time: what was read serves all, and nobody waits for a page of somebody else."""
    may_work = _one_at_a_time.acquire(blocking=False)
    try:
        yield may_work
    finally:
        if may_work:
            _one_at_a_time.release()
