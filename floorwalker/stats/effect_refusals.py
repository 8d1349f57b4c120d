"""Why may nothing be said of coaching: too few others, too little before, everybody coached, or nobody like the coached?"""

from __future__ import annotations

import numpy as np

from floorwalker.stats.cells import Array
from floorwalker.stats.coaching import Chosen, Coaching, Look, NoEffect, Why
from floorwalker.stats.level_covariance import TINY

LEAST_CONTROLS = 10
LEAST_BLOCKS = 3
# So many standard deviations beyond everybody else nothing holds the coached against anybody. Right at the others' edge is usual:
# those with the poorest figures are coached.
FAR = 2.0


def no_effect(why: Why, asked: Coaching, look: Look) -> NoEffect:
    """The refusal, with what was there."""
    return NoEffect(why, *usable(asked, look), len(asked.history.at))


def usable(asked: Coaching, look: Look) -> tuple[int, int]:
    """Coached agents and others with enough before and something afterwards."""
    known = (asked.history.seen.sum(axis=1) >= LEAST_BLOCKS) & (asked.after.seen[:, : look.blocks].sum(axis=1) > 0)
    return int((known & asked.coached).sum()), int((known & ~asked.coached).sum())


def refused(asked: Coaching, look: Look) -> Why | None:
    """The first reason for which nothing can be said, None where there is none."""
    coached, controls = usable(asked, look)
    too_late = len(asked.after.at) < look.blocks or not asked.after.seen[asked.coached, : look.blocks].any()
    reasons = (
        (Why.NOBODY_COACHED, not asked.coached.any()),
        (Why.EVERYBODY_COACHED, bool(asked.coached.all()) or not _apart(asked)),
        (Why.TOO_LITTLE_HISTORY, len(asked.history.at) < LEAST_BLOCKS),
        (Why.NOTHING_AFTERWARDS, too_late),
        (Why.TOO_LITTLE_HISTORY, coached == 0),
        (Why.TOO_FEW_CONTROLS, controls < LEAST_CONTROLS),
    )
    return next((why for why, holds in reasons if holds), None)


def _apart(asked: Coaching) -> bool:
    """Whether covariates leave anybody to be held against: no site, say, was coached as a whole."""
    if asked.covariates is None:
        return True
    design = np.hstack([np.ones((len(asked.coached), 1)), asked.covariates])
    coached = asked.coached.astype(float)
    left = coached - design @ np.linalg.lstsq(design, coached, rcond=None)[0]
    return bool((left**2).sum() > 1e-9)


def overlap(asked: Coaching, seen: Chosen, level: Array) -> bool:
    """Whether the coached are like somebody: their mean level, by the record, is not far beyond everybody else's."""
    others, coached = level[seen & ~asked.coached], level[seen & asked.coached]
    reach = FAR * float(others.std()) + TINY
    return bool(others.min() - reach <= coached.mean() <= others.max() + reach)
