"""What about people waits for somebody who manages them, and what does whoever watches over privacy begin with?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.people.models import Agent, Right, Standing, User
from floorwalker.apps.people.watched import looks_of_week
from floorwalker.ui.parts import Part, Step

PLACE, WEIGHT = 60, 20
WATCHING = 58


def parts(user: User, at: datetime) -> Iterator[Part]:
    """The names found in data that nobody has matched yet, and who has looked at people."""
    scope = user.scope_on(at.date())
    if scope.may(Right.DISCLOSE):
        yield Part(WATCHING, "people/_home_privacy.html", {"looks": looks_of_week(at.date())})
    if scope.may(Right.MANAGE_PEOPLE):
        yield from _names(user, at)


def _names(user: User, at: datetime) -> Iterator[Part]:
    unmatched = Agent.objects.managed_by(user, at.date()).on_the_floor().filter(standing=Standing.SEEN).count()
    if unmatched:
        said = ngettext(
            "%(n)d name found in data is not matched to anybody yet.",
            "%(n)d names found in data are not matched to anybody yet.",
            unmatched,
        ) % {"n": unmatched}
        step = Step(said, _("Match names"), reverse("names"), WEIGHT)
        yield Part(PLACE, "people/_home_names.html", {"unmatched": unmatched}, step)
