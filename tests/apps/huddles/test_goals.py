"""Is a goal set, read, judged and ended by those who may, kept as it was, and celebrated only where it was truly reached?"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.apps import apps
from django.template.loader import render_to_string

from floorwalker.apps.coaching.team_level import parts_of_team_level
from floorwalker.apps.huddles import following_goals, setting_goals
from floorwalker.apps.huddles.drafting import draft
from floorwalker.apps.huddles.following_goals import end_due_goals, follow, next_monday
from floorwalker.apps.huddles.holding import begin_meeting, end_meeting, note_attendance
from floorwalker.apps.huddles.models import GoalEnd, ItemKind, TeamGoal
from floorwalker.apps.huddles.reminders import due
from floorwalker.apps.huddles.setting_goals import WantedGoal, end_goal, set_goal_from
from floorwalker.apps.notices.models import About
from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import AuditEntry, Team
from floorwalker.apps.standards.models import Aim
from floorwalker.apps.standards.seeing import branch_of
from floorwalker.errors import Refused
from floorwalker.estimate import Estimate
from floorwalker.insight.team_goal import Goal, Stands, stands_of
from floorwalker.jobs.demo_cast import Cast
from floorwalker.jobs.demo_goals import GOALS, aim_together
from tests.apps.api.asking import Program
from tests.apps.conftest import NOW, Floor
from tests.apps.huddles.made import a_goal, a_huddle, team_start
from tests.insight.teams_weeks import Course, weeks_of

AT = datetime.now(UTC)
LOOKED_AT = re.compile(r'name="looked_at" value="([^"]+)"')
GIVEN = {"measure": "csat_top_box", "target": "75", "weeks": "8", "words": "So that they are glad."}
Reads = Callable[[object, Goal, datetime], Stands | None]


def reads(course: Course, through: date | None = None) -> Reads:
    """What the figures are to say of any goal: a course of the team, up to its last day or another."""

    def read(_facts: object, goal: Goal, _at: datetime) -> Stands:
        weeks = weeks_of(course, np.random.default_rng(3))
        of_goal = course.goal(goal.target)
        until = course.due if through is None else course.due - timedelta(days=7)
        return stands_of(of_goal, until, {weeks.kpi.id: weeks})

    return read


@pytest.fixture
def half_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lake of the small centre holds two weeks: half a year is read instead."""

    def start(_facts: object, kpi: object, _teams: object, due: date, at: datetime, *, target: float | None) -> object:
        last = at.date() - timedelta(days=at.date().isoweekday())
        return team_start(last, due, 0.75 if target is None else target)

    monkeypatch.setattr(setting_goals, "read_start", start)


def test_a_goal_begins_on_a_monday() -> None:
    assert [next_monday(date(2026, 11, day)) for day in (23, 24, 29)] == [date(2026, 11, d) for d in (23, 30, 30)]


def test_it_keeps_where_the_team_stood_and_what_luck_would_do(floor: Floor) -> None:
    made = a_goal(floor)
    assert (made.first_on.isoweekday(), made.due_on.isoweekday(), (made.due_on - made.first_on).days) == (1, 7, 55)
    assert made.counter_measure and 0 < made.baseline["chance"] < 0.2
    assert made.baseline["low"] < 0.7 < made.baseline["high"] and made.baseline["facts"] == "1"
    trail = AuditEntry.objects.filter(verb="set_team_goal").get()
    assert trail.by == "leader"


def test_what_could_not_be_judged_or_is_no_goal_is_refused(floor: Floor) -> None:
    def refused(said: str, **given: object) -> None:
        wanted = replace(WantedGoal("csat_top_box", 0.75, 8, "Why not"), **given)  # type: ignore[arg-type]
        start = team_start(NOW.date() - timedelta(days=NOW.isoweekday()), wanted.days(NOW.date())[1])
        with pytest.raises(Refused, match=said):
            set_goal_from(
                floor.teams[0], wanted, start, "1", branch=branch_of(floor.teams[0]), by=floor.users["leader"], at=NOW
            )

    refused("met already", target=0.6)
    refused("no figure can be so", target=1.2)
    refused("cannot set itself", measure="occupancy")
    refused("4, 8 or 12", weeks=26)
    refused("needs words", words=" ")
    day = NOW.date()
    elsewhere = Aim.objects.create(
        wording="Theirs",
        measure="transfer_rate",
        team=floor.teams[1],
        owner=floor.users["boss"],
        from_day=day,
        to_day=day + timedelta(days=300),
        set_at=NOW,
    )
    refused("not the team's to serve", aim=elsewhere)
    refused("that was held", meeting=a_huddle(floor))
    with pytest.raises(Refused, match="do not lead"):
        setting_goals._keep_goal(floor.teams[1], WantedGoal("x", 1, 8, "y"), (), {}, by=floor.users["leader"], at=NOW)
    assert not TeamGoal.objects.exists()


