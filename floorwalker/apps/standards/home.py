"""Which standards wait for the reader of a home page: to be read, to be talked about, or for an answer of hers?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import Remark
from floorwalker.apps.standards.shelf import Shelf, shelf_of
from floorwalker.ui.parts import Part, Step

PLACE = 8
# What is new to read goes before a missed target; who was reminded sees it before all else. Talking about a draft can wait.
REMINDED, READ, ANSWER, TALK = 70, 55, 45, 35


def parts(user: User, at: datetime) -> Iterator[Part]:
    """The standards that wait; nothing where none does."""
    on = at.date()
    shelf = shelf_of(user, on)
    talk = [one for one in shelf.consulting if one.version.consulted_until and on <= one.version.consulted_until]
    waiting = Remark.objects.unanswered().filter(version__standard__owner=user).select_related("version")
    if not (shelf.to_read or talk or waiting):
        return
    context = {"to_read": shelf.to_read, "talk": talk, "waiting": waiting[:5], "unanswered": len(waiting), "on": on}
    yield Part(PLACE, "standards/_home.html", context, _step(shelf, len(waiting), bool(talk), on))


def _step(shelf: Shelf, unanswered: int, talk: bool, on: date) -> Step:
    if shelf.to_read:
        first = max(shelf.to_read, key=lambda one: one.reminded)
        said = _("A standard waits to be read: “%(title)s”.") % {"title": first.version.title}
        address = reverse("read_standard", args=[first.version.standard_id])
        return Step(said, _("Read it"), address, REMINDED if first.reminded else READ)
    if unanswered:
        said = ngettext(
            "%(n)d remark on your standards waits for your answer.",
            "%(n)d remarks on your standards wait for your answer.",
            unanswered,
        ) % {"n": unanswered}
        return Step(said, _("See the standards"), reverse("standards"), ANSWER)
    return Step(
        _("A standard is being talked about that concerns you."), _("Say what you think"), reverse("standards"), TALK
    )
