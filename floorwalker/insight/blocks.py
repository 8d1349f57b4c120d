"""How did each agent stand in given stretches of days, at the same work as colleagues? Objectives and effects read it here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from floorwalker.insight.cells import AgentCells
from floorwalker.insight.fitting import LEAST_CONTACTS, LEAST_DAYS, LEAST_PEERS
from floorwalker.insight.scorecard import Period
from floorwalker.stats.case_mix import Scale, fit_case_mix
from floorwalker.stats.cells import Array, Cells, Index
from floorwalker.stats.peers import LEAST_SHARED, comparable_groups

BLOCK_DAYS = 28


@dataclass(frozen=True)
class Enough:
    """From how many contacts, days and peers on somebody's stretch has a figure; shared: so many of one kind tie her to others."""

    contacts: int = LEAST_CONTACTS
    days: int = LEAST_DAYS
    peers: int = LEAST_PEERS
    shared: float = LEAST_SHARED


USUAL = Enough()


@dataclass(frozen=True)
class Stood:
    """Agents by stretch: (agents, stretches), nan where too little was done.

    effect: on the scale of effects, from the mean of all who did enough in the stretch; error: the variance of its luck;
    contacts; usual: (stretches,) what an effect of nought stands for, on the same scale (of durations the logarithm).
    """

    effect: Array
    error: Array
    contacts: Array
    usual: Array


def stood(read: AgentCells, members: Index, stretches: Sequence[Period], enough: Enough = USUAL) -> Stood:
    """How these agents stood; `read` must hold the stretches' days."""
    cells = read.cells.of_agents(members)
    effect = np.full((len(members), len(stretches)), np.nan)
    error, contacts, usual = effect.copy(), np.zeros_like(effect), np.full(len(stretches), np.nan)
    for number, stretch in enumerate(stretches):
        some = _within(cells, read, stretch)
        contacts[:, number] = some.contacts
        told, found, luck = _fitted(some, read.scale, enough)
        effect[told, number], error[told, number] = found, luck
        usual[number] = _usual(some, told, found, read.scale)
    return Stood(effect, error, contacts, usual)


def _within(cells: Cells, read: AgentCells, stretch: Period) -> Cells:
    ahead, days = (stretch.first - read.first).days, (stretch.last - stretch.first).days + 1
    some = cells.where((cells.day >= ahead) & (cells.day < ahead + days))
    return replace(some, day=some.day - ahead, days=days)


def _fitted(cells: Cells, scale: Scale, enough: Enough) -> tuple[Index, Array, Array]:
    """Who did enough in a stretch, with their effects from the mean of these and the variances of their errors."""
    told = np.flatnonzero((cells.contacts >= enough.contacts) & ((cells.daily > 0).sum(axis=1) >= enough.days))
    if len(told):
        # Whom the whole history ties together a single stretch may not.
        groups = comparable_groups(cells.of_agents(told), enough.shared)
        placed = groups[groups >= 0]
        told = told[groups == np.bincount(placed).argmax()] if placed.size else told[:0]
    if len(told) < enough.peers:
        return told[:0], np.zeros(0), np.zeros(0)
    some = cells.of_agents(told).without_empty_strata()
    mix = fit_case_mix(some, scale)
    shared = mix.shared - mix.shared.mean(axis=0)
    return told, mix.effect - mix.effect.mean(), mix.own + (shared**2).sum(axis=1)


def _usual(cells: Cells, told: Index, effect: Array, scale: Scale) -> float:
    """The plain mean of those who are told, less what they themselves differ by."""
    n = cells.contacts[told]
    if not n.sum():
        return float("nan")
    mean = float(cells.values[told].sum() / n.sum())
    own = float((n * effect).sum() / n.sum())
    if scale is Scale.DIFFERENCE:
        return mean - own
    return float(np.log(mean)) - own if mean > 0 else float("nan")
