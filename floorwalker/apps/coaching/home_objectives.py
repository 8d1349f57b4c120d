"""Which objectives wait for the reader of a home page: for her yes, for a look, or for help while there is time?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import CheckIn, Objective, ObjectiveState
from floorwalker.apps.people.models import Agent, User
from floorwalker.stats.targets import ON_TRACK
from floorwalker.ui.parts import Part, Step

PLACE = 24
# A yes that somebody waits for goes before what is at risk; both after what has a day by which it must be answered.
SAY_YES, IN_DANGER, CHECK_IN = 38, 37, 32
FEW = 5


@dataclass(frozen=True)
class Waiting:
    """Objectives that wait for the reader."""

    to_agree: Sequence[Objective]
    in_danger: Sequence[Objective]
    to_check: Sequence[Objective]


def parts(user: User, at: datetime) -> Iterator[Part]:
    """The objectives that wait; nothing where none does."""
    found = waiting_for(user, at)
    if found.to_agree or found.in_danger or found.to_check:
        yield Part(PLACE, "coaching/_home_objectives.html", {"found": found}, _step(found))


def waiting_for(user: User, at: datetime) -> Waiting:
    """One's own, and those of whom the user coaches; of each kind the first few, asked for by that, however many there are."""
    coached = Agent.objects.coached_by(user, at.date()).values("pk")
    own = Q(agent__in=user.oneself())
    told = Objective.objects.select_related("agent").defer("baseline", "forecast")
    to_agree = told.filter(own & Q(agent_agreed_at=None) | Q(agent__in=coached, leader_agreed_at=None))
    agreed = told.filter(own | Q(agent__in=coached), state=ObjectiveState.AGREED)
    looks = CheckIn.objects.filter(objective=OuterRef("pk"))
    last = looks.filter(chance__isnull=False, at__isnull=False).order_by("-at", "-pk").values("chance")[:1]
    chance = Coalesce(Subquery(last), F("chance_with"))
    return Waiting(
        list(to_agree.filter(state=ObjectiveState.PROPOSED)[:FEW]),
        list(agreed.annotate(chance_now=chance).filter(chance_now__lt=ON_TRACK)[:FEW]),
        list(agreed.filter(Exists(looks.filter(at=None, due_on__lte=at.date())))[:FEW]),
    )


def _step(found: Waiting) -> Step:
    if found.to_agree:
        return _of(found.to_agree[0], _("An objective waits for your yes."), _("Look at it"), SAY_YES)
    if found.in_danger:
        said = _("An objective is at risk: “%(wording)s”.") % {"wording": found.in_danger[0].wording}
        return _of(found.in_danger[0], said, _("See what would help"), IN_DANGER)
    return _of(found.to_check[0], _("An objective is to be looked at today."), _("Check in"), CHECK_IN)


def _of(objective: Objective, said: str, label: str, weight: int) -> Step:
    return Step(said, label, reverse("objective", args=[objective.pk]), weight)
