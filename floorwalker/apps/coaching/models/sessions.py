"""Who should be coached and why, what did both say, what was agreed, did both sign it, and what came of it?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models.evidence import Evidence
from floorwalker.apps.coaching.models.feedback import Matter
from floorwalker.apps.coaching.models.interventions import Intervention
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.models import ServiceStandard

LONGEST_WORDS = 4000
LONGEST_PROMISE = 500


class ProposedBy(models.TextChoices):
    """From where a proposal comes."""

    FIGURES = "figures", _("the figures: a gap that is the person's own")
    FEEDBACK = "feedback", _("feedback")
    AGENT = "agent", _("the agent asked for it")
    LEADER = "leader", _("a leader, with a reason")


class ProposalQuerySet(models.QuerySet["CoachingProposal"]):
    """Proposals that wait."""

    def waiting(self) -> Self:
        """Those of which nothing has become yet."""
        return self.filter(closed_at=None)


class CoachingProposal(models.Model):
    """Somebody could be coached on something: why, with the figure and its probability as they stood.

    key: of what the program proposed by itself, so that twice is as once. Closed by a session, or with a reason.
    """

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="coaching_proposals")
    proposed_by = models.CharField(max_length=10, choices=ProposedBy.choices)
    key = models.CharField(max_length=120, blank=True, default="")
    measure = models.CharField(max_length=80, blank=True, default="")
    standard = models.ForeignKey(ServiceStandard, on_delete=models.PROTECT, null=True, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, related_name="proposals")
    because = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    figure = models.JSONField(null=True)
    probability = models.FloatField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_because = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [models.UniqueConstraint(name="proposed_once", fields=["key"], condition=~Q(key=""))]


class SessionKind(models.TextChoices):
    """In which way people learn from each other."""

    ONE_TO_ONE = "one_to_one", _("coaching of one person")
    GROUP = "group", _("coaching of a group")
    OF_COACH = "of_coach", _("coaching of a coach")
    BUDDYING = "buddying", _("buddying")
    SHADOWING = "shadowing", _("shadowing")
    LISTENING = "listening", _("listening side by side")
    OBSERVATION = "observation", _("observation by a colleague")

    @property
    def is_by_a_colleague(self) -> bool:
        """Whether a colleague gives it, who needs no right over anybody."""
        return self in (SessionKind.BUDDYING, SessionKind.SHADOWING, SessionKind.LISTENING, SessionKind.OBSERVATION)


class SessionQuerySet(models.QuerySet["CoachingSession"]):
    """Sessions by how far they have come."""

    def planned(self) -> Self:
        """Those that are to be held."""
        return self.filter(held_at=None, cancelled_at=None)

    def held(self) -> Self:
        """Those that were held."""
        return self.filter(cancelled_at=None).exclude(held_at=None)

    def to_follow_up(self, on: date) -> Self:
        """Those whose promise was to be looked at by that day, and was not."""
        return self.held().filter(review_on__lte=on, participants__kept="").distinct()


class CoachingSession(models.Model):
    """One talk: with whom, about what, what was agreed and until when; never changed once the coach has signed it.

    coach: who gives it, also where it is a colleague. learned: what came out of shadowing, listening and observing.
    weeks_shown: how many weeks of the record the coach had seen when the session was planned.
    """

    kind = models.CharField(max_length=12, choices=SessionKind.choices)
    coach = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sessions_given")
    proposal = models.ForeignKey(CoachingProposal, on_delete=models.PROTECT, null=True, related_name="sessions")
    measure = models.CharField(max_length=80, blank=True, default="")
    standard = models.ForeignKey(ServiceStandard, on_delete=models.PROTECT, null=True, related_name="sessions")
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    planned_for = models.DateTimeField()
    weeks_shown = models.PositiveSmallIntegerField(default=12)
    evidence = models.ManyToManyField(Evidence, related_name="sessions", blank=True)
    held_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    coach_words = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    promise = models.CharField(max_length=LONGEST_PROMISE, blank=True, default="")
    review_on = models.DateField(null=True)
    learned = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    coach_signed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_because = models.CharField(max_length=LONGEST_PROMISE, blank=True, default="")
    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, null=True, related_name="sessions")

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_for", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="signed_when_held", condition=Q(coach_signed_at=None) | Q(held_at__isnull=False, minutes__gt=0)
            )
        ]


class Kept(models.TextChoices):
    """What became of a promise."""

    YES = "yes", _("kept")
    PARTLY = "partly", _("kept in part")
    NO = "no", _("not kept")


class Participant(models.Model):
    """One who was coached, in her own words first; she signs, rates it, and says at the review what became of it.

    agent: who is coached; user: a leader who is coached, where it is a coach's session.
    """

    session = models.ForeignKey(CoachingSession, on_delete=models.PROTECT, related_name="participants")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="coached")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    wrote_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    disagrees = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    rating = models.PositiveSmallIntegerField(null=True)
    rating_words = models.CharField(max_length=LONGEST_PROMISE, blank=True, default="")
    rated_at = models.DateTimeField(null=True)
    kept = models.CharField(max_length=10, choices=Kept.choices, blank=True, default="")
    kept_words = models.CharField(max_length=LONGEST_PROMISE, blank=True, default="")
    kept_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="takes_part_once", fields=["session", "agent"], condition=Q(agent__isnull=False)
            ),
            models.CheckConstraint(
                name="somebody_is_coached",
                condition=Q(agent__isnull=False, user=None) | Q(agent=None, user__isnull=False),
            ),
            models.CheckConstraint(name="rating_is_one_to_five", condition=Q(rating=None) | Q(rating__range=(1, 5))),
        ]
