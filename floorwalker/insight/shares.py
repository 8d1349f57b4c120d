"""How many of those who answered understood? A share with its uncertainty, of a plain count."""

from __future__ import annotations

from floorwalker.estimate import Estimate
from floorwalker.stats.intervals import wilson_interval
from floorwalker.stats.summaries import Proportion


def share_of(events: int, n: int) -> Estimate:
    """The share of n (above nought) in which something is so, with its 95 % interval."""
    bounds = wilson_interval(Proportion(seen=n, n=n, events=events))
    share = events / n
    return Estimate(share, bounds.low, bounds.high, n, "wilson", "share@1", "share", share)
