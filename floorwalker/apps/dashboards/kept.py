"""What does this context keep of one person? Her saved views and mail address, and notes on changes of her figures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.apps.dashboards.models import MailAddress, SavedView, TrendNote
from floorwalker.apps.people.disclosing import Table

TABLES = (
    Table(
        "saved_views",
        _("Saved views"),
        lambda w: SavedView.objects.filter(user__in=w.users),
        *("created_at", "", ("name",)),
    ),
    Table(
        "mail_addresses",
        _("Addresses for mail"),
        lambda w: MailAddress.objects.filter(user__in=w.users),
        *("asked_at", "", ("address",)),
    ),
    # What leaders noted on a change of somebody's figures, for those who lead.
    Table(
        "trend_notes",
        _("Notes on changes of figures"),
        lambda w: TrendNote.objects.filter(agent__in=w.agents).select_related("by"),
        *("at", "by", ("what", "cause", "decision")),
        on_request=True,
    ),
)
