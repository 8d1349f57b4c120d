"""Which ways of working go through many people's hands, and who answers for each?"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from floorwalker.apps.people.models import DatedQuerySet, Queue, Site, User

LONGEST_NAME = 120
LONGEST_ABOUT = 1000


class ProcessQuerySet(DatedQuerySet["Process"]):
    """Processes by whom they belong to."""

    def with_owners(self) -> Self:
        """Together with who answers for them, and where they run."""
        return self.select_related("owner", "site", "queue")

    def owned_by(self, user: User) -> Self:
        """Those for which somebody answers."""
        return self.filter(owner=user)


class Process(models.Model):
    """A way of working, a system or a rule that many people's contacts go through, for a stretch of days (half-open).

    queue, reason: whose contacts go through it, where it is not everybody's. What is found of it goes to its owner, and
    never counts against whoever worked with it.
    """

    name = models.CharField(max_length=LONGEST_NAME)
    about = models.TextField(max_length=LONGEST_ABOUT, blank=True, default="")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="processes")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, default="")
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = ProcessQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="process_has_days", condition=Q(from_day=None) | Q(to_day=None) | Q(to_day__gt=F("from_day"))
            ),
            models.CheckConstraint(name="process_is_for_one_place", condition=Q(site=None) | Q(queue=None)),
        ]

    def __str__(self) -> str:
        return self.name
