"""Who handles contacts? Agents, with their employment, working pattern and skills."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models.dated import DatedQuerySet, on_day
from floorwalker.apps.people.models.places import KEY_BYTES, Site, Team

if TYPE_CHECKING:
    from collections.abc import Iterable

    from floorwalker.apps.people.models.accounts import User

DAYS_PER_MONTH = 30.44


class Standing(models.TextChoices):
    """How an agent came to be known."""

    SEEN = "seen", _("found in data")
    KNOWN = "known", _("confirmed")
    IGNORED = "ignored", _("not a person")


class AgentQuerySet(models.QuerySet["Agent"]):
    """Agents: who belongs where, and who may see whom."""

    def placed_by_hand(self, on: date) -> Self:
        """Those whom a person put into a team on that day."""
        return self.filter(on_day(on, "memberships__"), memberships__isnull=False)

    def in_teams(self, teams: Iterable[Team], on: date) -> Self:
        """Those who belong to one of these teams on that day: as a person entered it, else as the data state it."""
        entered = Agent.objects.placed_by_hand(on)
        stated = Agent.objects.filter(
            on_day(on, "identities__observed__"), identities__observed__team_identity__team__in=teams
        )
        here = Agent.objects.filter(on_day(on, "memberships__"), memberships__team__in=teams)
        return self.filter(
            Q(pk__in=here.values("pk")) | (Q(pk__in=stated.values("pk")) & ~Q(pk__in=entered.values("pk")))
        )

    def without_team(self, on: date) -> Self:
        """Those whom neither a person nor the data put into a team on that day."""
        stated = Agent.objects.filter(on_day(on, "identities__observed__"), identities__observed__isnull=False)
        return self.exclude(pk__in=Agent.objects.placed_by_hand(on).values("pk")).exclude(pk__in=stated.values("pk"))

    def visible_to(self, user: User, at: date) -> Self:
        """Those whose figures the user may see on that day; always her- or himself."""
        scope = user.scope_on(at)
        if scope.everything:
            return self.all()
        own = Q(pk=scope.agent.pk) if scope.agent is not None else Q(pk__in=[])
        return self.filter(own | Q(pk__in=user.members_of(scope.teams, at)))

    def heard_by(self, user: User, at: date) -> Self:
        """Those whose recordings the user's roles of that day open; oneself is not among them for being it."""
        scope = user.scope_on(at)
        if scope.hears_everything:
            return self.all()
        return self.filter(pk__in=user.members_of(scope.heard_teams, at))

    def evaluated_by(self, user: User, at: date, *, officially: bool = False) -> Self:
        """Those whose contacts the user may mark on that day; officially: for marks that count. Never her- or himself.

        By the roles that give this right, and not by others: an analyst of one team who leads another marks the second for
        coaching alone.
        """
        scope = user.scope_on(at)
        opened = scope.evaluates_officially if officially else scope.evaluates
        found = self.all() if opened.everything else self.filter(pk__in=user.members_of(opened.teams, at))
        return found.exclude(pk__in=user.oneself())

    def coached_by(self, user: User, at: date) -> Self:
        """Those with whom the user may talk about their work on that day: by the roles that give this right. Never oneself."""
        opened = user.scope_on(at).coaches
        found = self.all() if opened.everything else self.filter(pk__in=user.members_of(opened.teams, at))
        return found.exclude(pk__in=user.oneself())

    def managed_by(self, user: User, at: date) -> Self:
        """Those whom the user may manage on that day: of the sites that the role was given for, or in one of their teams."""
        reach = user.scope_on(at).managed
        if reach.everywhere:
            return self.all()
        members = Agent.objects.in_teams(Team.objects.managed_by(user, at), at)
        return self.filter(Q(site__in=reach.sites) | Q(pk__in=members.values("pk")))

    def on_the_floor(self) -> Self:
        """Those who are people, each once: without what was ignored, and who was found to be somebody else."""
        return self.exclude(standing=Standing.IGNORED).filter(merged_into=None)


class Agent(models.Model):
    """A person who handles contacts."""

    name = models.CharField(max_length=200)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="agents")
    key = models.BinaryField(max_length=KEY_BYTES, unique=True)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.SEEN)
    staff_number = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    started_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")

    objects = AgentQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff_number"], condition=~Q(staff_number=""), name="staff_number_is_one_persons"
            ),
            models.CheckConstraint(
                name="nobody_leaves_before_starting",
                condition=Q(started_on=None) | Q(left_on=None) | Q(left_on__gte=models.F("started_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_on_the_floor(self) -> bool:
        """Whether this is a person, and nobody who was found to be somebody else."""
        return self.standing != Standing.IGNORED and self.merged_into_id is None

    @property
    def person(self) -> Agent:
        """Who this was found to be; her- or himself where nobody found anything."""
        person = self
        while person.merged_into is not None:
            person = person.merged_into
        return person

    def keys_of_person(self) -> tuple[bytes, ...]:
        """The keys of all who were found to be this same person, her own among them: by these she was judged."""
        return tuple(self._of_person.values())

    def numbers_of_person(self) -> frozenset[int]:
        """The same by number: what was written down before they were found to be one lies with either of them."""
        return frozenset(self._of_person)

    @cached_property
    def _of_person(self) -> dict[int, bytes]:
        """By number, the key of each; asked once for each agent that is read."""
        person = self.person
        level = found = {person.pk: bytes(person.key)}
        while level:
            more = Agent.objects.filter(merged_into__in=level).exclude(pk__in=found).values_list("pk", "key")
            level = {pk: bytes(key) for pk, key in more}
            found = found | level
        return found

    def tenure_months(self, on: date) -> float | None:
        """Months since the person started; None where that is not known or lies ahead."""
        if self.started_on is None or self.started_on > on:
            return None
        return (min(on, self.left_on or on) - self.started_on).days / DAYS_PER_MONTH


class WorkingPattern(models.Model):
    """How long somebody works on each day of the week, for a stretch of days."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="patterns")
    minutes = models.JSONField()  # seven whole numbers, Monday first
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)

    objects = DatedQuerySet["WorkingPattern"].as_manager()

    @property
    def hours_per_week(self) -> float:
        """Hours of a whole week."""
        return float(sum(self.minutes)) / 60


class Skill(models.Model):
    """What somebody can do, for a stretch of days: a queue, a language, a product."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="skills")
    name = models.CharField(max_length=120)
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)

    objects = DatedQuerySet["Skill"].as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
