"""What did the last 13 weeks reach at a place, so that a target for it is chosen in sight of them?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from floorwalker.apps.dashboards import board
from floorwalker.apps.dashboards.asking import lake
from floorwalker.apps.dashboards.shown import FEWEST_WEEKS
from floorwalker.apps.people.access import today
from floorwalker.apps.people.models import Queue, Site, Team, User
from floorwalker.apps.standards.access import Reach
from floorwalker.apps.standards.holding import Agreed, Held
from floorwalker.apps.standards.models import Place
from floorwalker.apps.standards.saying import aim_said, place_said
from floorwalker.apps.standards.seeing import where_of
from floorwalker.insight.known import WEEK, known_days, last_complete_week
from floorwalker.insight.scorecard import Asked, Period, read_lines
from floorwalker.kpis.definition import Kpi

WEEKS = 13


def read_reached(kpi: Kpi, place: Place, reach: Reach, user: User) -> dict[str, Any]:
    """What holds at the place today, and what its weeks reached, where the reader may see figures of it."""
    one = next(iter(reach.given(place).values()), None)
    held = _held_today(one).get(kpi.id)
    context: dict[str, Any] = {"weeks_count": WEEKS}
    if held is not None and held.agreed is not None:
        context["now"] = {"aim": aim_said(held.agreed, kpi), "place": place_said(held.agreed)}
    facts = lake().snapshot()
    known, where = known_days(facts), where_of(one, user.scope_on(today()))
    if known is None or where is None:
        return context
    last = last_complete_week(Period(*known))
    period = Period(last - timedelta(days=WEEKS * WEEK - 1), last)
    line = read_lines(facts, period, [Asked((kpi.id,), None, where, weeks=WEEKS)], targets={})[0][None]
    cell = line.cells[kpi.id]
    context |= {"cell": cell, "period": period}
    if len(cell.weeks) >= FEWEST_WEEKS:
        context["chart"] = board.draw_trend(kpi, line, held)
    return context


def _held_today(place: Site | Team | Queue | str | None) -> dict[str, Held]:
    now = Period(today(), today())
    match place:
        case Team():
            return dict(Agreed.read(now).of_teams([place]))
        case Site():
            return dict(Agreed.read(now).of_centre([place]))
        case Queue():
            return dict(Agreed.read(now, queue=place).of_centre())
    return dict(Agreed.read(now, channel=place or "").of_centre())
