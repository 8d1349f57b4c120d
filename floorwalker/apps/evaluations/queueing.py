"""What waits for an evaluator? What was drawn for her, what she began or has not released, and appeals of others' marks.

Reminders begin when something has waited for long, and count what the queue counts: both ask here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from floorwalker.apps.evaluations.heard import recorded_keys
from floorwalker.apps.evaluations.models import (
    Appeal,
    CalibrationSession,
    Drawn,
    DrawnQuerySet,
    Evaluation,
    EvaluationQuerySet,
)
from floorwalker.apps.evaluations.populations import left_unreleased
from floorwalker.apps.people.models import Agent, Right, User

SHOWN = 20


@dataclass(frozen=True)
class Queue:
    """What waits, in the order in which it should be done; drawn: how many contacts were drawn and are not begun.

    calibrations: sessions with contacts that the user has not begun to mark. heard: of which of these contacts a recording is known.
    """

    appeals: tuple[Appeal, ...]
    to_mark: tuple[Evaluation, ...]
    to_release: tuple[Evaluation, ...]
    drawn: int = 0
    calibrations: tuple[CalibrationSession, ...] = ()
    heard: frozenset[bytes] = frozenset()

    def unheard(self) -> frozenset[int]:
        """The evaluations in it, by number, of whose contact no recording is known."""
        every = (*self.to_mark, *self.to_release, *(one.evaluation for one in self.appeals))
        return frozenset(one.pk for one in every if bytes(one.contact_key) not in self.heard)

    @property
    def count(self) -> int:
        """How much it is in all."""
        waiting = len(self.appeals) + len(self.to_mark) + len(self.to_release) + len(self.calibrations)
        return waiting + self.drawn


def queue_of(user: User, on: date) -> Queue:
    """Everything that waits for this user."""
    appeals = tuple(appeals_for(user, on))
    to_mark = tuple(Evaluation.objects.to_mark(user).with_words())
    to_release_now = tuple(to_release(user).with_words())
    every = (*to_mark, *to_release_now, *(one.evaluation for one in appeals))
    return Queue(
        appeals=appeals,
        to_mark=to_mark,
        to_release=to_release_now,
        heard=recorded_keys(one.contact_key for one in every),
        drawn=drawn(user).count(),
        calibrations=tuple(CalibrationSession.objects.waiting_for(user, on)),
    )


def to_release(user: User) -> EvaluationQuerySet:
    """What the user handed in, and nobody has released yet."""
    return Evaluation.objects.to_release(user)


def releasable(user: User, on: date) -> EvaluationQuerySet:
    """What people who have left handed in, and the user may release in their place."""
    hers = Agent.objects.evaluated_by(user, on, officially=True).values("pk")
    mine = left_unreleased(on).filter(agent__in=hers)
    return Evaluation.objects.visible_to(user, on).filter(pk__in=mine.order_by().values("pk"))


def drawn(user: User) -> DrawnQuerySet:
    """The contacts that were drawn for the user and are not begun, the oldest first."""
    return Drawn.objects.waiting_for(user)


@dataclass(frozen=True)
class Waiting:
    """One drawn contact; heard: whether a recording of it is known."""

    drawn: Drawn
    heard: bool


def drawn_for(user: User) -> list[Waiting]:
    """The contacts that were drawn for the user and are not begun, the oldest first, as many as a page shows."""
    found = list(drawn(user)[:SHOWN])
    heard = recorded_keys(one.contact_key for one in found)
    return [Waiting(one, bytes(one.contact_key) in heard) for one in found]


def appeals_for(user: User, on: date) -> list[Appeal]:
    """Open appeals that the user took, or may take: of evaluations that she may see, did not make and has not read."""
    if not user.scope_on(on).may(Right.EVALUATE_OFFICIALLY):
        return []
    hers = Agent.objects.evaluated_by(user, on, officially=True)
    seen = Evaluation.objects.visible_to(user, on).filter(agent__in=hers.values("pk"))
    free = Q(taken_by=None, evaluation__in=seen) & ~Q(evaluation__openings__user=user) & ~Q(evaluation__evaluator=user)
    found = Appeal.objects.filter(decided_at=None).filter(free | Q(taken_by=user))
    return list(found.select_related("evaluation__agent", "evaluation__version__form", "marking").order_by("raised_at"))
