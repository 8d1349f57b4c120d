"""Which answers were given, and what did they come to? Every marking that an evaluation ever had.

The first is the evaluator's; a later one comes from an edit, with its reason, or from an appeal, blind. None is changed once
it is submitted, and the evaluation says which of them stands.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from floorwalker.apps.evaluations.models.evaluations import Evaluation
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import RootCause
from floorwalker.insight.marking import Answer, Score, mark
from floorwalker.insight.questionnaire import Critical

LONGEST_REASON = 500


class Why(models.TextChoices):
    """Why there is a marking."""

    FIRST = "first", pgettext_lazy("marking", "first")
    EDIT = "edit", _("edited")
    APPEAL = "appeal", _("marked anew after an appeal")


class Marking(models.Model):
    """One set of answers, and what they come to once they are submitted.

    answers: by code of question, what `read_answers` reads; saves: how often it was saved, so that a page that was left open
    in another window does not overwrite what is newer. Scores are shares of 1; the agent's leaves out what was not hers.
    judged: the codes of what was asked, answered and did apply, so that thousands of markings are counted without their answers.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="markings")
    number = models.PositiveIntegerField()
    why = models.CharField(max_length=10, choices=Why.choices, default=Why.FIRST)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    answers = models.JSONField(default=dict)
    words = models.TextField(blank=True)  # for the agent: what to keep and what to try
    missed_complaint = models.BooleanField(default=False)
    vulnerable_customer = models.BooleanField(default=False)
    saves = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    agent_share = models.FloatField(null=True)
    agent_before_fatal = models.FloatField(null=True)
    contact_share = models.FloatField(null=True)
    contact_before_fatal = models.FloatField(null=True)
    agent_fatal = models.BooleanField(default=False)
    contact_fatal = models.BooleanField(default=False)
    customer_critical = models.BooleanField(default=False)
    business_critical = models.BooleanField(default=False)
    compliance_critical = models.BooleanField(default=False)
    defects = models.PositiveIntegerField(default=0)
    opportunities = models.PositiveIntegerField(default=0)
    judged: models.JSONField[Any] = models.JSONField(default=list)

    class Meta:
        ordering = ["evaluation", "number"]
        # The newest of a stretch of days are read from its end, and no further than to as many as are asked for.
        indexes = [models.Index(fields=["-submitted_at", "-id"], name="markings_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "number"], name="a_number_is_one_marking"),
            models.UniqueConstraint(
                fields=["evaluation"], condition=Q(submitted_at=None), name="an_evaluation_has_one_open_marking"
            ),
        ]

    @property
    def given(self) -> dict[str, Answer]:
        """The answers as they are marked."""
        return read_answers(self.answers)

    @property
    def score(self) -> Score:
        """What they come to, with every step: worked out anew from the same version, so that it says what it said."""
        return mark(self.evaluation.version.asks, self.given)

    def tells_the_same_as(self, other: Marking) -> bool:
        """Whether the agent reads nothing else in the one than in the other."""
        told = ("answers", "words", "missed_complaint", "vulnerable_customer")
        return all(getattr(self, name) == getattr(other, name) for name in told)

    def keep_score(self, score: Score) -> None:
        """Take over what the answers came to."""
        self.agent_share, self.agent_before_fatal = score.agent.share, score.agent.before_fatal
        self.contact_share, self.contact_before_fatal = score.contact.share, score.contact.before_fatal
        self.agent_fatal, self.contact_fatal = bool(score.agent.fatal), bool(score.contact.fatal)
        self.defects, self.opportunities = score.agent.defects, score.agent.opportunities
        self.customer_critical = bool(score.contact.critical[Critical.CUSTOMER])
        self.business_critical = bool(score.contact.critical[Critical.BUSINESS])
        self.compliance_critical = bool(score.contact.critical[Critical.COMPLIANCE])
        self.judged = list(score.judged)


def read_answers(plain: dict[str, dict[str, Any]]) -> dict[str, Answer]:
    """The answers that a marking keeps, as they are marked; comments and causes are told by `Miss`."""
    return {
        code: Answer(
            option=one.get("option", ""),
            number=one.get("number"),
            text=one.get("text", ""),
            not_applicable=bool(one.get("na")),
            outside_agent=bool(one.get("outside")),
        )
        for code, one in plain.items()
    }


class Miss(models.Model):
    """One miss of a submitted marking: why, in words and by the centre's list of causes.

    outside: whether the cause lies outside the agent, as the list had it when the marking was submitted.
    """

    marking = models.ForeignKey(Marking, on_delete=models.PROTECT, related_name="misses")
    question = models.CharField(max_length=20)
    cause = models.ForeignKey(RootCause, on_delete=models.PROTECT, null=True, related_name="+")
    outside = models.BooleanField(default=False)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["marking", "question"], name="a_miss_is_kept_once")]
