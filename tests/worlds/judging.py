"""What comes of judging many floors whose truth is known? Error rates, power, coverage, and how true probabilities are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from floorwalker.stats.case_mix import Scale, fit_case_mix
from floorwalker.stats.discovery import discover
from floorwalker.stats.shrinkage import Errors, shrink
from tests.worlds.world import Array, World, build


@dataclass(frozen=True)
class Rates:
    """Over all floors together: named wrongly by named; found by truly worse (and by twice delta); within the range."""

    false_discoveries: float
    power: float
    power_beyond_twice: float
    coverage: float
    silent: float
    named: int
    said: Array
    came_true: Array
    naive_false_discoveries: float
    naive_power_beyond_twice: float


def judge(worlds: Iterable[World], delta: float) -> Rates:
    """Judge every agent of every floor against her peers' mean, and count."""
    rows = [_judge_one(world, delta) for world in worlds]
    probability, named, worse, far, within, naive = (np.concatenate([row[part] for row in rows]) for part in range(6))
    edges = ((0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9))
    bins = [(probability >= low) & (probability < high) for low, high in edges]
    return Rates(
        float((named & ~worse).sum() / max(1, named.sum())),
        float((named & worse).sum() / max(1, worse.sum())),
        float((named & far).sum() / max(1, far.sum())),
        float(within.mean()),
        float(np.mean([not row[1].any() for row in rows])),
        int(named.sum()),
        np.array([probability[one].mean() if one.any() else np.nan for one in bins]),
        np.array([worse[one].mean() if one.any() else np.nan for one in bins]),
        float((naive & ~worse).sum() / max(1, naive.sum())),
        float((naive & far).sum() / max(1, far.sum())),
    )


def _judge_one(world: World, delta: float) -> tuple[Array, ...]:
    floor = build(world)
    duration = world.kind == "duration"
    fitted = fit_case_mix(floor.cells, Scale.RATIO if duration else Scale.DIFFERENCE)
    enough = floor.cells.contacts >= 20
    effect = (1 if duration else -1) * fitted.effect[enough]
    shared = fitted.shared[enough] - fitted.shared[enough].mean(axis=0)
    weeks = max(1, world.days // 5 - 1)
    errors = Errors(fitted.own[enough], shared, float(np.sqrt(2 / (enough.sum() * weeks))))
    difference = shrink(effect, errors).difference
    truth = floor.truth[enough] - floor.truth[enough].mean()
    probability = difference.beyond(delta)
    low, high = difference.quantile(0.025), difference.quantile(0.975)
    # What is done elsewhere: whoever misses the floor's plain mean by delta.
    sums, n = floor.cells.by_agent(floor.cells.s1)[enough], floor.cells.contacts[enough]
    raw, whole = sums / n, sums.sum() / n.sum()
    naive = np.log(raw / whole) > delta if duration else whole - raw > delta
    return probability, discover(probability), truth > delta, truth > 2 * delta, (low <= truth) & (truth <= high), naive


def several(world: World, count: int) -> list[World]:
    """The same floor with other luck."""
    return [replace(world, seed=world.seed + number) for number in range(count)]
