"""What does the brief of a meeting say on one page of paper?"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from floorwalker.apps.huddles.models import Meeting
from floorwalker.ui.pdf import set_page


def brief_pdf(meeting: Meeting, at: datetime) -> bytes:
    """Its items by what they are for, with room to write; smaller letters where there is much to say."""
    items = list(meeting.items.all())
    zone = meeting.team.site.timezone if meeting.team.site is not None else "UTC"
    begins = date_format(meeting.planned_for.astimezone(ZoneInfo(zone)), "j M Y, H:i")
    told = {"team": meeting.team.name, "when": begins, "minutes": meeting.minutes}
    data = {
        "title": _("What do we say in %(minutes)d minutes?") % told,
        "period": f"{meeting.get_kind_display()} · {meeting.team.name} · {begins}",
        "items": [{"kind": one.get_kind_display(), "words": one.words} for one in items],
        "small": sum(len(one.words) for one in items) > 1800,
        "empty": _("Nothing stands in the brief."),
        "notes": _("Notes"),
        "footer": _("Led by %(name)s.") % {"name": meeting.led_by.called},
    }
    return set_page("apps/huddles/typst/brief.typ", data, at)
