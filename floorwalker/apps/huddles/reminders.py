"""Who is reminded of meetings? Whoever took something on, who leads where a question was left lying, and a team of its goals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from floorwalker.apps.huddles.access import users_of
from floorwalker.apps.huddles.models import ActionPoint, MeetingQuestion, TeamGoal
from floorwalker.apps.notices.models import About
from floorwalker.apps.notices.reminding import Due

# A question may wait so long before whoever led the meeting hears of it again.
LEFT_LYING = timedelta(days=2)
NEWS = timedelta(days=7)


def due(at: datetime) -> Iterator[Due]:
    """Everything of meetings that waits for somebody."""
    yield from _actions(at)
    yield from _questions(at)
    yield from _goals(at)


def _actions(at: datetime) -> Iterator[Due]:
    """From its day on, until it is done or dropped."""
    for point in ActionPoint.objects.open().filter(due_on__lte=at.date(), owner__is_active=True):
        said = {"words": point.words, "day": point.due_on.isoformat()}
        address = reverse("huddle_action", args=[point.pk])
        yield Due(point.owner_id, About.DO_ACTION, f"action:{point.pk}", address, said)


def _questions(at: datetime) -> Iterator[Due]:
    """One line for each who leads, of all questions of a team's meetings that she led."""
    lying = MeetingQuestion.objects.filter(answered_at=None, asked_at__lte=at - LEFT_LYING, meeting__cancelled_at=None)
    found = Counter(lying.filter(meeting__led_by__is_active=True).values_list("meeting__led_by", "meeting__team"))
    for (user, team), n in sorted(found.items()):
        address = reverse("team_huddles", args=[team])
        yield Due(user, About.ANSWER_IN_MEETING, f"questions:{team}", address, {"n": n})


def _goals(at: datetime) -> Iterator[Due]:
    """For a week, what came of a goal that was judged: to everybody of the team, and whoever leads it."""
    judged = TeamGoal.objects.filter(ended_by=None, ended_at__gt=at - NEWS, ended_at__lte=at).select_related("team")
    for goal in judged:
        said = {"team": goal.team.name, "day": goal.due_on.isoformat()}
        address = reverse("team_goal", args=[goal.pk])
        for user in users_of(goal.team, at.date()):
            yield Due(user.pk, About.TEAM_GOAL, f"goal:{goal.pk}", address, said)
