"""What came after the release? What the agent says to it, an appeal with its outcome, and who has read the marks."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.evaluations.models.evaluations import Evaluation
from floorwalker.apps.evaluations.models.markings import Marking
from floorwalker.apps.people.models import User


class Appeal(models.Model):
    """What the agent says against an evaluation, and what another evaluator, who did not see the first marks, found.

    questions: the codes that it is about, none for all of it; marking: the blind one; outcome: empty until it is decided.
    """

    class Outcome(models.TextChoices):
        """What came of it."""

        UPHELD = "upheld", _("the marks stand")
        OVERTURNED = "overturned", _("the marks were changed")

    evaluation = models.OneToOneField(Evaluation, on_delete=models.PROTECT, related_name="appeal")
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    reason = models.TextField()
    questions = models.JSONField(default=list)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="appeals_taken")
    taken_at = models.DateTimeField(null=True)
    marking = models.OneToOneField(Marking, on_delete=models.PROTECT, null=True, related_name="of_appeal")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    explanation = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["raised_at"]
        constraints = [
            models.CheckConstraint(name="an_appeal_goes_to_somebody_else", condition=~Q(taken_by=F("raised_by"))),
            models.CheckConstraint(
                name="an_appeal_is_decided_with_an_outcome",
                condition=Q(decided_at=None, outcome="") | (Q(decided_at__isnull=False) & ~Q(outcome="")),
            ),
        ]


class Remark(models.Model):
    """What the agent, or somebody who answers her, wrote below an evaluation."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="remarks")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField()

    class Meta:
        ordering = ["at", "pk"]


class Opening(models.Model):
    """Somebody read the marks of an evaluation: whoever has may not decide an appeal against them."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="openings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evaluation", "user"], name="an_opening_is_kept_once")]
