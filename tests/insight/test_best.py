"""Is somebody told of a personal best rarely by chance alone, and mostly where she has become much better?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from floorwalker.estimate import Answer, Estimate, NoEstimate, Reason
from floorwalker.insight.best import BLOCKS, LEAST_BEFORE, is_best
from floorwalker.kpis.definition import Better
from floorwalker.stats.intervals import wilson_interval
from floorwalker.stats.summaries import Proportion

PEOPLE, CONTACTS = 1500, 120


def share(events: int, n: int = CONTACTS) -> Estimate:
    bounds = wilson_interval(Proportion(events=events, n=n))
    return Estimate(events / n, bounds.low, bounds.high, n, "wilson", "csat_top_box@1", "share", events / n)


def bests(chances: Sequence[float], seed: int, better: Better = Better.UP) -> float:
    """Of how many people, whose blocks have these chances (the newest first), a best is told."""
    rng = np.random.default_rng(seed)
    drawn = rng.binomial(CONTACTS, chances, (PEOPLE, len(chances)))
    known = [share(events) for events in range(CONTACTS + 1)]
    told = [is_best(known[row[0]], [known[events] for events in row[1:]], better) for row in drawn.tolist()]
    return sum(one is not None for one in told) / PEOPLE


def naive(chances: Sequence[float], seed: int) -> float:
    drawn = np.random.default_rng(seed).binomial(CONTACTS, chances, (PEOPLE, len(chances)))
    return float(np.mean(drawn[:, 0] > drawn[:, 1:].max(axis=1)))


def test_by_chance_alone_hardly_anybody_has_one() -> None:
    """The rule that the highest figure is a best tells about one person in fourteen; of three blocks before, one in four."""
    for blocks, usual in ((BLOCKS, 0.04), (LEAST_BEFORE + 1, 0.15)):
        flat = [0.7] * blocks
        assert naive(flat, 1) > usual
        assert bests(flat, 1) <= 0.01
        assert bests(flat, 2, Better.DOWN) <= 0.01


def test_one_lucky_block_before_is_to_be_beaten_too() -> None:
    assert bests([0.7, 0.7, 0.85, *[0.7] * 10], 3) <= 0.001
    assert is_best(share(100), [share(60), share(60), share(99)], Better.UP) is None


def test_whoever_became_much_better_is_told() -> None:
    assert bests([0.92, *[0.65] * 12], 4) >= 0.8
    assert bests([0.1, *[0.4] * 12], 5, Better.DOWN) >= 0.8


def test_with_too_little_before_or_no_figure_nothing_is_told() -> None:
    few: list[Answer] = [share(40)] * (LEAST_BEFORE - 1)
    none = NoEstimate(Reason.TOO_FEW, 3, "csat_top_box@1", "share")
    assert is_best(share(110), few, Better.UP) is None
    assert is_best(share(110), [*few, none], Better.UP) is None
    assert is_best(none, [share(40)] * 12, Better.UP) is None
    assert is_best(share(110), [share(40)] * 12, Better.BAND) is None
    assert is_best(share(110), [share(40), share(50), share(45)], Better.UP) == share(50)
