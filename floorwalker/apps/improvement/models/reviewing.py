"""What did a planned review find, what was decided on it, and what follows?"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models import Look
from floorwalker.apps.improvement.models.cycles import LONGEST_TEXT, Cycle
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import Change


class CycleReview(models.Model):
    """One planned review; held with what was found that day. look: the figures, where there were any."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="reviews")
    week = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    look = models.ForeignKey(Look, on_delete=models.PROTECT, null=True, related_name="reviews")
    said = models.TextField(max_length=LONGEST_TEXT, blank=True, default="")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(name="reviewed_once_a_week", fields=["cycle", "week"])]


class Verdict(models.TextChoices):
    """What is decided after a review."""

    KEEP = "keep", _("keep it up")
    CHANGE = "change", _("change it and go on")
    STOP = "stop", _("stop it")


class CycleDecision(models.Model):
    """The decision of a cycle, on which look, and why; found: what was known, as it stood.

    change: what was changed of a standard because of it, where something was.
    """

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    because = models.TextField(max_length=LONGEST_TEXT)
    look = models.ForeignKey(Look, on_delete=models.PROTECT, null=True, related_name="+")
    found = models.JSONField(null=True)
    change = models.ForeignKey(Change, on_delete=models.PROTECT, null=True, related_name="cycle_decisions")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="decided_with_a_reason", condition=~Q(because=""))]
