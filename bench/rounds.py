"""Who is faster, when both take turns? Timings of contestants that alternate, so that a busy minute harms all alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Say = Callable[[str], None]
Contestant = Callable[[], object]

LEAST_ROUNDS = 3
LONG_SECONDS = 180


@dataclass(frozen=True)
class Timing:
    """How long one contestant took in each round, in seconds."""

    seconds: tuple[float, ...]

    @property
    def least(self) -> float:
        """The best round."""
        return min(self.seconds)

    @property
    def median(self) -> float:
        """The round in the middle."""
        return statistics.median(self.seconds)

    @property
    def rounds(self) -> int:
        """How many rounds were measured."""
        return len(self.seconds)


def take_turns(contestants: Mapping[str, Contestant], rounds: int, say: Say) -> dict[str, Timing]:
    """Each contestant once unmeasured, then all in turn, round after round; fewer rounds, but three, when it takes long."""
    for name, contestant in contestants.items():
        say(f"warming up: {name}")
        contestant()
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    began = time.perf_counter()
    for number in range(rounds):
        if number >= LEAST_ROUNDS and time.perf_counter() - began > LONG_SECONDS:
            break
        for name, contestant in contestants.items():
            say(f"round {number + 1} of {rounds}: {name}")
            taken[name].append(seconds_of(contestant))
    return {name: Timing(tuple(seconds)) for name, seconds in taken.items()}


def seconds_of(contestant: Contestant) -> float:
    """The time of one call, without the collection of anybody else's garbage."""
    gc.collect()
    began = time.perf_counter()
    contestant()
    return time.perf_counter() - began
