"""Who wants to reach what by when, how likely is it, what is done for it, and which plan gathers it?"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models.interventions import ActionKind, Intervention
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.models import Aim

LONGEST_WORDS = 4000
LONGEST_WORDING = 300


class ObjectiveState(models.TextChoices):
    """How far an objective has come."""

    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("agreed")
    REACHED = "reached", _("reached")
    AT_A_COST = "at_a_cost", _("reached at a cost")
    NOT_REACHED = "not_reached", _("not reached")
    CANNOT_TELL = "cannot_tell", _("cannot be told")
    REPLACED = "replaced", _("replaced by another")
    ENDED = "ended", _("ended early")
    LAPSED = "lapsed", _("lapsed without an answer")

    @property
    def is_open(self) -> bool:
        """Whether it is still being worked for."""
        return self in (ObjectiveState.PROPOSED, ObjectiveState.AGREED)


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    """Objectives by whose they are and how far they have come."""

    def open(self) -> Self:
        """Those that are being worked for, or wait for a yes."""
        return self.filter(state__in=(ObjectiveState.PROPOSED, ObjectiveState.AGREED))

    def keys_of_people(self) -> frozenset[bytes]:
        """The keys of those whose they are, each of who she was found to be."""
        asked = self.order_by().values_list("agent", "agent__key", "agent__merged_into").distinct()
        rows = list(asked)
        known = {bytes(key) for _agent, key, merged_into in rows if merged_into is None}
        if merged := [agent for agent, _key, merged_into in rows if merged_into is not None]:
            found = Agent.objects.filter(pk__in=merged).select_related("merged_into__merged_into")
            known |= {bytes(one.person.key) for one in found}
        return frozenset(known)


class Objective(models.Model):
    """One figure that a person wants to reach by a day; what was agreed is never changed, at most replaced.

    baseline, forecast: as insight/objective.py gave them when it was agreed, with versions and instant of the facts;
    chance_with, chance_without: of reaching it with the action and without. counter_measure: what must not get worse
    meanwhile, and counter_limit how far it may.
    """

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="objectives")
    aim = models.ForeignKey(Aim, on_delete=models.PROTECT, null=True, related_name="objectives")
    wording = models.CharField(max_length=LONGEST_WORDING)
    measure = models.CharField(max_length=80)
    measure_version = models.PositiveSmallIntegerField()
    baseline = models.JSONField()
    forecast = models.JSONField()
    target = models.FloatField()
    stretch = models.FloatField(null=True)
    chance_with = models.FloatField()
    chance_without = models.FloatField()
    volume = models.PositiveIntegerField()
    counter_measure = models.CharField(max_length=80, blank=True, default="")
    counter_limit = models.FloatField(null=True)
    action = models.CharField(max_length=LONGEST_WORDING)
    action_kind = models.CharField(max_length=12, choices=ActionKind.choices)
    from_day = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=ObjectiveState.choices, default=ObjectiveState.PROPOSED)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    agent_agreed_at = models.DateTimeField(null=True)
    leader_agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_because = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, null=True, related_name="objectives")

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="objective_has_days", condition=Q(due_on__gt=F("from_day"))),
            models.UniqueConstraint(
                name="one_open_objective_of_a_measure",
                fields=["agent", "measure"],
                condition=Q(state__in=("proposed", "agreed")),
            ),
        ]


class CheckIn(models.Model):
    """One look at an objective on its way: planned for a day, and once done with the figure and chance of that day.

    found: as insight/objective.py gave it; chance: of reaching it, as it looked that day.
    """

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="check_ins")
    due_on = models.DateField()
    at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    said = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    found = models.JSONField(null=True)
    chance = models.FloatField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            # Whether an objective is at risk, or is to be looked at, is asked of thousands at once: all of it stands here.
            models.Index(fields=["objective", "-at", "-id", "chance", "due_on"], name="looks_of_objective")
        ]


class DevelopmentPlan(models.Model):
    """What one person wants to learn and reach in a period (half-open), in her words and her leader's."""

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="development_plans")
    from_day = models.DateField()
    to_day = models.DateField()
    agent_words = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    leader_words = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    aims = models.ManyToManyField(Aim, related_name="development_plans", blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    agent_agreed_at = models.DateTimeField(null=True)
    leader_agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-from_day", "-pk"]
        constraints = [models.CheckConstraint(name="plan_has_days", condition=Q(to_day__gt=F("from_day")))]


class ItemKind(models.TextChoices):
    """What a plan holds."""

    OBJECTIVE = "objective", _("an objective")
    LEARNING = "learning", _("something to learn")
    SHADOWING = "shadowing", _("shadowing a colleague")
    MENTORING = "mentoring", _("talks with a mentor")
    REVIEW = "review", _("a review of the plan")


class PlanItem(models.Model):
    """One thing of a development plan: until when, and once done what was learned."""

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, related_name="items")
    words = models.CharField(max_length=LONGEST_WORDING, blank=True, default="")
    due_on = models.DateField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    learned = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    dropped_at = models.DateTimeField(null=True)
    dropped_because = models.CharField(max_length=LONGEST_WORDING, blank=True, default="")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="item_says_what", condition=Q(kind="objective", objective__isnull=False) | ~Q(words="")
            )
        ]
