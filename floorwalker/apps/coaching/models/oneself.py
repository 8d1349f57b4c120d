"""How does somebody see her own work before she sees the figures, and what does she note of it for herself?"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models.evidence import Evidence
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.models import ServiceStandard

LONGEST_WORDS = 4000


class SelfAssessment(models.Model):
    """One look at one's own work in a period (half-open); the figures come after it is finished, and are kept as they were."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="self_assessments")
    from_day = models.DateField()
    to_day = models.DateField()
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    words = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    figures = models.JSONField(null=True)
    shared_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-from_day", "-pk"]
        constraints = [
            models.CheckConstraint(name="assessment_has_days", condition=Q(to_day__gt=F("from_day"))),
            models.UniqueConstraint(name="one_assessment_open", fields=["agent"], condition=Q(finished_at=None)),
        ]


class SeenAs(models.TextChoices):
    """How one sees oneself in something."""

    STRENGTH = "strength", _("a strength of mine")
    FINE = "fine", _("as it should be")
    DEVELOP = "develop", _("something I want to get better at")
    UNKNOWN = "unknown", _("I cannot tell")


class SelfRating(models.Model):
    """How one sees oneself in one measure or standard, and where one thinks one's figure lies."""

    assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="ratings")
    measure = models.CharField(max_length=80, blank=True, default="")
    standard = models.ForeignKey(ServiceStandard, on_delete=models.PROTECT, null=True, related_name="+")
    seen_as = models.CharField(max_length=10, choices=SeenAs.choices)
    guess = models.FloatField(null=True)
    words = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="rated_in_one_thing",
                condition=Q(standard=None) & ~Q(measure="") | Q(standard__isnull=False, measure=""),
            )
        ]


class Reflection(models.Model):
    """One entry of somebody's reflective log: hers alone until she shares it."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="reflections")
    happened = models.TextField(max_length=LONGEST_WORDS)
    thought = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    next_time = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    evidence = models.ManyToManyField(Evidence, related_name="reflections", blank=True)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    shared_with = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    shared_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-written_at", "-pk"]
