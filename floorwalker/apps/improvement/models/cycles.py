"""Which gap of whom was taken on, what was it when that was decided, who answers for it, and how far has it come?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models import Intervention, Lot, Matter
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.apps.standards.models import Aim, Process, ServiceStandard

if TYPE_CHECKING:
    from floorwalker.apps.improvement.models.reviewing import CycleReview

LONGEST_TITLE = 160
LONGEST_TEXT = 4000

# About whom or what a cycle is.
Subject = Agent | Team | Process


class Stage(models.TextChoices):
    """How far a cycle has come; none is the last: what was decided opens the next, or says what is kept up."""

    PLAN = "plan", _("plan")
    DO = "do", _("do")
    REVIEW = "review", _("review")
    DECIDED = "decided", _("decided")


class CycleQuerySet(models.QuerySet["Cycle"]):
    """Cycles by how far they have come, and by what waits in them."""

    def under_way(self) -> Self:
        """Those that were not decided yet."""
        return self.exclude(stage=Stage.DECIDED)

    def with_places(self) -> Self:
        """Together with whom and what they are about."""
        return self.select_related(
            *("agent", "team", "process", "process__owner", "process__site", "process__queue", "owner", "opened_by"),
            *("intervention", "standard", "aim", "before", "decision", "decision__by"),
        ).prefetch_related("reviews", "after")

    def of(self, about: Subject) -> Self:
        """Those of one person, team or process."""
        return self.filter(**{about._meta.model_name or "": about})

    def about_standard(self, standard: int) -> Self:
        """Those that are about a standard, and those because of which one was changed."""
        return self.filter(Q(standard=standard) | Q(decision__change__standard=standard))

    def to_review_by(self, day: date) -> Self:
        """Those with a planned review whose day has come and that was not held."""
        return self.filter(reviews__due_on__lte=day, reviews__held_at=None, intervention__begins_on__lte=day).distinct()


class Cycle(models.Model):
    """One round of plan, do and review for a person, a team or a process.

    gap, cause: as insight gave them when the cycle was opened, with versions and instant of the facts; cause_words: what
    people say of it. before: the round whose decision opened this one. lot: by which chance said who begins. drawn_order:
    the order of teams that chance drew, its seed, and why it was departed from, where it was. shown: what whoever planned it
    was shown of past actions, and whether a lot was offered (shown.py).
    """

    title = models.CharField(max_length=LONGEST_TITLE)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="cycles")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="cycles")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, null=True, related_name="cycles")
    measure = models.CharField(max_length=80)
    aim = models.ForeignKey(Aim, on_delete=models.PROTECT, null=True, related_name="cycles")
    standard = models.ForeignKey(ServiceStandard, on_delete=models.PROTECT, null=True, related_name="cycles")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, related_name="cycles")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="cycles")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PLAN)
    gap = models.JSONField()
    cause = models.JSONField(null=True)
    cause_words = models.TextField(max_length=LONGEST_TEXT, blank=True, default="")
    plan = models.TextField(max_length=LONGEST_TEXT, blank=True, default="")
    cost = models.CharField(max_length=LONGEST_TITLE, blank=True, default="")
    hours = models.FloatField(null=True)
    intervention = models.OneToOneField(Intervention, on_delete=models.PROTECT, null=True, related_name="cycle")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, related_name="cycles")
    drawn_order = models.JSONField(null=True)
    shown = models.JSONField(null=True)
    before = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="after")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    planned_at = models.DateTimeField(null=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="cycle_is_about_one",
                condition=Q(agent__isnull=False, team=None, process=None)
                | Q(agent=None, team__isnull=False, process=None)
                | Q(agent=None, team=None, process__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_done_was_planned",
                condition=Q(stage="plan") | Q(intervention__isnull=False, planned_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> Subject:
        """The person, team or process."""
        found = self.agent or self.team or self.process
        assert found is not None
        return found

    @property
    def is_decided(self) -> bool:
        """Whether it was said what becomes of it."""
        return self.stage == Stage.DECIDED

    def reviews_due(self, on: date) -> list[CycleReview]:
        """The planned reviews whose day has come and that were not held."""
        return [one for one in self.reviews.all() if one.held_at is None and one.due_on <= on]

    def next_review(self, on: date) -> CycleReview | None:
        """The next planned review whose day is still to come."""
        return next((one for one in self.reviews.all() if one.held_at is None and one.due_on > on), None)

    @property
    def held_reviews(self) -> list[CycleReview]:
        """Those that were held, the first one first."""
        return [one for one in self.reviews.all() if one.held_at is not None]

    @property
    def awaits_next(self) -> bool:
        """Whether it was decided to change it, and the cycle that does is not opened yet."""
        return self.is_decided and self.decision.verdict == "change" and not self.after.all()
