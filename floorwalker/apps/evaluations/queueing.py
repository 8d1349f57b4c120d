"""What waits for an evaluator? What she began, what she has not released, and appeals that somebody else must decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from floorwalker.apps.evaluations.models import Appeal, Evaluation
from floorwalker.apps.people.models import Right, User


@dataclass(frozen=True)
class Queue:
    """What waits, in the order in which it should be done."""

    appeals: tuple[Appeal, ...]
    to_mark: tuple[Evaluation, ...]
    to_release: tuple[Evaluation, ...]

    @property
    def count(self) -> int:
        """How much it is in all."""
        return len(self.appeals) + len(self.to_mark) + len(self.to_release)


def queue_of(user: User, on: date) -> Queue:
    """Everything that waits for this user."""
    return Queue(
        appeals=tuple(appeals_for(user, on)),
        to_mark=tuple(Evaluation.objects.to_mark(user).with_words()),
        to_release=tuple(Evaluation.objects.to_release(user).with_words()),
    )


def appeals_for(user: User, on: date) -> list[Appeal]:
    """Open appeals that the user took, or may take: of evaluations that she may see, did not make and has not read."""
    if not user.scope_on(on).may(Right.EVALUATE_OFFICIALLY):
        return []
    seen = Evaluation.objects.visible_to(user, on).exclude(agent=user.scope_on(on).agent or -1)
    free = Q(taken_by=None, evaluation__in=seen) & ~Q(evaluation__openings__user=user) & ~Q(evaluation__evaluator=user)
    found = Appeal.objects.filter(decided_at=None).filter(free | Q(taken_by=user))
    return list(found.select_related("evaluation__agent", "evaluation__version__form", "marking").order_by("raised_at"))
