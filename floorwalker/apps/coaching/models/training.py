"""What was trained, whom did it reach, and when is it due again?"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from floorwalker.apps.coaching.models.interventions import Intervention
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.models import ServiceStandard

LONGEST_WORDS = 1000
LONGEST_SUBJECT = 200


class TrainingQuerySet(models.QuerySet["Training"]):
    """Trainings by when they are held."""

    def planned(self) -> Self:
        """Those that are still to be held."""
        return self.filter(held_at=None, cancelled_at=None)

    def due_again_by(self, day: date) -> Self:
        """Those held whose refresher is due by that day."""
        return self.filter(refresh_on__lte=day).exclude(held_at=None)

    def to_refresh(self, day: date) -> Self:
        """Those due by that day for which nothing is planned or was held."""
        again = Training.objects.filter(refreshes=OuterRef("pk"), cancelled_at=None)
        return self.due_again_by(day).filter(~Exists(again), cancelled_at=None).order_by("refresh_on", "pk")

    def concerning(self, user: User) -> Self:
        """Those that the user planned or gives, and in which she was herself."""
        were = Attendee.objects.filter(training=OuterRef("pk"), agent__in=user.oneself(), there=True)
        return self.filter(Q(planned_by=user) | Q(trainer=user) | Exists(were))


class Training(models.Model):
    """One training or a mentor's talk with several: its subject, its hours, and what it was to move.

    refresh_on: when those who were there should do it again; none: once is enough.
    """

    subject = models.CharField(max_length=LONGEST_SUBJECT)
    is_mentoring = models.BooleanField(default=False)
    about = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    measure = models.CharField(max_length=80, blank=True, default="")
    standard = models.ForeignKey(ServiceStandard, on_delete=models.PROTECT, null=True, related_name="+")
    trainer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    outside_trainer = models.CharField(max_length=LONGEST_SUBJECT, blank=True, default="")
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    planned_for = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    held_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    refresh_on = models.DateField(null=True)
    refreshes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="refreshed_by")
    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, null=True, related_name="trainings")

    objects = TrainingQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_for", "-pk"]
        constraints = [models.CheckConstraint(name="training_takes_time", condition=Q(minutes__gt=0))]


class Attendee(models.Model):
    """One who was invited; there: whether she was, known once it was held; learned: in her own words."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="attendees")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="trainings")
    there = models.BooleanField(null=True)
    learned = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    rating = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="attends_once", fields=["training", "agent"]),
            models.CheckConstraint(
                name="training_rated_one_to_five", condition=Q(rating=None) | Q(rating__range=(1, 5))
            ),
        ]
