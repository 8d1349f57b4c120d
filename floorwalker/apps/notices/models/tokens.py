"""By which tokens do people's programs come in, what may each, and what was it answered?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import User


class Area(models.TextChoices):
    """What the API is about; a token is for some of these areas."""

    FIGURES = "figures", _("Figures and saved views")
    PEOPLE = "people", _("People, teams and names")
    ROLES = "roles", _("Log-ins and roles")
    TARGETS = "targets", _("Targets")
    STANDARDS = "standards", _("Aims and standards")
    EVALUATIONS = "evaluations", _("Forms, evaluations and draws")
    RECORDINGS = "recordings", _("Recordings")
    SURVEYS = "surveys", _("Asking customers")
    COACHING = "coaching", _("Feedback, coaching and objectives")
    HUDDLES = "huddles", _("Huddles and meetings")
    DATA = "data", _("Loads and rows left out")
    NOTICES = "notices", _("Notices")
    AUDIT = "audit", _("Audit trail and looks")


class TokenQuerySet(models.QuerySet["Token"]):
    """Tokens: which still open the door."""

    def live(self, at: datetime) -> Self:
        """Those that are neither ended nor expired."""
        return self.filter(ended_at=None, expires_at__gt=at)


class Token(models.Model):
    """A key that somebody made for a program of hers or his: it never may more than its owner may at that moment.

    beginning: by which it is found, and named in the trail; digest: of the whole, which nobody keeps; window_began_at and
    window_count: how often it was used in the present minute, in one row for all processes.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    beginning = models.CharField(max_length=8, unique=True)
    digest = models.BinaryField(max_length=32)
    areas = models.JSONField()
    may_write = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    window_began_at = models.DateTimeField(null=True)
    window_count = models.PositiveIntegerField(default=0)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="token_expires_after_it_is_made", condition=Q(expires_at__gt=models.F("made_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning})"

    def is_live(self, at: datetime) -> bool:
        """Whether it still opens the door."""
        return self.ended_at is None and self.expires_at > at

    @property
    def last_day(self) -> date:
        """The last day on which it opens the door."""
        return (self.expires_at - timedelta(microseconds=1)).date()

    @property
    def area_names(self) -> list[str]:
        """What it is for, in words."""
        return [str(Area(area).label) for area in self.areas]


class Answered(models.Model):
    """What a change was answered that named itself by a key: asked again, it is answered the same and not done twice."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="answered")
    key = models.CharField(max_length=100)
    question = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.BinaryField(default=b"")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="a_key_is_answered_once")]
        indexes = [models.Index(fields=["at"], name="answered_by_time")]
