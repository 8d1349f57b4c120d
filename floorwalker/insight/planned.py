"""What was planned: who is treated from when, how were they chosen, and on which days is it reviewed?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from floorwalker.insight.blocks import BLOCK_DAYS
from floorwalker.insight.joint import Joint
from floorwalker.insight.scorecard import Period

BLOCKS, WASHOUT_DAYS, WEEK = 13, 7, 7
WEEKS = (4, 8, 12)
ONLY_WEEK = 8
# What pages show of the record, unless somebody asks for more.
SHOWN_WEEKS = 12


@dataclass(frozen=True)
class Asked:
    """What was done with whom, and how they were chosen.

    treated: by agent her first day; begins: the first of all; decided: when they were chosen, the day before `begins` where nobody
    noted it; shown_weeks: how many weeks of the record whoever chose had seen, None where nobody knows; pool: among whom a lot
    decided; waits_until: until when those who were not drawn wait; others, other_teams: people and teams that had other actions
    which move the measure, and are held against nobody; joint: what those treated had on the same measure as well.
    """

    kpi: str
    treated: Mapping[bytes, date]
    begins: date
    guardrails: tuple[str, ...] = ()
    decided: date | None = None
    shown_weeks: int | None = SHOWN_WEEKS
    pool: frozenset[bytes] | None = None
    waits_until: date | None = None
    others: frozenset[bytes] = frozenset()
    other_teams: frozenset[bytes] = frozenset()
    joint: tuple[Joint, ...] = ()

    @property
    def weeks(self) -> tuple[int, ...]:
        """The planned reviews: one alone of a lot whose others do not wait until week 12."""
        waits = self.pool is not None and self.waits_until is not None
        short = waits and self.waits_until is not None and self.waits_until < review_day(self.begins, WEEKS[-1])
        return (ONLY_WEEK,) if short else WEEKS

    @property
    def before(self) -> tuple[Period, ...]:
        """The blocks before the decision, oldest first."""
        end = min(self.decided or self.begins, self.begins)
        firsts = (end - timedelta(days=BLOCK_DAYS * number) for number in range(BLOCKS, 0, -1))
        return tuple(Period(first, first + timedelta(days=BLOCK_DAYS - 1)) for first in firsts)

    def after(self, week: int) -> tuple[Period, ...]:
        """The blocks since the week of learning, up to that week."""
        ends = [one for one in WEEKS if one <= week]
        firsts = [WASHOUT_DAYS, *(one * WEEK for one in ends[:-1])]
        pairs = zip(firsts, ends, strict=True)
        return tuple(Period(self._after(first), self._after(end * WEEK - 1)) for first, end in pairs)

    def _after(self, days: int) -> date:
        return self.begins + timedelta(days=days)


def review_day(begins: date, week: int) -> date:
    """The first day on which the review of a week can be held: the day after its last."""
    return begins + timedelta(days=week * WEEK)


def reviews_due(asked: Asked, complete: date, week: int | None = None) -> tuple[int | None, date | None]:
    """The last planned review whose days are complete, none where there is no such, and the day of the next one.

    week: that one is asked for, whatever was complete later.
    """
    over = [one for one in asked.weeks if review_day(asked.begins, one) <= complete + timedelta(days=1)]
    if week is not None:
        over = [one for one in over if one <= week] if week in over else []
    left = [one for one in asked.weeks if one not in over and (week is None or over or one >= week)]
    return (over[-1] if over else None), (review_day(asked.begins, left[0]) if left else None)
