"""Who heard a recording, and what did people mark in it?"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from floorwalker.apps.people.models import User
from floorwalker.apps.recordings.models.files import Recording

LONGEST_NOTE = 1000


class Listen(models.Model):
    """Somebody heard a recording, from the first moment at which its sound was asked for to the last."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="listens")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    opened_for = models.CharField(max_length=200, blank=True, default="")  # the session for which it was opened to her

    class Meta:
        ordering = ["-last_at"]
        indexes = [models.Index(fields=["recording", "user", "-last_at"], name="listens_of_one")]


class MarkQuerySet(models.QuerySet["Mark"]):
    """Marks on recordings."""

    def kept(self) -> Self:
        """Those that nobody has taken off."""
        return self.filter(removed_at=None)


class Mark(models.Model):
    """A moment, or a stretch, of a recording with a note: what feedback can cite by its address."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="marks")
    from_seconds = models.FloatField()
    to_seconds = models.FloatField(null=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["from_seconds", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_mark_lies_in_its_recording",
                condition=Q(from_seconds__gte=0) & (Q(to_seconds=None) | Q(to_seconds__gt=F("from_seconds"))),
            )
        ]

    @property
    def address(self) -> str:
        """Where it is cited."""
        return reverse("recording_mark", args=[self.recording_id, self.pk])
