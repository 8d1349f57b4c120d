"""What does a page show of a cycle? Everything as it stood when it was written down, with what was known then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import Intervention
from floorwalker.apps.improvement.foreseeing import said_of
from floorwalker.apps.improvement.looks import ShownLook, known_said, show_look
from floorwalker.apps.improvement.models import Cycle, CycleReview, Doing
from floorwalker.apps.improvement.saying import (
    against_said,
    cause_said,
    measure_said,
    next_said,
    question_said,
    size_said,
)
from floorwalker.apps.improvement.shown import Shown, ShownOption, show_options
from floorwalker.apps.improvement.taken import Taken, TakenCause, TakenGap
from floorwalker.estimate import Answer
from floorwalker.insight.judgement import Target
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import words


@dataclass(frozen=True)
class ShownGap:
    """A gap as it was taken on, in words; facts_number, facts_through: of which facts, and up to when they had been read."""

    measure: str
    unit: str
    version: int
    is_other_version: bool
    first: date
    last: date
    answer: Answer
    target: Target | None
    state: str
    size: str
    against: str
    cause: str
    cause_version: int | None
    cause_at: datetime | None
    said_at: datetime
    facts_number: str
    facts_through: datetime | None


def show_taken(taken: Taken, measure: str) -> ShownGap:
    """A gap with whose it is, as a page prints it."""
    figure, cause = taken.gap.figure, taken.cause
    kpi, size = catalogue().get(measure), taken.gap.size
    number, _at, through = figure.facts.partition("@")
    return ShownGap(
        measure=measure_said(measure),
        unit="" if kpi is None else kpi.unit,
        version=figure.kpi_version,
        is_other_version=kpi is None or kpi.version != figure.kpi_version,
        first=figure.period.first,
        last=figure.period.last,
        answer=figure.answer,
        target=figure.target,
        state=str(figure.state),
        size="" if size is None or kpi is None else size_said(size, kpi),
        against="" if size is None or kpi is None else against_said(size, kpi),
        cause=cause_said(cause),
        cause_version=None if cause is None else cause.version,
        cause_at=None if cause is None else cause.said_at,
        said_at=figure.said_at,
        facts_number=number,
        facts_through=datetime.fromisoformat(through) if through else None,
    )


@dataclass(frozen=True)
class ShownPlan:
    """The plan as it was decided: whom it reaches, what a review can show at best, what must not get worse, how those were chosen."""

    reached: str
    foreseen: str
    guardrails: tuple[str, ...]
    chosen_how: str


@dataclass(frozen=True)
class ShownReview:
    """A review that was held, with its look; came_later: the look came when the review had been held."""

    review: CycleReview
    look: ShownLook | None
    came_later: bool = False

    @classmethod
    def of(cls, review: CycleReview) -> ShownReview:
        """A review that was held."""
        look = review.look
        is_late = look is not None and review.held_at is not None and look.at > review.held_at
        return cls(review, None if look is None else show_look(look), is_late)


@dataclass(frozen=True)
class ShownDecision:
    """What a decision was based on: the look as it was kept, and the figure of its day."""

    sentence: str
    gap: ShownGap | None


@dataclass(frozen=True)
class ShownCycle:
    """One cycle: its gap, what its page asks, what is to be done next, and everything that was written down since."""

    gap: ShownGap
    question: str
    next: str
    due: CycleReview | None
    options: tuple[ShownOption, ...]
    plan: ShownPlan | None
    doings: tuple[Doing, ...]
    reviews: tuple[ShownReview, ...]
    decided: ShownDecision | None


def taken_of(cycle: Cycle) -> Taken:
    """What was kept when the cycle was opened."""
    return Taken(TakenGap.of(cycle.gap), None if cycle.cause is None else TakenCause.of(cycle.cause))


def show_cycle(cycle: Cycle, on: date) -> ShownCycle:
    """All of a cycle; of a review that was not held nothing is shown but its day."""
    due = cycle.reviews_due(on)
    held = reversed(cycle.held_reviews)
    return ShownCycle(
        gap=show_taken(taken_of(cycle), cycle.measure),
        question=question_said(cycle),
        next=next_said(cycle, on),
        due=due[-1] if due and not cycle.is_decided else None,
        options=show_options(cycle.options.all(), None if cycle.shown is None else Shown.of(cycle.shown)),
        plan=None if cycle.intervention is None else _plan(cycle, cycle.intervention),
        doings=doings_of(cycle),
        reviews=tuple(map(ShownReview.of, held)),
        decided=_decided(cycle) if cycle.is_decided else None,
    )


def doings_of(cycle: Cycle) -> tuple[Doing, ...]:
    """The log, the first entry first."""
    return tuple(cycle.doings.select_related("by"))


def _decided(cycle: Cycle) -> ShownDecision:
    found = cycle.decision.found or {}
    now = found.get("now")
    return ShownDecision(known_said(found), None if now is None else show_taken(Taken(TakenGap.of(now)), cycle.measure))


def _plan(cycle: Cycle, made: Intervention) -> ShownPlan:
    rails = tuple(measure_said(name) for name in made.guardrails)
    begins = [(row.team, row.from_day) for row in made.rolled_out.select_related("team")]
    return ShownPlan(_reached(made), said_of(begins) if begins else "", rails, _chosen_how(cycle, made))


def _reached(made: Intervention) -> str:
    people = [row.agent.name for row in made.treated.select_related("agent")]
    teams = [f"{row.team.name} ({words.day(row.from_day)})" for row in made.rolled_out.select_related("team")]
    found = [*people, *teams]
    return ", ".join(found) if found else _("everybody whose contacts go through it")


def _chosen_how(cycle: Cycle, made: Intervention) -> str:
    """What the chooser had seen, and what chance had to do with it."""
    shown = _("By whoever decided, who had been shown %(weeks)d weeks of the record.") % {"weeks": made.weeks_shown}
    if made.lot is None and cycle.shown is not None and cycle.shown["lot_offered"] and cycle.drawn_order is None:
        declined = _("A lot among people who are equally urgent had been offered, and was not what began.")
        return f"{shown} {declined}"
    if made.lot is not None:
        return _("By a lot among people who were equally urgent, drawn with the seed %(seed)s.") % {
            "seed": made.lot.seed
        }
    if cycle.drawn_order is None:
        return shown
    if cycle.drawn_order["departed"]:
        said = _("Chance drew another order; it was departed from: %(why)s")
        return f"{shown} {said % {'why': cycle.drawn_order['departed']}}"
    return _("The teams begin in the order that chance drew, with the seed %(seed)s.") % {
        "seed": cycle.drawn_order["seed"]
    }
