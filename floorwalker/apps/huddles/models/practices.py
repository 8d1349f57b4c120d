"""What works well and may be passed on, who agreed to that, who took it up, and did it help?"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models import Evidence, Intervention
from floorwalker.apps.people.models import Agent, User

LONGEST_WORDS = 2000
LONGEST_TITLE = 160
LONGEST_TAG = 80


class PracticeKind(models.TextChoices):
    """In which form it is passed on."""

    CLIP = "clip", _("a stretch of a recording")
    PHRASE = "phrase", _("a phrase")
    TIP = "tip", _("a tip")


class PracticeQuerySet(models.QuerySet["Practice"]):
    """Practices by whether they may be read."""

    def published(self) -> Self:
        """Those that may be read by everybody: agreed to, and not withdrawn."""
        return self.filter(withdrawn_at=None).exclude(published_at=None)


class Practice(models.Model):
    """One thing that works well. whose: who did it, without whose yes it is not published, and who can take that back.

    redacted_by: who made sure that no customer can be told from it; of a clip, `evidence` is the stretch.
    """

    kind = models.CharField(max_length=10, choices=PracticeKind.choices)
    title = models.CharField(max_length=LONGEST_TITLE)
    words = models.TextField(max_length=LONGEST_WORDS)
    whose = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="practices")
    named = models.BooleanField(default=False)
    measure = models.CharField(max_length=80, blank=True, default="")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="practices")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    redacted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=LONGEST_TITLE, blank=True, default="")

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]


class PracticeTag(models.Model):
    """A reason for contact, or a word, by which it is found."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="tags")
    tag = models.CharField(max_length=LONGEST_TAG)

    class Meta:
        constraints = [models.UniqueConstraint(name="tagged_once", fields=["practice", "tag"])]


class TakenUp(models.Model):
    """Somebody tries it; intervention: with whom, so that its effect is looked at; helped: whether she thinks so, told later."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="taken_up")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, null=True, related_name="taken_up")
    helped = models.BooleanField(null=True)
    words = models.CharField(max_length=LONGEST_TITLE, blank=True, default="")
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="taken_up_once", fields=["practice", "agent"])]
