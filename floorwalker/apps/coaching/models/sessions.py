"""With whom was talked about what, what did both say, what was agreed, did both sign it, and what came of it?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models.evidence import Evidence
from floorwalker.apps.coaching.models.interventions import Intervention
from floorwalker.apps.coaching.models.proposals import CoachingProposal
from floorwalker.apps.people.models import Agent, Right, User
from floorwalker.apps.standards.models import ServiceStandard

LONGEST_WORDS = 4000
LONGEST_PROMISE = 500


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
        return self in BY_A_COLLEAGUE


BY_A_COLLEAGUE = (SessionKind.BUDDYING, SessionKind.SHADOWING, SessionKind.LISTENING, SessionKind.OBSERVATION)
BY_A_LEADER = (SessionKind.ONE_TO_ONE, SessionKind.GROUP)


def _of_oneself(user: User) -> Q:
    # By number and not by a join: so each half is found by its index, and a session once.
    hers = Participant.objects.filter(Q(user=user) | Q(agent__in=user.oneself()))
    found = Q(pk__in=hers.values("session"))
    if user.agent_id is not None:
        found |= Q(kind__in=BY_A_COLLEAGUE, coach=user)
    return found


class SessionQuerySet(models.QuerySet["CoachingSession"]):
    """Sessions by how far they have come, and who may see them."""

    def visible_to(self, user: User, on: date) -> Self:
        """Those in which the user takes part; as a coach, while a role of that day opens one who takes part in them.

        A talk with a coach about her coaching is between these two alone.
        """
        found = _of_oneself(user)
        if user.scope_on(on).may(Right.COACH):
            found |= Q(kind=SessionKind.OF_COACH, coach=user)
            led = Participant.objects.filter(agent__in=Agent.objects.coached_by(user, on).values("pk"))
            found |= Q(pk__in=led.values("session"))
        return self.filter(found)

    def of_oneself(self, user: User) -> Self:
        """Those in which the user is coached, or is one of two colleagues."""
        return self.filter(_of_oneself(user))

    def led_by(self, user: User, on: date) -> Self:
        """Those that the user gives as a leader, as far as she may still."""
        given = self.visible_to(user, on).filter(coach=user)
        return given.filter(kind__in=(*BY_A_LEADER, SessionKind.OF_COACH))

    def with_words(self) -> Self:
        """Together with what a line of a list tells."""
        return self.select_related("coach__agent", "planned_by", "proposal").prefetch_related(
            "participants__agent__site", "participants__user"
        )

    def planned(self) -> Self:
        """Those that are to be held."""
        return self.filter(held_at=None, cancelled_at=None)

    def held(self) -> Self:
        """Those that were held."""
        return self.filter(cancelled_at=None).exclude(held_at=None)

    def to_follow_up(self, on: date) -> Self:
        """Those whose promise was to be looked at by that day, and was not."""
        open_yet = Q(participants__kept="") | Q(participants__coach_kept="")
        return self.signed().filter(open_yet, review_on__lte=on).distinct()

    def signed(self) -> Self:
        """Those that the coach has signed: nothing of them changes."""
        return self.held().exclude(coach_signed_at=None)


class CoachingSession(models.Model):
    """One talk: with whom, about what, what was agreed and until when; never changed once the coach has signed it.

    coach: who gives it, also where it is a colleague. learned: what came out of shadowing, listening and observing.
    weeks_shown: how many weeks of the record the coach had seen when the session was planned. topic: what it is to be about,
    or why. agreed_at: of what colleagues do together, when the one who was asked said yes. of_session: about which session of
    hers a coach is coached.
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
    topic = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    agreed_at = models.DateTimeField(null=True)
    of_session = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="coached_upon")
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

    @property
    def is_by_a_colleague(self) -> bool:
        """Whether two colleagues do it."""
        return SessionKind(self.kind).is_by_a_colleague

    @property
    def is_open(self) -> bool:
        """Whether it can still change: neither signed nor called off."""
        return self.coach_signed_at is None and self.cancelled_at is None

    @property
    def zone(self) -> str:
        """By which clock it is held."""
        sites = (one.agent.site for one in self.participants.all() if one.agent is not None)
        return next((site.timezone for site in sites if site is not None), "UTC")

    def part_of(self, user: User) -> Participant | None:
        """How the user takes part in it as somebody who is coached; None where she does not."""
        parts = self.participants.all()
        return next((one for one in parts if one.is_of(user)), None)


class Kept(models.TextChoices):
    """What became of a promise."""

    YES = "yes", _("kept")
    PARTLY = "partly", _("kept in part")
    NO = "no", _("not kept")


class Participant(models.Model):
    """One who was coached, in her own words first; she signs, rates it, and says at the review what became of it.

    agent: who is coached; user: a leader who is coached, where it is a coach's session. given_chance_at: when the coach said
    that she could speak first, and would not write. learned: of what colleagues do together. coach_kept: what the coach says
    became of the promise. lets_talk_at: when she agreed that the coach is coached upon this session; shares_words: also upon
    what she wrote.
    """

    session = models.ForeignKey(CoachingSession, on_delete=models.PROTECT, related_name="participants")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="coached")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    wrote_at = models.DateTimeField(null=True)
    given_chance_at = models.DateTimeField(null=True)
    learned = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    signed_at = models.DateTimeField(null=True)
    disagrees = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    rating = models.PositiveSmallIntegerField(null=True)
    rating_words = models.CharField(max_length=LONGEST_PROMISE, blank=True, default="")
    rated_at = models.DateTimeField(null=True)
    kept = models.CharField(max_length=10, choices=Kept.choices, blank=True, default="")
    kept_words = models.CharField(max_length=LONGEST_PROMISE, blank=True, default="")
    kept_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    coach_kept = models.CharField(max_length=10, choices=Kept.choices, blank=True, default="")
    coach_kept_words = models.CharField(max_length=LONGEST_PROMISE, blank=True, default="")
    coach_kept_at = models.DateTimeField(null=True)
    lets_talk_at = models.DateTimeField(null=True)
    shares_words = models.BooleanField(default=False)

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

    def __str__(self) -> str:
        return str(self.agent) if self.agent is not None else self.user.called if self.user is not None else ""

    def is_of(self, user: User) -> bool:
        """Whether this is the user."""
        return self.user_id == user.pk or (self.agent_id is not None and self.agent_id in user.oneself())

    @property
    def could_speak_first(self) -> bool:
        """Whether the coach's own words may follow: she has written, or was given the chance to."""
        return self.wrote_at is not None or self.given_chance_at is not None

    @property
    def has_answered(self) -> bool:
        """Whether she has signed, or said with what she disagrees."""
        return self.signed_at is not None or bool(self.disagrees)
