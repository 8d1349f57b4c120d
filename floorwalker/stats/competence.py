"""After how many weeks does a starter do what established people do, where some have not come so far yet?

Whoever has not come so far when she was last seen counts as long as she was seen (E. L. Kaplan and P. Meier, Journal of the
American Statistical Association 53 (1958), 457-481). What is counted are not weekly figures, which luck alone takes below any
line for a while, but courses as they may truly have been (`starters_levels`), each time of another sample of such starters:
the range is that of a centre that takes on people like these (B. Efron, Annals of Statistics 7 (1979), 1-26).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from floorwalker.stats.cells import Array, Index
from floorwalker.stats.starters_levels import Courses, Weekly

# From so many starters on, a week is told; and so many of these must have been seen for as long as it takes to tell.
LEAST_STARTERS = 8
# A level counts as reached if it was held for so many weeks.
HELD_WEEKS = 4
DRAWS = 400
RANGE = (0.025, 0.975)
NEVER = np.inf


@dataclass(frozen=True)
class Competence:
    """The share that has not come so far yet, by week from 1 on; low, high: its likely range; at_risk: of whom it is known.

    median: after how many weeks half of such starters have; low_week, high_week: its likely range; inf where that is not
    known yet. starters: how many; seen_weeks: the longest that anybody was followed.
    """

    waiting: Array
    low: Array
    high: Array
    at_risk: Array
    median: float
    low_week: float
    high_week: float
    starters: int
    seen_weeks: int


def speed_to_competence(
    seen: Weekly, band: float, size: float, rng: np.random.Generator, held: int = HELD_WEEKS
) -> Competence | None:
    """When courses come, and stay, below `band`; None with too few starters. size: see `Courses`."""
    enough = seen.last >= held
    if enough.sum() < LEAST_STARTERS:
        return None
    seen = Weekly(seen.value[enough], seen.variance[enough], seen.last[enough])
    courses = Courses(seen, size)
    curves = np.array([_waiting(*courses.drawn(rng), seen.last, band, held) for _draw in range(DRAWS)])
    medians = np.array([half_time(curve) for curve in curves])
    waiting = curves.mean(axis=0)
    low, high = np.quantile(curves, RANGE, axis=0)
    last = known_until(seen.last, held)
    at_risk = (last[:, None] >= np.arange(1, waiting.size + 1)).sum(axis=0)
    low_week, high_week = (float(one) for one in np.quantile(medians, RANGE, method="inverted_cdf"))
    found = half_time(waiting)
    return Competence(waiting, low, high, at_risk, found, low_week, high_week, seen.starters, int(last.max()))


def known_until(last: Index, held: int) -> Index:
    """Through which week it is known of each whether she had come so far: what follows must show that it was held."""
    return np.maximum(last - held + 1, 0)


def reached(courses: Array, last: Index, band: float, held: int) -> Array:
    """The first week from which a course stays below the band for `held` weeks that were seen; inf where none is."""
    below = courses <= band
    stays = np.lib.stride_tricks.sliding_window_view(below, held, axis=1).all(axis=2)
    stays &= np.arange(1, stays.shape[1] + 1) <= known_until(last, held)[:, None]
    return np.where(stays.any(axis=1), stays.argmax(axis=1) + 1.0, NEVER)


def life_table(week: Array, until: Index, times: Array, weeks: int) -> Array:
    """Kaplan and Meier: the share still waiting after each week. week: inf where it was not seen until the week `until`."""
    number = np.arange(1, weeks + 1)
    came = (times[:, None] * (week[:, None] == number)).sum(axis=0)
    left = np.where(np.isfinite(week), week, until)
    at_risk = (times[:, None] * (left[:, None] >= number)).sum(axis=0)
    kept = 1 - came / np.maximum(at_risk, 1e-12)
    return np.asarray(np.cumprod(np.where(at_risk > 0, kept, 1.0)))


def half_time(waiting: Array) -> float:
    """The first week after which no more than half are waiting; inf where that is not seen."""
    done = waiting <= 0.5
    return float(done.argmax() + 1) if done.any() else NEVER


def _waiting(times: Array, courses: Array, last: Index, band: float, held: int) -> Array:
    weeks = courses.shape[1] - held + 1
    return life_table(reached(courses, last, band, held), known_until(last, held), times, weeks)