def test_one_goal_of_a_measure_is_open_and_another_replaces_it(floor: Floor) -> None:
    first = a_goal(floor)
    with pytest.raises(Refused, match="already"):
        a_goal(floor, 0.8)
    second = a_goal(floor, 0.8, replaces=first)
    first.refresh_from_db()
    assert first.ended_as == GoalEnd.REPLACED and first.target == 0.75 and second.is_open
    end_goal(second, "We moved to other work.", by=floor.users["leader"], at=NOW)
    with pytest.raises(Refused, match="over"):
        end_goal(second, "Again", by=floor.users["leader"], at=NOW)
    # What ended without a verdict is not judged later, whatever the figures are then.
    long_after = NOW + timedelta(days=90)
    assert follow(second, lake().snapshot(), long_after) is None and end_due_goals(lake().snapshot(), long_after) == 0
    page = floor.client("agent").get(f"/huddles/goals/{second.pk}/").content.decode()
    assert "was ended early" in page and "We moved to other work." in page


def test_a_leader_sees_luck_before_the_goal_is_set(floor: Floor, half_a_year: None) -> None:
    client, address = floor.client("leader"), f"/teams/{floor.teams[0].pk}/goals/new/"
    looked = client.post(address, GIVEN | {"do": "look"}).content.decode()
    assert "Luck alone would" in looked and "chance alone leaves" in looked and not TeamGoal.objects.exists()
    met = client.post(address, GIVEN | {"target": "50", "do": "look"})
    assert met.status_code == 422 and "met already" in met.content.decode()
    seen = {"looked_at": LOOKED_AT.findall(looked)[0]}
    # Whoever has typed another target meanwhile, or presses enter, looks at that one first.
    for given in ({"do": "set"}, {"do": "set", "target": "76", **seen}, {"target": "75", **seen}):
        assert client.post(address, GIVEN | given).status_code == 200 and not TeamGoal.objects.exists()
    assert looked.index('value="look"') < looked.index('value="set"'), "the first button is what the enter key presses"
    assert client.post(address, GIVEN | {"do": "set"} | seen).status_code == 302
    goal = TeamGoal.objects.get()
    page = floor.client("mate").get(f"/huddles/goals/{goal.pk}/").content.decode()
    assert "So that they are glad." in page and "Set by" in page and "End it early" not in page


def test_the_teams_of_the_demo_set_themselves_goals_as_far_as_there_are_weeks(
    floor: Floor, request: pytest.FixtureRequest
) -> None:
    leader, others = floor.users["leader"], dict.fromkeys(("manager", "owner", "analyst"), floor.users["boss"])
    cast = Cast(lake=lake(), leaders=(leader,), agents=(), colleagues=(), planted=(), at=NOW, **others)
    aim_together(cast)
    assert not TeamGoal.objects.exists(), "of two weeks nothing can be promised"
    request.getfixturevalue("half_a_year")
    aim_together(cast)
    assert {(one.measure, one.set_by) for one in TeamGoal.objects.all()} == {(one.measure, leader) for one in GOALS}


def test_on_two_weeks_of_facts_no_goal_can_be_set(floor: Floor) -> None:
    page = floor.client("leader").post(f"/teams/{floor.teams[0].pk}/goals/new/", GIVEN | {"do": "look"})
    assert "No goal can be set there" in page.content.decode()


def test_who_was_there_is_counted_beside_the_meeting(floor: Floor) -> None:
    meeting, leader = begin_meeting(a_huddle(floor), by=floor.users["leader"], at=NOW), floor.users["leader"]
    note_attendance(meeting, [floor.agents[0], floor.agents[2]], by=leader, at=NOW)
    goal = a_goal(floor, meeting=end_meeting(meeting, "", by=leader, at=NOW))
    page = floor.client("agent").get(f"/huddles/goals/{goal.pk}/").content.decode()
    assert "2 were there" in page and floor.agents[2].name not in page


