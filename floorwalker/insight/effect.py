"""Did the action work? Asked of people who were treated, at planned reviews alone.

Figures are those of the comparison, four weeks at a time: at the same work as colleagues. Thirteen blocks before the decision,
a week in which the new is learnt, then blocks that end four, eight and twelve weeks after the first day. What would have come
back by itself and what happened to everybody are told apart (see `stats.effects`). What teams, or a whole site, changed is
asked in `rollout`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from floorwalker.errors import KpiError
from floorwalker.insight.cells import (
    PEOPLE,
    AgentCells,
    Made,
    compares_people,
    compares_places,
    read_together,
    scale_of,
)
from floorwalker.insight.fitting import limit_of, usual_delta
from floorwalker.insight.places import site_of
from floorwalker.insight.planned import ONLY_WEEK, Asked, review_day, reviews_due
from floorwalker.insight.read_once import Read
from floorwalker.insight.reviewed import (
    Change,
    Guarded,
    OfGuardrail,
    Reviewed,
    Verdict,
    gains,
    jointly,
    unit_of,
)
from floorwalker.insight.scorecard import Period, Where
from floorwalker.insight.treated import everybody, question_of
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.definition import Better, Kpi
from floorwalker.kpis.query import Facts
from floorwalker.stats.coaching import Coaching, Effect, Look, NoEffect
from floorwalker.stats.effects import coaching_effect, effect_by_block
from floorwalker.stats.guardrails import Guardrail, judge, surely

# Raised whenever the method gives other figures: kept reviews name the version that made them.
VERSION = 2
LOOKS = {4: Look.WEEK_4, 8: Look.WEEK_8, 12: Look.WEEK_12}
NO_DATA, NOT_JUDGED = "no_data", "not_judged"
# Nothing is cleared of which nothing is known.
UNKNOWN = Guardrail(0.0, np.inf, 0.0)


def estimate_effect(
    facts: Facts, asked: Asked, complete: date, where: Where, *, week: int | None = None, read: Read | None = None
) -> Reviewed:
    """What the last planned review up to `complete`, or that of `week`, finds. where: who may be held against them.

    KpiError where a measure has no better side or is none of people.
    """
    kpi = judged_measure(asked.kpi)
    guardrails, untold = guardrails_of(asked.guardrails)
    held, review_on = reviews_due(asked, complete, week)
    if held is None:
        return _nothing(asked, kpi, Verdict.NOT_YET, None, review_on, "not_yet")
    period = Period(asked.before[0].first, asked.after(held)[-1].last)
    made = (read or read_together)(facts, [kpi.id, *(one.id for one in guardrails)], period, where)
    site = site_of(facts, kpi.id, period, where)
    goal = _told(asked, kpi, made[kpi.id], held, site)
    if goal is None:
        return _nothing(asked, kpi, Verdict.CANNOT_TELL, held, review_on, NO_DATA)
    if isinstance(goal.found, NoEffect):
        return _nothing(asked, kpi, Verdict.CANNOT_TELL, held, review_on, str(goal.found.why), goal)
    sure = surely(len(asked.guardrails))
    guarded = [_guarded(one, _told(asked, one, made[one.id], held, site), sure) for one in guardrails]
    guarded += [(UNKNOWN, one) for one in untold]
    verdict = judge(goal.found.works, [rail for rail, _told_of in guarded], is_likely=goal.found.seems)
    found = replace(
        _nothing(asked, kpi, Verdict(str(verdict)), held, review_on, None, goal),
        change=goal.change(goal.found),
        guardrails=tuple(told for _rail, told in guarded),
    )
    return jointly(found, asked.joint)


@dataclass(frozen=True)
class _Told:
    """One measure of everybody in it, and what was found; common: how the usual of their groups moved, for the better."""

    asked: Asked
    read: AgentCells
    question: Coaching
    common: float
    found: Effect | NoEffect

    def gain(self, effect: float) -> float:
        return gains(self.read.scale, self.read.sign, effect)

    def change(self, found: Effect) -> Change:
        """All of it as it is told; what nobody can tell apart (durations multiply) counts as what came back."""
        moved = (found.value, found.naive + self.common, found.everyone + self.common)
        value, naive, common = (self.gain(one) for one in moved)
        blocks = tuple((self.gain(one), self.gain(low), self.gain(high)) for one, low, high in self._by_block())
        return Change(
            value=value,
            low=self.gain(found.low),
            high=self.gain(found.high),
            cautious=self.gain(found.cautious),
            naive_change=naive,
            regression_to_mean=naive - value - common,
            common_change=common,
            minimum_detectable=self.gain(found.minimum_detectable),
            by_block=blocks,
            is_conclusive=found.is_conclusive,
        )

    def _by_block(self) -> list[tuple[float, float, float]]:
        """Of each block since; nothing at all where one of them holds nothing of those treated."""
        question = self.question
        is_whole = question.after.seen[question.coached].any(axis=0).all()
        return effect_by_block(question) if is_whole else []


def _told(asked: Asked, kpi: Kpi, made: Made, week: int, site: Mapping[bytes, bytes | None]) -> _Told | None:
    """None where nobody treated has such a contact among comparable colleagues."""
    read = made()
    found = None if read is None else everybody(read, asked)
    if read is None or found is None:
        return None
    members, group = found
    question, common = question_of(asked, read, members, group, week, site)
    look = Look.ONLY if asked.weeks == (ONLY_WEEK,) else LOOKS[week]
    return _Told(asked, read, question, common, coaching_effect(question, look))


def _guarded(kpi: Kpi, told: _Told | None, sure: float) -> tuple[Guardrail, OfGuardrail]:
    """One guardrail, as it is judged and as it is told; nothing is cleared of which nothing is known."""
    scale = scale_of(kpi)
    if told is None or isinstance(told.found, NoEffect):
        reason = NO_DATA if told is None or isinstance(told.found, Effect) else str(told.found.why)
        unknown = OfGuardrail(kpi.id, kpi.version, unit_of(kpi, scale), Guarded.UNKNOWN, 0.0, reason=reason)
        return UNKNOWN, unknown
    found, margin = told.found, usual_delta(told.read)
    rail = Guardrail(found.value, found.error, limit_of(margin, scale))
    state = Guarded.WORSE if rail.is_broken(sure) else Guarded.CLEAR if rail.is_cleared else Guarded.NOT_RULED_OUT
    value, low, high = (told.gain(one) for one in (found.value, found.low, found.high))
    return rail, OfGuardrail(kpi.id, kpi.version, unit_of(kpi, scale), state, margin, value, low, high)


def judged_measure(kpi_id: str, unit: str = "agent") -> Kpi:
    """A measure of which an effect can be told; KpiError where it has no better side or is none of people.

    unit: of a queue or a site it need not belong to anybody.
    """
    kpi = find_kpi(kpi_id, catalogue())
    if not can_be_judged(kpi, unit):
        raise KpiError(
            f"nothing can be said of an effect on {kpi.name}",
            found=f"{kpi.kind}, better: {kpi.better}",
            expected="a share or a mean that belongs to agents and has a better side, such as average_handle_time",
        )
    return kpi


def can_be_judged(kpi: Kpi, unit: str = "agent") -> bool:
    """Whether any review could say something of an effect on a measure."""
    compares = compares_people(kpi) if unit in PEOPLE else compares_places(kpi)
    return kpi.better is not Better.CONTEXT and compares


def guardrails_of(names: Sequence[str], unit: str = "agent") -> tuple[list[Kpi], list[OfGuardrail]]:
    """The guardrails that can be judged; and of those that cannot, or are gone, that nothing is known."""
    known = [kpi for name in names if (kpi := catalogue().get(name)) is not None and can_be_judged(kpi, unit)]
    told = {kpi.id for kpi in known}
    return known, [
        OfGuardrail(
            name, kpi.version if (kpi := catalogue().get(name)) else 0, "", Guarded.UNKNOWN, 0.0, reason=NOT_JUDGED
        )
        for name in names
        if name not in told
    ]


def not_judged(kpi_id: str, begins: date, week: int, reason: str = NOT_JUDGED) -> Reviewed:
    """A look at what cannot be judged, such as a measure that is gone: that nobody can tell, once and for all."""
    asked, kpi = Asked(kpi_id, {}, begins), catalogue().get(kpi_id)
    review_on = next((review_day(begins, one) for one in asked.weeks if one > week), None)
    return Reviewed(
        *(
            kpi_id,
            0 if kpi is None else kpi.version,
            VERSION,
            "" if kpi is None else kpi.unit,
            Verdict.CANNOT_TELL,
            "",
            week,
        ),
        due_on=review_day(begins, week),
        review_on=review_on,
        first=asked.before[0].first,
        last=asked.after(week)[-1].last,
        asked=0,
        treated=0,
        others=0,
        change=None,
        reason=reason,
    )


def _nothing(
    asked: Asked,
    kpi: Kpi,
    verdict: Verdict,
    week: int | None,
    review_on: date | None,
    reason: str | None,
    told: _Told | None = None,
) -> Reviewed:
    last = asked.after(week)[-1].last if week is not None else asked.begins
    coached, controls = (0, 0) if told is None else (told.found.coached, told.found.controls)
    return Reviewed(
        *(kpi.id, kpi.version, VERSION, unit_of(kpi, scale_of(kpi)), verdict),
        mode="" if told is None else str(told.question.mode),
        week=week,
        due_on=review_day(asked.begins, week or asked.weeks[0]),
        review_on=review_on,
        first=asked.before[0].first,
        last=last,
        asked=len(asked.treated),
        treated=coached,
        others=controls,
        change=None,
        reason=reason,
    )
