"""What of the loads does a home page show to those who may see them? Each source in a line, and rows that wait as a step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.intake.memory import open_store, sites_of_loads, standings
from floorwalker.apps.people.models import Right, User
from floorwalker.ingest.remembered import Where
from floorwalker.ui.parts import Part, Step

PLACE = 40
# Between a missed target and what merely can be looked at.
WEIGHT = 30


def parts(user: User, at: datetime) -> Iterator[Part]:
    """The sources; nothing before the first load."""
    if not user.scope_on(at.date()).may(Right.SEE_LOADS):
        return
    store = open_store(sites_of_loads(user, at.date()))
    found = standings(store, at)
    if not found:
        return
    rows, step = store.count_rejects(Where()), None
    if rows:
        said = ngettext("%(n)s row waits for repair.", "%(n)s rows wait for repair.", rows) % {"n": f"{rows:,}"}
        step = Step(said, _("See how to mend them"), reverse("rejects"), WEIGHT)
    yield Part(PLACE, "intake/_home.html", {"standings": found, "rows": rows}, step)
