"""Who differs from what was agreed, or from colleagues with the same work, after case mix and chance?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from scipy import special

from floorwalker.insight.capped import Capped
from floorwalker.insight.cells import AgentCells, read_cells
from floorwalker.insight.fitting import (
    LEAST_CONTACTS,
    LEAST_DAYS,
    RELIABLE,
    Fitted,
    fit_groups,
    gap_to,
    limit_of,
    usual_delta,
)
from floorwalker.insight.scorecard import Period, Where
from floorwalker.insight.starters import read_newness
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.query import Facts
from floorwalker.stats.cells import Array
from floorwalker.stats.discovery import discover
from floorwalker.stats.levels import UNLIKELY
from floorwalker.stats.peers import comparable_groups

# Raised whenever the method gives other figures: kept statements name the version that made them.
VERSION = 3
SURE, WATCH = 0.80, 0.50
LEAST_RELIABILITY = 0.30
WIDEST = 4.0
DAYS_OF_A_YEAR = 365
NONE_OF_THEIR_OWN: Mapping[bytes, float] = MappingProxyType({})


class Verdict(StrEnum):
    """What may be said of an agent; three states, and no rank."""

    WORSE = "worse"  # surely worse than the standard by more than delta, and named
    WATCH = "watch"  # rather worse than not
    AS_AGREED = "as_agreed"  # not worse, as far as one can tell
    NOT_ENOUGH_DATA = "not_enough_data"


class Lack(StrEnum):
    """Why nothing can be said."""

    FEW_CONTACTS = "few_contacts"
    FEW_DAYS = "few_days"
    FEW_PEERS = "few_peers"
    UNRELIABLE = "unreliable"
    WIDE = "wide"


@dataclass(frozen=True)
class Judged:
    """One agent: figures in the measure's own unit.

    raw: the plain mean; adjusted: at the work of the whole group, with luck taken out as far as the data tell, and its
    likely range; probability_below: of being worse than the standard by more than delta; needed: how many contacts would
    make differences between agents tell (reliability .7), roughly, None where those of a year would not; starter: held
    against starters;
    standard: what she is held against, None for the mean of her group; beyond: contacts that counted as no longer than the
    cap of their kind.
    """

    agent: bytes
    team: bytes | None
    n: int
    raw: float
    adjusted: float | None
    low: float | None
    high: float | None
    reliability: float
    probability_below: float | None
    flagged: bool
    verdict: Verdict
    lacks: tuple[Lack, ...] = ()
    needed: int | None = None
    starter: bool = False
    standard: float | None = None
    beyond: int = 0

    @property
    def is_team(self) -> bool:
        """Whether a whole team is judged here, as if it were one agent."""
        return self.agent == self.team

    @property
    def is_told_against(self) -> bool:
        """Whether the figure surely does not miss an agreed standard, though people differ too little to be compared."""
        sure = self.probability_below is not None and self.probability_below <= UNLIKELY
        return self.standard is not None and self.lacks == (Lack.UNRELIABLE,) and sure


@dataclass(frozen=True)
class Comparison:
    """Every agent with a contact; standard and delta in the measure's own unit (delta of a duration: a share of it).

    standard: the centre's; agents whose team has one of its own carry that; capped: what very long contacts counted as.
    """

    kpi: Kpi
    agents: tuple[Judged, ...]
    delta: float
    standard: float | None
    capped: Capped | None = None


def compare_agents(
    facts: Facts,
    kpi_id: str,
    period: Period,
    where: Where,
    *,
    standard: float | None = None,
    of_teams: Mapping[bytes, float] = NONE_OF_THEIR_OWN,
    of_people: Mapping[bytes, float] = NONE_OF_THEIR_OWN,
    delta: float | None = None,
    unit: str = "agent",
) -> Comparison | None:
    """Judge every agent with a contact; without a standard each against the mean of her comparable group.

    Whoever is new to the work is held against others who were, as far as there are any. of_teams, of_people: by team and by
    person the standard of their own, a person's before her team's; unit: "team" where teams are judged instead. None where
    no agent has a contact.
    """
    read = read_cells(facts, kpi_id, period, where, unit)
    if read is None:
        return None
    return compare_read(
        read, facts, period, where, standard=standard, of_teams=of_teams, of_people=of_people, delta=delta
    )


def compare_read(
    read: AgentCells,
    facts: Facts,
    period: Period,
    where: Where,
    *,
    standard: float | None = None,
    of_teams: Mapping[bytes, float] = NONE_OF_THEIR_OWN,
    of_people: Mapping[bytes, float] = NONE_OF_THEIR_OWN,
    delta: float | None = None,
) -> Comparison:
    """The same of cells that were read already; facts: for who is new to the work."""
    gap = usual_delta(read) if delta is None else delta
    groups = comparable_groups(read.cells)
    of_place = (standard if team is None else of_teams.get(team, standard) for team in read.teams)
    standards = tuple(of_people.get(agent, usual) for agent, usual in zip(read.agents, of_place, strict=True))
    judged: dict[int, Judged] = {}
    everybody = np.arange(read.cells.agents)
    new = np.zeros((len(everybody), 2)) if read.are_teams else read_newness(facts, read, everybody, period, where)
    for fitted in fit_groups(read, groups, new):
        for agent, one in zip(fitted.members.tolist(), _judge(read, fitted, standards, gap), strict=True):
            judged[agent] = one
    alone = (agent for agent in range(read.cells.agents) if agent not in judged)
    judged |= {agent: _unjudged(read, agent, standards[agent]) for agent in alone}
    rows = [judged[agent] for agent in range(read.cells.agents)]
    named = _named(rows)
    told = tuple(_settled(one, one.agent in named) for one in rows)
    return Comparison(read.kpi, told, gap, standard, read.capped)


def _judge(read: AgentCells, fitted: Fitted, standards: Sequence[float | None], delta: float) -> Iterator[Judged]:
    members, sign, scale = fitted.members.tolist(), read.sign, read.scale
    limit = limit_of(delta, scale)
    held = [standards[agent] for agent in members]
    gaps = {standard: gap_to(standard, fitted.level, scale, sign) for standard in set(held)}
    difference = fitted.shrunk.difference
    probability = difference.beyond(limit - np.array([gaps[standard] for standard in held]))
    low, high = difference.quantile(0.025), difference.quantile(0.975)
    centre, *ends = (scale.moved(fitted.level, sign * effect) for effect in (difference.centre, low, high))
    contacts = read.cells.contacts[fitted.members]
    days = (read.cells.daily[fitted.members] > 0).sum(axis=1)
    lacking = {
        Lack.FEW_CONTACTS: contacts < LEAST_CONTACTS,
        Lack.FEW_DAYS: days < LEAST_DAYS,
        Lack.UNRELIABLE: fitted.shrunk.reliability < LEAST_RELIABILITY,
        Lack.WIDE: (high - low > WIDEST * limit) & (probability < SURE),
    }
    starter = np.zeros(len(members), dtype=bool)
    starter[fitted.starters] = True
    columns = (
        np.rint(contacts),
        read.whole[fitted.members] / contacts,
        centre,
        np.sort(np.stack(ends, axis=1), axis=1),
        fitted.shrunk.reliability,
        probability,
        np.stack(list(lacking.values()), axis=1),
        starter,
    )
    needed = _needed(fitted, DAYS_OF_A_YEAR * float(np.median(contacts)) / read.cells.days)
    rows = zip(members, held, *(column.tolist() for column in columns), strict=True)
    for agent, standard, n, raw, adjusted, bounds, reliability, sure, lacks, new in rows:
        found = tuple(lack for lack, here in zip(lacking, lacks, strict=True) if here)
        yield Judged(
            read.agents[agent],
            read.teams[agent],
            int(n),
            raw,
            adjusted,
            *_within(bounds, read.kpi),
            reliability,
            sure,
            False,
            Verdict.NOT_ENOUGH_DATA if found else Verdict.AS_AGREED,
            found,
            needed,
            new,
            standard,
            read.beyond(agent),
        )


def _within(bounds: list[float], kpi: Kpi) -> tuple[float, float]:
    """A share stays within 0 and 1, a duration above 0."""
    low, high = bounds
    return (max(0.0, low), min(1.0, high)) if kpi.unit == "share" else (low, high)


def _needed(fitted: Fitted, in_a_year: float) -> int | None:
    """How many contacts each would make the differences between agents tell; a lower bound.

    None where not even those of a year would: then people differ too little for anybody to be told from another.
    """
    true, spread = fitted.shrunk.true_variance, float(np.median(fitted.mix.spread))
    needed = RELIABLE / (1 - RELIABLE) * spread
    return _about(needed / true) if needed <= true * in_a_year else None


def _about(n: float) -> int:
    """Not less, with the two digits of which so rough a number knows something."""
    step = int(10 ** max(0, len(str(int(np.ceil(n)))) - 2))
    return int(np.ceil(n / step)) * step


def _unjudged(read: AgentCells, agent: int, standard: float | None) -> Judged:
    """Somebody without comparable colleagues enough: only what was seen, with the range that chance alone gives it."""
    cells = read.cells
    n, s1, s2 = (float(of_agents[agent]) for of_agents in (cells.contacts, cells.values, cells.squares))
    # As scattered as capped values are, about the mean of whole ones.
    mean, raw = s1 / n, float(read.whole[agent]) / n
    low = high = None
    if n > 1:
        variance = max(0.0, (s2 - s1 * mean) / (n - 1)) / n
        half = float(special.stdtrit(n - 1, 0.975)) * float(np.sqrt(variance))
        low, high = _within([raw - half, raw + half], read.kpi)
    few = ((Lack.FEW_CONTACTS,) if n < LEAST_CONTACTS else ()) + (Lack.FEW_PEERS,)
    return Judged(
        *(read.agents[agent], read.teams[agent], round(n), raw, None, low, high, 0.0, None, False),
        Verdict.NOT_ENOUGH_DATA,
        few,
        standard=standard,
        beyond=read.beyond(agent),
    )


def _named(rows: list[Judged]) -> frozenset[bytes]:
    """Whom a page may name: the largest set in which few are expected to be wrong."""
    able = [one for one in rows if one.verdict is not Verdict.NOT_ENOUGH_DATA and one.probability_below is not None]
    probability: Array = np.array([one.probability_below for one in able], dtype=float)
    found = discover(probability) if len(able) else np.zeros(0, dtype=bool)
    return frozenset(one.agent for one, named in zip(able, found.tolist(), strict=True) if named)


def _settled(one: Judged, named: bool) -> Judged:
    if one.verdict is Verdict.NOT_ENOUGH_DATA or one.probability_below is None:
        return one
    sure, likely = one.probability_below >= SURE, one.probability_below >= WATCH
    if not (named or likely):
        return one
    return replace(one, flagged=named, verdict=Verdict.WORSE if named and sure else Verdict.WATCH)