VERDICTS = [
    (Course(gained=0.15, own=0.0), GoalEnd.BEYOND_CHANCE, "by more than chance"),
    (Course(everybody_gained=0.15, own=0.0), GoalEnd.WITH_EVERYBODY, "as everybody did"),
    (Course(gained=-0.1), GoalEnd.NOT_REACHED, "Not reached"),
    (Course(gained=0.15, known=6), GoalEnd.CANNOT_TELL, "cannot be told"),
]


@pytest.mark.parametrize(("course", "end", "said"), VERDICTS)
def test_on_its_day_it_is_judged_once_and_kept(
    floor: Floor, monkeypatch: pytest.MonkeyPatch, course: Course, end: GoalEnd, said: str
) -> None:
    goal, facts = a_goal(floor), lake().snapshot()
    monkeypatch.setattr(following_goals, "read_stands", reads(course))
    after = datetime.combine(goal.due_on + timedelta(days=1), NOW.time(), UTC)
    assert end_due_goals(facts, after - timedelta(days=1)) == 0
    assert end_due_goals(facts, after) == 1
    assert end_due_goals(facts, after) == 0
    goal.refresh_from_db()
    assert goal.ended_as == end and goal.ended_by is None
    monkeypatch.setattr(following_goals, "read_stands", lambda *_given: pytest.fail("what was judged is read back"))
    kept = follow(goal, facts, after)
    assert kept is not None and kept == reads(course)(facts, course.goal(goal.target), after)
    assert said in floor.client("agent").get(f"/huddles/goals/{goal.pk}/").content.decode()
    assert said in floor.client("leader").get(f"/teams/{goal.team_id}/goals/").content.decode()


