"""What does fair judgement read of a measure? Sums by agent, stratum and day, as arrays of equal length.

A stratum is a kind of contact that was settled before the agent acted: queue, channel, reason and interval band. Nothing
here knows a contact; all that follows in `stats` is worked out from these sums.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Array = NDArray[np.float64]
Index = NDArray[np.int64]
# Where most of the time stands at caps, they say nothing any more; what they hide is not made up.
LEAST_SEEN = 0.5


DAYS_PER_WEEK = 7
# So many cells are worked at together: what is worked out of them stays near the processor.
AT_ONCE = 50_000


def total(index: Index | NDArray[np.int32], values: Array, size: int) -> Array:
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
        found = np.zeros((self.agents, size))
        for agents, some in self.runs:
            here = agents.stop - agents.start
            place = (self.agent[some] - agents.start) * size + other[some]
            found[agents] = total(place, values[some], here * size).reshape(here, size)
        return found

    @cached_property
    def is_sorted(self) -> bool:
        """Whether agents come one after the other."""
        return bool((self.agent[1:] >= self.agent[:-1]).all())

    @cached_property
    def by_agents(self) -> Cells:
        """The same cells, agents one after the other."""
        return self if self.is_sorted else self.where(np.argsort(self.agent, kind="stable"))

    @cached_property
    def starts(self) -> Index:
        """Where each agent's cells begin, and where the last one's end; of cells that are sorted."""
        return np.searchsorted(self.agent, np.arange(self.agents + 1))

    @cached_property
    def runs(self) -> tuple[tuple[slice, slice], ...]:
        """Some agents at a time and their cells; all of them at once where cells are not sorted."""
        return tuple(self._runs()) if self.is_sorted else ((slice(0, self.agents), slice(0, len(self.agent))),)

    def _runs(self) -> Iterator[tuple[slice, slice]]:
        first = 0
        while first < self.agents:
            after = int(np.searchsorted(self.starts, self.starts[first] + AT_ONCE, "right")) - 1
            after = min(max(after, first + 1), self.agents)
            yield slice(first, after), slice(int(self.starts[first]), int(self.starts[after]))
            first = after

    @cached_property
    def column(self) -> NDArray[np.int32]:
        """Of each cell the number of its stratum and day, see `crossed`."""
        return np.asarray(self.stratum * self.days + self.day, dtype=np.int32)

    def crossed(self, values: Array) -> csr_array:
        """Values as a sparse matrix, agents by strata and days; of cells that are sorted."""
        return csr_array((values, self.column, self.starts), shape=(self.agents, self.strata * self.days))

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

    @cached_property
    def squared_mix(self) -> Array:
        """The squares of each agent's observations of a stratum on a day, added up over days: (agents, strata)."""
        return self.by_agent_and(self.stratum, self.strata, self.n**2)

    @cached_property
    def daily_mix(self) -> Array:
        """Those observations times all of the agent's on that day, likewise: (agents, strata)."""
        return self.by_agent_and(self.stratum, self.strata, self.n * self.daily[self.agent, self.day])

    @cached_property
    def weekly(self) -> Array:
        """Observations of each agent in each week, seven days from the first on: (agents, weeks)."""
        return np.add.reduceat(self.daily, np.arange(0, self.days, DAYS_PER_WEEK), axis=1)

    def parts(self) -> Iterator[tuple[slice, Cells]]:
        """Some agents at a time, and their cells with these agents numbered anew; of cells that are sorted."""
        for agents, some in self.runs:
            yield (
                agents,
                replace(self.where(some), agent=self.agent[some] - agents.start, agents=agents.stop - agents.start),
            )

    def where(self, chosen: NDArray[np.bool_] | Index | slice) -> Cells:
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
        of_cells = place[self.agent]
        chosen = of_cells >= 0
        return replace(self.where(chosen), agent=of_cells[chosen], agents=len(some))
