"""Which questions does somebody want to ask again? Saved views: a page with its period, comparison, filters and order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.urls import reverse

from floorwalker.apps.people.models import User

# So long a removed view can be put back.
UNDO = timedelta(days=1)


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved views of somebody."""

    def kept(self) -> Self:
        """Those that are not removed."""
        return self.filter(removed_at=None)

    def just_removed(self, at: datetime) -> Self:
        """Those that can be put back."""
        return self.filter(removed_at__gt=at - UNDO)


class SavedView(models.Model):
    """A page with figures under a name of its owner's; opening it asks for rights like any other visit."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=80)
    route = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    query = models.CharField(max_length=600, blank=True)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"], condition=models.Q(removed_at=None), name="a_view_has_a_name_of_its_own"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where it leads."""
        return reverse(self.route, kwargs=self.arguments) + (f"?{self.query}" if self.query else "")
