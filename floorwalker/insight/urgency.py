"""Who is equally urgent, so that chance may say who begins? Those whom the figures cannot tell apart at the line that is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from floorwalker.insight.cause import Caused
from floorwalker.insight.comparison import WATCH

# Of fewer the lot shows nothing (docs/statistics.md, effect of an action): 24 begin, and at least as many wait.
LEAST_BEGIN, LEAST_POOL = 24, 48


@dataclass(frozen=True)
class Urgent:
    """Those of whom none is surely more urgent than another, by key; begin: how many of them would begin."""

    pool: tuple[bytes, ...]
    begin: int

    @property
    def is_offered(self) -> bool:
        """Whether a lot would show whether it works."""
        return self.begin >= LEAST_BEGIN and len(self.pool) - self.begin >= LEAST_BEGIN


def equally_urgent(people: Sequence[Caused], begin: int) -> Urgent:
    """Those whose own gap may be there and whose likely range reaches the line between the last who would begin and the next.

    Whoever surely lies beyond it begins anyway, and whoever surely lies short of it waits anyway.
    """
    candidates = sorted(
        (one for one in people if one.own.probability >= WATCH and one.own.gap > 0), key=lambda one: -one.own.gap
    )
    if begin <= 0 or len(candidates) <= begin:
        return Urgent((), 0)
    line = (candidates[begin - 1].own.gap + candidates[begin].own.gap) / 2
    surely = sum(one.own.low > line for one in candidates)
    pool = tuple(one.agent for one in candidates if one.own.low <= line <= one.own.high)
    return Urgent(pool, begin - surely)
