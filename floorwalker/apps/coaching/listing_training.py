"""Which trainings may this user see, which come next, which are due again, and how many hours did each team get?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from floorwalker.apps.coaching.models import Attendee, Training
from floorwalker.apps.people.access import only, teams_of
from floorwalker.apps.people.models import Agent, User

DUE_SOON = timedelta(days=28)
HOURS_OF = timedelta(weeks=12)
MOST_HELD = 30
MINUTES_OF_AN_HOUR = 60


@dataclass(frozen=True)
class Trainings:
    """What comes next, what is due again, what was held; hours: of twelve weeks by team, for whoever coaches people."""

    planned: tuple[Training, ...]
    due: tuple[Training, ...]
    held: tuple[Training, ...]
    hours: tuple[tuple[str, float], ...]


def seen_by(user: User, on: date) -> Q:
    """Those she planned, gives or is invited to, and those to which people come whom she may coach."""
    reached = Agent.objects.coached_by(user, on).values("pk")
    invited = Attendee.objects.filter(Q(agent__in=reached) | Q(agent__in=user.oneself())).values("training")
    return Q(planned_by=user) | Q(trainer=user) | Q(pk__in=invited)


def find_training(user: User, training_id: int, on: date) -> Training:
    """The training, where the user may see it; else there is none."""
    seen = Training.objects.filter(seen_by(user, on)).select_related(
        "trainer", "planned_by", "standard", "intervention"
    )
    return only(seen.filter(pk=training_id).first())


def attendees_shown(training: Training, user: User, on: date) -> list[Attendee]:
    """Whose presence and words the reader sees: everybody's where she planned or gives it, else her own and of whom she coaches."""
    found = training.attendees.select_related("agent").order_by("agent__name", "pk")
    if user.pk in (training.planned_by_id, training.trainer_id):
        return list(found)
    reached = Agent.objects.coached_by(user, on).values("pk")
    return list(found.filter(Q(agent__in=reached) | Q(agent__in=user.oneself())))


def list_trainings(user: User, at: datetime) -> Trainings:
    """What the user may see of trainings now."""
    on = at.date()
    seen = Training.objects.filter(seen_by(user, on)).select_related("trainer")
    held = seen.exclude(held_at=None)
    due = seen.to_refresh(on + DUE_SOON)
    planned = seen.planned().order_by("planned_for", "pk")
    return Trainings(tuple(planned), tuple(due), tuple(held.order_by("-held_at")[:MOST_HELD]), _hours(user, at))


def _hours(user: User, at: datetime) -> tuple[tuple[str, float], ...]:
    """Hours that people of each team spent in trainings of the last twelve weeks, by name of the team."""
    reached = Agent.objects.coached_by(user, at.date()).values("pk")
    were = Attendee.objects.filter(there=True, training__held_at__gte=at - HOURS_OF, agent__in=reached)
    found = list(were.select_related("agent", "training"))
    teams = teams_of({one.agent for one in found}, at.date())
    minutes: Counter[str] = Counter()
    for one in found:
        team = teams.get(one.agent_id)
        minutes["" if team is None else team.name] += one.training.minutes
    return tuple((name, count / MINUTES_OF_AN_HOUR) for name, count in sorted(minutes.items()))