def test_it_waits_for_its_facts_but_not_for_ever(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    goal, facts = a_goal(floor), lake().snapshot()
    monkeypatch.setattr(following_goals, "read_stands", reads(Course(), through=goal.due_on))
    assert end_due_goals(facts, datetime.combine(goal.due_on + timedelta(days=20), NOW.time(), UTC)) == 0
    assert end_due_goals(facts, datetime.combine(goal.due_on + timedelta(days=29), NOW.time(), UTC)) == 1
    goal.refresh_from_db()
    assert goal.ended_as == GoalEnd.CANNOT_TELL
    assert isinstance(follow(goal, facts, AT), Stands)


def test_whose_figure_it_is_stays_whatever_moves_meanwhile(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    goal, asked = a_goal(floor), list[Goal]()
    below = Team.objects.create(name="Trainees", parent=floor.teams[0], key=b"t" * 16)

    def read(_facts: object, of: Goal, _at: datetime) -> None:
        asked.append(of)

    monkeypatch.setattr(following_goals, "read_stands", read)
    follow(goal, lake().snapshot(), AT)
    assert [set(one.teams) for one in asked] == [{bytes(floor.teams[0].key)}], "they are nobody's who agreed to it"
    following = a_goal(floor, 0.8, replaces=goal)
    both = {bytes(one.key).hex() for one in (floor.teams[0], below)}
    assert {*following.branch} == both
    Team.objects.filter(pk=below.pk).update(parent=floor.teams[1])
    follow(following, lake().snapshot(), AT)
    assert {key.hex() for key in asked[-1].teams} == both, "nor is anybody lost who did"
    # Even in a tree that bites its own tail.
    Team.objects.filter(pk=below.pk).update(parent=floor.teams[0])
    Team.objects.filter(pk=floor.teams[0].pk).update(parent=below)
    # Those of goals that were set before this was kept are written once, as the teams lie then.
    TeamGoal.objects.update(branch=[])
    importlib.import_module("floorwalker.apps.huddles.migrations.0006_goals_keep_whose_figure_it_is").keep(apps, None)
    assert [{*one.branch} for one in TeamGoal.objects.all()] == [both, both]


def test_while_it_goes_on_no_verdict_is_shown(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = a_goal(floor)
    monkeypatch.setattr(following_goals, "read_stands", reads(Course(gained=0.2), through=goal.due_on))
    page = floor.client("agent").get(f"/huddles/goals/{goal.pk}/").content.decode()
    assert "On the way" in page and "by more than chance" not in page and "Everybody else" not in page


def test_the_start_of_a_goal_is_a_figure(floor: Floor) -> None:
    start = team_start(date(2026, 11, 15), date(2027, 1, 17))
    assert isinstance(start.baseline, Estimate) and start.can_begin


def judged_yesterday(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> TeamGoal:
    """A goal whose last day was the day before yesterday, reached beyond chance."""
    goal = a_goal(floor)
    over = AT.date() - timedelta(days=2)
    TeamGoal.objects.filter(pk=goal.pk).update(first_on=over - timedelta(days=55), due_on=over)
    monkeypatch.setattr(following_goals, "read_stands", reads(Course(gained=0.15, own=0.0)))
    assert end_due_goals(lake().snapshot(), AT) == 1
    goal.refresh_from_db()
    return goal


def test_what_the_team_works_for_is_watched_in_the_brief_and_stands_on_its_homes(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = a_goal(floor)
    monkeypatch.setattr(following_goals, "read_stands", reads(Course(gained=0.15), through=goal.due_on))
    items = [one for one in draft(floor.teams[0], AT) if one.code == f"goal:{goal.pk}"]
    assert [one.kind for one in items] == [ItemKind.WATCH] and "On the way" in items[0].words
    assert items[0].figure is not None and items[0].figure["kpi"] == "csat_top_box"
    assert not [one for one in draft(floor.teams[1], AT) if one.code.startswith("goal:")]
    for name, sees in {"agent": True, "leader": True, "other_leader": False}.items():
        assert (f"/huddles/goals/{goal.pk}/" in floor.client(name).get("/").content.decode()) is sees
    assert "On the way" in floor.client("agent").get(f"/teams/{goal.team_id}/huddles/").content.decode()


def test_what_was_truly_reached_is_among_the_thanks(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = judged_yesterday(floor, monkeypatch)
    items = [one for one in draft(floor.teams[0], AT) if one.code == f"goal:{goal.pk}"]
    assert [one.kind for one in items] == [ItemKind.THANKS] and "by more than chance" in items[0].words
    assert "Reached together" in floor.client("agent").get("/").content.decode()
    TeamGoal.objects.update(ended_as=GoalEnd.WITHIN_CHANCE)
    assert not [one for one in draft(floor.teams[0], AT) if one.code == f"goal:{goal.pk}"]
    assert "Reached together" not in floor.client("agent").get("/").content.decode()


def test_the_team_is_told_for_a_week_what_came_of_it(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = judged_yesterday(floor, monkeypatch)
    told = {one.user for one in due(AT) if one.about == About.TEAM_GOAL}
    users = floor.users
    assert {users["agent"].pk, users["mate"].pk, users["leader"].pk} <= told
    assert users["other_leader"].pk not in told
    assert not [one for one in due(AT + timedelta(days=8)) if one.about == About.TEAM_GOAL]
    TeamGoal.objects.filter(pk=goal.pk).update(ended_by=users["leader"])
    assert not [one for one in due(AT) if one.about == About.TEAM_GOAL]


def test_it_stands_between_ones_own_objectives_and_the_centres_aims(floor: Floor) -> None:
    day = AT.date()
    aim = Aim.objects.create(
        wording="Customers are glad",
        measure="csat_top_box",
        owner=floor.users["boss"],
        set_at=NOW,
        from_day=day - timedelta(days=30),
        to_day=day + timedelta(days=300),
    )
    goal = a_goal(floor, aim=aim)
    (part,) = parts_of_team_level(floor.agents[0], floor.users["agent"], day)
    shown = render_to_string(part.template, {"part": part.context})
    assert f"/huddles/goals/{goal.pk}/" in shown and "Customers are glad" in shown
    assert not parts_of_team_level(floor.agents[0], floor.users["other_leader"], day)
    assert not parts_of_team_level(floor.agents[1], floor.users["boss"], day)


def test_programs_read_the_same(floor: Floor) -> None:
    goal = a_goal(floor)
    program, path = Program(floor.users["agent"]), f"/teams/{goal.team_id}/goals"
    found = program.get(path, {"open": True}).json()
    assert [(one["id"], one["target"], one["ended_as"]) for one in found["items"]] == [(goal.pk, 0.75, "")]
    assert not program.get(path, {"open": False}).json()["items"]
    assert Program(floor.users["other_leader"]).get(path).status_code == 404
