"""What does this context keep of one person? What she acknowledged and answered, and what was agreed with her alone."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.disclosing import Table
from floorwalker.apps.standards.models import Acknowledgement, AdjustedTarget, CheckAnswer, Remark, Reminder

TABLES = (
    Table(
        "acknowledgements",
        _("Standards that were acknowledged"),
        lambda w: Acknowledgement.objects.filter(user__in=w.users),
        *("at", "", ("asking.version.title",)),
    ),
    Table(
        "check_answers",
        _("Answers to questions about standards"),
        lambda w: CheckAnswer.objects.filter(user__in=w.users),
        "at",
    ),
    Table("standard_reminders", _("Reminders of standards"), lambda w: Reminder.objects.filter(user__in=w.users), "at"),
    Table(
        "standard_remarks",
        _("Remarks on standards"),
        lambda w: Remark.objects.filter(by__in=w.users),
        *("at", "answered_by", ("text", "answer")),
    ),
    Table(
        "adjusted_targets",
        _("Adjusted targets, with their reasons"),
        lambda w: AdjustedTarget.objects.filter(agent__in=w.agents),
        *("set_at", "set_by", ("reason",)),
        on_request=True,
    ),
)
