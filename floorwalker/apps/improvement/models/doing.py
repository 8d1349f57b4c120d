"""What could have been done about a gap, which of it was chosen and why not the rest, and what was really done?"""

from __future__ import annotations

from django.db import models

from floorwalker.apps.coaching.models import ActionKind
from floorwalker.apps.improvement.models.cycles import LONGEST_TEXT, Cycle
from floorwalker.apps.people.models import User

LONGEST_WORDS = 1000


class Option(models.Model):
    """One thing that could be done; because: why it was chosen, or why it was not."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="options")
    kind = models.CharField(max_length=12, choices=ActionKind.choices)
    words = models.TextField(max_length=LONGEST_WORDS)
    hours = models.FloatField(null=True)
    cost = models.CharField(max_length=160, blank=True, default="")
    chosen = models.BooleanField(null=True)
    because = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]


class Doing(models.Model):
    """One entry of what was done, or of what else happened meanwhile that could move the measure."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="doings")
    on = models.DateField()
    words = models.TextField(max_length=LONGEST_TEXT)
    is_confounder = models.BooleanField(default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "at", "pk"]
