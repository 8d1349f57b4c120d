"""What did those whom a standard concerns say about it, what were they answered, and how did the draft change?"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models.service_standards import LONGEST_TEXT, StandardVersion


class RemarkKind(models.TextChoices):
    """What somebody says about a version: of a draft a comment or a proposal, of a published one a question."""

    COMMENT = "comment", _("comment")
    PROPOSAL = "proposal", _("proposal")
    QUESTION = "question", _("question")


class Outcome(models.TextChoices):
    """What became of a remark."""

    TAKEN = "taken", _("taken over")
    PARTLY = "partly", _("taken over in part")
    NOT_TAKEN = "not_taken", _("not taken over")
    ANSWERED = "answered", _("answered")


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Remarks: which wait for an answer."""

    def unanswered(self) -> Self:
        """Those that wait for the owner."""
        return self.filter(answered_at=None)

    def of_consultation(self) -> Self:
        """Those on a draft: what was said before it was decided."""
        return self.exclude(kind=RemarkKind.QUESTION)


class Remark(models.Model):
    """A comment, a proposal or a question about one version, with the owner's answer; never changed once written."""

    version = models.ForeignKey(StandardVersion, on_delete=models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=10, choices=RemarkKind.choices)
    text = models.TextField(max_length=LONGEST_TEXT)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(max_length=LONGEST_TEXT, blank=True, default="")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="")
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="remark_is_answered_whole",
                condition=Q(answered_at=None, answered_by=None, answer="", outcome="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="") & ~Q(outcome="")),
            )
        ]


class Amendment(models.Model):
    """What a draft in consultation said before it was changed, and why it was changed."""

    version = models.ForeignKey(StandardVersion, on_delete=models.PROTECT, related_name="amendments")
    was = models.JSONField()
    because = models.TextField(max_length=LONGEST_TEXT)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
