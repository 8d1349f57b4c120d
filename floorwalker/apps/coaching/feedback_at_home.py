"""Which feedback waits for the reader of a home page: what is unread, and what wants a decision?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.coaching.access import coached_teams
from floorwalker.apps.coaching.matter_words import titles_of
from floorwalker.apps.coaching.models import Feedback, Matter
from floorwalker.apps.people.models import User
from floorwalker.ui.parts import Part, Step

PLACE = 22
# Below what waits for an answer by a day, above what can only be looked at.
UNSEEN, UNDECIDED = 34, 33
FEW = 5


def feedback_parts(user: User, at: datetime) -> Iterator[Part]:
    """One's own feedback that is unread, one's own matters and those of one's teams and processes that wait for a decision."""
    new, own, others = _unseen(user), _own_waiting(user, at), _others_waiting(user, at)
    if not (new or own or others):
        return
    shown = [*own, *others][:FEW]
    titles = titles_of({one.code for one in shown})
    context = {"new": new, "matters": [(one, titles[one.code]) for one in shown], "waiting": len(own) + len(others)}
    yield Part(PLACE, "coaching/_home_feedback.html", context, _step(new, [*own, *others]))


def _unseen(user: User) -> int:
    if user.agent is None:
        return 0
    return Feedback.objects.shown_to(user, user.agent).unseen().filter(matter__agent=user.agent).count()


def _own_waiting(user: User, at: datetime) -> list[Matter]:
    if user.agent is None:
        return []
    said = Feedback.objects.shown_to(user, user.agent).filter(matter__agent=user.agent)
    found = Matter.objects.of_agent(user.agent).filter(pk__in=said.values("matter"))
    return list(found.waiting(at.date()).with_whose())


def _others_waiting(user: User, at: datetime) -> list[Matter]:
    teams = Matter.objects.filter(team__in=coached_teams(user, at.date()))
    return list((teams | Matter.objects.filter(process__owner=user)).waiting(at.date()).with_whose())


def _step(new: int, waiting: list[Matter]) -> Step:
    if new:
        said = ngettext("%(n)d piece of feedback is new.", "%(n)d pieces of feedback are new.", new) % {"n": new}
        return Step(said, _("Read it"), reverse("feedback"), UNSEEN)
    count = len(waiting)
    said = ngettext("%(n)d matter waits for a decision.", "%(n)d matters wait for a decision.", count) % {"n": count}
    return Step(said, _("Decide"), reverse("matter", args=[waiting[0].pk]), UNDECIDED)
