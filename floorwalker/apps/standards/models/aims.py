"""What does the centre, or a team, want to reach in a period, who answers for it, and by what is it known?"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from floorwalker.apps.people.models import DatedQuerySet, Site, Team, User
from floorwalker.apps.standards.models.targets import CENTRE, Place

LONGEST_WORDING = 300


class AimQuerySet(DatedQuerySet["Aim"]):
    """Aims by their period and whose they are."""

    def with_places(self) -> Self:
        """Together with whose they are and who answers for them."""
        return self.select_related("site", "team", "owner")

    def not_over(self, day: date) -> Self:
        """Those whose period is not over on that day: what begins now may serve them."""
        return self.filter(Q(to_day=None) | Q(to_day__gt=day))


class Aim(models.Model):
    """An objective of the centre, of a site or of a team for a stretch of days (half-open; an end is always given).

    It is known by a measure of the catalogue or, where none counts it, in words.
    """

    wording = models.CharField(max_length=LONGEST_WORDING)
    measure = models.CharField(max_length=80, blank=True, default="")
    known_by = models.CharField(max_length=LONGEST_WORDING, blank=True, default="")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    from_day = models.DateField()
    to_day = models.DateField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    objects = AimQuerySet.as_manager()

    class Meta:
        ordering = ["from_day", "pk"]
        constraints = [
            models.CheckConstraint(name="aim_has_days", condition=Q(to_day__gt=F("from_day"))),
            models.CheckConstraint(name="aim_is_for_one_place", condition=Q(site=None) | Q(team=None)),
            models.CheckConstraint(name="aim_is_known_by_something", condition=~Q(measure="", known_by="")),
        ]

    def __str__(self) -> str:
        return self.wording

    @property
    def place(self) -> Place:
        """Whose it is."""
        if self.team_id is not None:
            return "team", self.team_id
        return CENTRE if self.site_id is None else ("site", self.site_id)

    def holds_on(self, day: date) -> bool:
        """Whether its period includes the day."""
        return self.from_day <= day < self.to_day
