"""Who was evaluated on which contact, by whom, for what, and how far is it?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from floorwalker.apps.evaluations.models.forms import FormVersion
from floorwalker.apps.people.models import KEY_BYTES, Agent, Right, User

if TYPE_CHECKING:
    from floorwalker.apps.evaluations.models.markings import Marking


class Purpose(models.TextChoices):
    """What an evaluation is for; only official ones count in anybody's quality score."""

    OFFICIAL = "official", _("official")
    COACHING = "coaching", _("for coaching")
    SELF = "self", _("by oneself")
    PEER = "peer", _("by a colleague")
    CALIBRATION = "calibration", _("calibration")


# These are never released: no agent answers them.
NOT_TO_ANSWER = (Purpose.SELF, Purpose.CALIBRATION)


class Picked(models.TextChoices):
    """How the contact was found: what somebody chose says little about what was not chosen."""

    HAND = "hand", _("chosen by hand")
    RANDOM = "random", _("drawn at random")
    TARGETED = "targeted", _("drawn for a reason")


class State(models.TextChoices):
    """How far an evaluation is."""

    BEGUN = "begun", _("begun")
    SUBMITTED = "submitted", _("submitted, not released")
    RELEASED = "released", pgettext_lazy("evaluation", "released")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    APPEALED = "appealed", _("appealed")
    DECIDED = "decided", _("appeal decided")


def over_for_calibration(prefix: str = "") -> Q:
    """Of evaluations that are made for a session: those that are not marked any more."""
    session = f"{prefix}calibration__session"
    return Q(**{f"{session}__blind_ended_at__isnull": False}) | Q(**{f"{session}__called_off_at__isnull": False})


def blind_for(user: User) -> Q:
    """What the user must not see of: contacts that she is to mark in a calibration session which is still blind."""
    from floorwalker.apps.evaluations.models.calibration import CalibrationContact, CalibrationSession

    sessions = CalibrationSession.objects.blind().filter(participants=user)
    return Q(contact_key__in=CalibrationContact.objects.filter(session__in=sessions).values("contact_key"))


