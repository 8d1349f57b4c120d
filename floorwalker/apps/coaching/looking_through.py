"""In which measures can somebody aim at anything at all? They are looked through a few at a time, what is known already at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from time import monotonic

from floorwalker.apps.coaching import objective_words
from floorwalker.apps.coaching.reaching import Ground, Read, Wanted, read_aim
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


def look_through(ground: Ground, measures: Sequence[str], due: date, on: date) -> LookedThrough:
    """What a usual action could reach by a day in each of the measures, those that are looked at so far."""
    possible: list[tuple[Kpi, str]] = []
    hindered: dict[str, list[Kpi]] = {}
    unknown = [one for one in measures if not ground.is_at_hand(one)]
    with _turn() as may_work:
        new = _worked_out(ground, unknown, due) if may_work else {}
    left = set(unknown) - new.keys()
    for measure in (one for one in measures if one not in left):
        read = new.get(measure) or read_aim(ground, Wanted(measure, due, ""))
        if read.proposal is not None:
            possible.append((read.kpi, _sentence(read, due)))
        else:
            reasons = " ".join(objective_words.hindered(read, ground.agent, on))
            hindered.setdefault(reasons, []).append(read.kpi)
    return LookedThrough(possible, list(hindered.items()), len(left))


def _worked_out(ground: Ground, unknown: Sequence[str], due: date) -> dict[str, Read]:
    """As many of these as can be within the time, and one at least."""
    until, done = monotonic() + SECONDS, {}
    for measure in unknown:
        done[measure] = read_aim(ground, Wanted(measure, due, ""))
        if monotonic() > until:
            break
    return done


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
