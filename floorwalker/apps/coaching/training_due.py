"""Which trainings are to be done again soon: on the home of whoever planned or had them, and as a reminder to them?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from floorwalker.apps.coaching.listing_training import DUE_SOON
from floorwalker.apps.coaching.models import Attendee, Training
from floorwalker.apps.coaching.models.training import TrainingQuerySet
from floorwalker.apps.notices.models import About
from floorwalker.apps.notices.reminding import Due
from floorwalker.apps.people.models import User
from floorwalker.ui.parts import Part

PLACE = 27
FEW = 5


def due_trainings(at: datetime) -> Iterator[Due]:
    """Whoever planned it, so that it is planned again; and whoever was there, so that she knows."""
    trainings = list(Training.objects.to_refresh(at.date() + DUE_SOON))
    were = Attendee.objects.filter(training__in=trainings, there=True, agent__left_on=None, agent__user__is_active=True)
    people: dict[int, set[int]] = {one.pk: {one.planned_by_id} for one in trainings}
    for training, user in were.values_list("training", "agent__user"):
        people[training].add(user)
    for one in trainings:
        assert one.refresh_on is not None, "it is due"
        said = {"subject": one.subject, "day": one.refresh_on.isoformat()}
        address = reverse("training", args=[one.pk])
        for user in sorted(people[one.pk]):
            yield Due(user, About.REFRESH_TRAINING, f"training:{one.pk}", address, said)


def concerning(user: User, at: datetime) -> TrainingQuerySet:
    """Those that the user planned, gives or had."""
    return Training.objects.concerning(user).to_refresh(at.date() + DUE_SOON)


def training_parts(user: User, at: datetime) -> Iterator[Part]:
    """Those that concern the reader; nothing where none is due."""
    due = list(concerning(user, at)[: FEW + 1])
    if due:
        said = ngettext("%(n)d training is due again.", "%(n)d trainings are due again.", len(due[:FEW]))
        context = {"due": due[:FEW], "more": len(due) > FEW, "said": said % {"n": len(due[:FEW])}}
        yield Part(PLACE, "coaching/_home_training.html", context)
