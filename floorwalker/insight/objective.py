"""What may somebody aim at by a day, how likely is it with the plan and without, and how does it stand on the way?

Figures are those of the comparison, four weeks at a time: at the same work as colleagues, without what moved everybody. So
an objective is about the person alone: what everybody gains or loses meanwhile neither helps nor harms.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from floorwalker.errors import KpiError
from floorwalker.estimate import Estimate, NoEstimate, Reason
from floorwalker.insight.blocks import BLOCK_DAYS
from floorwalker.insight.cause import Causes
from floorwalker.insight.cells import compares_people
from floorwalker.insight.person_level import PersonLevel, Seen, Standing
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.definition import Better, Kpi
from floorwalker.stats.gains import Learnability
from floorwalker.stats.levels import Cause
from floorwalker.stats.targets import Gain, Refused, Suggested, suggest_target, untried

# Raised whenever the method gives other figures: kept objectives name the version that made them.
VERSION = 1
# More new work than this and what was before says little of what comes.
NEW_WORK = 0.5
# One block is read on the day; where luck moves it too much two or three together are.
LONGEST_READING = 3
# How finely a target is said.
STEPS, USUAL_STEP = {"seconds": 1.0, "share": 0.005}, 0.01


class Hindrance(StrEnum):
    """Why there is no objective; those of `stats.targets` under the same names."""

    NO_DATA = "no_data"
    NO_COLLEAGUES = "no_colleagues"  # nobody does comparable work
    CHANGED_WORK = "changed_work"
    SYSTEMIC = "systemic"  # everybody's: the system first
    TEAMS = "teams"  # the team's: one action for all of it
    SHORT_HISTORY = "short_history"
    FEW_COLLEAGUES = "few_colleagues"
    WITHIN_NOISE = "within_noise"
    BEYOND_COLLEAGUES = "beyond_colleagues"


@dataclass(frozen=True)
class Objective:
    """What is proposed. Figures in the measure's own unit, at the work of the group.

    baseline: where she stands now, luck taken out as far as can be told; level: the group's usual at the day of the proposal,
    at which the target stays; reading_days: how many days up to the day are read; expected: contacts in them; peers: what a
    quarter of colleagues truly reach; gain: of the plan, on the scale of effects.
    """

    kpi: Kpi
    agent: bytes
    on: date
    due: date
    baseline: Estimate
    standing: Standing
    stretch: float | None
    peers: float
    level: float
    reading_days: int
    expected: int
    gain: Gain
    history: tuple[Seen, ...]

    @property
    def target(self) -> float:
        """What is to be reached."""
        return self.standing.target


@dataclass(frozen=True)
class Promised:
    """What of an objective it takes to follow it: as it was agreed, whatever has been found since."""

    kpi: Kpi
    agent: bytes
    on: date
    due: date
    target: float
    level: float
    reading_days: int
    gain: Gain


@dataclass(frozen=True)
class NoObjective:
    """Why none is proposed, with what is known all the same; longer: of how many times as many contacts a reading were no luck.

    tried: the target that would be met or missed by luck.
    """

    kpi: Kpi
    agent: bytes
    reasons: tuple[Hindrance, ...]
    estimate: Estimate | NoEstimate
    history: tuple[Seen, ...] = ()
    tried: float | None = None
    longer: float | None = None


@dataclass(frozen=True)
class Followed:
    """How it stands on the way: the present estimate, the standing to the agreed target, and what is read of the last days.

    reading: over as many days as were agreed, up to `on`; on the last day it is what the objective ends by (insight/ended.py).
    """

    kpi: Kpi
    agent: bytes
    on: date
    due: date
    now: Estimate
    standing: Standing
    history: tuple[Seen, ...]
    reading: Estimate | NoEstimate


def propose_objective(
    kpi_id: str,
    agent: bytes,
    person: PersonLevel | None,
    on: date,
    due: date,
    *,
    causes: Causes | None,
    gain: Gain | Learnability | None = None,
) -> Objective | NoObjective:
    """A target for one person by a day, from where she stood on `on`.

    person: None where she has no colleagues in this work; causes: whose gaps are; gain: what the planned action is known to
    gain, better being positive, on the scale of effects (of a duration the logarithm of the ratio, else points), or which share
    it closes of the distance to what a quarter of colleagues reach; without it nothing is gained. KpiError where a measure has
    no better side; of a band the worse one is above, as in the comparison.
    """
    kpi = judged(kpi_id)
    if person is None:
        return NoObjective(kpi, agent, (Hindrance.NO_COLLEAGUES,), _nothing(kpi))
    reasons = tuple(_hindered(person, causes, agent))
    if reasons:
        return NoObjective(kpi, agent, reasons, person.estimate, person.seen)
    return _proposed(person, agent, on, due, _planned(person, gain))


def follow_in(person: PersonLevel, agreed: Promised, on: date) -> Followed | NoObjective:
    """How it stands with an objective on a later day: what is left of the plan's gain still comes, the rest shows already."""
    kpi, agent = agreed.kpi, agreed.agent
    # What everybody gained or lost meanwhile is not hers.
    history = replace(person.history, level=agreed.level)
    person = replace(person, history=history)
    if not person.is_known:
        return NoObjective(kpi, agent, (Hindrance.NO_DATA,), person.estimate, person.seen)
    left = max(0.0, (agreed.due - on).days / max(1, (agreed.due - agreed.on).days))
    plan = Gain(left * agreed.gain.mean, left**2 * agreed.gain.variance)
    blocks = agreed.reading_days // BLOCK_DAYS
    standing = person.standing(person.outlook(plan, blocks), history.of_unit(agreed.target), on, agreed.due)
    now, reading = _estimated(person.estimate), person.reading(blocks)
    return Followed(kpi, agent, on, agreed.due, now, standing, person.seen, reading)