# So long is a decision told on the home of whoever appealed.
TOLD_FOR = timedelta(days=14)


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Evaluations: who may see which, and what waits for whom."""

    def visible_to(self, user: User, on: date) -> Self:
        """What the user may read: her own marking; as the agent, what was released; as others, what her roles reach."""
        scope = user.scope_on(on)
        own = Q(evaluator=user)
        found = own if scope.may(Right.EVALUATE) else own & Q(purpose__in=(Purpose.SELF, Purpose.PEER))
        if scope.agent is not None:
            found |= Q(agent=scope.agent, released_at__isnull=False)
        if scope.may(Right.SEE_FIGURES_OF_AGENTS):
            reached = Q() if scope.everything else Q(agent__in=Agent.objects.visible_to(user, on).values("pk"))
            others = ~Q(agent__in=user.oneself())
            done = Q(released_at__isnull=False)
            if scope.may(Right.EVALUATE):
                marked = (
                    Q()
                    if scope.evaluates.everything
                    else Q(agent__in=Agent.objects.evaluated_by(user, on).values("pk"))
                )
                done |= Q(submitted_at__isnull=False) & marked
            found |= reached & others & done & ~Q(purpose=Purpose.CALIBRATION)
        # Whoever marks a contact a second time, blind, sees nothing of the first marking; nor does a participant of a
        # calibration session see what anybody else has marked on its contacts, until all have handed in.
        read = self.filter(found).exclude(drawn__second__evaluator=user).exclude(~Q(evaluator=user) & blind_for(user))
        return read.exclude(self._judged_by(user)) if scope.may(Right.EVALUATE) else read

    @staticmethod
    def _judged_by(user: User) -> Q:
        """What others made of a contact that the user is marking, or has to mark: she judges it without them.

        Herself an agent, she reads what was released to her all the same, and asks for the marks or does not.
        """
        from floorwalker.apps.evaluations.models.draws import Drawn

        marking = Evaluation.objects.to_mark(user).exclude(purpose__in=(Purpose.SELF, Purpose.PEER)).order_by()
        hers = Q(evaluator=user) | Q(pk__in=marking.values("pk"))
        if user.agent_id is not None:
            hers |= Q(agent=user.agent_id)
        waiting = Drawn.objects.waiting_for(user).order_by().values("contact_key")
        return ~hers & (Q(contact_key__in=marking.values("contact_key")) | Q(contact_key__in=waiting))

    def to_mark(self, user: User) -> Self:
        """What the user has begun and not submitted, the longest waiting first; blind markings of appeals among them."""
        found = self.filter(markings__by=user, markings__submitted_at=None).distinct().order_by("begun_at", "pk")
        return found.exclude(over_for_calibration())

    def handed_in(self) -> Self:
        """What is submitted, meant for the agent, and not released yet."""
        found = self.filter(submitted_at__isnull=False, released_at=None)
        return found.exclude(purpose__in=NOT_TO_ANSWER)

    def to_release(self, user: User) -> Self:
        """What the user submitted and nobody has released yet."""
        return self.handed_in().filter(evaluator=user).order_by("submitted_at", "pk")

    def answerable(self, on: date) -> Self:
        """What was released, and its agent has neither acknowledged nor appealed while she may."""
        found = self.filter(released_at__isnull=False, acknowledged_at=None, appeal=None, respond_by__gte=on)
        return found.exclude(purpose__in=NOT_TO_ANSWER)

    def unanswered(self, agent: Agent, on: date) -> Self:
        """What was released to this agent, and she has neither acknowledged nor appealed while she may."""
        return self.answerable(on).filter(agent=agent).order_by("respond_by", "pk")

    def to_read(self, agent: Agent, on: date) -> Self:
        """What this agent has to read: what waits for her answer, and what was decided lately upon her appeals."""
        found = self.unanswered(agent, on)
        decided = self.filter(agent=agent, released_at__isnull=False, appeal__decided_at__date__gt=on - TOLD_FOR)
        return (found | decided).order_by("respond_by", "pk")

    def with_words(self) -> Self:
        """Together with what a line of a list tells."""
        return self.select_related("agent", "evaluator", "version__form", "stands", "appeal")


class Evaluation(models.Model):
    """One agent's part of a contact (or the whole of it), held against one version of a form.

    contact_key, segment_key, identity_key: as the lake knows the contact, the part and the agent; segment_key is empty
    where the whole contact was evaluated. site, queue, channel and reason are those of the contact at the time.
    beside: the official evaluation of the same contact to which this one was made by the agent herself. calibration: the
    contact of a session for which it was made.
    """

    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    picked = models.CharField(max_length=10, choices=Picked.choices, default=Picked.HAND)
    inclusion_probability = models.FloatField(
        null=True
    )  # with which chance it was drawn; nothing where chance had no part
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="evaluations")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="evaluations")
    evaluator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="evaluations_made")
    contact_key = models.BinaryField(max_length=KEY_BYTES)
    segment_key = models.BinaryField(max_length=KEY_BYTES, null=True)
    identity_key = models.BinaryField(max_length=KEY_BYTES)
    site_key = models.BinaryField(max_length=KEY_BYTES, null=True)
    queue_key = models.BinaryField(max_length=KEY_BYTES, null=True)
    queue = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    contact_at = models.DateTimeField()
    beside = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="made_beside")
    calibration = models.ForeignKey(
        "CalibrationContact", on_delete=models.PROTECT, null=True, related_name="evaluations"
    )
    begun_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    respond_by = models.DateField(null=True)
    seen_at = models.DateTimeField(null=True)  # when the agent first saw the score
    acknowledged_at = models.DateTimeField(null=True)
    stands = models.OneToOneField("Marking", on_delete=models.PROTECT, null=True, related_name="stands_for")

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        indexes = [
            models.Index(fields=["agent", "-submitted_at"], name="evaluations_of_agent"),
            models.Index(fields=["evaluator", "-begun_at"], name="evaluations_by_evaluator"),
            models.Index(fields=["-begun_at", "-id"], name="evaluations_newest_first"),
            # A few thousand of a hundred thousand: what waits to be read by whoever it is about.
            models.Index(
                fields=["-begun_at", "-id"],
                name="evaluations_to_release",
                condition=Q(submitted_at__isnull=False, released_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="released_after_submitted", condition=Q(released_at=None) | Q(submitted_at__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["calibration", "evaluator"], name="a_participant_marks_a_contact_of_a_session_once"
            ),
            models.CheckConstraint(
                name="submitted_where_a_marking_stands",
                condition=Q(submitted_at=None, stands=None) | Q(submitted_at__isnull=False, stands__isnull=False),
            ),
        ]

    @property
    def state(self) -> State:
        """How far it is."""
        appeal = getattr(self, "appeal", None)
        if appeal is not None:
            return State.APPEALED if appeal.decided_at is None else State.DECIDED
        if self.acknowledged_at is not None:
            return State.ACKNOWLEDGED
        if self.released_at is not None:
            return State.RELEASED
        return State.BEGUN if self.submitted_at is None else State.SUBMITTED

    def let_stand(self, marking: Marking, at: datetime) -> None:
        """Take over marks that were handed in. Of whoever was told something else before nothing is taken as answered: she may
        read and answer these anew, in as many days."""
        before, self.stands = self.stands, marking
        self.submitted_at = self.submitted_at or at
        if self.released_at is not None and before is not None and not marking.tells_the_same_as(before):
            self.acknowledged_at = None
            self.let_answer(at)

    def let_answer(self, at: datetime) -> None:
        """From now on the days run in which the agent may answer."""
        self.respond_by = at.date() + timedelta(days=self.version.form.respond_days)

    @property
    def open_marking(self) -> Marking | None:
        """The marking that somebody is making now."""
        return self.markings.filter(submitted_at=None).first()

    @property
    def original(self) -> Marking | None:
        """The first marking that was submitted: it stays to be seen, whatever came later."""
        return self.markings.exclude(submitted_at=None).order_by("number").first()
