"""By which plan are contacts drawn for evaluation, what did each draw hold, and which contacts came out of it?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from floorwalker.apps.evaluations.models.evaluations import Evaluation, Picked
from floorwalker.apps.evaluations.models.forms import EvaluationForm
from floorwalker.apps.people.models import KEY_BYTES, Agent, DatedQuerySet, Queue, Team, User

LEAST_OUTSIDE, USUAL_TWICE = 0.25, 0.1
LONGEST_NAME, LONGEST_WHY = 120, 300
SEED_BYTES = 16


class Every(models.TextChoices):
    """How long a stretch of days is from which is drawn."""

    WEEK = "week", pgettext_lazy("how often", "week")
    MONTH = "month", pgettext_lazy("how often", "month")

    def ended_before(self, day: date) -> tuple[date, date]:
        """The last such stretch that was over before a day: its first day and its last."""
        if self == Every.WEEK:
            first = day - timedelta(days=day.weekday() + 7)
            return first, first + timedelta(days=6)
        last = day.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last

    def is_begun_by(self, day: date) -> bool:
        """Whether a day is the first of such a stretch."""
        return day.weekday() == 0 if self == Every.WEEK else day.day == 1

    def begins_after(self, day: date) -> date:
        """The first day of the next such stretch."""
        if self == Every.WEEK:
            return day - timedelta(days=day.weekday()) + timedelta(days=7)
        return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


class Cause(models.TextChoices):
    """Why a contact was looked at that chance did not choose, as `insight/drawable.py` finds it."""

    COMPLAINT = "complaint", _("the customer complained")
    LOW_SURVEY = "low_survey", _("the customer was not satisfied")
    REPEAT = "repeat", _("the customer came again within a week")
    LONG = "long", _("long for its kind")


class SamplingPlan(models.Model):
    """A quota for each agent in each week or month, from some teams, queues and channels; from all where none is named.

    outside: the least share of an evaluator's contacts that are not of her own teams; twice: the share that a second
    evaluator marks as well, blind. targeted: contacts more for each agent, for a reason, where there is one.

    One row is one version, which is not changed any more: what was drawn by it stays provable. follows: the version in whose
    place it came, from its first day on.
    """

    name = models.CharField(max_length=LONGEST_NAME)
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    form = models.ForeignKey(EvaluationForm, on_delete=models.PROTECT, related_name="plans")
    teams = models.ManyToManyField(Team, related_name="+")
    queues = models.ManyToManyField(Queue, related_name="+")
    channels = models.JSONField(default=list)
    every = models.CharField(max_length=10, choices=Every.choices, default=Every.WEEK)
    quota = models.PositiveSmallIntegerField()
    outside = models.FloatField(default=LEAST_OUTSIDE)
    twice = models.FloatField(default=USUAL_TWICE)
    targeted = models.PositiveSmallIntegerField(default=0)
    causes = models.JSONField(default=list)
    complaints = models.JSONField(default=list)  # reasons that mean that the customer complained
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = DatedQuerySet["SamplingPlan"].as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(to_day=None), name="one_version_of_a_plan_goes_on"),
            models.CheckConstraint(name="one_in_four_outside", condition=Q(outside__gte=LEAST_OUTSIDE, outside__lte=1)),
            models.CheckConstraint(name="twice_is_a_share", condition=Q(twice__gte=0, twice__lte=1)),
            models.CheckConstraint(name="a_quota_is_something", condition=Q(quota__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def versions(self) -> list[SamplingPlan]:
        """All versions of it, the last first."""
        found = [self]
        while (later := SamplingPlan.objects.filter(follows=found[0]).first()) is not None:
            found.insert(0, later)
        while (earlier := found[-1].follows) is not None:
            found.append(earlier)
        return found

    @property
    def first_stretch(self) -> tuple[date, date]:
        """Of a version that follows another: its first day and the first of its second stretch.

        The days between the end of the other's last week or month and the first whole one of its own belong to the first
        stretch: so every day belongs to exactly one, and nobody's quota is drawn from a few days alone.
        """
        every = Every(self.every)
        whole = self.from_day if every.is_begun_by(self.from_day) else every.begins_after(self.from_day)
        return self.from_day, every.begins_after(whole)

    def ended_before(self, day: date) -> tuple[date, date]:
        """The last stretch of it that was over before a day: its first day and its last."""
        first, last = Every(self.every).ended_before(day)
        if self.follows_id is None:
            return first, last
        begins, second = self.first_stretch
        return (begins, last) if begins <= last and last + timedelta(days=1) == second else (first, last)

    def is_to_draw(self, first: date, last: date) -> bool:
        """Whether a stretch of days is this version's, and not that of the one before it or after it."""
        return (self.to_day is None or self.to_day > last) and (self.follows_id is None or self.from_day <= first)

    def begins_after(self, day: date) -> date:
        """The first day of its next stretch after a day."""
        following = Every(self.every).begins_after(day)
        if self.follows_id is None:
            return following
        begins, second = self.first_stretch
        return begins if day < begins else max(following, second)

    def gives_way_on(self, every: Every, day: date) -> date:
        """From when on another version holds that is made on a day: the last end of a stretch of this one before a stretch of
        the other's rhythm begins."""
        begins = self.begins_after(day)
        whole = begins if every.is_begun_by(begins) else every.begins_after(begins)
        while (later := self.begins_after(begins)) <= whole:
            begins = later
        return begins

    def version_on(self, day: date) -> SamplingPlan:
        """The version by which is drawn on a day; this one where none had begun."""
        return next((one for one in self.versions if one.from_day <= day), self)


