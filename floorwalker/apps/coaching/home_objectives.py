"""Which objectives wait for the reader of a home page: for her yes, for a look, or for help while there is time?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
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
AGREE, DANGER, CHECK = "agree", "danger", "check"


@dataclass(frozen=True)
class Waiting:
    """Objectives that wait for the reader, each for one thing: what is at risk is to be looked at anyway."""

    to_agree: Sequence[Objective]
    in_danger: Sequence[Objective]
    to_check: Sequence[Objective]


def parts(user: User, at: datetime) -> Iterator[Part]:
    """The objectives that wait; nothing where none does."""
    found = waiting_for(user, at)
    if found.to_agree or found.in_danger or found.to_check:
        yield Part(PLACE, "coaching/_home_objectives.html", {"found": found}, _step(found))


def waiting(user: User, at: datetime) -> QuerySet[Objective]:
    """Of one's own and of whom one coaches those that wait, each with why: for a yes, at risk, or for a look whose day has come."""
    own = Q(agent__in=user.oneself())
    everybody = user.scope_on(at.date()).coaches.everything
    # Of whoever leads everybody it is not asked, of each of thousands, whether she is among them.
    led = ~own if everybody else Q(agent__in=Agent.objects.coached_by(user, at.date()).values("pk"))
    looks = CheckIn.objects.filter(objective=OuterRef("pk"))
    last = looks.filter(chance__isnull=False, at__isnull=False).order_by("-at", "-pk").values("chance")[:1]
    is_agreed = Q(state=ObjectiveState.AGREED) & (own | led)
    unsaid = Q(state=ObjectiveState.PROPOSED) & (own & Q(agent_agreed_at=None) | led & Q(leader_agreed_at=None))
    open_ones = Objective.objects.open()
    if not everybody:
        # Cut to these people first: what waits is worked out for each objective, and those of all others are thousands.
        open_ones = open_ones.filter(own | led)
    found = open_ones.annotate(
        chance_now=Coalesce(Subquery(last), F("chance_with")),
        is_due=Exists(looks.filter(at=None, due_on__lte=at.date())),
        why=Case(
            When(unsaid, then=Value(AGREE)),
            When(is_agreed & Q(chance_now__lt=ON_TRACK), then=Value(DANGER)),
            When(is_agreed & Q(is_due=True), then=Value(CHECK)),
        ),
    )
    return found.filter(why__isnull=False)


def waiting_for(user: User, at: datetime) -> Waiting:
    """The same, of each kind the first few: of all others no more is read than that they wait."""
    by_why: dict[str, list[int]] = {}
    found = waiting(user, at).order_by("due_on", "pk")
    for number, why in found.values_list("pk", "why"):  # type: ignore[misc]
        by_why.setdefault(why, []).append(number)
    first = {why: numbers[:FEW] for why, numbers in by_why.items()}
    shown = Objective.objects.select_related("agent").defer("baseline", "forecast")
    read = shown.in_bulk(list(chain.from_iterable(first.values()))) if first else {}
    agree, danger, check = ([read[one] for one in first.get(why, ()) if one in read] for why in (AGREE, DANGER, CHECK))
    return Waiting(agree, danger, check)


def _step(found: Waiting) -> Step:
    if found.to_agree:
        return _of(found.to_agree[0], _("An objective waits for your yes."), _("Look at it"), SAY_YES)
    if found.in_danger:
        said = _("An objective is at risk: “%(wording)s”.") % {"wording": found.in_danger[0].wording}
        return _of(found.in_danger[0], said, _("See what would help"), IN_DANGER)
    return _of(found.to_check[0], _("An objective is to be looked at today."), _("Check in"), CHECK_IN)


def _of(objective: Objective, said: str, label: str, weight: int) -> Step:
    return Step(said, label, reverse("objective", args=[objective.pk]), weight)
