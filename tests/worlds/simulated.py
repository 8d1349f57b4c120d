"""A floor of the product's own simulation as the sums that judgements rest on, with what is planted in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from floorwalker.sources.simulated.floor import build_floor
from floorwalker.sources.simulated.parameters import Parameters
from floorwalker.stats.cells import Cells

Array = NDArray[Any]


@dataclass(frozen=True)
class Simulated:
    """Handle times of the floor's first site, and the wrap-up that is part of them.

    truth: (agents,) logarithm of how much longer each takes by nature and after coaching, from the mean; plain: (agents,) who
    has nothing else planted; started: the first day, nan where it lies far back; harder: (strata,) what takes longer from a
    day in the middle on; team: on the last day; troubled: the number of the team with a problem, or -1.
    """

    cells: Cells
    wrap_up: Cells
    truth: Array
    plain: Array
    started: Array
    harder: Array
    team: Array
    troubled: int

    def last(self, days: int) -> Simulated:
        """The same floor on its last days, with those who worked on them."""
        earlier = self.cells.days - days
        cells, wrap_up = _from(self.cells, earlier), _from(self.wrap_up, earlier)
        there = np.flatnonzero(cells.contacts)
        return replace(
            self,
            cells=cells.of_agents(there),
            wrap_up=wrap_up.of_agents(there),
            truth=self.truth[there] - self.truth[there].mean(),
            plain=self.plain[there],
            started=self.started[there] - earlier,
            team=self.team[there],
        )


def _from(cells: Cells, day: int) -> Cells:
    later = cells.where(cells.day >= day)
    return replace(later, day=later.day - day, days=cells.days - day)


def simulate(seed: int, agents: int, days: int, *, planted: bool, last: int | None = None) -> Simulated:
    """Let a floor happen and add up handle times of its `last` days (all of them without)."""
    floor = build_floor(Parameters(agents=agents, days=days, seed=seed, planted=planted))
    from_day = 0 if last is None else days - last
    rows: list[Array] = []
    roster = team = None
    for day in floor.run():
        if day.roster.number != 0 or day.number < from_day:
            continue
        roster, team, contacts = day.roster, day.team, day.contacts
        mine = contacts.handled & (contacts.wrapped >= 0)
        seconds = (contacts.talk + contacts.hold + contacts.wrap_up)[mine] / 1000
        number = np.full(int(mine.sum()), day.number - from_day)
        wrap_up = contacts.wrap_up[mine] / 1000
        rows.append(np.stack([contacts.person[mine], contacts.work[mine], number, seconds, wrap_up]))
    assert roster is not None and team is not None
    person, work, on, *measured = np.concatenate(rows, axis=1)
    people, agent = np.unique(person.astype(int), return_inverse=True)
    cells, wrapped_up = (summed(agent, work.astype(int), on.astype(int), one, days - from_day) for one in measured)
    nature, plain = roster.handle.copy(), np.full(roster.size, True)
    harder, troubled = np.zeros(cells.strata, dtype=bool), -1
    place = {name: number for number, name in enumerate(roster.names)}
    for one in floor.truth()["planted"]:
        if one["kind"] == "coaching_that_works":
            nature[[place[name] for name in one["agents"] if name in place]] += one["log_handle_time"]
        elif one["kind"] == "early_hang_up" and one["agent"] in place:
            plain[place[one["agent"]]] = False
        elif one["kind"] == "process_change":
            harder[:] = [roster.menu.works[number].reason == one["reason"] for number in range(cells.strata)]
        elif one["kind"] == "team_problem" and one["team"] in roster.teams:
            troubled = roster.teams.index(one["team"])
    plain &= team != troubled
    started = np.where(roster.first_day > -180, roster.first_day - from_day, np.nan)
    truth = nature[people] - nature[people].mean()
    return Simulated(cells, wrapped_up, truth, plain[people], started[people], harder, team[people], troubled)


def summed(agent: Array, stratum: Array, day: Array, value: Array, days: int) -> Cells:
    """The cells of single values."""
    agents, strata = int(agent.max()) + 1, int(stratum.max()) + 1
    keys, place = np.unique((agent * strata + stratum) * days + day, return_inverse=True)
    rest, when = np.divmod(keys, days)
    who, what = np.divmod(rest, strata)
    n, s1, s2 = np.bincount(place).astype(float), np.bincount(place, value), np.bincount(place, value**2)
    return Cells(who, what, when, n, s1, s2, agents, strata, days)
