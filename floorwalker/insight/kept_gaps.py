"""Of whom was it kept last that a gap is surely her own, and of whom that it is the team's or everybody's instead?

Read from what fair judgement has said and kept, never worked out for the asking: whoever acts on it can be shown the same later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.cause import Caused, Causes
from floorwalker.insight.comparison import Comparison, Judged
from floorwalker.insight.fair import Fair
from floorwalker.insight.scorecard import Period
from floorwalker.insight.statements import Method, read_said
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.levels import SURE, Cause

# What is called the person's own is so with at least this probability; less is watched.
SURE_ENOUGH = SURE


@dataclass(frozen=True)
class KeptGaps:
    """What was kept last of one measure: who differs, and whose the gaps are; said_at: when that was said."""

    measure: str
    period: Period
    compared: Comparison
    causes: Causes
    said_at: datetime

    @cached_property
    def _judged(self) -> Mapping[bytes, Judged]:
        return {one.agent: one for one in self.compared.agents}

    @cached_property
    def _caused(self) -> Mapping[bytes, Caused]:
        return {one.agent: one for one in self.causes.agents}

    def of(self, agent: bytes) -> Fair | None:
        """What is said of one person; None where nothing is."""
        judged = self._judged.get(agent)
        return None if judged is None else Fair(self.compared, judged, self.causes, self._caused.get(agent))

    def personal(self) -> Iterator[tuple[bytes, float]]:
        """By key everybody who is named and whose gap is surely her own, with that probability."""
        for agent, caused in self._caused.items():
            fair = self.of(agent)
            if fair is not None and fair.named and fair.whose is Cause.PERSONAL and caused.p_personal >= SURE_ENOUGH:
                yield agent, caused.p_personal

    def is_not_hers(self, agent: bytes) -> Cause | None:
        """Whose it is, where the gap is the team's or everybody's and not this person's; None else."""
        return self._not_personal.get(agent)

    @cached_property
    def _not_personal(self) -> Mapping[bytes, Cause]:
        said = ((agent, self.of(agent)) for agent in self._caused)
        whose = {agent: fair.whose for agent, fair in said if fair is not None}
        return {agent: cause for agent, cause in whose.items() if cause in (Cause.TEAM, Cause.SYSTEMIC)}


def read_kept_gaps(facts: Snapshot) -> tuple[KeptGaps, ...]:
    """Of every measure by which people are judged, what was kept of the newest days; in the order of the catalogue."""
    newest = _newest(facts)
    found = (_read(facts, measure, newest) for measure in catalogue())
    return tuple(one for one in found if one is not None)


def read_kept_gaps_of(facts: Snapshot, measure: str) -> KeptGaps | None:
    """The same of one measure; None where nothing was kept of it."""
    return _read(facts, measure, _newest(facts))


def _newest(facts: Snapshot) -> dict[tuple[str, str], tuple[Period, datetime]]:
    """By method and measure the newest days of which something was said, and when."""
    claimed = [(name, claim.said_at) for name, claim in facts.current.claims.items() if claim.said_at is not None]
    newest: dict[tuple[str, str], tuple[Period, datetime]] = {}
    for name, said_at in claimed:
        method, measure, first, last = name.split(" ")
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
        known = newest.get((method, measure))
        if said_at is not None and (known is None or known[0].last < period.last):
            newest[method, measure] = period, said_at
    return newest


def _read(facts: Snapshot, measure: str, newest: Mapping[tuple[str, str], tuple[Period, datetime]]) -> KeptGaps | None:
    compared, caused = newest.get((Method.COMPARISON, measure)), newest.get((Method.CAUSE, measure))
    if compared is None or caused is None or compared[0] != caused[0]:
        return None
    return _kept(_Asked(facts), measure, compared[0], compared[1], caused[1])


@dataclass(frozen=True)
class _Asked:
    """The facts to read from; any of the same lake will do, since what was said at an instant does not change."""

    facts: Snapshot

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.facts.lake.path == other.facts.lake.path

    def __hash__(self) -> int:
        return hash(self.facts.lake.path)


@lru_cache(maxsize=16)
def _kept(asked: _Asked, measure: str, period: Period, compared_at: datetime, caused_at: datetime) -> KeptGaps:
    compared = read_said(asked.facts, Method.COMPARISON, measure, period, compared_at)
    causes = read_said(asked.facts, Method.CAUSE, measure, period, caused_at)
    assert isinstance(compared, Comparison)
    assert isinstance(causes, Causes)
    return KeptGaps(measure, period, compared, causes, max(compared_at, caused_at))
