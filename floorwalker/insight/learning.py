"""What have past actions closed of the gaps that they were for, by what was done and by measure? What to act on first asks this.

Of each action its last planned review counts, whatever it said, and once: the share of the gap as it was known when it was decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np

from floorwalker.insight.joint import is_joint
from floorwalker.insight.kept_gaps import KeptGaps
from floorwalker.insight.reviewed import Reviewed
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Better, Kpi
from floorwalker.stats.gains import Kind, Learnability
from floorwalker.stats.pooled_effects import Learnt, Reviews, learn

# Raised whenever the method gives other figures: what was shown when somebody decided names the version that made it.
VERSION = 1
# Raised whenever what is written changes its shape; older ones are read for ever.
SHAPE = 1
# From a likely range (95 %) to a standard error.
WIDTH_OF_RANGE = 2 * 1.96


class Tried(StrEnum):
    """What was done: with single people as it is called, with a whole team, or with how work is done."""

    COACHING = "coaching"
    TRAINING = "training"
    MENTORING = "mentoring"
    PEER_SUPPORT = "peer_support"
    TEAM = "team"
    PROCESS = "process"


# Which past speaks for an action that could be taken.
OF_KIND = {Kind.COACH: Tried.COACHING, Kind.TEAM: Tried.TEAM, Kind.PROCESS: Tried.PROCESS}


@dataclass(frozen=True)
class GapBefore:
    """A gap as it was known when something was decided about it: positive is worse, in the measure's unit; people: of how many."""

    gap: float
    standard: float
    kpi_version: int
    people: int


def gap_before(kept: KeptGaps | None, agents: Iterable[bytes]) -> GapBefore | None:
    """The mean of these people's own gaps, as they were said last; None where of none of them anything was."""
    wanted = frozenset(agents)
    own = [] if kept is None else [one.own.gap for one in kept.causes.agents if one.agent in wanted]
    if kept is None or not own:
        return None
    return GapBefore(float(np.mean(own)), kept.causes.standard, kept.causes.kpi.version, len(own))


def as_json(before: GapBefore) -> dict[str, Any]:
    """As it is kept."""
    return {"shape": SHAPE} | asdict(before)


def from_json(kept: Mapping[str, Any]) -> GapBefore:
    """What was kept, read back."""
    return GapBefore(**{name: value for name, value in kept.items() if name != "shape"})


@dataclass(frozen=True)
class Past:
    """One action that was reviewed to its end: what it changed beside the gap that it was for, on the scale of the review."""

    tried: Tried
    kpi: str
    gap: float
    effect: float
    error: float
    people: int


def past_of(tried: Tried, before: GapBefore, found: Reviewed) -> Past | None:
    """None where the review could not tell, where there was no gap to close, or where it is another measure by now."""
    change, kpi = found.change, catalogue().get(found.kpi)
    if change is None or change.low is None or change.high is None or kpi is None:
        return None
    gap = _on_scale(before, kpi, found.unit)
    if gap <= 0 or before.kpi_version != found.kpi_version or _is_mixed(tried, found):
        return None
    # Of a roll-out the review counts teams: those who work in them were known when it was decided.
    people = before.people if tried in (Tried.TEAM, Tried.PROCESS) else found.treated
    return Past(tried, kpi.id, gap, change.value, (change.high - change.low) / WIDTH_OF_RANGE, people)


def _is_mixed(tried: Tried, found: Reviewed) -> bool:
    """Whether actions of another kind may have done it as well: then it teaches nothing of either."""
    return is_joint([one for one in found.joint if one.kind != tried], found.treated)


def _on_scale(before: GapBefore, kpi: Kpi, unit: str) -> float:
    """Of durations gains are shares of the figure: so is the gap."""
    if unit != "ratio":
        return before.gap
    figure = before.standard + (-before.gap if kpi.better is Better.UP else before.gap)
    return before.gap / figure if figure > 0 else 0.0


@dataclass(frozen=True)
class Learning:
    """What is known of actions; of which nothing is, the usual is assumed and said to be."""

    past: Sequence[Past] = field(default_factory=tuple)

    def of(self, tried: Tried, kpi: str | None = None) -> Learnt:
        """What the next action of that kind closes of a gap in that measure: its own past, drawn towards that of the others.

        Without a measure of a gap in any of them.
        """
        some = [one for one in self.past if one.tried is tried]
        measure = np.array([kpi in (None, one.kpi) for one in some], dtype=bool)
        return learn(_reviews(some), np.array([one.gap for one in some]), measure)

    def for_priorities(self, kpis: Iterable[str]) -> dict[tuple[Kind, str], Learnability]:
        """By kind of action and measure, as the list takes it."""
        found = {(kind, kpi): self.of(tried, kpi) for kind, tried in OF_KIND.items() for kpi in kpis}
        return {key: Learnability(one.share, one.sd) for key, one in found.items()}


def _reviews(some: Sequence[Past]) -> Reviews:
    effect, error = (np.array([getattr(one, name) for one in some], dtype=float) for name in ("effect", "error"))
    return Reviews(effect, error, np.array([one.people for one in some], dtype=np.int64))
