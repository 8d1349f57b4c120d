"""What does this context keep of one person? What was found on her contacts, by whom, and what she said to it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.evaluations.models import (
    NOT_TO_ANSWER,
    Appeal,
    CalibrationContact,
    Drawn,
    Evaluation,
    Marking,
    Miss,
    Opening,
    Purpose,
    Remark,
)
from floorwalker.apps.people.disclosing import Table


def _read(path: str) -> Q:
    """What she has asked for herself: who has not may still mark the contact before she sees the marks; her own always."""
    released = Q(**{f"{path}released_at__isnull": False, f"{path}seen_at__isnull": False})
    return released & ~Q(**{f"{path}purpose__in": NOT_TO_ANSWER}) | Q(**{f"{path}purpose": Purpose.SELF})


TABLES = (
    Table(
        "evaluations",
        _("Evaluations"),
        lambda w: Evaluation.objects.filter(agent__in=w.agents).select_related("evaluator", "version__form"),
        *("contact_at", "evaluator", ("version.form.name", "get_purpose_display")),
        own=_read(""),
    ),
    Table(
        "markings",
        _("Marks of evaluations"),
        lambda w: Marking.objects.filter(evaluation__agent__in=w.agents, submitted_at__isnull=False).select_related(
            "by"
        ),
        *("submitted_at", "by", ("words", "reason")),
        own=_read("evaluation__") & Q(stands_for__isnull=False),
    ),
    Table(
        "misses",
        _("What was missed"),
        lambda w: Miss.objects.filter(marking__evaluation__agent__in=w.agents).select_related("marking__by", "cause"),
        *("marking.submitted_at", "marking.by", ("question", "cause", "comment")),
        own=_read("marking__evaluation__") & Q(marking__stands_for__isnull=False),
    ),
    Table(
        "appeals",
        _("Appeals"),
        lambda w: Appeal.objects.filter(evaluation__agent__in=w.agents).select_related("taken_by"),
        *("raised_at", "taken_by", ("reason", "explanation")),
    ),
    Table(
        "evaluation_remarks",
        _("Remarks below evaluations"),
        lambda w: Remark.objects.filter(evaluation__agent__in=w.agents).select_related("by"),
        *("at", "by", ("words",)),
        own=_read("evaluation__"),
    ),
    Table(
        "openings",
        _("Who read the marks"),
        lambda w: Opening.objects.filter(evaluation__agent__in=w.agents).select_related("user"),
        *("first_at", "user"),
        own=_read("evaluation__"),
    ),
    Table(
        "drawn",
        _("Contacts that were drawn for evaluation"),
        lambda w: Drawn.objects.filter(agent__in=w.agents).select_related("evaluator"),
        *("contact_at", "evaluator", ("set_aside_why",)),
        on_request=True,
    ),
    Table(
        "calibrated",
        _("Contacts that evaluators marked together"),
        lambda w: CalibrationContact.objects.filter(agent__in=w.agents),
        "contact_at",
        on_request=True,
    ),
)
