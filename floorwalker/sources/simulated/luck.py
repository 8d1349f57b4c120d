"""What luck has everybody on a day, which is nobody's nature and passes?"""

from __future__ import annotations

import numpy as np

from floorwalker.sources.simulated.arrays import Floats
from floorwalker.sources.simulated.parameters import Parameters
from floorwalker.sources.simulated.people import Roster

DAYS, WEEKS = 13, 14
# On the log of handling times; there without truths too, since luck is no difference between people.
DAY_LUCK_SD, WEEK_LUCK_SD, SITE_DAY_LUCK_SD = 0.05, 0.03, 0.02


def luck_of(parameters: Parameters, roster: Roster, day: int) -> Floats:
    """A factor on everybody's times: the person's day and week, and the day that the site shares."""
    week = parameters.day(day).toordinal() // 7
    rng = parameters.rng(DAYS, roster.number, day)
    luck = SITE_DAY_LUCK_SD * rng.standard_normal() + DAY_LUCK_SD * rng.standard_normal(roster.size)
    luck += WEEK_LUCK_SD * parameters.rng(WEEKS, roster.number, week).standard_normal(roster.size)
    return np.asarray(np.exp(luck))
