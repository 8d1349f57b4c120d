"""What of talks does a home page show? To a leader what waits for her, to whoever is coached what waits for a word of hers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.coaching.listing_sessions import mine_first, own_planned, own_unanswered
from floorwalker.apps.coaching.models import CoachingProposal, CoachingSession
from floorwalker.apps.people.models import Right, User
from floorwalker.ui.parts import Part, Step

PLACE = 25
# Below what may be missed by a day, above what only can be looked at.
WEIGHT_OF_OWN, WEIGHT_OF_LED = 34, 30
FEW = 5


def asks(user: User, at: datetime) -> dict[str, QuerySet[Any]]:
    """By what it is, where something may wait: for a leader, and for whoever is coached."""
    on = at.date()
    led = CoachingSession.objects.led_by(user, on)
    proposals = CoachingProposal.objects.waiting().for_coach(user, on)
    if not user.scope_on(on).may(Right.COACH):
        led, proposals = led.none(), proposals.none()
    return {
        "proposals": proposals,
        "led": led.filter(Q(held_at=None, cancelled_at=None) | Q(pk__in=_due(user, on))),
        "own": own_planned(user),
        "answers": own_unanswered(user, at),
    }


def own_parts(user: User, at: datetime) -> Iterator[Part]:
    """In what she takes part herself."""
    own = mine_first(user, at, FEW)
    if own.waiting or own.planned:
        yield Part(PLACE, "coaching/_home_mine.html", {"mine": own}, _own_step(own.waiting))


def _due(user: User, on: date) -> QuerySet[Any]:
    """Promises of her sessions of which she has not said what became of them."""
    due = CoachingSession.objects.led_by(user, on).to_follow_up(on).filter(participants__coach_kept="")
    return due.order_by().values("pk")


def _own_step(waiting: int) -> Step | None:
    if not waiting:
        return None
    said = ngettext("%(n)d talk waits for a word of yours.", "%(n)d talks wait for a word of yours.", waiting)
    return Step(said % {"n": waiting}, _("Say it"), reverse("my_coaching"), WEIGHT_OF_OWN)


def led_parts(user: User, at: datetime) -> Iterator[Part]:
    """What waits for a leader, counted; which it is stands on the page."""
    on = at.date()
    proposals = CoachingProposal.objects.waiting().for_coach(user, on).count()
    led = CoachingSession.objects.led_by(user, on)
    is_due = Q(pk__in=_due(user, on))
    is_planned = Q(pk__in=led.planned().order_by().values("pk"))
    counted = CoachingSession.objects.filter(coach=user).aggregate(
        planned=Count("pk", is_planned), due=Count("pk", is_due)
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
