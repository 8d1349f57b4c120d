"""What does the centre aim for, and since when? The past keeps its targets."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from floorwalker.apps.people.models import DatedQuerySet, User


class TargetQuerySet(DatedQuerySet["Target"]):
    """Targets by measure."""

    def by_measure(self, day: date) -> dict[str, float]:
        """By measure, the target of that day."""
        return dict(self.on(day).values_list("measure", "value"))


class Target(models.Model):
    """The value that the centre aims for in one measure, for a stretch of days (half-open, null = open)."""

    measure = models.CharField(max_length=80)
    value = models.FloatField()
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = TargetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="target_has_days", condition=Q(from_day=None) | Q(to_day=None) | Q(to_day__gt=models.F("from_day"))
            )
        ]