def _planned(person: PersonLevel, gain: Gain | Learnability | None) -> Gain:
    """What the action is taken to gain: nothing where nothing is known of it, nor whom to come nearer to."""
    if isinstance(gain, Gain):
        return gain
    peers = person.peers
    if gain is None or peers is None:
        return untried(person.levels.spread)
    away = abs(peers - person.mean)
    return Gain(gain.mean * away, (gain.sd * away) ** 2)


def judged(kpi_id: str) -> Kpi:
    """The measure, where somebody can have an objective in it; else KpiError."""
    kpi = find_kpi(kpi_id, catalogue())
    if kpi.better is Better.CONTEXT or not compares_people(kpi):
        raise KpiError(
            f"{kpi.name} is no measure of an objective",
            found=f"{kpi.kind}, better: {kpi.better}",
            expected="a share or a mean that belongs to agents and has a better side, such as average_handle_time",
        )
    return kpi


def _nothing(kpi: Kpi) -> NoEstimate:
    return NoEstimate(Reason.NO_DATA, 0, kpi.stamp, kpi.unit)


def _estimated(found: Estimate | NoEstimate) -> Estimate:
    assert isinstance(found, Estimate)
    return found


def _hindered(person: PersonLevel, causes: Causes | None, agent: bytes) -> Iterator[Hindrance]:
    if not person.is_known:
        yield Hindrance.NO_DATA
        return
    own = [one for one in causes.agents if one.agent == agent] if causes is not None else []
    if any(one.primary is Cause.SYSTEMIC for one in own):
        yield Hindrance.SYSTEMIC
    if any(one.primary is Cause.TEAM for one in own):
        yield Hindrance.TEAMS
    if person.history.moved[person.number] > NEW_WORK:
        yield Hindrance.CHANGED_WORK


def _proposed(person: PersonLevel, agent: bytes, on: date, due: date, plan: Gain) -> Objective | NoObjective:
    """The target, read over as few blocks as keep it out of the noise."""
    ahead, kpi, peers = (due - on).days / BLOCK_DAYS, person.history.kpi, person.peers
    longest = max(1, min(LONGEST_READING, int(ahead)))
    for blocks in range(1, longest + 1):
        outlook = person.outlook(plan, blocks)
        made = suggest_target(outlook, ahead, periods=person.periods, peers=peers)
        if made.refused == () and made.target is not None and peers is not None:
            target = _as_said(person.told(made.target), kpi)
            further = None if made.stretch is None else _as_said(person.told(made.stretch), kpi)
            stretch = None if further == target else further
            standing = person.standing(outlook, person.history.of_unit(target), on, due)
            return Objective(
                *(kpi, agent, on, due, _estimated(person.estimate), replace(standing, target=target)),
                *(stretch, person.told(peers), person.history.level, blocks * BLOCK_DAYS),
                *(round(blocks * person.usual_block[1]), plan, person.seen),
            )
        if made.refused != (Refused.WITHIN_NOISE,):
            break
    return _refused(person, agent, made)


def _as_said(value: float, kpi: Kpi) -> float:
    """A target as one says it: whole seconds, half points of a hundred, hundredths of a score; rounded to the easier side."""
    step = STEPS.get(kpi.unit, USUAL_STEP)
    rounded = math.floor if kpi.better is Better.UP else math.ceil
    # A value that is such a step already stays where it is, whatever its last digit says.
    return step * rounded(round(value / step, 6))


def _refused(person: PersonLevel, agent: bytes, made: Suggested) -> NoObjective:
    reasons = tuple(Hindrance(one.value) for one in made.refused)
    tried = None if made.target is None else person.told(made.target)
    return NoObjective(person.history.kpi, agent, reasons, person.estimate, person.seen, tried, made.longer)
