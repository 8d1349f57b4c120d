"""Who could be coached on what, and why? With the figure and its probability as they stood."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models.feedback import Matter
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.models import ServiceStandard
from floorwalker.insight.frozen import Frozen, from_json
from floorwalker.kpis.catalogue import catalogue

LONGEST_WORDS = 4000


class ProposedBy(models.TextChoices):
    """From where a proposal comes."""

    FIGURES = "figures", _("the figures: a gap that is the person's own")
    FEEDBACK = "feedback", _("feedback")
    AGENT = "agent", _("the agent asked for it")
    LEADER = "leader", _("a leader, with a reason")


class ProposalQuerySet(models.QuerySet["CoachingProposal"]):
    """Proposals that wait."""

    def waiting(self) -> Self:
        """Those of which nothing has become yet."""
        return self.filter(closed_at=None)

    def for_coach(self, user: User, on: date) -> Self:
        """Those of people whom the user may coach on that day."""
        return self.filter(agent__in=Agent.objects.coached_by(user, on).values("pk"))


class CoachingProposal(models.Model):
    """Somebody could be coached on something: why, with the figure and its probability as they stood.

    key: of what the program proposed by itself, so that twice is as once. Closed by a session, or with a reason.
    """

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="coaching_proposals")
    proposed_by = models.CharField(max_length=10, choices=ProposedBy.choices)
    key = models.CharField(max_length=120, blank=True, default="")
    measure = models.CharField(max_length=80, blank=True, default="")
    standard = models.ForeignKey(ServiceStandard, on_delete=models.PROTECT, null=True, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, related_name="proposals")
    because = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    figure = models.JSONField(null=True)
    probability = models.FloatField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_because = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [models.UniqueConstraint(name="proposed_once", fields=["key"], condition=~Q(key=""))]

    @property
    def name(self) -> str:
        """The measure's name, where it is about one that is known."""
        return catalogue()[self.measure].name if self.measure in catalogue() else ""

    @property
    def frozen(self) -> Frozen | None:
        """The figure as it stood."""
        return None if self.figure is None else from_json(self.figure)
