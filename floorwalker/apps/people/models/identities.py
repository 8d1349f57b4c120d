"""Under which names do sources know people, teams and queues, and who was found to be the same person?"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models.accounts import User
from floorwalker.apps.people.models.persons import Agent
from floorwalker.apps.people.models.places import KEY_BYTES, Queue, Team


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


class Evaluator(models.Model):
    """Who evaluated, as one source writes it; user: the log-in that it is known to be, where somebody said so."""

    key = models.BinaryField(max_length=KEY_BYTES, unique=True)
    source = models.CharField(max_length=60)
    origin = models.CharField(max_length=120)
    name = models.CharField(max_length=300)
    first_day = models.DateField()
    last_day = models.DateField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="evaluators")

    def __str__(self) -> str:
        return f"{self.name} ({self.source})"


class Merge(models.Model):
    """One agent found to be another: what moved over, so that it can move back. Facts are never touched."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="merges_into")
    was = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="merges_away")
    user = models.ForeignKey("User", on_delete=models.PROTECT, null=True, related_name="+")  # whose log-in moved over
    identities = models.ManyToManyField(Identity, related_name="merges")
    merged_at = models.DateTimeField()
    merged_by = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)
    split_at = models.DateTimeField(null=True)
    split_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["merged_at"]
        constraints = [models.CheckConstraint(name="nobody_merges_with_oneself", condition=~Q(agent=models.F("was")))]


class DirectoryDraft(models.Model):
    """A directory that somebody gave in and has not taken over yet, or has: nothing is changed by the draft itself."""

    content = models.TextField()
    file_name = models.CharField(max_length=200)
    made_by = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
