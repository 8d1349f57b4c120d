"""What have a hundred teams talked about in a year of weekly huddles, and who was thanked? Rows of meetings and of thanks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bench.kept_rows import WORDS, keep
from floorwalker.apps.huddles.models import (
    ActionPoint,
    Attendance,
    BriefItem,
    Meeting,
    MeetingQuestion,
    Thanks,
    ThanksFrom,
)
from floorwalker.apps.people.models import Agent, Team

if TYPE_CHECKING:
    from floorwalker.apps.people.models import User

# Of one team in a year; in one huddle; of one agent in a year.
HUDDLES, ITEMS, QUESTIONS, POINTS, THANKS = 50, 6, 2, 3, 5
# Of every so many-th huddle a question and an action are open still.
LEFT_OPEN = 10


def fill_meetings(agents: list[Agent], coaches: Mapping[int, User], now: datetime) -> None:
    """Huddles of every team, one a week and all held, and thanks to everybody."""
    there = {team: list(Agent.objects.in_teams([team], now.date())) for team in Team.objects.all()}
    leaders = {team: coaches[found[0].pk] for team, found in there.items() if found}
    huddles = keep(
        Meeting, (_held(team, week, leaders[team], now) for team in leaders for week in range(1, HUDDLES + 1))
    )
    keep(
        BriefItem, (BriefItem(meeting=one, place=n, kind="watch", words=WORDS) for one in huddles for n in range(ITEMS))
    )
    came = (Attendance(meeting=one, agent=agent, there=True) for one in huddles for agent in there[one.team])
    keep(Attendance, came)
    keep(MeetingQuestion, (_asked(one) for one in huddles for _ in range(QUESTIONS)))
    keep(ActionPoint, (point for one in huddles for point in _points(one)))
    thanks = (_thanked(one, coaches[one.pk], now - timedelta(days=60 * n + 1)) for one in agents for n in range(THANKS))
    keep(Thanks, thanks)


def _thanked(agent: Agent, leader: User, at: datetime) -> Thanks:
    return Thanks(agent=agent, came_from=ThanksFrom.LEADER, words=WORDS, by=leader, at=at)


def _held(team: Team, week: int, leader: User, now: datetime) -> Meeting:
    at = now - timedelta(weeks=week)
    return Meeting(team=team, planned_for=at, led_by=leader, made_at=at, started_at=at, ended_at=at)


def _asked(huddle: Meeting) -> MeetingQuestion:
    """Most are answered in the meeting."""
    made = MeetingQuestion(meeting=huddle, words=WORDS, asked_by=huddle.led_by, asked_at=huddle.made_at)
    if huddle.pk % LEFT_OPEN:
        made.answer, made.answered_by, made.answered_at = WORDS, huddle.led_by, huddle.made_at
    return made


def _points(huddle: Meeting) -> Iterator[ActionPoint]:
    """What was agreed is done a few days later, but for one thing here and there."""
    at = huddle.made_at
    for number in range(POINTS):
        is_done = number > 0 or huddle.pk % LEFT_OPEN > 0
        yield ActionPoint(
            meeting=huddle,
            words=WORDS,
            owner=huddle.led_by,
            due_on=at.date() + timedelta(days=7),
            made_at=at,
            done_at=at + timedelta(days=5) if is_done else None,
            outcome=WORDS if is_done else "",
        )
