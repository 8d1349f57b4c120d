"""What would a saved view show its owner now? The page's own figures, through the page's own doors."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, QueryDict

from floorwalker.apps.dashboards.asking import lake
from floorwalker.apps.dashboards.models import SavedView
from floorwalker.apps.dashboards.pages import read_agent_page, read_centre_page, read_team_page, read_without_team
from floorwalker.apps.dashboards.reading import Figures
from floorwalker.apps.dashboards.views.measures import read_measure
from floorwalker.apps.people.access import find_agent, today, user_of
from floorwalker.apps.people.models import User
from floorwalker.errors import LakeError
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.known import known_days


def _agent(request: HttpRequest, facts: Snapshot, agent_id: int) -> Figures:
    return read_agent_page(request, facts, find_agent(user_of(request), agent_id, today()))


PAGES: Mapping[str, Callable[..., Figures]] = {
    "centre": read_centre_page,
    "team_board": read_team_page,
    "without_team": read_without_team,
    "agent_page": _agent,
    "measure_page": read_measure,
}


def figures_of(view: SavedView, user: User) -> Figures | None:
    """The figures of the view's page, as the owner's rights of today show them; None where they do not.

    Before anything is loaded nobody can tell: LakeError, as where the lake cannot be read.
    """
    facts = lake().snapshot()
    if known_days(facts) is None:
        raise LakeError("nothing is loaded yet")
    request = HttpRequest()
    request.method, request.GET, request.user = "GET", QueryDict(view.query), user
    try:
        found = PAGES[view.route](request, facts, **view.arguments)
    except Http404:
        return None
    return found if found.figures else None
