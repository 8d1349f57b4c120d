"""Who did what, and who looked at whom?"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models.accounts import User
from floorwalker.apps.people.models.persons import Agent


class AuditEntry(models.Model):
    """Who did what to whom, when; the database refuses to change or remove a row, and each is sealed to the one before."""

    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    previous_hash = models.BinaryField(max_length=32, default=b"")
    hash = models.BinaryField(max_length=32, default=b"")


class LookAt(models.TextChoices):
    """What of a person's figures was looked at."""

    PAGE = "page", _("page of figures")
    TREND = "trend", _("weeks of a measure")
    ROWS = "rows", _("rows behind a figure")
    EXPORT = "export", _("export")
    COMMAND = "command", _("figures on the command line")
    RECORDING = "recording", _("recording or transcript")


class Look(models.Model):
    """Somebody looked at a person's figures on a day, from the first time to the last: the person concerned is shown it."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="looks")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="looks")
    day = models.DateField()
    what = models.CharField(max_length=10, choices=LookAt.choices)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["-last_at"]
        constraints = [
            models.UniqueConstraint(fields=["agent", "user", "day", "what"], name="a_look_is_kept_once_a_day")
        ]
