"""Which pages does the reader's role begin with? At most six, at the top of every page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.people.access import today
from floorwalker.apps.people.models import Right, Scope, User

MOST = 6


@dataclass(frozen=True)
class Entry:
    """One page in the navigation."""

    name: str
    address: str


def navigation(request: HttpRequest) -> dict[str, object]:
    """The reader's navigation, and what she or he may do, for the templates of every page."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"navigation": (), "may": {}}
    scope = user.scope_on(today())
    # The catalogue comes last: every figure's name leads there too.
    entries = tuple(_entries(scope))[:MOST]
    may = {str(right): True for right in scope.rights} | {"manage_everywhere": scope.managed.everywhere}
    return {"navigation": entries, "may": may}


def _entries(scope: Scope) -> Iterator[Entry]:
    yield Entry(_("Home"), reverse("home"))
    if scope.agent is not None:
        yield Entry(_("My figures"), reverse("agent_page", args=[scope.agent.pk]))
    if scope.may(Right.SEE_FIGURES_OF_CENTRE):
        yield Entry(_("Gaps"), reverse("gaps"))
        yield Entry(_("Centre"), reverse("centre"))
    elif scope.everything or scope.teams:
        yield Entry(_("Teams"), reverse("teams"))
    if scope.may(Right.MANAGE_PEOPLE):
        yield Entry(_("People"), reverse("people"))
    if scope.may(Right.SEE_LOADS):
        yield Entry(_("Data"), reverse("loads"))
    if scope.may(Right.SEE_AUDIT):
        yield Entry(_("Audit"), reverse("audit"))
    yield Entry(_("Measures"), reverse("measures"))
