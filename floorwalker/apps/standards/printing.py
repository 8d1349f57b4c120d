"""What does the printed notice of a standard say? Its words, what it is held against, where one can ask, and who signs it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from floorwalker.apps.standards.models import StandardVersion
from floorwalker.apps.standards.saying import place_said
from floorwalker.apps.standards.shelf import target_of
from floorwalker.ui import words
from floorwalker.ui.pdf import set_page


def notice_pdf(version: StandardVersion, at: datetime, to_sign: Iterable[str] = ()) -> bytes:
    """One page to hang up. to_sign: names of those who say on paper that they have read it; a list of them follows."""
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
        "to_sign": list(to_sign),
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
            "signed": _("I have read it, and could ask"),
            "name": _("Name"),
            "day": _("Day"),
            "signature": _("Signature"),
        },
    }
    return set_page("apps/standards/typst/notice.typ", said, at)
