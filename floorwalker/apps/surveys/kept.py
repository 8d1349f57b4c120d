"""What does this context keep of one person? Which customers were asked about contacts of hers, and what they answered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.disclosing import Table
from floorwalker.apps.surveys.models import Answer, Invitation

TABLES = (
    Table(
        "surveys",
        _("Customers who were asked about the person's contacts"),
        lambda w: Invitation.objects.filter(identity_key__in=w.keys),
        "contact_at",
    ),
    Table(
        "survey_answers",
        _("What they answered"),
        lambda w: Answer.objects.present().filter(invitation__identity_key__in=w.keys).select_related("question"),
        *("given_at", "", ("question.item", "text")),
    ),
)
