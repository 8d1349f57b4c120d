"""Where does each recording lie, and of which contact and whom is it? The sound itself stays where it is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from pathlib import PurePosixPath
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent, Identity, User

KEY_BYTES = 16
# By what else than her roles somebody may hear a contact is known to contexts on the right, which say it where the program
# starts (jobs/apps.py): the keys of the contacts that are opened to a user on a day.
Opened = Callable[[User, date], QuerySet[Any, Any]]
openers: list[Opened] = []
LONGEST_NAME = 1000


class Kind(models.TextChoices):
    """What a file holds of a contact."""

    SOUND = "sound", _("sound")
    SCREEN = "screen", _("screen")
    TRANSCRIPT = "transcript", _("transcript")


class SearchQuerySet(models.QuerySet["Search"]):
    """Looks through stores."""

    def latest_of_each(self) -> Self:
        """The last one of each store."""
        later = Search.objects.filter(store=OuterRef("store"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later)).order_by("store")


class Search(models.Model):
    """One look through a store: when, and what it came to. The counts add up: known + new + changed = files."""

    store = models.CharField(max_length=60)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    files = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=dict)  # by the code of the reason, how many files were not even looked at
    problem = models.CharField(max_length=300, blank=True, default="")
    coverage = models.JSONField(
        default=list
    )  # of the last days: day, handled telephone contacts, those with a recording

    objects = SearchQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]


class RecordingQuerySet(models.QuerySet["Recording"]):
    """Recordings by whom they are of, and by who may hear them."""

    def here(self) -> Self:
        """Those whose file was there at the last look."""
        return self.filter(gone_at=None)

    def matched(self) -> Self:
        """Those of a known contact."""
        return self.exclude(contact_key=None)

    def contact_keys(self, since: date) -> set[bytes]:
        """The contacts of these from a day on."""
        parts = RecordingPart.objects.filter(recording__in=self.filter(contact_at__date__gte=since))
        return {bytes(key) for key in parts.values_list("contact_key", flat=True).distinct()}

    def of_contacts(self, contact_keys: Collection[bytes]) -> Self:
        """Everything that is kept of some contacts; found by their keys first, for they are few of very many."""
        return self.filter(pk__in=RecordingPart.objects.filter(contact_key__in=contact_keys).values("recording"))

    def of_contact(self, contact_key: bytes) -> Self:
        """Everything that is kept of one contact."""
        return self.of_contacts([contact_key])

    def of_agent(self, agent_id: int) -> Self:
        """Those in which one person is heard."""
        return self.filter(Exists(RecordingPart.objects.filter(recording=OuterRef("pk"), identity__agent=agent_id)))

    def with_what_is_listed(self) -> Self:
        """Together with the people in them, and their length."""
        return self.select_related("waveform").defer("waveform__peaks").prefetch_related("parts__identity__agent")

    def heard_by(self, user: User, on: date) -> Self:
        """Those that the user may hear on that day: of some agent whom she may hear; an agent, where all of it is her own.

        A contact that went through several hands holds a colleague's conversation too: that is for those who may hear both.
        """
        parts = RecordingPart.objects.filter(recording=OuterRef("pk"))
        of_others = parts.filter(identity__agent__in=Agent.objects.heard_by(user, on))
        allowed = Q(Exists(of_others))
        if user.agent_id is not None:
            own = parts.filter(identity__agent=user.agent_id)
            allowed |= Q(Exists(own)) & ~Q(Exists(parts.exclude(identity__agent=user.agent_id)))
        for opened in openers:
            keys = opened(user, on)
            # Of this contact alone: what a file holds of another one as well is not opened by it.
            others = parts.exclude(contact_key__in=keys)
            allowed |= Q(Exists(parts.filter(contact_key__in=keys))) & ~Q(Exists(others))
        return self.matched().filter(allowed)


class Recording(models.Model):
    """One file of a store: what it holds, the contact that it is of, or why that is not known."""

    store = models.CharField(max_length=60)
    name = models.CharField(max_length=LONGEST_NAME)  # below the store's folder
    kind = models.CharField(max_length=10, choices=Kind.choices)
    size_bytes = models.BigIntegerField()
    changed_ns = models.BigIntegerField()  # when the file was changed, in nanoseconds of Unix time
    found_at = models.DateTimeField()
    seen_in = models.ForeignKey(Search, on_delete=models.PROTECT, related_name="seen")
    gone_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField(null=True)  # when a program said last of which contact it is

    said_contact = models.CharField(max_length=200, blank=True)  # as its name, its side file or a program says
    said_agent = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField(null=True)

    contact_key = models.BinaryField(max_length=KEY_BYTES, null=True)  # of several visits of one call, the first
    contact_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=20, blank=True)
    found_by = models.CharField(max_length=20, blank=True)
    why_not = models.CharField(max_length=20, blank=True)  # the code of the reason why no contact is known

    objects = RecordingQuerySet.as_manager()

    class Meta:
        ordering = ["-contact_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["store", "name"], name="a_file_is_known_once"),
            models.CheckConstraint(
                name="recording_has_a_contact_or_a_reason",
                condition=Q(contact_key=None, contact_at=None, found_by="") & ~Q(why_not="")
                | Q(contact_key__isnull=False, contact_at__isnull=False, why_not="") & ~Q(found_by=""),
            ),
        ]
        indexes = [models.Index(fields=["-contact_at", "-id"], name="recordings_by_time")]

    def __str__(self) -> str:
        return f"{self.store}/{self.name}"

    @property
    def ending(self) -> str:
        """The ending of its name, in small letters."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def agents(self) -> list[Agent]:
        """Who is heard in it, each once, by name."""
        found = {part.identity.agent for part in self.parts.all()}
        return sorted((agent for agent in found if agent is not None), key=lambda agent: agent.name)


class RecordingPart(models.Model):
    """One agent's part of a contact that a recording holds.

    The person is reached by the name in the source: whoever turns out to be the same person hears it without a change here.
    """

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="parts")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    contact_key = models.BinaryField(max_length=KEY_BYTES, db_index=True)
    segment_key = models.BinaryField(max_length=KEY_BYTES)
    queue_key = models.BinaryField(max_length=KEY_BYTES, null=True)  # through which it came, where the facts say that
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["answered_at", "id"]
        constraints = [models.UniqueConstraint(fields=["recording", "segment_key"], name="a_part_is_known_once")]


class ErasedContact(models.Model):
    """A contact of a customer who was forgotten: a file of it that is found or registered later stays without a contact."""

    contact_key = models.BinaryField(max_length=KEY_BYTES, unique=True)
