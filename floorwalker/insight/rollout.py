"""Did a change work that whole teams made, one after another or one alone, or a whole site or queue at once?

Teams are told at the same work as each other, four weeks at a time; one alone, a site and a queue by week. Those that changed are
held against those that did not yet; one alone against a mixture of others; a site or a queue with few others against the mean of
these, which is weak evidence and called so. It is judged once, after twelve weeks; the earlier reviews are looks without a
verdict (see `stats.rollouts`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from floorwalker.insight.blocks import BLOCK_DAYS
from floorwalker.insight.cells import AgentCells, Made, read_together, scale_of
from floorwalker.insight.effect import NO_DATA, UNKNOWN, VERSION, guardrails_of, judged_measure
from floorwalker.insight.fitting import limit_of, usual_delta
from floorwalker.insight.joint import Joint
from floorwalker.insight.planned import BLOCKS, WEEKS, Asked, review_day, reviews_due
from floorwalker.insight.reviewed import Change, Guarded, OfGuardrail, Reviewed, Verdict, gains, jointly, unit_of
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.gather import plan_gathering
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.stats.case_mix import Scale, fit_case_mix
from floorwalker.stats.cells import Array, Cells, Index, total
from floorwalker.stats.guardrails import Guardrail, judge, surely
from floorwalker.stats.interrupted_series import interrupted_series
from floorwalker.stats.rollouts import NoRollout, Rollout, WhyNot, staggered
from floorwalker.stats.synthetic_control import LEAST_DONORS, synthetic_control

WEEK, WEEKS_BEFORE = 7, BLOCKS * 4
# Two-sided, at the one review that judges.
CHANCE = 0.05
DETECTABLE, RANGE = 2.8, 3.92
DRAWS_SEED = 49
# A unit of which fewer contacts were seen in a stretch has no figure there.
LEAST_SEEN = 5
NEVER = 10**9


@dataclass(frozen=True)
class Changed:
    """What was changed where. unit: "team", "site" or "queue"; first: by its key the day; guardrails as of people.

    others: units with other changes that move the measure, held against nobody; without: people with actions of their own, whose
    contacts count nowhere; joint: what the changed units had on the same measure as well.
    """

    kpi: str
    unit: str
    first: Mapping[bytes, date]
    guardrails: tuple[str, ...] = ()
    others: frozenset[bytes] = frozenset()
    without: frozenset[bytes] = frozenset()
    joint: tuple[Joint, ...] = ()

    @property
    def begins(self) -> date:
        return min(self.first.values())


def estimate_rollout(
    facts: Facts, changed: Changed, complete: date, where: Where, *, week: int | None = None
) -> Reviewed:
    """What the last planned review up to `complete`, or that of `week`, finds."""
    kpi = judged_measure(changed.kpi, changed.unit)
    guardrails, untold = guardrails_of(changed.guardrails, changed.unit)
    asked = Asked(kpi.id, {}, changed.begins)
    held, review_on = reviews_due(asked, complete, week)
    about = _about(changed, kpi, held, review_on)
    if held is None:
        return replace(about, verdict=Verdict.NOT_YET, reason="not_yet")
    period = Period(about.first, about.last)
    names = [kpi.id, *(one.id for one in guardrails)]
    made = read_together(facts, names, period, _without(facts, names, changed, period, where), changed.unit)
    goal = _told(changed, made[kpi.id], period)
    if goal is None or isinstance(goal.found, NoRollout):
        why = str(goal.found.why) if goal is not None and isinstance(goal.found, NoRollout) else None
        return replace(about, reason=why or _why_nothing(facts, kpi, period))
    sure = surely(len(changed.guardrails))
    guarded = [_guarded(one, _told(changed, made[one.id], period), sure, changed.unit) for one in guardrails]
    guarded += [(UNKNOWN, one) for one in untold]
    works = goal.found.p <= CHANCE and goal.found.value > 0
    verdict = Verdict(str(judge(works, [rail for rail, _of in guarded])))
    found = replace(
        about,
        verdict=verdict if held == WEEKS[-1] else Verdict.ONLY_LOOKED,
        mode=str(goal.found.design),
        treated=goal.changed,
        others=goal.units - goal.changed,
        change=goal.change(goal.found),
        guardrails=tuple(told for _rail, told in guarded),
    )
    return jointly(found, changed.joint)


def _why_nothing(facts: Facts, kpi: Kpi, period: Period) -> str:
    """No changed unit has a figure of every stretch: since so long ago nothing was known yet, or since nobody has such contacts."""
    known = facts.days(kpi.table.name)
    is_young = known is not None and known[0] >= period.first + timedelta(days=BLOCK_DAYS)
    return str(WhyNot.TOO_FEW_BEFORE) if is_young else NO_DATA


def _without(facts: Facts, names: Sequence[str], changed: Changed, period: Period, where: Where) -> Where:
    """Whose contacts count: those of everybody but people with actions of their own."""
    if not changed.without:
        return where
    query = KpiQuery(tuple(names), period.first, period.last, ("agent",), where)
    by_agent = plan_gathering([query], facts).columns()[0].values()
    people = {key for columns in by_agent for (key,) in columns.groups()}
    left = sorted(key for key in people if isinstance(key, bytes) and key not in changed.without)
    return {**where, "agent": (*left, None)}


def _about(changed: Changed, kpi: Kpi, held: int | None, review_on: date | None) -> Reviewed:
    """What is known before anything is read; the days are whole weeks from the first day of the change on."""
    begins = changed.begins
    return Reviewed(
        *(kpi.id, kpi.version, VERSION, unit_of(kpi, scale_of(kpi, changed.unit)), Verdict.CANNOT_TELL, "", held),
        due_on=review_day(begins, held or WEEKS[0]),
        review_on=review_on,
        first=begins - timedelta(weeks=WEEKS_BEFORE),
        last=review_day(begins, held or WEEKS[0]) - timedelta(days=1),
        asked=len(changed.first),
        treated=0,
        others=0,
        change=None,
    )


@dataclass(frozen=True)
class _Told:
    """One measure of all units, better being positive, and what was found; value: (units, weeks)."""

    read: AgentCells
    value: Array
    first: Index
    found: Rollout | NoRollout

    @property
    def units(self) -> int:
        return len(self.first)

    @property
    def changed(self) -> int:
        return int((self.first >= 0).sum())

    def gain(self, effect: float) -> float:
        return gains(self.read.scale, self.read.sign, effect)

    def change(self, found: Rollout) -> Change:
        naive, common = self._moves()
        error = None if found.low is None or found.high is None else (found.high - found.low) / RANGE
        return Change(
            value=self.gain(found.value),
            low=None if found.low is None else self.gain(found.low),
            high=None if found.high is None else self.gain(found.high),
            cautious=None,
            naive_change=self.gain(naive),
            regression_to_mean=None,
            common_change=self.gain(common),
            minimum_detectable=None if error is None else self.gain(DETECTABLE * error),
        )

    def _moves(self) -> tuple[float, float]:
        """What changed units moved by since their day, and what all others did meanwhile."""
        own, all_others = [], []
        for unit in np.flatnonzero(self.first > 0).tolist():
            since, whole = int(self.first[unit]), self.value
            own.append(whole[unit, since:].mean() - whole[unit, :since].mean())
            others = whole[(self.first < 0) | (self.first > since)]
            all_others.append(others[:, since:].mean() - others[:, :since].mean() if len(others) else np.nan)
        known = [one for one in all_others if np.isfinite(one)]
        return float(np.mean(own)), float(np.mean(known)) if known else 0.0


def _told(changed: Changed, made: Made, period: Period) -> _Told | None:
    """None where no changed unit has a figure in every stretch of the time."""
    read = made()
    if read is None:
        return None
    one_alone = len(changed.first) == 1
    days = WEEK if one_alone or changed.unit != "team" else BLOCK_DAYS
    starts = [changed.first.get(key) for key in read.agents]
    count = ((period.last - period.first).days + 1) // days
    first = np.array([_stretch_of(start, period, days, count) for start in starts], dtype=np.int64)
    begins = np.array([NEVER if start is None else (start - read.first).days for start in starts])
    ahead = (read.first - period.first).days
    value = _told_by(_clean(read, begins, first, ahead, days, count), read, ahead, days, count)
    is_other = np.array([key in changed.others and key not in changed.first for key in read.agents])
    known = np.flatnonzero(np.isfinite(value).all(axis=1) & ~is_other)
    if not any(read.agents[place] in changed.first for place in known.tolist()):
        return None
    return _Told(read, value[known], first[known], _found(changed.unit, value[known], first[known]))


def _stretch_of(start: date | None, period: Period, days: int, count: int) -> int:
    """The first stretch that counts as changed: the one that begins nearest; none where that is still to come."""
    place = -1 if start is None else round((start - period.first).days / days)
    return place if place < count else -1


def _clean(read: AgentCells, begins: Index, first: Index, ahead: int, days: int, count: int) -> Cells:
    """Without the days on which a unit had changed in a stretch that counts as before, or not yet in one that counts as after."""
    cells = read.cells
    has_changed = cells.day >= begins[cells.agent]
    stretch, own = (cells.day + ahead) // days, first[cells.agent]
    counts_as_changed = (own >= 0) & (stretch >= own)
    is_clear = (has_changed == counts_as_changed) | (begins[cells.agent] == NEVER)
    return cells.where(is_clear & (stretch < count))


def _found(unit: str, value: Array, first: Index) -> Rollout | NoRollout:
    changed = np.flatnonzero(first >= 0)
    others = value[first < 0]
    if not len(changed):
        return NoRollout(WhyNot.NOBODY_CHANGED, *value.shape)
    before = int(first[changed].min())
    if unit != "team" and len(others) < LEAST_DONORS:
        return interrupted_series(value[changed].mean(axis=0), others.mean(axis=0) if len(others) else None, before)
    if len(changed) == 1:
        return synthetic_control(value[changed[0]], others, before)
    return staggered(value, first, np.random.default_rng(DRAWS_SEED))


def _told_by(cells: Cells, read: AgentCells, ahead: int, days: int, count: int) -> Array:
    """Better being positive: by unit and stretch how it stood at the same work, nan where hardly anything was seen."""
    stratum = fit_case_mix(read.cells, read.scale).stratum[cells.stratum]
    is_ratio = read.scale is Scale.RATIO
    due = cells.n * np.exp(stratum) if is_ratio else cells.n * stratum
    place, size = cells.agent * count + (cells.day + ahead) // days, cells.agents * count
    n, seen, expected = (total(place, some, size).reshape(-1, count) for some in (cells.n, cells.s1, due))
    value = np.full(n.shape, np.nan)
    enough = (n >= LEAST_SEEN) & ((seen > 0) | (not is_ratio))
    value[enough] = np.log(seen[enough] / expected[enough]) if is_ratio else (seen - expected)[enough] / n[enough]
    return np.asarray(-read.sign * value)


def _guarded(kpi: Kpi, told: _Told | None, sure: float, of: str) -> tuple[Guardrail, OfGuardrail]:
    """One guardrail; nothing is cleared of which no range is known. of: of what kind the units are."""
    found = None if told is None else told.found
    unit = unit_of(kpi, scale_of(kpi, of))
    if told is None or not isinstance(found, Rollout) or found.low is None or found.high is None:
        reason = str(found.why) if isinstance(found, NoRollout) else NO_DATA
        unknown = OfGuardrail(kpi.id, kpi.version, unit, Guarded.UNKNOWN, 0.0, reason=reason)
        return UNKNOWN, unknown
    margin = usual_delta(told.read)
    rail = Guardrail(found.value, (found.high - found.low) / RANGE, limit_of(margin, told.read.scale))
    state = Guarded.WORSE if rail.is_broken(sure) else Guarded.CLEAR if rail.is_cleared else Guarded.NOT_RULED_OUT
    value, low, high = (told.gain(one) for one in (found.value, found.low, found.high))
    return rail, OfGuardrail(kpi.id, kpi.version, unit, state, margin, value, low, high)
