"""What does fair judgement read of a measure? Sums by agent, stratum and day, as arrays of equal length.

A stratum is a kind of contact that was settled before the agent acted: queue, channel, reason and interval band. Nothing
here knows a contact; all that follows in `stats` is worked out from these sums.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.int64]
# Where most of the time stands at caps, they say nothing any more; what they hide is not made up.
LEAST_SEEN = 0.5


def total(index: Index, values: Array, size: int) -> Array:
    """Sums of values by number."""
    return np.asarray(np.bincount(index, values, minlength=size), dtype=np.float64)


@dataclass(frozen=True)
class Cells:
    """Sums of one measure over agent x stratum x day; only cells with observations.

    agent, stratum, day: whose, of which kind, on which day (numbers from 0); n: observations; s1, s2: the sums of their
    values and of the squares of these, seconds or points, or noughts and ones. agents, strata, days: how many there are.
    at_cap: where values were capped, the sum of the caps of those that lay beyond theirs.
    """

    agent: Index
    stratum: Index
    day: Index
    n: Array
    s1: Array
    s2: Array
    agents: int
    strata: int
    days: int
    at_cap: Array | None = None

    def by_agent(self, values: Array) -> Array:
        """Sums by agent."""
        return total(self.agent, values, self.agents)

    def by_stratum(self, values: Array) -> Array:
        """Sums by stratum."""
        return total(self.stratum, values, self.strata)

    def by_day(self, values: Array) -> Array:
        """Sums by day."""
        return total(self.day, values, self.days)

    def by_agent_and(self, other: Index, size: int, values: Array) -> Array:
        """Sums by agent and something else that every cell has a number of: (agents, size)."""
        return total(self.agent * size + other, values, self.agents * size).reshape(self.agents, size)

    @cached_property
    def contacts(self) -> Array:
        """Observations of each agent."""
        return self.by_agent(self.n)

    @cached_property
    def values(self) -> Array:
        """The sum of each agent's values."""
        return self.by_agent(self.s1)

    @cached_property
    def squares(self) -> Array:
        """The sum of their squares."""
        return self.by_agent(self.s2)

    @cached_property
    def mix(self) -> Array:
        """Observations of each agent in each stratum: (agents, strata)."""
        return self.by_agent_and(self.stratum, self.strata, self.n)

    @cached_property
    def daily(self) -> Array:
        """Observations of each agent on each day: (agents, days)."""
        return self.by_agent_and(self.day, self.days, self.n)

    @cached_property
    def seen_of_ratios(self) -> float:
        """How much of a ratio between agents capped sums still show, 1 where nothing was capped.

        Whoever takes longer has more beyond the cap, so that capped means lie closer together than whole ones: the derivative
        of the mean of min(m Z, cap) by log m is that mean without what stands at the cap.
        """
        if self.at_cap is None:
            return 1.0
        return max(LEAST_SEEN, 1.0 - float(self.at_cap.sum()) / max(float(self.s1.sum()), 1e-300))

    def where(self, chosen: NDArray[np.bool_]) -> Cells:
        """Some of the cells; agents, strata and days keep their numbers."""
        return replace(
            self,
            agent=self.agent[chosen],
            stratum=self.stratum[chosen],
            day=self.day[chosen],
            n=self.n[chosen],
            s1=self.s1[chosen],
            s2=self.s2[chosen],
            at_cap=None if self.at_cap is None else self.at_cap[chosen],
        )

    def sorted_by(self, stratum: Index, strata: int) -> Cells:
        """The same cells by other strata."""
        return replace(self, stratum=stratum, strata=strata)

    def without_empty_strata(self) -> Cells:
        """The same, with only the strata that hold something, numbered anew in their order."""
        used = np.bincount(self.stratum, minlength=self.strata) > 0
        if used.all():
            return self
        return self.sorted_by((np.cumsum(used) - 1)[self.stratum], int(used.sum()))

    def of_agents(self, some: Index) -> Cells:
        """The cells of some agents, who are numbered anew in that order; strata and days keep their numbers."""
        if len(some) == self.agents and bool((some == np.arange(self.agents)).all()):
            return self
        place = np.full(self.agents, -1)
        place[some] = np.arange(len(some))
        kept = self.where(place[self.agent] >= 0)
        return replace(kept, agent=place[kept.agent], agents=len(some))
