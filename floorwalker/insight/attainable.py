"""Can a target be reached? What its place reached in the weeks before, and how many teams like it do, say so."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from floorwalker.estimate import Answer, Estimate
from floorwalker.insight.judgement import Target
from floorwalker.insight.scorecard import Asked, Period, Where, read_lines
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.query import Facts

WEEKS = 13
WEEK = 7
# Fewer teams cannot say what is usual among them, fewer weeks not what is usual here.
FEWEST_PEERS = 5
FEWEST_WEEKS = 4
# A target that fewer of the teams reach than this share is beyond what 95 % of them reached.
FEW = 0.05


@dataclass(frozen=True)
class Attained:
    """How often a target would have been reached: weeks of its place, and teams like it, of how many each.

    whole: what the place reached over all of these weeks together.
    """

    whole: Answer
    weeks: int
    weeks_met: int
    peers: int
    peers_met: int

    @property
    def is_beyond_peers(self) -> bool:
        """Whether it lies beyond what 95 % of the teams reached."""
        return self.peers >= FEWEST_PEERS and self.peers_met < FEW * self.peers

    @property
    def is_beyond_history(self) -> bool:
        """Whether no week here ever reached it."""
        return self.weeks >= FEWEST_WEEKS and self.weeks_met == 0

    @property
    def is_untold(self) -> bool:
        """Whether neither history nor other teams say anything."""
        return self.weeks < FEWEST_WEEKS and self.peers < FEWEST_PEERS

    @property
    def is_reached_always(self) -> bool:
        """Whether every week reached it: it asks for nothing that is not done already."""
        return self.weeks >= FEWEST_WEEKS and self.weeks_met == self.weeks


def read_attained(
    facts: Facts,
    kpi: Kpi,
    target: Target,
    *,
    last: Period,
    where: Where,
    peers: Where,
    itself: Iterable[bytes] = (),
) -> Attained:
    """How the weeks up to `last` stood to a target at a place, and the teams within `peers` but for those of the place itself."""
    asked = [Asked((kpi.id,), None, where, weeks=WEEKS), Asked((kpi.id,), "team", peers, weeks=0)]
    here, teams = read_lines(facts, last, asked, targets={})
    cell = here[None].cells[kpi.id]
    own = frozenset(itself)
    weeks = [point.answer for point in cell.weeks if point.week + timedelta(days=WEEK - 1) <= last.last]
    others = [
        line.cells[kpi.id].answer
        for key, line in teams.items()
        if key is not None and key not in own and kpi.id in line.cells
    ]
    return Attained(cell.answer, *_counted(weeks, target), *_counted(others, target))


def _counted(answers: Iterable[Answer], target: Target) -> tuple[int, int]:
    """How many tell something, and how many of them reach the target."""
    values = [answer.value for answer in answers if isinstance(answer, Estimate)]
    return len(values), sum(_reaches(value, target) for value in values)


def _reaches(value: float, target: Target) -> bool:
    low = -math.inf if target.low is None else target.low
    high = math.inf if target.high is None else target.high
    return low <= value <= high
