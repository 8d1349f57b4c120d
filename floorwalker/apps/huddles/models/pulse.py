"""How is the climate in a team? Three questions that nobody is named with, told from five answers up.

That somebody has answered and what she answered are kept apart, with nothing that joins them: no number, no instant.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from floorwalker.apps.people.models import Team, User

LEAST_ANSWERS = 5
LONGEST_QUESTION = 200


class Pulse(models.Model):
    """One round in one team."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="pulses")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [models.CheckConstraint(name="pulse_has_days", condition=Q(closes_on__gt=F("opened_on")))]


class PulseQuestion(models.Model):
    """One of the three questions, answered from 1 (not at all) to 5 (fully)."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=LONGEST_QUESTION)

    class Meta:
        ordering = ["place"]


class PulseTurn(models.Model):
    """Somebody has answered, so that she answers once; nothing tells what, or when."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="turns")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="pulse_answered_once", fields=["pulse", "user"])]


class PulseAnswer(models.Model):
    """How many gave this answer to a question: a count and nothing else, so that no row is anybody's."""

    question = models.ForeignKey(PulseQuestion, on_delete=models.CASCADE, related_name="counts")
    value = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="pulse_value_once", fields=["question", "value"]),
            models.CheckConstraint(name="pulse_is_one_to_five", condition=Q(value__range=(1, 5))),
        ]
