"""What does a performance review of one person rest on? A year's evidence as it stood, with her words first."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from floorwalker.apps.people.models import Agent, User

LONGEST_WORDS = 4000


class AppraisalPack(models.Model):
    """The evidence of a stretch of days (half-open), gathered once and kept as it was; both write, both sign."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="appraisal_packs")
    from_day = models.DateField()
    to_day = models.DateField()
    gathered = models.JSONField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    agent_words = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    agent_signed_at = models.DateTimeField(null=True)
    leader_words = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    leader = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    leader_signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-from_day", "-pk"]
        constraints = [models.CheckConstraint(name="pack_has_days", condition=Q(to_day__gt=F("from_day")))]
