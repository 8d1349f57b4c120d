"""What do people say of themselves, if they like, so that differences between groups can be seen? Held apart from everything.

An answer is sealed by a key outside the database. No page shows it to anybody but the person; it leaves with one click, and
whatever figure it enters is one of ten agents at least.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models

from floorwalker.apps.people.models import Agent, User

LONGEST_ASKED, LONGEST_WHY, LONGEST_CHOICE, FEWEST_CHOICES, MOST_CHOICES = 150, 500, 80, 2, 8


class GroupQuestion(models.Model):
    """Something that agents may say of themselves, why it is asked, and what there is to choose from."""

    wording = models.CharField(max_length=LONGEST_ASKED)
    why = models.CharField(max_length=LONGEST_WHY)
    choices = models.JSONField()  # texts, in the order in which they are shown
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return self.wording


class OwnWordQuerySet(models.QuerySet["OwnWord"]):
    """Answers by whether they count yet."""

    def counting_on(self, day: date) -> Self:
        """Those given before the month of that day began: they come in together, so that none can be seen arriving."""
        return self.filter(said_on__lt=day.replace(day=1))


class OwnWord(models.Model):
    """What one agent said of herself, sealed."""

    question = models.ForeignKey(GroupQuestion, on_delete=models.CASCADE, related_name="said")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    sealed = models.CharField(max_length=500)
    said_on = models.DateField()

    objects = OwnWordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "agent"], name="one_word_of_oneself")]


class GroupFigures(models.Model):
    """What was worked out for a question in a month, of ten agents at least each; nobody who is in it can be told from it."""

    question = models.ForeignKey(GroupQuestion, on_delete=models.CASCADE, related_name="figures")
    month = models.DateField()  # its first day
    version = models.PositiveSmallIntegerField()  # of how they are worked out and written
    body = models.JSONField(null=True)  # null: nothing could be said

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "month", "version"], name="figures_of_month")]
