"""Who is on the floor? Sites, teams, queues, agents, their names in each source, and who worked where when.

Keys are the 16 bytes by which the lake knows somebody; a first sighting makes an agent, team or queue whose key is that
of the identity seen. Days are half-open: `to_day` is the first day that no longer counts, null is open.
"""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

KEY_BYTES = 16


Row = TypeVar("Row", bound=models.Model)


class DatedQuerySet(models.QuerySet[Row]):
    """Rows that count for a stretch of days."""

    def on(self, day: date) -> Self:
        """Those that count on that day."""
        return self.filter(Q(from_day=None) | Q(from_day__lte=day), Q(to_day=None) | Q(to_day__gt=day))


class Site(models.Model):
    """A place of work; its zone sets the local day of everything that happens there."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    timezone = models.CharField(max_length=60)
    country = models.CharField(max_length=2, blank=True)
    key = models.BinaryField(max_length=KEY_BYTES, unique=True)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team; teams form a tree."""

    name = models.CharField(max_length=200)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="teams")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    key = models.BinaryField(max_length=KEY_BYTES, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Queue(models.Model):
    """A queue in which customers wait."""

    name = models.CharField(max_length=200)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="queues")
    key = models.BinaryField(max_length=KEY_BYTES, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class QueueParameter(models.Model):
    """A queue's own value of a KPI's parameter, such as its service threshold, for a stretch of days."""

    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="parameters")
    name = models.CharField(max_length=60)
    value = models.FloatField()
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)

    objects = DatedQuerySet.as_manager()


class Agent(models.Model):
    """A person who handles contacts."""

    name = models.CharField(max_length=200)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="agents")
    key = models.BinaryField(max_length=KEY_BYTES, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class IdentityKind(models.TextChoices):
    """What a name in a source can stand for."""

    AGENT = "agent", _("agent")
    TEAM = "team", _("team")
    QUEUE = "queue", _("queue")


class Identity(models.Model):
    """A name in one source, and whom or what it stands for."""

    key = models.BinaryField(max_length=KEY_BYTES, unique=True)
    kind = models.CharField(max_length=10, choices=IdentityKind.choices)
    source = models.CharField(max_length=60)
    origin = models.CharField(max_length=120)
    name = models.CharField(max_length=300)
    first_day = models.DateField()
    last_day = models.DateField()
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="identities")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="identities")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="identities")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="identity_stands_for_what_its_kind_says",
                condition=Q(kind="agent", agent__isnull=False, team=None, queue=None)
                | Q(kind="team", team__isnull=False, agent=None, queue=None)
                | Q(kind="queue", queue__isnull=False, agent=None, team=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.source})"

    @property
    def subject(self) -> Agent | Team | Queue:
        """Whom or what this name stands for."""
        subject = self.agent or self.team or self.queue
        assert subject is not None
        return subject


class Membership(models.Model):
    """An agent in a team for a stretch of days, entered by a person: it wins over what data states."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)
    entered_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = DatedQuerySet.as_manager()


class Role(models.TextChoices):
    """What somebody does on the floor; rights follow from it."""

    AGENT = "agent", _("agent")
    TEAM_LEADER = "team_leader", _("team leader")
    OPERATIONS_MANAGER = "operations_manager", _("operations manager")
    ADMINISTRATOR = "administrator", _("administrator")


class User(AbstractUser):
    """Somebody who logs in; an agent's log-in points at the agent."""

    agent = models.OneToOneField(Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="user")

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class RoleGrant(models.Model):
    """A role that somebody holds for a stretch of days, for one team or for the whole centre."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="leader_has_a_team", condition=~Q(role="team_leader") | Q(team__isnull=False))
        ]


class AuditEntry(models.Model):
    """Who did what to whom, when; the database refuses to change or remove a row, and each is sealed to the one before."""

    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    previous_hash = models.BinaryField(max_length=32, default=b"")
    hash = models.BinaryField(max_length=32, default=b"")
