"""What is expected, in which words, since when, of whom, and what did each version say before?"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import DatedQuerySet, Queue, Site, Team, User
from floorwalker.apps.standards.models.aims import Aim
from floorwalker.apps.standards.models.targets import Place, Target, place_of
from floorwalker.insight.judgement import Target as Held

LONGEST_TITLE = 120
LONGEST_TEXT = 4000
LONGEST_BASIS = 500


class State(models.TextChoices):
    """How far a version has come."""

    DRAFT = "draft", _("draft")
    CONSULTING = "consulting", _("in consultation")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ServiceStandard(models.Model):
    """Something that is expected, whatever its words were at a time: who answers for it, and which aim it serves."""

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    aim = models.ForeignKey(Aim, on_delete=models.PROTECT, null=True, related_name="standards")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        version = self.in_force or self.versions.order_by("-number").first()
        return "" if version is None else version.title

    @property
    def in_force(self) -> StandardVersion | None:
        """What was published last and not ended, even where it begins to count only later."""
        return self.versions.filter(state=State.PUBLISHED, to_day=None).order_by("-number").first()

    @property
    def in_work(self) -> StandardVersion | None:
        """The draft that is being worked on or talked about; there is one at most."""
        return self.versions.filter(state__in=(State.DRAFT, State.CONSULTING)).first()


class StandardVersionQuerySet(DatedQuerySet["StandardVersion"]):
    """Versions of standards by state and days."""

    def published(self) -> Self:
        """Those that were published."""
        return self.filter(state=State.PUBLISHED)

    def due_for_review(self, on: date) -> Self:
        """Those that are to be looked at again by that day."""
        return self.current().filter(review_on__lte=on)

    def current(self) -> Self:
        """Of each standard the version that was published last and has not ended."""
        return self.published().filter(to_day=None)

    def in_work(self) -> Self:
        """Drafts, and what is in consultation."""
        return self.filter(state__in=(State.DRAFT, State.CONSULTING))

    def with_places(self) -> Self:
        """Together with what they are for and whose they are."""
        return self.select_related("standard__owner", "standard__aim", "site", "team", "queue", "target")

    def containing(self, words: str) -> Self:
        """Those whose title, wording, reason, client or basis has all of these words."""
        found = self
        for word in words.split()[:10]:
            fields = ("title", "wording", "why", "client", "basis")
            anywhere = Q()
            for field in fields:
                anywhere |= Q(**{f"{field}__icontains": word})
            found = found.filter(anywhere)
        return found


class StandardVersion(models.Model):
    """One version of a standard: its words, its place, and what is measured or done; never changed once published.

    measure with a value or a band: what is counted; behaviour: what somebody who listens can see or hear done. client: with
    whom it was agreed, of a service level agreement; basis: by which law or contract it is required. to_day: the first day
    on which it no longer counts, set when the next version takes over or the standard is withdrawn. review_on: when it is
    looked at again, moved on when that was done. despite: why it was published although a check warned that it asks for what
    few or none have reached; unseen: why, although those who were asked had not seen its last words.
    """

    standard = models.ForeignKey(ServiceStandard, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    title = models.CharField(max_length=LONGEST_TITLE)
    wording = models.TextField(max_length=LONGEST_TEXT)
    why = models.TextField(max_length=LONGEST_TEXT)
    changed_because = models.TextField(max_length=LONGEST_TEXT, blank=True, default="")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=20, blank=True, default="")
    concerns = models.ManyToManyField(Team, related_name="+", blank=True)
    behaviour = models.TextField(max_length=LONGEST_TEXT, blank=True, default="")
    measure = models.CharField(max_length=80, blank=True, default="")
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    client = models.CharField(max_length=LONGEST_TITLE, blank=True, default="")
    basis = models.CharField(max_length=LONGEST_BASIS, blank=True, default="")
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    review_on = models.DateField()
    consulted_until = models.DateField(null=True)
    despite = models.TextField(max_length=LONGEST_TEXT, blank=True, default="")
    unseen = models.TextField(max_length=LONGEST_TEXT, blank=True, default="")
    refresher_days = models.PositiveSmallIntegerField(null=True)
    target = models.ForeignKey(Target, on_delete=models.SET_NULL, null=True, related_name="versions")
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    objects = StandardVersionQuerySet.as_manager()

    class Meta:
        ordering = ["standard", "-number"]
        constraints = [
            models.UniqueConstraint(name="version_number_once", fields=["standard", "number"]),
            models.UniqueConstraint(
                name="one_version_in_work", fields=["standard"], condition=Q(state__in=("draft", "consulting"))
            ),
            models.CheckConstraint(name="version_has_days", condition=Q(to_day=None) | Q(to_day__gte=F("from_day"))),
            models.CheckConstraint(
                name="version_has_one_bound_or_a_band",
                condition=Q(value=None, low=None, high=None)
                | Q(value__isnull=False, low=None, high=None)
                | Q(value=None, low__lt=F("high")),
            ),
            models.CheckConstraint(
                name="version_is_for_one_place",
                condition=Q(site=None, team=None, queue=None)
                | Q(site=None, team=None, channel="")
                | Q(site=None, queue=None, channel="")
                | Q(team=None, queue=None, channel=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Place:
        """What it is for."""
        return place_of(self)

    @property
    def held(self) -> Held | None:
        """What figures are held against; None where it is about behaviour alone."""
        given = Target(measure=self.measure, value=self.value, low=self.low, high=self.high)
        return None if self.value is None and self.low is None else given.aim

    @property
    def is_published(self) -> bool:
        """Whether it was published: it is not changed any more."""
        return self.state == State.PUBLISHED

    @property
    def is_consulting(self) -> bool:
        """Whether those whom it concerns are being asked."""
        return self.state == State.CONSULTING

    @property
    def is_in_work(self) -> bool:
        """Whether its words can still change."""
        return self.state in (State.DRAFT, State.CONSULTING)

    @property
    def changed_unseen(self) -> bool:
        """Whether its words were changed after the last day on which people were asked about them."""
        until = self.consulted_until
        return until is not None and any(one.at.date() > until for one in self.amendments.all())

    def counts_on(self, day: date) -> bool:
        """Whether it is what is expected on that day."""
        return self.is_published and self.from_day <= day and (self.to_day is None or day < self.to_day)


class Change(models.Model):
    """What was changed because of a standard: of the standard itself, of training, of a process, of a system."""

    standard = models.ForeignKey(ServiceStandard, on_delete=models.PROTECT, related_name="changes")
    found = models.TextField(max_length=LONGEST_TEXT)
    changed = models.TextField(max_length=LONGEST_TEXT)
    on = models.DateField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]


class Review(models.Model):
    """A version was looked at again and goes on to count as it is: what was found, and when it is looked at next.

    was_due_on: when it was to be looked at, before the next day was agreed.
    """

    version = models.ForeignKey(StandardVersion, on_delete=models.PROTECT, related_name="reviews")
    said = models.TextField(max_length=LONGEST_TEXT)
    was_due_on = models.DateField()
    next_on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
