"""What first, with the hours there are, and why not the others?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards.asking import on_facts
from floorwalker.apps.dashboards.priorities import (
    LEAST_HOURS,
    MOST_HOURS,
    Listed,
    read_hours_asked,
    read_priorities_of,
)
from floorwalker.apps.dashboards.views.files import links
from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.models import Right
from floorwalker.facts.snapshot import Snapshot
from floorwalker.ui.words import duration

# Of what cannot be read so much is given back.
LONGEST_TYPED = 40


@require_GET
@on_facts
def priorities(request: HttpRequest, facts: Snapshot) -> HttpResponse:
    """Actions and not people, each with what it is expected to gain."""
    user = user_of(request)
    require(user, Right.COACH, today())
    hours, is_unread = read_hours_asked(request.GET)
    question, listed = read_priorities_of(facts, user, today(), hours)
    context = {
        "question": question,
        "listed": listed,
        "hours": f"{hours:g}",
        "is_unread": is_unread,
        "typed": request.GET.get("hours", "")[:LONGEST_TYPED],
        "least": f"{LEAST_HOURS:g}",
        "most": f"{MOST_HOURS:g}",
        "files": links("priorities_file", "xlsx", "csv"),
    }
    if listed is not None:
        context |= {"answer": _answer(listed, hours), "contact": duration(listed.found.contact)}
    return render(request, "dashboards/priorities.html", context)


def _answer(listed: Listed, hours: float) -> str:
    """The first sentence: how much fits into the hours, and what it gains; or that nothing is sure enough."""
    some = listed.found.found
    told = {"n": len(some.chosen), "hours": f"{hours:g}", "gain": duration(some.gain)}
    if not listed.told.answers:
        return _("Nothing is known of anybody's work in these weeks yet.")
    if not some.chosen:
        return _("Nothing is sure enough to spend an hour on: no gap is surely one person's or one team's.")
    return (
        ngettext(
            "%(n)d action fits into %(hours)s hours a week; it is expected to gain about %(gain)s of work a month.",
            "%(n)d actions fit into %(hours)s hours a week; together they are expected to gain about %(gain)s of work a month.",
            len(some.chosen),
        )
        % told
    )
