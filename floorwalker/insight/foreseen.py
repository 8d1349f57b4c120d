"""What could the review of a roll-out show at best, however well it works? Known from its days alone, before it begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from floorwalker.insight.blocks import BLOCK_DAYS
from floorwalker.insight.planned import WEEKS, review_day
from floorwalker.stats.rollouts import least_p
from floorwalker.stats.synthetic_control import LEAST_DONORS

NEVER = -1


def smallest_p(first: Sequence[date], teams: int) -> float | None:
    """The smallest p that can be reached, of so many teams, some of which begin on these days; None where nobody could tell.

    One alone is held against others, of which it takes enough; several against those that begin later or not at all.
    """
    if not first:
        return None
    if len(first) == 1:
        return 1 / teams if teams > LEAST_DONORS else None
    begins = min(first)
    last = review_day(begins, WEEKS[-1])
    stretches = [round((day - begins).days / BLOCK_DAYS) if day < last else NEVER for day in first]
    stretches += [NEVER] * (teams - len(first))
    return None if len(set(stretches)) == 1 else least_p(np.array(stretches))
