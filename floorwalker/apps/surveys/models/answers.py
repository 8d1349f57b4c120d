"""What did a customer answer, and what had she answered before?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from floorwalker.apps.surveys.models.instruments import Question, QuestionKind
from floorwalker.apps.surveys.models.invitations import Invitation

if TYPE_CHECKING:
    from datetime import date

    from floorwalker.apps.people.models import User

LONGEST_TEXT = 2000


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers."""

    def present(self) -> Self:
        """Those that hold: not what was said before a change."""
        return self.filter(replaced_at=None)

    def in_words(self) -> Self:
        """Those in the customer's own words that nobody has erased, the latest first."""
        return self.present().filter(question__kind=QuestionKind.TEXT).exclude(text="").order_by("-given_at", "-pk")

    def visible_to(self, user: User, on: date) -> Self:
        """Those about agents whose figures the user may see."""
        return self.filter(invitation__in=Invitation.objects.visible_to(user, on))


class Answer(models.Model):
    """One answer to one question. A changed one keeps what it was, without its words: those are the customer's to take back."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    score = models.SmallIntegerField(null=True)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    given_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "question"],
                condition=Q(replaced_at=None),
                name="one_present_answer_a_question",
            )
        ]

    def is_since(self, at: datetime) -> bool:
        """Whether it was given at that instant or later."""
        return self.given_at >= at
