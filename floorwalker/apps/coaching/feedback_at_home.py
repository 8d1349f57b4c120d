"""Which feedback waits for the reader of a home page: what is unread, and what wants a decision?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.coaching.matter_words import titles_of
from floorwalker.apps.coaching.models import Feedback, Matter
from floorwalker.apps.coaching.models.feedback import MatterQuerySet
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import Process
from floorwalker.ui.parts import Part, Step

PLACE = 22
# Below what waits for an answer by a day, above what can only be looked at.
UNSEEN, UNDECIDED = 34, 33
FEW = 5


def asks(user: User, at: datetime) -> dict[str, QuerySet[Any]]:
    """By what it is, where something may wait."""
    return {"unseen": _unseen(user, at), "matters": _waiting(user, at)}


def feedback_parts(user: User, at: datetime) -> Iterator[Part]:
    """One's own feedback that is unread, one's own matters and those of one's teams and processes that wait for a decision."""
    new, waiting = _unseen(user, at).count() if user.agent_id else 0, _waiting(user, at)
    shown = list(waiting.with_whose()[:FEW])
    if not (new or shown):
        return
    count = len(shown) if len(shown) < FEW else waiting.count()
    titles = titles_of({one.code for one in shown})
    context = {"new": new, "matters": [(one, titles[one.code]) for one in shown], "waiting": count}
    yield Part(PLACE, "coaching/_home_feedback.html", context, _step(new, shown, count))


def _unseen(user: User, at: datetime) -> QuerySet[Any]:
    """What of hers she has not read; nothing where she handles no contacts."""
    if user.agent is None:
        return Feedback.objects.none()
    return Feedback.objects.shown_to(user, user.agent, at.date()).unseen()


def _waiting(user: User, at: datetime) -> MatterQuerySet:
    """One's own first, and of those only what one may read of."""
    opened = user.scope_on(at.date()).coaches
    teams = Q(team__isnull=False) if opened.everything else Q(team__in=[team.pk for team in opened.teams])
    found = teams | Q(process__in=Process.objects.filter(owner=user).values("pk"))
    if user.agent is not None:
        said = Feedback.objects.shown_to(user, user.agent, at.date())
        found |= Q(agent__in=user.oneself(), pk__in=said.order_by().values("matter"))
    own = Case(When(agent__isnull=False, then=0), default=1)
    return Matter.objects.filter(found).waiting(at.date()).order_by(own, "-newest_at", "-pk")


def _step(new: int, waiting: list[Matter], count: int) -> Step:
    if new:
        said = ngettext("%(n)d piece of feedback is new.", "%(n)d pieces of feedback are new.", new) % {"n": new}
        return Step(said, _("Read it"), reverse("feedback"), UNSEEN)
    said = ngettext("%(n)d matter waits for a decision.", "%(n)d matters wait for a decision.", count) % {"n": count}
    return Step(said, _("Decide"), reverse("matter", args=[waiting[0].pk]), UNDECIDED)
