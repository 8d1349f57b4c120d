"""What does this context keep of one person? The cycles about her gap, what was done in them, and how they were judged."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.apps.improvement.models import Cycle, CycleDecision, CycleReview, Doing
from floorwalker.apps.people.disclosing import Table

TABLES = (
    Table(
        "cycles",
        _("Improvement cycles about the person"),
        lambda w: Cycle.objects.filter(agent__in=w.agents).select_related("owner"),
        *("opened_at", "owner", ("title", "cause_words", "plan")),
    ),
    Table(
        "cycle_doings",
        _("What was done in them"),
        lambda w: Doing.objects.filter(cycle__agent__in=w.agents).select_related("by"),
        *("at", "by", ("words",)),
    ),
    Table(
        "cycle_reviews",
        _("Their reviews"),
        lambda w: CycleReview.objects.filter(cycle__agent__in=w.agents).select_related("held_by"),
        *("held_at", "held_by", ("said",)),
    ),
    Table(
        "cycle_decisions",
        _("What was decided after them"),
        lambda w: CycleDecision.objects.filter(cycle__agent__in=w.agents).select_related("by"),
        *("at", "by", ("verdict", "because")),
    ),
)
