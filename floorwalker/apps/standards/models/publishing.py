"""Who was asked to read a standard, who has read and understood it, and who was reminded?"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models.service_standards import LONGEST_TEXT, StandardVersion

MOST_OPTIONS = 6
LONGEST_OPTION = 300


class CheckQuestion(models.Model):
    """One question of the short check of understanding: its options, and the number of the right one, counted from nought."""

    version = models.ForeignKey(StandardVersion, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    asks = models.CharField(max_length=LONGEST_OPTION)
    options = models.JSONField()
    right = models.PositiveSmallIntegerField()
    explains = models.TextField(max_length=LONGEST_TEXT, blank=True, default="")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="check_number_once", fields=["version", "number"])]

    def __str__(self) -> str:
        return self.asks


class AskingQuerySet(models.QuerySet["Asking"]):
    """Askings by what they are of."""

    def live(self) -> Self:
        """The last of each version that is published and has not ended: earlier ones are over."""
        newest = Asking.objects.filter(version=models.OuterRef("version")).order_by("-number").values("number")[:1]
        return self.filter(version__state="published", version__to_day=None, number=models.Subquery(newest))


class Asking(models.Model):
    """A time at which everybody whom a standard concerns was asked to read it: on publishing, and with each refresher."""

    version = models.ForeignKey(StandardVersion, on_delete=models.PROTECT, related_name="askings")
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    due_on = models.DateField()

    objects = AskingQuerySet.as_manager()

    class Meta:
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(name="asking_number_once", fields=["version", "number"])]

    @property
    def is_refresher(self) -> bool:
        """Whether it reminds of what was read before."""
        return self.number > 1


class Acknowledgement(models.Model):
    """Somebody has read it, when asked that time."""

    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="acknowledgements")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="acknowledged_once", fields=["asking", "user"])]


class CheckAnswer(models.Model):
    """What somebody answered to a question of the check, at each try: the first tells what is misunderstood."""

    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(CheckQuestion, on_delete=models.PROTECT, related_name="answers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chosen = models.PositiveSmallIntegerField()
    try_number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="answered_once_a_try", fields=["asking", "question", "user", "try_number"])
        ]

    @property
    def is_right(self) -> bool:
        """Whether it was understood."""
        return self.chosen == self.question.right


class Reminder(models.Model):
    """Somebody who had not read it in time was reminded: on her home it stands first from then on."""

    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="reminders")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reminded_once_a_number", fields=["asking", "user", "number"]),
            models.CheckConstraint(name="reminder_is_counted", condition=Q(number__gt=0)),
        ]
