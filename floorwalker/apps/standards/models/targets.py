"""What does a centre aim for, where, and since when? The past keeps its targets."""

from __future__ import annotations

from datetime import date
from typing import Protocol, Self

from django.db import models
from django.db.models import F, Q

from floorwalker.apps.people.models import DatedQuerySet, Queue, Site, Team, User
from floorwalker.insight.judgement import Target as Aim
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Better

LONGEST_REASON = 500
# What a target is for: of what kind, and which one of them. The centre is the one that is nothing else.
Place = tuple[str, int | str]
CENTRE: Place = ("centre", 0)


class Placed(Protocol):
    """A row that is for one place: a site, a team, a queue or a channel; none: the centre."""

    site_id: int | None
    team_id: int | None
    queue_id: int | None
    channel: str


def place_of(row: Placed) -> Place:
    """What such a row is for."""
    for kind, which in (("site", row.site_id), ("team", row.team_id), ("queue", row.queue_id)):
        if which is not None:
            return kind, which
    return ("channel", row.channel) if row.channel else CENTRE


class TargetQuerySet(DatedQuerySet["Target"]):
    """Targets by where and when they hold."""

    def of_place(self, measure: str, place: Place) -> Self:
        """Those of one measure at exactly that place."""
        kind, which = place
        wanted: dict[str, int | str | None] = {"site": None, "team": None, "queue": None, "channel": ""}
        if kind != CENTRE[0]:
            wanted[kind] = which
        return self.filter(measure=measure, **wanted)

    def between(self, first: date, last: date) -> Self:
        """Those that hold on any of these days, both included."""
        begun = Q(from_day=None) | Q(from_day__lte=last)
        return self.filter(begun & (Q(to_day=None) | Q(to_day__gt=first)))

    def begun(self, day: date) -> Self:
        """Those that began by that day."""
        return self.filter(Q(from_day=None) | Q(from_day__lte=day))

    def with_places(self) -> Self:
        """Together with what they are for and who set them."""
        return self.select_related("site", "team", "queue", "set_by")


class Target(models.Model):
    """What is aimed for in one measure, at one place, for a stretch of days (half-open, null = open).

    A value is a least or a most, as the measure is better; a band has both, for what may be too low as well as too high.
    """

    measure = models.CharField(max_length=80)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="targets")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="targets")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="targets")
    channel = models.CharField(max_length=20, blank=True, default="")
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True, default="")
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(null=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="target_has_days", condition=Q(from_day=None) | Q(to_day=None) | Q(to_day__gt=F("from_day"))
            ),
            models.CheckConstraint(
                name="target_is_a_value_or_a_band",
                condition=Q(value__isnull=False, low=None, high=None) | Q(value=None, low__lt=F("high")),
            ),
            models.CheckConstraint(
                name="target_is_for_one_place",
                condition=Q(site=None, team=None, queue=None)
                | Q(site=None, team=None, channel="")
                | Q(site=None, queue=None, channel="")
                | Q(team=None, queue=None, channel=""),
            ),
        ]

    @property
    def place(self) -> Place:
        """What it is for."""
        return place_of(self)

    @property
    def aim(self) -> Aim | None:
        """It as figures are held against it; None where the measure has no better side (any more)."""
        if self.value is None:
            return Aim(self.low, self.high)
        kpi = catalogue().get(self.measure)
        return Aim.of(self.value, kpi.better) if kpi is not None and kpi.better in (Better.UP, Better.DOWN) else None

    def holds_on(self, day: date) -> bool:
        """Whether it counts on a day."""
        return (self.from_day is None or self.from_day <= day) and (self.to_day is None or self.to_day > day)
