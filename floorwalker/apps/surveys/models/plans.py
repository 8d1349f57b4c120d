"""After which contacts are customers asked, how many of them, and what spares them from being asked too often or at night?"""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property

from floorwalker.apps.people.models import Queue, User
from floorwalker.apps.surveys.models.instruments import Survey

LONGEST_REST_DAYS, LONGEST_OPEN_DAYS = 365, 60
HOURS = 24


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans of asking."""

    def running(self) -> Self:
        """Those by which customers are asked."""
        return self.filter(ended_at=None)


class Plan(models.Model):
    """By which rule the system chooses whom to ask.

    asked_by: who asks, as customers know the centre; share: of the contacts that fit, how many are drawn; rest_days: nobody
    is asked twice within so many days, by whatever plan; quiet_from, quiet_to: hours of the site's day in which nothing
    is sent (equal: none); wait_minutes: after the contact; open_days: for how long a link can be answered. No channels or
    queues named: all of them.
    """

    name = models.CharField(max_length=120, unique=True)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="plans")
    asked_by = models.CharField(max_length=120)
    share = models.FloatField(validators=[MinValueValidator(0.001), MaxValueValidator(1.0)])
    channels = models.JSONField(default=list)
    queues = models.ManyToManyField(Queue, related_name="+")
    rest_days = models.PositiveSmallIntegerField(default=30, validators=[MaxValueValidator(LONGEST_REST_DAYS)])
    quiet_from = models.PositiveSmallIntegerField(default=20, validators=[MaxValueValidator(HOURS - 1)])
    quiet_to = models.PositiveSmallIntegerField(default=8, validators=[MaxValueValidator(HOURS - 1)])
    wait_minutes = models.PositiveSmallIntegerField(default=30)
    open_days = models.PositiveSmallIntegerField(
        default=7, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_OPEN_DAYS)]
    )
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def chosen_queues(self) -> frozenset[int]:
        """The queues after whose contacts customers are asked; none: all of them."""
        return frozenset(self.queues.values_list("pk", flat=True))

    @property
    def rest(self) -> timedelta:
        """For how long nobody is asked again."""
        return timedelta(days=self.rest_days)

    def is_quiet(self, hour: int) -> bool:
        """Whether nothing is sent in this hour of the site's day."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to
