"""Which gaps are worth a manager's time, whose are they, and what do they cost?

A gap costs its size times the contacts that it concerns: seconds become hours of work, shares become contacts. The size is
the one drawn towards nought as far as it is uncertain, so that a few contacts of one person do not lead the list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from floorwalker.insight.cause import Caused, Causes, Share
from floorwalker.insight.comparison import SURE, WATCH, Comparison
from floorwalker.insight.fair import whose_gap
from floorwalker.stats.levels import Cause


class Whose(StrEnum):
    """Whose a gap is."""

    SYSTEM = "system"
    TEAM = "team"
    PERSON = "person"


class Sureness(StrEnum):
    """How sure it is that a gap exceeds what is worth anyone's time."""

    REAL = "real"
    MAYBE = "maybe"


@dataclass(frozen=True)
class Gap:
    """One gap that may be real: its size in the measure's unit (positive: worse) and the contacts that it concerns.

    key: the team's or agent's; None for the system, and for those who are in no team.
    """

    whose: Whose
    key: bytes | None
    share: Share
    n: int
    sureness: Sureness

    @property
    def cost(self) -> float:
        """What it comes to in the period: the measure's unit times contacts."""
        return self.n * self.share.gap

    @property
    def cost_range(self) -> tuple[float, float]:
        """The likely range of that; what may as well be a gain counts as nought."""
        return max(0.0, self.n * self.share.low), self.n * self.share.high


@dataclass(frozen=True)
class Gaps:
    """The gaps of one measure, those first that are real and cost most; and of how many agents the rest is known.

    near: no gap that matters is likely; untold: it cannot be told yet; apart: nobody does comparable work.
    """

    causes: Causes
    gaps: tuple[Gap, ...]
    near: int
    untold: int
    apart: int

    @property
    def real(self) -> tuple[Gap, ...]:
        """Those that are surely there."""
        return tuple(gap for gap in self.gaps if gap.sureness is Sureness.REAL)


def find_gaps(causes: Causes, compared: Comparison | None) -> Gaps:
    """Name what stands out from chance; a person only where she was named among everybody compared (few of them wrongly)."""
    named = frozenset() if compared is None else frozenset(one.agent for one in compared.agents if one.flagged)
    ordered = _ordered([*_of_system(causes), *_of_teams(causes), *_of_people(causes, named)])
    judged = {} if compared is None else {one.agent: one for one in compared.agents}
    primary = [whose_gap(one, judged.get(one.agent)) for one in causes.agents]
    return Gaps(
        causes, tuple(ordered), primary.count(Cause.NONE), primary.count(Cause.NOT_ENOUGH_DATA), len(causes.unplaced)
    )


def find_gaps_of_groups(causes: Causes) -> list[Gap]:
    """Those alone that are everybody's or a team's, in the same order; which needs no look at any person."""
    return _ordered([*_of_system(causes), *_of_teams(causes)])


def _ordered(found: Iterable[Gap]) -> list[Gap]:
    return sorted(found, key=lambda gap: (gap.sureness is not Sureness.REAL, -gap.cost))


def _of_system(causes: Causes) -> Iterator[Gap]:
    if causes.site is not None:
        yield from _gap(Whose.SYSTEM, causes.site, sum(one.n for one in causes.agents))


def _of_teams(causes: Causes) -> Iterator[Gap]:
    counted: Counter[bytes | None] = Counter()
    for one in causes.agents:
        counted[one.team] += one.n
    for team in causes.teams:
        yield from _gap(Whose.TEAM, team, counted[team.key])


def _of_people(causes: Causes, named: frozenset[bytes]) -> Iterator[Gap]:
    for one in causes.agents:
        yield from _gap(Whose.PERSON, one.own, one.n, sure=_is_sure(one, named))


def _is_sure(one: Caused, named: frozenset[bytes]) -> bool:
    return one.primary is Cause.PERSONAL and one.agent in named


def _gap(whose: Whose, share: Share, n: int, *, sure: bool = True) -> Iterator[Gap]:
    """The gap, where it is likelier there than not, and for the worse."""
    if share.probability < WATCH or share.gap <= 0:
        return
    real = sure and share.probability >= SURE
    yield Gap(whose, share.key, share, n, Sureness.REAL if real else Sureness.MAYBE)
