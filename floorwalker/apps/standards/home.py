"""Which standards wait for the reader of a home page: to be read, to be talked about, or for an answer of hers?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import Remark
from floorwalker.apps.standards.shelf import Waiting, waiting_for
from floorwalker.ui.parts import Part, Step

PLACE = 8
# What is new to read goes before a missed target; who was reminded sees it before all else. Talking about a draft can wait.
REMINDED, READ, ANSWER, TALK = 70, 55, 45, 35


def parts(user: User, at: datetime) -> Iterator[Part]:
    """The standards that wait; nothing where none does."""
    on = at.date()
    found = waiting_for(user, on)
    waiting = Remark.objects.unanswered().filter(version__standard__owner=user).select_related("version")
    if not (found.to_read or found.talk or waiting):
        return
    unanswered = len(waiting)
    context = {"to_read": found.to_read, "talk": found.talk, "waiting": list(waiting)[:5], "unanswered": unanswered}
    yield Part(PLACE, "standards/_home.html", context, _step(found, unanswered))


def _step(found: Waiting, unanswered: int) -> Step:
    if found.to_read:
        first = max(found.to_read, key=lambda one: one.reminded)
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
