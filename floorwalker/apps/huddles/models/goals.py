"""What has a team set itself to reach together, from where, by when, and what became of it?"""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.huddles.models.meetings import Meeting
from floorwalker.apps.people.models import Team, User
from floorwalker.apps.standards.models import Aim

LONGEST_WORDS = 1000


class GoalEnd(models.TextChoices):
    """What became of a goal: as insight/team_goal.py judged it on its day, or that the team ended it before."""

    BEYOND_CHANCE = "beyond_chance", _("reached, by more than chance")
    WITH_EVERYBODY = "with_everybody", _("reached, as everybody did")
    WITHIN_CHANCE = "within_chance", _("reached, but no more than chance gives")
    AT_A_COST = "at_a_cost", _("reached at a cost")
    NOT_REACHED = "not_reached", _("not reached")
    CANNOT_TELL = "cannot_tell", _("cannot be told")
    STOPPED = "stopped", _("ended early")
    REPLACED = "replaced", _("replaced by another")


class TeamGoalQuerySet(models.QuerySet["TeamGoal"]):
    """Goals by how far they have come."""

    def open(self) -> Self:
        """Those that are being worked for."""
        return self.filter(ended_at=None)

    def celebrated(self) -> Self:
        """Those that were truly reached."""
        return self.filter(ended_as=GoalEnd.BEYOND_CHANCE)


class TeamGoal(models.Model):
    """One figure that a team wants to reach by a day; what was agreed is never changed, at most ended or replaced.

    branch: the keys of the team and those below it on that day, as hex: whose figure it is stays the same, whatever moves meanwhile.
    baseline: the twelve weeks before as they stood when it was set (insight/frozen.py), with what chance alone leaves and the
    chance of the target; words: why, in the team's own words; meeting: the held one in which it was agreed, whose attendance says
    who was there; found: how it stood when it ended (insight/kept_team_goal.py).
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="goals")
    branch: models.JSONField[Any] = models.JSONField(default=list)
    aim = models.ForeignKey(Aim, on_delete=models.PROTECT, null=True, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="goals")
    measure = models.CharField(max_length=80)
    measure_version = models.PositiveSmallIntegerField()
    counter_measure = models.CharField(max_length=80, blank=True, default="")
    words = models.TextField(max_length=LONGEST_WORDS)
    target = models.FloatField()
    baseline = models.JSONField()
    first_on = models.DateField()
    due_on = models.DateField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    ended_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=16, choices=GoalEnd.choices, blank=True, default="")
    ended_because = models.CharField(max_length=LONGEST_WORDS, blank=True, default="")
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    found = models.JSONField(null=True)

    objects = TeamGoalQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="team_goal_has_days", condition=Q(due_on__gt=F("first_on"))),
            models.CheckConstraint(
                name="team_goal_ends_as_something",
                condition=Q(ended_at=None, ended_as="") | (Q(ended_at__isnull=False) & ~Q(ended_as="")),
            ),
            models.UniqueConstraint(
                name="one_open_goal_of_a_measure_and_team", fields=["team", "measure"], condition=Q(ended_at=None)
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is being worked for."""
        return self.ended_at is None
