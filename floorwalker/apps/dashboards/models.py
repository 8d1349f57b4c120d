"""What do people keep on pages with figures? Saved views with their mail, what happened on the floor, and what a change meant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent, Site, Team, User

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
        """Where it leads; to the page where it can be removed, if a later version has no such page any more."""
        try:
            page = reverse(self.route, kwargs=self.arguments)
        except NoReverseMatch:
            return reverse("saved_views")
        return page + (f"?{self.query}" if self.query else "")


class MailAddress(models.Model):
    """Where somebody reads mail: her own, shown to be so by a link that was sent there once."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="mail_address")
    address = models.EmailField()
    asked_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("address"), condition=models.Q(verified_at__isnull=False), name="an_address_is_of_one_log_in"
            )
        ]


class Rhythm(models.TextChoices):
    """How often a view is sent."""

    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week, on Monday")
    MONTHLY = "monthly", _("every month, on the first")


class Ended(models.TextChoices):
    """Why nothing is sent any more."""

    OWNER = "owner", _("you ended it")
    LINK = "link", _("it was ended by the link in a mail")
    NOT_SEEN = "not_seen", _("your present roles no longer show this page")
    VIEW_GONE = "view_gone", _("the saved view was removed")
    INACTIVE = "inactive", _("the log-in is closed")
    REFUSED = "refused", _("the mail server does not accept the address")


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    """Schedules of saved views."""

    def running(self) -> Self:
        """Those that are not ended."""
        return self.filter(ended_at=None)

    def due(self, at: datetime) -> Self:
        """Those of which one is to be sent, or tried again, by now."""
        return self.running().filter(try_at__lte=at).order_by("try_at")


class Schedule(models.Model):
    """A saved view that is sent to its owner.

    due_at: the time for which the next one is; try_at: when that is tried, which whoever sends it pushes ahead, so that
    nobody else does; tries: how often it failed; hour: of the site's clock.
    """

    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="schedules")
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)
    hour = models.PositiveSmallIntegerField()
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    with_sheet = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=10, choices=Ended.choices, blank=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["view"], condition=models.Q(ended_at=None), name="a_view_is_sent_by_one_schedule"
            )
        ]
        indexes = [models.Index(fields=["ended_at", "try_at"], name="schedule_by_time")]


class EventKind(models.TextChoices):
    """What happened on the floor."""

    OUTAGE = "outage", _("outage")
    CAMPAIGN = "campaign", _("campaign")
    CHANGE = "change", _("change of process or system")
    OTHER = "other", _("something else")


class FloorEvent(models.Model):
    """Something that happened on the floor and may explain a change; marked on every chart of its days."""

    kind = models.CharField(max_length=10, choices=EventKind.choices)
    title = models.CharField(max_length=60)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-first_day", "pk"]

    def __str__(self) -> str:
        return self.title


class Whose(models.TextChoices):
    """Whose a change is, as a person reads it."""

    PERSON = "person", _("the person's own")
    TEAM = "team", _("the team's")
    PROCESS = "process", _("the process's: everybody's")
    NOBODY = "nobody", _("nobody's: chance or the records")


class TrendNote(models.Model):
    """What a person made of a change on a chart: of an agent's, or of a team's; never rewritten, only followed by another.

    drift: what the chart said when it was written: since when, noticed when, which way, how large, by which version.
    """

    measure = models.CharField(max_length=80)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, null=True, related_name="trend_notes")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="trend_notes")
    what = models.TextField(max_length=600)
    cause = models.TextField(max_length=600, blank=True)
    whose = models.CharField(max_length=10, choices=Whose.choices)
    decision = models.TextField(max_length=600, blank=True)
    drift = models.JSONField(default=dict)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agent=None) ^ models.Q(team=None), name="a_trend_note_is_of_an_agent_or_a_team"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.agent or self.team}"
