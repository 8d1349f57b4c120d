"""What does this context keep of one person? What she is reminded of, and the tokens by which programs act in her name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.apps.notices.models import Reminder, SwitchedOff, Token
from floorwalker.apps.people.disclosing import Table

TABLES = (
    Table(
        "reminders",
        _("Reminders"),
        lambda w: Reminder.objects.filter(user__in=w.users),
        *("raised_at", "", ("get_about_display",)),
    ),
    Table(
        "switched_off",
        _("Reminders that are switched off"),
        lambda w: SwitchedOff.objects.filter(user__in=w.users),
        "pk",
    ),
    Table("tokens", _("API tokens"), lambda w: Token.objects.filter(user__in=w.users), "made_at", words=("name",)),
)
