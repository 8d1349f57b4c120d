"""Where does work happen? Sites, teams and queues.

Keys are the 16 bytes by which the lake knows somebody; a first sighting makes an agent, team or queue whose key is that
of the identity seen.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from floorwalker.apps.people.models.dated import DatedQuerySet

if TYPE_CHECKING:
    from floorwalker.apps.people.models.accounts import User

KEY_BYTES = 16


class Site(models.Model):
    """A place of work; its zone sets the local day of everything that happens there."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    timezone = models.CharField(max_length=60)
    country = models.CharField(max_length=2, blank=True)
    key = models.BinaryField(max_length=KEY_BYTES, unique=True)

    def __str__(self) -> str:
        return self.name


class TeamQuerySet(models.QuerySet["Team"]):
    """Teams, which form a tree."""

    def visible_to(self, user: User, at: date) -> Self:
        """Those whose members' figures the user may see on that day."""
        scope = user.scope_on(at)
        return self.all() if scope.everything else self.filter(pk__in=[team.pk for team in scope.teams])

    def managed_by(self, user: User, at: date) -> Self:
        """Those whose people the user may manage on that day: of the sites and teams that the role was given for."""
        reach = user.scope_on(at).managed
        if reach.everywhere:
            return self.all()
        top = Team.objects.filter(models.Q(pk__in=reach.teams) | models.Q(site__in=reach.sites))
        return self.filter(pk__in=[team.pk for team in top.with_descendants()])

    def with_descendants(self) -> list[Team]:
        """These teams and all below them, by name."""
        found = {team.pk: team for team in self}
        level = list(found.values())
        while level:
            level = [team for team in Team.objects.filter(parent__in=level) if team.pk not in found]
            found |= {team.pk: team for team in level}
        return sorted(found.values(), key=lambda team: team.name)


class Team(models.Model):
    """A team; teams form a tree."""

    name = models.CharField(max_length=200)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="teams")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    key = models.BinaryField(max_length=KEY_BYTES, unique=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class QueueQuerySet(models.QuerySet["Queue"]):
    """Queues, each of one site."""

    def managed_by(self, user: User, at: date) -> Self:
        """Those whose limits the user may set on that day."""
        reach = user.scope_on(at).managed
        return self.all() if reach.everywhere else self.filter(site__in=reach.sites)


class Queue(models.Model):
    """A queue in which customers wait."""

    name = models.CharField(max_length=200)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="queues")
    key = models.BinaryField(max_length=KEY_BYTES, unique=True)

    objects = QueueQuerySet.as_manager()

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

    objects = DatedQuerySet["QueueParameter"].as_manager()
