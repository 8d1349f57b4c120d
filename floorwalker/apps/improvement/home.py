"""Which improvement cycles wait for the reader of a home page: to be reviewed, planned, or gone on with?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.improvement.access import carried_by
from floorwalker.apps.improvement.listing import Row, row_of, waits
from floorwalker.apps.improvement.models import Cycle
from floorwalker.apps.people.models import Right, User
from floorwalker.ui.parts import Part, Step

PLACE = 30
# A review has its day; a plan has none yet.
REVIEW, PLAN = 42, 28
MOST = 5


def parts(user: User, at: datetime) -> Iterator[Part]:
    """What waits in the cycles for which somebody answers; for an agent, those about herself that are under way."""
    scope, on = user.scope_on(at.date()), at.date()
    if scope.may(Right.IMPROVE):
        mine = [one for one in Cycle.objects.filter(owner=user).with_places() if waits(one, on)]
        rows = [row_of(one, on) for one in carried_by(user, mine, on)]
        if rows:
            yield Part(PLACE, "improvement/_home.html", _context(rows), _step(rows, on))
    if scope.agent is not None:
        about = Cycle.objects.of(scope.agent).under_way().with_places()
        rows = [row_of(one, on) for one in about]
        if rows:
            yield Part(PLACE, "improvement/_home.html", _context(rows) | {"is_own": True})


def _context(rows: list[Row]) -> dict[str, object]:
    return {"rows": rows[:MOST], "more": max(0, len(rows) - MOST)}


def _step(rows: list[Row], on: date) -> Step:
    first = next((row for row in rows if row.cycle.reviews_due(on)), None)
    if first is not None:
        said = _("A planned review is due: “%(title)s”.") % {"title": first.cycle.title}
        due = first.cycle.reviews_due(on)[-1]
        return Step(said, _("Hold the review"), reverse("review_cycle", args=[first.cycle.pk, due.week]), REVIEW)
    said = _("An improvement cycle waits for you: “%(title)s”.") % {"title": rows[0].cycle.title}
    return Step(said, _("Look at it"), reverse("cycle", args=[rows[0].cycle.pk]), PLAN)