class PlanEvaluator(models.Model):
    """Who evaluates by a plan; own: the teams that are hers, else those to which her role is cut."""

    plan = models.ForeignKey(SamplingPlan, on_delete=models.PROTECT, related_name="evaluators")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    own = models.ManyToManyField(Team, related_name="+")

    class Meta:
        ordering = ["plan", "user__username"]
        constraints = [models.UniqueConstraint(fields=["plan", "user"], name="an_evaluator_is_in_a_plan_once")]


class Draw(models.Model):
    """One draw of one stretch of days, with everything that is needed to repeat it.

    kept: the filter as `insight/drawable.py` writes it; population, digest: how many contacts it let through, and what tells
    them from others; by_agent: by agent the same two, so that a later correction is found where it was made.
    """

    plan = models.ForeignKey(SamplingPlan, on_delete=models.PROTECT, related_name="draws")
    first_day = models.DateField()
    last_day = models.DateField()
    quota = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=2 * SEED_BYTES)
    kept = models.JSONField()
    population = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    by_agent = models.JSONField()
    drawn_by = models.CharField(max_length=150)  # a user name, or the program's own
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ["-first_day"]
        constraints = [models.UniqueConstraint(fields=["plan", "first_day"], name="a_stretch_is_drawn_once")]


class DrawnQuerySet(models.QuerySet["Drawn"]):
    """Drawn contacts by what is still to be done."""

    def waiting(self) -> Self:
        """What nobody has begun or set aside."""
        return self.filter(evaluation=None, set_aside_at=None)

    def waiting_for(self, user: User) -> Self:
        """What is the user's to begin, the oldest contact first."""
        return (
            self.waiting()
            .filter(evaluator=user)
            .select_related("agent", "draw__plan__form")
            .order_by("contact_at", "pk")
        )


class Drawn(models.Model):
    """One contact that a draw gave to an evaluator, and what became of it.

    probability: with which chance it was drawn; nothing where it was looked for. second_of: the same contact, drawn for
    another evaluator, of whose marks this one sees nothing. evaluator: nobody where nobody may mark it. by_lot: to whom the
    draw gave it, where she may not mark it any more and somebody else has it since `passed_on_at`.
    """

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="drawn")
    contact_key = models.BinaryField(max_length=KEY_BYTES)
    segment_key = models.BinaryField(max_length=KEY_BYTES)
    identity_key = models.BinaryField(max_length=KEY_BYTES)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="drawn")
    site_key = models.BinaryField(max_length=KEY_BYTES, null=True)
    queue_key = models.BinaryField(max_length=KEY_BYTES, null=True)
    queue = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    contact_at = models.DateTimeField()
    local_day = models.DateField()
    picked = models.CharField(max_length=10, choices=Picked.choices)
    cause = models.CharField(max_length=12, choices=Cause.choices, blank=True)
    probability = models.FloatField(null=True)
    evaluator = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="drawn")
    own_team = models.BooleanField(default=False)  # whether it was of the evaluator's own teams
    by_lot = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    passed_on_at = models.DateTimeField(null=True)
    second_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="second")
    evaluation = models.OneToOneField(Evaluation, on_delete=models.PROTECT, null=True, related_name="drawn")
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    set_aside_why = models.CharField(max_length=LONGEST_WHY, blank=True)

    objects = DrawnQuerySet.as_manager()

    class Meta:
        ordering = ["draw", "agent", "contact_at", "pk"]
        indexes = [models.Index(fields=["evaluator", "evaluation", "contact_at"], name="drawn_for_an_evaluator")]
        constraints = [
            models.CheckConstraint(
                name="what_chance_drew_has_its_chance",
                condition=Q(picked="random", probability__gt=0, probability__lte=1, cause="")
                | (Q(picked="targeted", probability=None) & ~Q(cause="")),
            ),
            models.CheckConstraint(name="begun_or_set_aside", condition=Q(evaluation=None) | Q(set_aside_at=None)),
        ]

    @property
    def is_blind(self) -> bool:
        """Whether somebody else marks it too, and this one counts for agreement only."""
        return self.second_of_id is not None
