"""What was said of whose work, by whom, with which evidence, and what did the receiver make of it?"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models.evidence import Evidence
from floorwalker.apps.evaluations.models import Evaluation
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.apps.standards.models import Process, ServiceStandard

LONGEST_WORDS = 4000
LONGEST_PART = 1000
OPEN_APPEAL = Q(appeal__isnull=False, appeal__decided_at=None)
ABOUT_ONE = (
    Q(agent__isnull=False, team=None, process=None)
    | Q(agent=None, team__isnull=False, process=None)
    | Q(agent=None, team=None, process__isnull=False)
)


class FeedbackSource(models.TextChoices):
    """From where it comes."""

    EVALUATION = "evaluation", _("an evaluation")
    SURVEY = "survey", _("a survey")
    COMPLAINT = "complaint", _("a complaint")
    COMPLIMENT = "compliment", _("a compliment")
    PEER = "peer", _("a colleague")
    LEADER = "leader", _("a leader")
    SYSTEM = "system", _("the figures")
    ONESELF = "oneself", _("oneself")


class Leaning(models.TextChoices):
    """Which way it points."""

    STRENGTH = "strength", _("keep doing")
    DEVELOPMENT = "development", _("try something else")
    OPEN = "open", _("to be talked about")


def watched_until(day: date) -> Q:
    """Whether a matter was to be watched no longer than to that day."""
    return Q(decision=Decision.WATCH, watch_until__lte=day)


class MatterQuerySet(models.QuerySet["Matter"]):
    """Matters by whose they are and what became of them."""

    def of_agent(self, agent: Agent) -> Self:
        """One person's own."""
        return self.filter(agent__in=agent.numbers_of_person())

    def undecided(self) -> Self:
        """Those of which nobody has said yet what becomes of them."""
        return self.filter(decision="")

    def watched_until(self, day: date) -> Self:
        """Those that were to be watched no longer than to that day."""
        return self.filter(watched_until(day))

    def waiting(self, day: date) -> Self:
        """Those that wait for a decision: the first, the next after something new was said, or after the watching."""
        return self.filter(Q(decision="") | Q(newest_at__gt=F("decided_at")) | watched_until(day))

    def with_whose(self) -> Self:
        """Together with whose they are and where they lie now."""
        return self.select_related("agent", "team", "process__owner", "passed_to__team", "passed_to__process")


class Decision(models.TextChoices):
    """What the receiver makes of a matter."""

    ACT = "act", _("act now")
    WATCH = "watch", _("watch")
    NOT_MINE = "not_mine", _("not mine")
    THANKS = "thanks", _("thanks")


class Matter(models.Model):
    """The same thing said of the same person, team or process, however often and by whomever.

    code: what it is about, as a text that stays the same, such as measure:average_handle_time, standard:5 or a question
    of a form. decision and the columns after it are the last of `decisions`. passed_to: where it lies now, while it was said
    last to be the team's or the process's.
    """

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="matters")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="matters")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, null=True, related_name="matters")
    code = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    newest_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    watch_until = models.DateField(null=True)
    passed_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="passed_from")

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["-newest_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="matter_is_somebodys", condition=ABOUT_ONE),
            models.UniqueConstraint(
                name="matter_of_agent_once", fields=["agent", "code"], condition=Q(agent__isnull=False)
            ),
            models.UniqueConstraint(
                name="matter_of_team_once", fields=["team", "code"], condition=Q(team__isnull=False)
            ),
            models.UniqueConstraint(
                name="matter_of_process_once", fields=["process", "code"], condition=Q(process__isnull=False)
            ),
        ]

    @property
    def whose(self) -> Agent | Team | Process:
        """The person, team or process that it is about."""
        found = self.agent or self.team or self.process
        assert found is not None, "matter_is_somebodys"
        return found


class MatterDecision(models.Model):
    """One decision about a matter, with its reason; later ones are added, none is changed.

    passed_to: where it went by this decision, whatever was decided later: both ends stay visible.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    because = models.TextField(max_length=LONGEST_PART)
    watch_until = models.DateField(null=True)
    passed_to = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, related_name="came_by")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """Feedback by who may read it, and whether it was read."""

    def standing(self) -> Self:
        """What nobody has taken back."""
        return self.filter(taken_back_at=None)

    def unseen(self) -> Self:
        """What its receiver has not read yet."""
        return self.standing().filter(seen_at=None)

    def of_person(self, agent: Agent) -> Self:
        """What was said of somebody, under whichever of her names."""
        return self.filter(matter__agent__in=agent.numbers_of_person())

    def shown_to(self, user: User, agent: Agent, on: date) -> Self:
        """What of it this user reads in that person's inbox: of oneself nothing that a leader wrote down for her own use.

        Others read of evaluations what they may read there: nothing while an appeal is open or they are to judge the contact.
        """
        if agent.pk in user.oneself():
            return self.standing().filter(matter__agent__in=user.oneself(), private=False)
        found = self.standing().of_person(agent)
        read = Evaluation.objects.visible_to(user, on).filter(agent__in=agent.numbers_of_person())
        told = read.exclude(OPEN_APPEAL & ~Q(evaluator=user)).order_by()
        marks = Evidence.objects.filter(feedback=OuterRef("pk"), marking__isnull=False)
        return found.filter(~Exists(marks.exclude(marking__evaluation__in=told.values("pk"))))

    def settled(self) -> Self:
        """What rests on no marks against which an appeal is open: whoever decides it must not know them."""
        marks = Evidence.objects.filter(feedback=OuterRef("pk"), marking__isnull=False)
        disputed = Evaluation.objects.filter(OPEN_APPEAL).order_by().values("pk")
        return self.standing().filter(~Exists(marks.filter(marking__evaluation__in=disputed)))

    def with_words(self) -> Self:
        """Together with what a page tells of it."""
        return self.select_related("given_by__agent", "standard", "matter")


class Feedback(models.Model):
    """One thing that was said; never changed, at most taken back by whoever said it.

    key: of what the program brought in by itself, so that twice is as once. behaviour, effect, next_step: what was done,
    what it led to and what to try, of what a person gives; words: as a customer or evaluator wrote it. contacts: on how
    many contacts or answers it rests; probability: of what the figures say. private: a leader's own note, not shown to
    whom it is about before she asks for all that is kept of her.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="feedback")
    source = models.CharField(max_length=12, choices=FeedbackSource.choices)
    key = models.CharField(max_length=120, blank=True, default="")
    leaning = models.CharField(max_length=12, choices=Leaning.choices)
    behaviour = models.TextField(max_length=LONGEST_PART, blank=True, default="")
    effect = models.TextField(max_length=LONGEST_PART, blank=True, default="")
    next_step = models.TextField(max_length=LONGEST_PART, blank=True, default="")
    words = models.TextField(max_length=LONGEST_WORDS, blank=True, default="")
    measure = models.CharField(max_length=80, blank=True, default="")
    standard = models.ForeignKey(ServiceStandard, on_delete=models.PROTECT, null=True, related_name="feedback")
    contacts = models.PositiveIntegerField(null=True)
    probability = models.FloatField(null=True)
    evidence = models.ManyToManyField(Evidence, related_name="feedback", blank=True)
    private = models.BooleanField(default=False)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="feedback_given")
    given_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="feedback_comes_once", fields=["key"], condition=~Q(key="")),
            models.CheckConstraint(
                name="feedback_says_something", condition=~Q(behaviour="", words="", measure="", standard=None)
            ),
        ]


class Answered(models.Model):
    """What the receiver answered to one piece of feedback."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="answers")
    words = models.TextField(max_length=LONGEST_PART)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
