"""What is there to test huddles with? A planned huddle of the first team, with a question, and an action of its leader's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from floorwalker.apps.coaching.models import Feedback, FeedbackSource, Leaning, Matter
from floorwalker.apps.huddles.agreeing import agree_action, ask
from floorwalker.apps.huddles.handing_over import hand_over
from floorwalker.apps.huddles.holding import plan_meeting
from floorwalker.apps.huddles.models import (
    ActionPoint,
    HandOver,
    Meeting,
    MeetingKind,
    MeetingQuestion,
    Practice,
    PracticeKind,
    Pulse,
    TeamGoal,
    Thanks,
)
from floorwalker.apps.huddles.practising import Proposed, check_practice, propose_practice
from floorwalker.apps.huddles.pulsing import USUAL, open_pulse
from floorwalker.apps.huddles.setting_goals import WantedGoal, set_goal_from
from floorwalker.apps.huddles.thanking import Receiver, pass_on, share_thanks, thank
from floorwalker.apps.standards.seeing import branch_of
from floorwalker.estimate import Estimate
from floorwalker.insight.scorecard import Period
from floorwalker.insight.team_goal import Start, start_of
from floorwalker.insight.team_moved import BASE
from tests.apps.conftest import NOW, Floor
from tests.insight.teams_weeks import Course, weeks_of

ONE_DAY = timedelta(days=1)


def a_huddle(floor: Floor, at: datetime = NOW) -> Meeting:
    """Of the first team, by its leader, in an hour."""
    planned = at + timedelta(hours=1)
    return plan_meeting(
        floor.teams[0], MeetingKind.HUDDLE, planned_for=planned, minutes=10, by=floor.users["leader"], at=at
    )


def a_question(floor: Floor, meeting: Meeting, at: datetime = NOW) -> MeetingQuestion:
    """Of an agent of the team."""
    return ask(meeting, "When do the new headsets come?", by=floor.users["agent"], at=at)


def an_action(floor: Floor, meeting: Meeting, owner: str = "leader", at: datetime = NOW) -> ActionPoint:
    """Something that one of the team has taken on, for tomorrow."""
    words = "Ask the supplier for the day"
    due_on = at.date() + ONE_DAY
    return agree_action(meeting, words, owner=floor.users[owner], due_on=due_on, by=floor.users["leader"], at=at)


def a_note(floor: Floor) -> HandOver:
    """Of an agent of the first team, which holds now."""
    now = datetime.now(UTC)
    return hand_over(floor.teams[0], "Line two crackles.", until=now + ONE_DAY, by=floor.users["mate"], at=now)


def a_pulse(floor: Floor) -> Pulse:
    """An open round of the first team."""
    now = datetime.now(UTC)
    words = [str(one) for one in USUAL]
    closes_on = now.date() + 7 * ONE_DAY
    return open_pulse(floor.teams[0], words, closes_on=closes_on, by=floor.users["leader"], at=now)


def thanks_and_praise(floor: Floor) -> tuple[Thanks, Feedback]:
    """What a colleague said to the agent, and what a customer wrote of her."""
    said = thank(Receiver(agent=floor.agents[0]), "You took my late call.", by=floor.users["mate"], at=NOW)
    matter = Matter.objects.create(agent=floor.agents[0], code="praise", opened_at=NOW, newest_at=NOW)
    praise = Feedback.objects.create(
        matter=matter,
        source=FeedbackSource.COMPLIMENT,
        leaning=Leaning.STRENGTH,
        words="She stayed until it worked.",
        given_at=NOW,
    )
    return said, praise


def customers_thanks(floor: Floor) -> Thanks:
    """What another customer wrote of the agent, which she lets her team read: it waits for somebody to check it."""
    matter = Matter.objects.create(agent=floor.agents[0], code="more praise", opened_at=NOW, newest_at=NOW)
    given = {"source": FeedbackSource.COMPLIMENT, "leaning": Leaning.STRENGTH, "given_at": NOW}
    praise = Feedback.objects.create(matter=matter, words="Mrs Larch says she was kind.", **given)
    own = floor.users["agent"]
    return share_thanks(pass_on(praise, "She was kind.", by=own, at=NOW), True, by=own, at=NOW)


def a_practice(floor: Floor, *, checked: bool) -> Practice:
    """A tip of the agent's own; checked, it is published."""
    given = Proposed(PracticeKind.TIP, "Breathe", "Once, before each call.", whose=floor.agents[0], tags=("calm",))
    made = propose_practice(given, by=floor.users["agent"], at=NOW)
    return check_practice(made, by=floor.users["analyst"], at=NOW) if checked else made


def team_start(last: date, due: date, target: float = 0.75) -> Start:
    """Half a year of weeks up to that Sunday, in which seven in ten customers are content."""
    read = weeks_of(Course(own=0.0, goal_weeks=0), np.random.default_rng(6))
    first = last + ONE_DAY - len(read.points) * 7 * ONE_DAY
    points = tuple(replace(one, week=first + n * 7 * ONE_DAY) for n, one in enumerate(read.points))
    before = Period(last + ONE_DAY - BASE * 7 * ONE_DAY, last)
    return start_of(replace(read, points=points), before, due, None, target)


def a_goal(floor: Floor, target: float = 0.75, at: datetime = NOW, **given: object) -> TeamGoal:
    """Of the first team: three in four customers content, in eight weeks."""
    wanted = WantedGoal("csat_top_box", target, 8, "They wait long enough.", **given)  # type: ignore[arg-type]
    last = at.date() - timedelta(days=at.date().isoweekday())
    start = team_start(last, wanted.days(at.date())[1], target)
    assert isinstance(start.baseline, Estimate)
    return set_goal_from(
        floor.teams[0], wanted, start, "1", branch=branch_of(floor.teams[0]), by=floor.users["leader"], at=at
    )
