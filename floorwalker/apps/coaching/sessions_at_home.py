"""What of talks does a home page show? To a leader what waits for her, to whoever is coached what waits for a word of hers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.coaching.listing_sessions import mine_first, own_planned, own_unanswered
from floorwalker.apps.coaching.models import CoachingProposal, CoachingSession, Participant
from floorwalker.apps.people.models import Right, User
from floorwalker.ui.parts import Part, Step

PLACE = 25
# Below what may be missed by a day, above what only can be looked at.
WEIGHT_OF_OWN, WEIGHT_OF_LED = 34, 30
FEW = 5


def asks(user: User, at: datetime) -> dict[str, QuerySet[Any]]:
    """By what it is, where something may wait: for whoever is coached, and of proposals for whoever coaches."""
    own: dict[str, QuerySet[Any]] = {"own": own_planned(user), "answers": own_unanswered(user, at)}
    may_coach = user.scope_on(at.date()).may(Right.COACH)
    return own | ({"proposals": _proposals(user, at.date())} if may_coach else {})


def own_parts(user: User, at: datetime) -> Iterator[Part]:
    """In what she takes part herself."""
    own = mine_first(user, at, FEW)
    if own.waiting or own.planned:
        yield Part(PLACE, "coaching/_home_mine.html", {"mine": own}, _own_step(own.waiting))


def _own_step(waiting: int) -> Step | None:
    if not waiting:
        return None
    said = ngettext("%(n)d talk waits for a word of yours.", "%(n)d talks wait for a word of yours.", waiting)
    return Step(said % {"n": waiting}, _("Say it"), reverse("my_coaching"), WEIGHT_OF_OWN)


def _is_due(on: date) -> Q:
    """Whether the coach has not said what became of a promise that was to be looked at by that day."""
    unsaid = Participant.objects.filter(session=OuterRef("pk"), coach_kept="")
    signed = Q(held_at__isnull=False, cancelled_at=None, coach_signed_at__isnull=False)
    return signed & Q(review_on__lte=on) & Q(Exists(unsaid))


def _proposals(user: User, on: date) -> QuerySet[CoachingProposal]:
    return CoachingProposal.objects.waiting().for_coach(user, on)


def led_parts(user: User, at: datetime, *, has_proposals: bool) -> Iterator[Part]:
    """What waits for a leader, counted; which it is stands on the page."""
    on = at.date()
    if not user.scope_on(on).may(Right.COACH):
        return
    proposals = _proposals(user, on).count() if has_proposals else 0
    counted = CoachingSession.objects.led_by(user, on).aggregate(
        planned=Count("pk", filter=Q(held_at=None, cancelled_at=None)), due=Count("pk", filter=_is_due(on))
    )
    planned, due = counted["planned"], counted["due"]
    if not (proposals or planned or due):
        return
    waiting = proposals + due
    step = None
    if waiting:
        said = ngettext(
            "%(n)d proposal or promise waits in coaching.", "%(n)d proposals or promises wait in coaching.", waiting
        )
        step = Step(said % {"n": waiting}, _("See what waits"), reverse("coaching"), WEIGHT_OF_LED)
    yield Part(PLACE, "coaching/_home_led.html", {"proposals": proposals, "planned": planned, "due": due}, step)
