"""Which standards wait for the reader of a home page: to be read, talked about, answered, or looked at again by their owner?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.people.models import User
from floorwalker.apps.people.probing import any_of
from floorwalker.apps.standards.models import Remark, StandardVersion
from floorwalker.apps.standards.shelf import Waiting, waiting_for
from floorwalker.ui.parts import Part, Step

PLACE = 8
# What is new to read goes before a missed target; who was reminded sees it before all else. Talking about a draft can wait.
REMINDED, READ, ANSWER, REVIEW, TALK = 70, 55, 45, 40, 35


def parts(user: User, at: datetime) -> Iterator[Part]:
    """The standards that wait; nothing where none does."""
    on = at.date()
    found = waiting_for(user, on)
    asked = Remark.objects.unanswered().filter(version__standard__owner=user).select_related("version")
    due = StandardVersion.objects.due_for_review(on).filter(standard__owner=user).order_by("review_on", "pk")
    owned = any_of(user, waiting=asked, to_review=due)
    waiting, to_review = list(asked) if owned["waiting"] else [], list(due) if owned["to_review"] else []
    if not (found.to_read or found.talk or waiting or to_review):
        return
    unanswered = len(waiting)
    context = {"to_read": found.to_read, "talk": found.talk, "waiting": waiting[:5], "unanswered": unanswered}
    yield Part(PLACE, "standards/_home.html", context | {"to_review": to_review}, _step(found, unanswered, to_review))


def _step(found: Waiting, unanswered: int, to_review: Sequence[StandardVersion]) -> Step:
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
    if to_review:
        said = _("Your standard “%(title)s” is to be looked at again.") % {"title": to_review[0].title}
        return Step(said, _("Look at it again"), reverse("review_standard", args=[to_review[0].standard_id]), REVIEW)
    return Step(
        _("A standard is being talked about that concerns you."), _("Say what you think"), reverse("standards"), TALK
    )
