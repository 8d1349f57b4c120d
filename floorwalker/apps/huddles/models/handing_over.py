"""What does one shift tell the next, and who has read it?"""

from __future__ import annotations

from django.db import models

from floorwalker.apps.people.models import Team, User

LONGEST_WORDS = 2000


class HandOver(models.Model):
    """One note from whoever goes to whoever comes."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="hand_overs")
    words = models.TextField(max_length=LONGEST_WORDS)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]


class HandOverRead(models.Model):
    """Somebody has read it."""

    note = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="readers")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="hand_over_read_once", fields=["note", "by"])]
