"""What was a meeting to talk about, who was there, what was asked, and what became of what was agreed?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent, Team, User

LONGEST_WORDS = 1000
LONGEST_ITEM = 400


class MeetingKind(models.TextChoices):
    """How long people sit together, and what for."""

    HUDDLE = "huddle", _("huddle")
    TEAM_MEETING = "team_meeting", _("team meeting")
    REVIEW = "review", _("review meeting")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings by whether they were held."""

    def planned(self) -> Self:
        """Those that are to be held."""
        return self.filter(ended_at=None, cancelled_at=None)

    def held(self) -> Self:
        """Those that were held."""
        return self.exclude(ended_at=None)


class Meeting(models.Model):
    """One huddle, team meeting or review meeting of one team; drafted: the brief as the program proposed it, kept."""

    kind = models.CharField(max_length=14, choices=MeetingKind.choices, default=MeetingKind.HUDDLE)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="meetings")
    planned_for = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=10)
    led_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="meetings_led")
    drafted = models.JSONField(default=list)
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    notes = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_for", "-pk"]

    @property
    def ends_at(self) -> datetime:
        """When its minutes are over: from its beginning, else from when it is to begin."""
        return (self.started_at or self.planned_for) + timedelta(minutes=self.minutes)


class ItemKind(models.TextChoices):
    """What an item of a brief is for."""

    THANKS = "thanks", _("thanks")
    WATCH = "watch", _("watch")
    CHANGE = "change", _("change")
    STANDARD = "standard", _("a standard in force")
    ACTION = "action", _("an action of last time")
    OTHER = "other", _("something else")


class BriefItem(models.Model):
    """One item, as it is said; code: of what the program drafted, so that it is known what was taken over and changed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    words = models.CharField(max_length=LONGEST_ITEM)
    code = models.CharField(max_length=120, blank=True, default="")
    figure = models.JSONField(null=True)

    class Meta:
        ordering = ["place", "pk"]


class Attendance(models.Model):
    """Who was to be there, and was."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    there = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(name="there_once", fields=["meeting", "agent"])]


class AttendanceBefore(models.Model):
    """What had been noted of somebody's being there before it was noted otherwise, until when, and who changed it."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="before")
    there = models.BooleanField()
    until_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["until_at", "pk"]


class MeetingQuestion(models.Model):
    """What was asked, and what was answered, at once or later."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="questions")
    words = models.CharField(max_length=LONGEST_ITEM)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=LONGEST_WORDS, blank=True, default="")
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]


class ActionPointQuerySet(models.QuerySet["ActionPoint"]):
    """Actions that wait."""

    def open(self) -> Self:
        """Those that were not done or dropped."""
        return self.filter(done_at=None, dropped_at=None)


class ActionPoint(models.Model):
    """What somebody said she would do, by when; followed up in the next meeting of the team until it is done or dropped."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    words = models.CharField(max_length=LONGEST_ITEM)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="action_points")
    due_on = models.DateField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=LONGEST_ITEM, blank=True, default="")

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
