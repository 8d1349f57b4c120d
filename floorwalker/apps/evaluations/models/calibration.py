"""Who marks which contacts side by side, blind, and what was agreed about each question afterwards?"""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from floorwalker.apps.evaluations.models.draws import LONGEST_NAME, SamplingPlan
from floorwalker.apps.evaluations.models.evaluations import Picked
from floorwalker.apps.evaluations.models.forms import EvaluationForm, FormVersion
from floorwalker.apps.people.models import KEY_BYTES, Agent, Right, User

LONGEST_AGREED = 2_000


class Stage(models.TextChoices):
    """How far a session is."""

    PLANNED = "planned", pgettext_lazy("calibration session", "planned")
    BLIND = "blind", _("being marked, blind")
    OPEN = "open", _("to be discussed")
    DISCUSSED = "discussed", pgettext_lazy("calibration session", "discussed")
    CALLED_OFF = "called_off", _("called off")


class CalibrationSessionQuerySet(models.QuerySet["CalibrationSession"]):
    """Sessions by who may see them and how far they are."""

    def visible_to(self, user: User, on: date) -> Self:
        """All of them for those who build forms; else those in which the user takes part, while she evaluates."""
        scope = user.scope_on(on)
        if scope.may(Right.MANAGE_FORMS):
            return self.all()
        return self.filter(participants=user) if scope.may(Right.EVALUATE) else self.none()

    def blind(self) -> Self:
        """Those whose marks are nobody's to see but each participant's own."""
        return self.filter(blind_ended_at=None, called_off_at=None)

    def waiting_for(self, user: User, on: date) -> Self:
        """Those in which the user has contacts to mark that she has not begun, the soonest due first."""
        left = CalibrationContact.objects.exclude(evaluations__evaluator=user)
        waiting = self.blind().filter(participants=user, opens_on__lte=on, contacts__in=left)
        return waiting.select_related("version__form").order_by("due", "pk").distinct()

    def discussed(self) -> Self:
        """Those whose discussion is over, in the order in which it was."""
        return self.filter(discussed_at__isnull=False).order_by("discussed_at", "pk")


class CalibrationSession(models.Model):
    """Some contacts that several people mark by one version of a form, each without seeing what the others mark.

    The blind phase ends when everybody has handed in, or when whoever leads the session ends it. Then it is discussed, and
    from `discussed_at` on nothing of it changes any more. plan, seed, population, digest: where chance chose the contacts,
    from what, so that the draw can be repeated; `kept` is its filter as `insight/drawable.py` writes it.
    """

    name = models.CharField(max_length=LONGEST_NAME)
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="calibrations")
    participants = models.ManyToManyField(User, related_name="calibrations")
    opens_on = models.DateField()
    due = models.DateField()
    called_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    blind_ended_at = models.DateTimeField(null=True)
    blind_ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # nobody: by itself
    discussed_at = models.DateTimeField(null=True)
    discussed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    minutes = models.TextField(blank=True)
    called_off_at = models.DateTimeField(null=True)
    called_off_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    called_off_why = models.CharField(max_length=300, blank=True)
    plan = models.ForeignKey(SamplingPlan, on_delete=models.PROTECT, null=True, related_name="calibrations")
    seed = models.CharField(max_length=32, blank=True)
    kept: models.JSONField[Any] = models.JSONField(default=dict)
    population = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = CalibrationSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-due", "-pk"]
        constraints = [
            models.CheckConstraint(name="opens_before_it_is_due", condition=Q(due__gte=F("opens_on"))),
            models.CheckConstraint(
                name="discussed_after_the_blind_phase",
                condition=Q(discussed_at=None) | Q(blind_ended_at__isnull=False, called_off_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def stage(self, on: date) -> Stage:
        """How far it is on a day."""
        if self.called_off_at is not None:
            return Stage.CALLED_OFF
        if self.discussed_at is not None:
            return Stage.DISCUSSED
        if self.blind_ended_at is not None:
            return Stage.OPEN
        return Stage.PLANNED if on < self.opens_on else Stage.BLIND

    @property
    def is_shown(self) -> bool:
        """Whether participants see each other's marks."""
        return self.blind_ended_at is not None and self.called_off_at is None


class CalibrationContact(models.Model):
    """One agent's part of a contact that is marked in a session; probability: with which it was drawn, if it was."""

    session = models.ForeignKey(CalibrationSession, on_delete=models.PROTECT, related_name="contacts")
    contact_key = models.BinaryField(max_length=KEY_BYTES)
    segment_key = models.BinaryField(max_length=KEY_BYTES)
    identity_key = models.BinaryField(max_length=KEY_BYTES)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="calibrations")
    queue = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    contact_at = models.DateTimeField()
    local_day = models.DateField()
    picked = models.CharField(max_length=10, choices=Picked.choices)
    probability = models.FloatField(null=True)

    class Meta:
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "segment_key"], name="a_contact_is_in_a_session_once")
        ]


class AgreedAnswer(models.Model):
    """What everybody agreed to be the answer to a question on one contact, as a marking keeps an answer."""

    contact = models.ForeignKey(CalibrationContact, on_delete=models.PROTECT, related_name="agreed")
    question = models.CharField(max_length=20)
    answer: models.JSONField[Any] = models.JSONField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "question"], name="a_question_is_agreed_once")]


class AgreedWordingQuerySet(models.QuerySet["AgreedWording"]):
    """Agreed wordings by what became of them."""

    def waiting_for(self, form: EvaluationForm) -> Self:
        """What was agreed in closed sessions about this form, and nobody has taken over."""
        closed = self.filter(session__version__form=form, session__discussed_at__isnull=False, taken_into=None)
        return closed.exclude(guidance="").select_related("session").order_by("at", "pk")


class AgreedWording(models.Model):
    """How a question is to be read from now on, and why; taken over when it has become guidance of the form."""

    session = models.ForeignKey(CalibrationSession, on_delete=models.PROTECT, related_name="wordings")
    question = models.CharField(max_length=20)
    guidance = models.TextField(max_length=LONGEST_AGREED, blank=True)
    note = models.TextField(max_length=LONGEST_AGREED, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_into = models.ForeignKey(FormVersion, on_delete=models.PROTECT, null=True, related_name="taken_over")
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    objects = AgreedWordingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "question"], name="a_wording_is_agreed_once")]
