"""Which figures of whom does a question about an effect rest on? Blocks of the treated and of those they are held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from floorwalker.insight.blocks import BLOCK_DAYS, Enough, Stood, stood
from floorwalker.insight.cells import AgentCells
from floorwalker.insight.planned import BLOCKS, WASHOUT_DAYS, WEEK, Asked
from floorwalker.insight.scorecard import Period
from floorwalker.stats.cells import Array, Index
from floorwalker.stats.coaching import LEAST_LEFT_OUT, Chosen, Coaching
from floorwalker.stats.level_covariance import Blocks
from floorwalker.stats.peers import comparable_groups

# Each figure weighs by its own error, so that few contacts say little and not nothing: on small floors, and of measures of which little
# is seen, nothing else would be left. Who is comparable at all was settled over the whole time (`everybody`); whether enough others
# are there is asked of the whole question (`stats.effect_refusals`).
ENOUGH = Enough(contacts=10, days=4, peers=5, shared=3.0)


def everybody(read: AgentCells, asked: Asked) -> tuple[Index, Index] | None:
    """Whom it is asked of and whom they are held against, with the numbers of their groups: others in their groups of peers."""
    groups = comparable_groups(read.cells)
    treated = np.array([key in asked.treated for key in read.agents])
    pairs = zip(read.agents, read.teams, strict=True)
    busy = np.array([key in asked.others or team in asked.other_teams for key, team in pairs])
    wanted = np.unique(groups[treated & (groups >= 0)])
    members = np.flatnonzero(np.isin(groups, wanted) & (treated | ~busy))
    return (members, groups[members]) if len(wanted) else None


def question_of(
    asked: Asked, read: AgentCells, members: Index, group: Index, week: int, site: Mapping[bytes, bytes | None]
) -> tuple[Coaching, float]:
    """What `stats.effects` is asked; and how the usual of the treated's groups moved since what was shown, better being positive."""
    stretches = (*asked.before, *asked.after(week))
    seen = _stood(_as_treated(read, asked), members, group, stretches)
    keys = [read.agents[member] for member in members.tolist()]
    known = np.isfinite(seen.effect)
    coached = np.array([key in asked.treated for key in keys])
    # What was usual stays out of the figures: where groups move apart, agents did not.
    value = np.where(known, -read.sign * seen.effect, np.nan)
    variance = np.where(known, seen.error, np.inf)
    first = _first_seen(known[:, :BLOCKS])
    at = _middles(stretches, asked.before[-1].last)
    return Coaching(
        history=Blocks(value[:, first:BLOCKS], variance[:, first:BLOCKS], at[first:BLOCKS]),
        after=Blocks(value[:, BLOCKS:], variance[:, BLOCKS:], at[BLOCKS:]),
        coached=coached,
        shown=_blocks_shown(asked.shown_weeks),
        pool=None if asked.pool is None else np.array([key in asked.pool for key in keys]),
        covariates=_columns(list(zip(group.tolist(), (site.get(key) for key in keys), strict=True))),
        team=_numbers([read.teams[member] for member in members.tolist()]),
    ), -read.sign * _moved(seen.usual[coached], asked.shown_weeks)


def _moved(usual: Array, shown_weeks: int | None) -> float:
    """By how much the usual moved from the blocks that were shown to those since, in the mean of those treated."""
    blocks = min(max(_blocks_shown(shown_weeks) or LEAST_LEFT_OUT, 1), BLOCKS)
    before, after = usual[:, BLOCKS - blocks : BLOCKS], usual[:, BLOCKS:]
    known = np.isfinite(before).any(axis=1) & np.isfinite(after).any(axis=1)
    if not known.any():
        return 0.0
    return float((np.nanmean(after[known], axis=1) - np.nanmean(before[known], axis=1)).mean())


def _blocks_shown(weeks: int | None) -> int | None:
    return None if weeks is None else -(-weeks * WEEK // BLOCK_DAYS)


def _stood(read: AgentCells, members: Index, group: Index, stretches: tuple[Period, ...]) -> Stood:
    """Each group of peers by itself, put together; usual: (agents, stretches)."""
    shape = (len(members), len(stretches))
    effect, error, contacts, usual = (np.full(shape, np.nan) for _ in range(4))
    for one in np.unique(group).tolist():
        mine = np.flatnonzero(group == one)
        found = stood(read, members[mine], stretches, ENOUGH)
        effect[mine], error[mine], contacts[mine] = found.effect, found.error, found.contacts
        usual[mine] = found.usual
    return Stood(effect, error, contacts, usual)


def _as_treated(read: AgentCells, asked: Asked) -> AgentCells:
    """Without what the treated did between the first day of all and a week after their own."""
    starts = (asked.treated.get(key, asked.begins) for key in read.agents)
    own = np.array([(start - read.first).days + WASHOUT_DAYS for start in starts])
    begins, cells = (asked.begins - read.first).days, read.cells
    return replace(read, cells=cells.where((cells.day < begins) | (cells.day >= own[cells.agent])))


def _first_seen(known: Chosen) -> int:
    """The first block of which anything is known: facts may begin later."""
    some = np.flatnonzero(known.any(axis=0))
    return int(some[0]) if len(some) else BLOCKS - 1


def _middles(stretches: tuple[Period, ...], decided: date) -> Array:
    """Where blocks lie, counted in blocks from the decision."""
    days = [((one.first - decided).days + (one.last - decided).days) / 2 for one in stretches]
    return np.array(days) / BLOCK_DAYS


def _columns(kinds: list[tuple[int, bytes | None]]) -> Array | None:
    """Group of peers and site, as noughts and ones; None where everybody shares them."""
    number = _numbers(kinds)
    columns = np.eye(int(number.max()) + 1)[number][:, 1:]
    return columns if columns.shape[1] else None


def _numbers(names: list[bytes | None] | list[tuple[int, bytes | None]]) -> Index:
    places: dict[object, int] = {}
    return np.array([places.setdefault(name, len(places)) for name in names], dtype=np.int64)
