"""Who thanked whom for what? No points and no prizes: words, and what they are about."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models import Feedback
from floorwalker.apps.people.models import Agent, Team, User

LONGEST_WORDS = 600


class ThanksFrom(models.TextChoices):
    """From whom they come."""

    CUSTOMER = "customer", _("a customer")
    COLLEAGUE = "colleague", _("a colleague")
    LEADER = "leader", _("a leader")


class Thanks(models.Model):
    """One word of thanks to a person or a team; shared: whether her team may read it, which she decides."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="thanks")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="thanks")
    came_from = models.CharField(max_length=10, choices=ThanksFrom.choices)
    words = models.CharField(max_length=LONGEST_WORDS)
    feedback = models.OneToOneField(Feedback, on_delete=models.PROTECT, null=True, related_name="thanks")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="thanks_given")
    at = models.DateTimeField()
    shared = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="thanks_have_a_receiver",
                condition=Q(agent__isnull=False, team=None) | Q(agent=None, team__isnull=False),
            )
        ]
