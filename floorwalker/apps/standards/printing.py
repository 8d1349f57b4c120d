"""What does the printed notice of a standard say? Its words, what it is held against, and where one can ask."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from floorwalker.apps.standards.models import StandardVersion
from floorwalker.apps.standards.saying import place_said
from floorwalker.apps.standards.shelf import target_of
from floorwalker.ui import words
from floorwalker.ui.pdf import set_page


def notice_pdf(version: StandardVersion, at: datetime) -> bytes:
    """One page to hang up."""
    said = {
        "title": version.title,
        "period": _("For %(place)s, from %(day)s on")
        % {"place": place_said(version), "day": words.day(version.from_day)},
        "wording": version.wording,
        "expects": target_of(version),
        "behaviour": version.behaviour,
        "why": version.why,
        "basis": version.basis,
        "client": version.client,
        "owner": _("%(owner)s answers for it: ask there, or on the page of this standard.")
        % {"owner": version.standard.owner},
        "footer": _("Version %(number)d, published on %(day)s. Looked at again on %(review)s.")
        % {
            "number": version.number,
            "day": "–" if version.published_at is None else words.day(version.published_at.date()),
            "review": words.day(version.review_on),
        },
        "words": {
            "standard": _("Our standard"),
            "why": _("Why"),
            "behaviour": _("What can be heard or seen"),
            "target": _("Held against"),
            "basis": _("Required by"),
            "client": _("Agreed with"),
        },
    }
    return set_page("apps/standards/typst/notice.typ", said, at)
