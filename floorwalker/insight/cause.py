"""Whose is a gap: one person's, the team's, or everybody's, and how does it add up?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from floorwalker.insight.capped import Capped
from floorwalker.insight.cells import AgentCells, read_cells
from floorwalker.insight.comparison import Lack
from floorwalker.insight.fitting import LEAST_CONTACTS, LEAST_DAYS, LEAST_PEERS, doubt_of, gap_to, limit_of, usual_delta
from floorwalker.insight.reference import level_before, worked
from floorwalker.insight.scorecard import Period, Where
from floorwalker.insight.starters import read_newness
from floorwalker.insight.waterfall import Waterfall, waterfalls
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.query import Facts
from floorwalker.stats.believed import Believed
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.cells import Array, Cells, Index
from floorwalker.stats.levels import LEAST_TEAMS, Cause, name_causes, split_levels
from floorwalker.stats.peers import comparable_groups
from floorwalker.stats.shrinkage import Errors
from floorwalker.stats.site_series import window_variance
from floorwalker.stats.tenure import with_newness, worth_of_newness

# Raised whenever the method gives other figures: kept statements name the version that made them.
VERSION = 4


@dataclass(frozen=True)
class Share:
    """A site's, team's or person's part of the gap, in the measure's own unit, positive where worse.

    reliability: of a team, the share of what teams seem to differ by that is true; None where there are too few to know.
    """

    key: bytes | None
    gap: float
    low: float
    high: float
    probability: float
    reliability: float | None = None


@dataclass(frozen=True)
class Caused:
    """One agent: the primary cause, and the probability of each part that it exceeds what is worth anyone's time.

    own: the personal part by itself, with its likely range.
    """

    agent: bytes
    team: bytes | None
    n: int
    primary: Cause
    p_system: float
    p_team: float
    p_personal: float
    waterfall: Waterfall
    own: Share


@dataclass(frozen=True)
class Causes:
    """The floor's part, each team's, and every agent's; standard: what they are held against, in the measure's own unit.

    reference: whether the standard is how the same floor stood before; unplaced: who is missing, and why; capped: what very
    long contacts counted as.
    """

    kpi: Kpi
    standard: float
    reference: bool
    delta: float
    site: Share | None
    teams: tuple[Share, ...]
    agents: tuple[Caused, ...]
    unplaced: tuple[tuple[bytes, Lack], ...]
    capped: Capped | None = None


def read_causes(
    facts: Facts,
    kpi_id: str,
    period: Period,
    where: Where,
    *,
    standard: float | None = None,
    delta: float | None = None,
) -> Causes | None:
    """Take every agent's gap apart. Without a standard the floor is held against itself in the twelve weeks before.

    The largest group of comparable agents is judged; None where no agent has a contact.
    """
    read = read_cells(facts, kpi_id, period, where)
    return None if read is None else causes_of_read(read, facts, period, where, standard=standard, delta=delta)


def causes_of_read(
    read: AgentCells,
    facts: Facts,
    period: Period,
    where: Where,
    *,
    standard: float | None = None,
    delta: float | None = None,
) -> Causes:
    """The same of cells that were read already; facts: for how the floor stood before."""
    gap = usual_delta(read) if delta is None else delta
    members = _largest(read)
    if len(members) < LEAST_PEERS:
        unplaced = tuple((key, Lack.FEW_PEERS) for key in read.agents)
        level = read.level(np.arange(read.cells.agents))
        return Causes(
            read.kpi, level if standard is None else standard, False, gap, None, (), (), unplaced, read.capped
        )
    cells, mix = read.fitted(members)
    level = read.level(members)
    before = level_before(facts, read.kpi.id, period, where, read, members) if standard is None else None
    agreed = standard if standard is not None else level if before is None else before[0]
    variance = window_variance(worked(cells, mix.day), None if before is None else before[1])
    names, team = _teams(read, members)
    new = read_newness(facts, read, members, period, where)
    effect = read.sign * (mix.effect - np.average(mix.effect, weights=cells.contacts))
    plain = Errors(mix.own, mix.shared - mix.shared.mean(axis=0), doubt_of(cells))
    errors = with_newness(plain, effect, new)
    levels = split_levels(
        effect,
        errors,
        team,
        -gap_to(agreed, level, read.scale, read.sign),
        variance,
        len(names),
        cells.contacts,
    )
    limit = limit_of(gap, read.scale)
    causes, probability = name_causes(levels, limit)
    own = _shares([read.agents[agent] for agent in members.tolist()], levels.personal, agreed, limit, read)
    true_variance = float(np.mean(levels.personal.centre**2 + levels.personal.variance + levels.teams.variance[team]))
    worth = read.sign * worth_of_newness(errors, effect, new, true_variance)
    raw = (read.whole / read.cells.contacts)[members]
    steps = waterfalls(read, raw, cells, mix, levels, level, agreed, worth)
    enough = _is_enough(cells)
    primaries = [cause if enough[place] else Cause.NOT_ENOUGH_DATA for place, cause in enumerate(causes)]
    told = zip(
        members.tolist(),
        np.rint(cells.contacts).tolist(),
        primaries,
        probability.tolist(),
        steps,
        own,
        strict=True,
    )
    agents = tuple(
        Caused(read.agents[agent], read.teams[agent], int(n), primary, system, of_team, personal, waterfall, share)
        for agent, n, primary, (system, of_team, personal), waterfall, share in told
    )
    left = set(range(read.cells.agents)) - set(members.tolist())
    unplaced = tuple((read.agents[agent], Lack.FEW_PEERS) for agent in sorted(left))
    site = _shares([None], levels.site, agreed, limit, read)[0]
    reliability = _reliability(levels.teams)
    of_teams = zip(_shares(names, levels.teams, agreed, limit, read), reliability, strict=True)
    teams = tuple(replace(one, reliability=share) for one, share in of_teams)
    return Causes(read.kpi, agreed, before is not None, gap, site, teams, agents, unplaced, read.capped)


def _is_enough(cells: Cells) -> NDArray[np.bool_]:
    """By agent whether there are contacts and days enough to say anything of her, whatever is known of everybody else."""
    return np.asarray((cells.contacts >= LEAST_CONTACTS) & ((cells.daily > 0).sum(axis=1) >= LEAST_DAYS))


def _largest(read: AgentCells) -> Index:
    groups = comparable_groups(read.cells)
    placed = groups[groups >= 0]
    return np.flatnonzero(groups == np.bincount(placed).argmax()) if placed.size else np.zeros(0, dtype=np.int64)


def _teams(read: AgentCells, members: Index) -> tuple[list[bytes | None], Index]:
    """Teams by number; whoever has none is in one of their own."""
    keys = [read.teams[agent] for agent in members.tolist()]
    names = sorted(set(keys), key=lambda key: (key is None, key or b""))
    place = {key: number for number, key in enumerate(names)}
    return names, np.array([place[key] for key in keys])


def _shares(
    keys: Sequence[bytes | None], part: Believed, standard: float, limit: float, read: AgentCells
) -> tuple[Share, ...]:
    """One part of the gap, of each of these units."""
    bounds = (part.centre, part.quantile(0.025), part.quantile(0.975))
    sized = (_sized(effect, standard, read).tolist() for effect in bounds)
    told = zip(keys, *sized, part.beyond(limit).tolist(), strict=True)
    return tuple(Share(key, gap, low, high, sure) for key, gap, low, high, sure in told)


def _reliability(teams: Believed) -> list[float | None]:
    """How much less is uncertain of a team than was before anything was seen: teams vary by what is believed and in doubt.

    None of few teams: nobody knows how far such teams truly differ.
    """
    if len(teams.centre) < LEAST_TEAMS:
        return [None] * len(teams.centre)
    true = float(np.mean(teams.centre**2 + teams.variance))
    return list(np.maximum(0.0, 1 - teams.variance / max(true, 1e-300)).tolist())


def _sized(effect: Array, standard: float, read: AgentCells) -> Array:
    """Effects as gaps in the measure's own unit."""
    return read.scale.moved(standard, effect) - standard if read.scale is Scale.RATIO else effect
