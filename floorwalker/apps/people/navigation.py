"""Which pages does the reader's role begin with? At most six, at the top of every page; and to which do keys lead?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.people.access import today
from floorwalker.apps.people.keyboard import keys_on
from floorwalker.apps.people.models import Right, Scope, User

# The catalogue comes last and is left out first: every figure's name leads there too, and so do its keys.
MOST = 6


@dataclass(frozen=True)
class Entry:
    """One page in the navigation, with the code of the keys that lead to it."""

    key: str
    name: str
    address: str


def navigation(request: HttpRequest) -> dict[str, object]:
    """The reader's navigation, and what she or he may do, for the templates of every page."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"navigation": (), "may": {}, "keys": []}
    scope = user.scope_on(today())
    every = entries_of(scope)
    route = request.resolver_match.url_name if request.resolver_match else ""
    keys = keys_on(route or "", user, reachable(scope, every))
    may = {str(right): True for right in scope.rights} | {"manage_everywhere": scope.managed.everywhere}
    return {"navigation": every[:MOST], "may": may, "keys": keys}


def reachable(scope: Scope, entries: tuple[Entry, ...] | None = None) -> dict[str, str]:
    """By the code of its keys, the address of every page to which keys lead the reader."""
    found = {entry.key: entry.address for entry in (entries_of(scope) if entries is None else entries)}
    if scope.everything or scope.teams:
        found["go_teams"] = reverse("teams")
    if scope.everything or scope.teams or scope.may(Right.SEE_FIGURES_OF_CENTRE):
        found["go_changes"] = reverse("changes")
        found["go_surveys"] = reverse("surveys")
    elif scope.agent is not None or scope.may(Right.MANAGE_SURVEYS):
        found["go_surveys"] = reverse("surveys")
    if scope.may(Right.IMPROVE) or scope.agent is not None:
        found["go_cycles"] = reverse("cycles")
    if scope.may(Right.EVALUATE):
        found["go_my_queue"] = reverse("my_queue")
    found["go_coaching"] = reverse("coaching" if scope.may(Right.COACH) else "my_coaching")
    found["go_evaluations"], found["go_forms"] = reverse("evaluations"), reverse("forms")
    if scope.may(Right.COACH):
        found["go_feedback"] = reverse("feedback")
    return found | {
        f"go_{route}": reverse(route) for route in ("targets", "saved_views", "recordings", "notices", "account")
    }


def entries_of(scope: Scope) -> tuple[Entry, ...]:
    """Every page that may stand at the top; only the first few do."""
    return tuple(_entries(scope))


def _entries(scope: Scope) -> Iterator[Entry]:
    """In the order in which they are left out where there is no room: what a role begins its day with comes first."""
    yield Entry("go_home", _("Home"), reverse("home"))
    yield from _of_work(scope)
    if scope.may(Right.GRANT_ROLES):
        yield from _of_keeping(scope)
    elif scope.may(Right.SEE_FIGURES_OF_CENTRE):
        yield Entry("go_centre", _("Centre"), reverse("centre"))
        yield from _of_improvement(scope)
    yield from _of_quality(scope)
    if not scope.may(Right.SEE_FIGURES_OF_CENTRE) and (scope.everything or scope.teams):
        yield Entry("go_teams", _("Teams"), reverse("teams"))
        yield from _of_improvement(scope)
    yield Entry("go_standards", _("Standards"), reverse("standards"))
    if not scope.may(Right.SEE_FIGURES_OF_CENTRE) and scope.may(Right.COACH):
        yield Entry("go_changes", _("Changes"), reverse("changes"))
    if scope.may(Right.GRANT_ROLES):
        if scope.may(Right.SEE_FIGURES_OF_CENTRE):
            yield Entry("go_centre", _("Centre"), reverse("centre"))
    else:
        yield from _of_keeping(scope)
    if scope.may(Right.SEE_AUDIT):
        yield Entry("go_audit", _("Audit"), reverse("audit"))
    yield Entry("go_measures", _("Measures"), reverse("measures"))


def _of_work(scope: Scope) -> Iterator[Entry]:
    """What waits for oneself: one's own figures, one's queue, the gaps of the centre."""
    if scope.agent is not None:
        yield Entry("go_agent_page", _("My figures"), reverse("agent_page", args=[scope.agent.pk]))
        yield Entry("go_feedback", _("Feedback"), reverse("feedback"))
        yield Entry("go_my_objectives", _("My objectives"), reverse("my_objectives"))
    if scope.may(Right.EVALUATE_OFFICIALLY):
        yield Entry("go_my_queue", _("My queue"), reverse("my_queue"))
    if scope.may(Right.SEE_FIGURES_OF_CENTRE):
        yield Entry("go_gaps", _("Gaps"), reverse("gaps"))
    elif scope.may(Right.COACH):
        yield Entry("go_coaching", _("Coaching"), reverse("coaching"))


def _of_quality(scope: Scope) -> Iterator[Entry]:
    """What was found on contacts, and how it is made; of others a manager sees forms and plans from there."""
    if scope.agent is not None or scope.may(Right.EVALUATE) or scope.may(Right.MANAGE_FORMS):
        yield Entry("go_evaluations", _("Evaluations"), reverse("evaluations"))
    if scope.may(Right.EVALUATE_OFFICIALLY):
        yield Entry("go_calibrations", _("Calibration"), reverse("calibrations"))
        if scope.may(Right.MANAGE_FORMS):
            yield Entry("go_forms", _("Evaluation forms"), reverse("forms"))


def _of_improvement(scope: Scope) -> Iterator[Entry]:
    """What is done about gaps, and whether it works; who gives roles too has no room for it, and keys."""
    if scope.may(Right.IMPROVE):
        yield Entry("go_cycles", _("Improvement"), reverse("cycles"))


def _of_keeping(scope: Scope) -> Iterator[Entry]:
    """What keeps the system going: who is there, and what came in."""
    if scope.may(Right.MANAGE_PEOPLE):
        yield Entry("go_people", _("People"), reverse("people"))
    if scope.may(Right.SEE_LOADS):
        yield Entry("go_loads", _("Data"), reverse("loads"))
