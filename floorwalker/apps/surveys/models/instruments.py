"""What is asked? A survey has versions; what was published is never changed, so that an answer keeps what it was an answer to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import User


class QuestionKind(models.TextChoices):
    """What kind of answer a question has; the scored kinds are the codes of questions in the lake."""

    CSAT = "csat", _("satisfaction, 1 to 5")
    NPS = "nps", _("recommendation, 0 to 10")
    CES = "ces", _("ease, 1 to 7")
    RESOLVED = "resolved", _("settled, yes or no")
    TEXT = "text", _("in the customer's own words")


# The worst and the best answer of each scored kind.
SCALES: Mapping[str, tuple[int, int]] = {
    QuestionKind.CSAT: (1, 5),
    QuestionKind.NPS: (0, 10),
    QuestionKind.CES: (1, 7),
    QuestionKind.RESOLVED: (0, 1),
}


class Survey(models.Model):
    """A few questions that are asked together, under the name by which the centre knows them; customers never see it."""

    name = models.CharField(max_length=120, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def draft(self) -> SurveyVersion | None:
        """The version that is still being worked on."""
        return next((version for version in self.versions.all() if version.published_at is None), None)

    @property
    def present(self) -> SurveyVersion | None:
        """The version by which customers are asked now; None before the first is published."""
        return next((version for version in self.versions.all() if version.published_at is not None), None)


class SurveyVersion(models.Model):
    """The questions of a survey from one day on."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["survey"], condition=Q(published_at=None), name="one_draft_of_a_survey_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey}, {self.number}"


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions of versions."""

    def scored(self) -> Self:
        """Those that are answered by a number."""
        return self.exclude(kind=QuestionKind.TEXT)


class Question(models.Model):
    """One question, taken from the bank; once it is published, with the wording as customers saw it in every language.

    wording: by language {"asked": ..., "labels": [...]}, from the worst answer to the best; empty in a draft, which
    shows what the bank says now.
    """

    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=QuestionKind.choices)
    wording = models.JSONField(default=dict)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "item"], name="one_question_an_item_of_a_version")]

    def __str__(self) -> str:
        return self.item

    @property
    def is_scored(self) -> bool:
        """Whether the answer is a number."""
        return self.kind in SCALES

    @property
    def scale(self) -> tuple[int, int]:
        """The worst and the best answer; of a scored question."""
        return SCALES[self.kind]

    @property
    def told(self) -> dict[str, Any]:
        """The wording in the present language; in the product's own where that one was not kept."""
        found: dict[str, Any] = self.wording.get(get_language() or "") or self.wording.get(settings.LANGUAGE_CODE, {})
        return found

    @property
    def ends(self) -> str:
        """What the two ends of the scale mean, where only they have words; else nothing."""
        labels = self.told.get("labels", [])
        least, most = self.scale if self.is_scored else (0, 0)
        return f"{least}: {labels[0]} · {most}: {labels[1]}" if len(labels) == 2 and most - least > 1 else ""
