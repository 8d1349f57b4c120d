"""What do evaluations ask? Forms and their versions: a version that is published is never changed again."""

from __future__ import annotations

from functools import cached_property
from typing import Self

from django.db import models
from django.db.models import Q

from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import ServiceStandard
from floorwalker.insight.questionnaire import Form, Rule
from floorwalker.insight.written_form import read_form, write_form

LONGEST_NAME, LONGEST_PURPOSE, LONGEST_NOTE = 120, 500, 500
RESPOND_DAYS = 14


def _nothing_asked() -> dict[str, object]:
    return write_form(Form(Rule.WEIGHTED_POINTS, ()))


class EvaluationFormQuerySet(models.QuerySet["EvaluationForm"]):
    """Forms by whether they can be used."""

    def in_use(self) -> Self:
        """Those that are not retired and have a published version."""
        return self.filter(retired_at=None, versions__published_at__isnull=False).distinct()


class EvaluationForm(models.Model):
    """A form through all its versions; respond_days: how long an agent may answer what was found by it."""

    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    purpose = models.CharField(max_length=LONGEST_PURPOSE, blank=True)
    respond_days = models.PositiveSmallIntegerField(default=RESPOND_DAYS)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects = EvaluationFormQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    # Both read what was read already: a list of forms asks once for all versions.
    @property
    def published(self) -> FormVersion | None:
        """The version by which contacts are marked now."""
        found = [one for one in self.versions.all() if one.published_at is not None]
        return max(found, key=lambda one: one.number, default=None)

    @property
    def draft(self) -> FormVersion | None:
        """The version that is being built."""
        return next((one for one in self.versions.all() if one.published_at is None), None)


class FormVersion(models.Model):
    """One version: what it asks, as `insight/written_form.py` writes it; next_code: the number of the next new code."""

    form = models.ForeignKey(EvaluationForm, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField(default=_nothing_asked)
    next_code = models.PositiveIntegerField(default=1)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["form", "number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="a_number_is_one_version_of_a_form"),
            models.UniqueConstraint(fields=["form"], condition=Q(published_at=None), name="a_form_has_one_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.number}"

    @cached_property
    def asks(self) -> Form:
        """What it asks."""
        return read_form(self.definition)


class QuestionStandard(models.Model):
    """Which standard a question of a version checks; part of the version, and not changed once that is published."""

    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="standards")
    question = models.CharField(max_length=20)
    standard = models.ForeignKey(ServiceStandard, on_delete=models.PROTECT, related_name="questions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "question"], name="a_question_checks_one_standard"),
        ]
