"""Does what was to be done in the improvement loop become facts: by keys, with its days and what became of it, and no words?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from floorwalker.apps.coaching import facts as coaching
from floorwalker.apps.coaching.models import (
    CoachingSession,
    Feedback,
    FeedbackSource,
    Leaning,
    Matter,
    MatterDecision,
    Participant,
    SessionKind,
)
from floorwalker.apps.huddles import facts as huddles
from floorwalker.apps.huddles.models import ActionPoint, Attendance, Meeting
from floorwalker.apps.improvement import facts as improvement
from floorwalker.apps.improvement.models import Cycle, CycleReview
from tests.apps.coaching.past import past_action
from tests.apps.conftest import NOW, Floor

DAY = timedelta(days=1)


def rows(context: Any, kind: str) -> list[dict[str, Any]]:
    """What a context gives of one kind."""
    every = [row for part in context.records()["commitment"] for row in part.to_pylist()]
    return [row for row in every if row["kind"] == kind]


def keys_of(floor: Floor, place: int) -> set[bytes]:
    """By which keys the facts know an agent."""
    return {bytes(one.key) for one in floor.agents[place].identities.all()}


def said(floor: Floor, words: str, **more: Any) -> Feedback:
    """Feedback about the first agent."""
    matter, _made = Matter.objects.get_or_create(
        agent=floor.agents[0], code="measure:transfer_rate", defaults={"opened_at": NOW, "newest_at": NOW}
    )
    given = {"source": FeedbackSource.PEER, "leaning": Leaning.STRENGTH, "words": words, "given_at": NOW}
    return Feedback.objects.create(matter=matter, **given | more)


def test_feedback_is_answered_by_the_first_word_after_it_and_private_notes_are_nobodys(floor: Floor) -> None:
    first = said(floor, "You let her finish.")
    said(floor, "A note of my own.", private=True)
    said(floor, "Taken back.", taken_back_at=NOW)
    leader = floor.users["leader"]
    told = {"matter": first.matter, "decision": "watch", "because": "I try it", "by": leader}
    MatterDecision.objects.create(**told, at=NOW - DAY)
    (waits,) = rows(coaching, "feedback")
    assert waits["done_at"] is None and waits["due_at"] == NOW + 14 * DAY
    MatterDecision.objects.create(**told, at=NOW + 2 * DAY)
    (row,) = rows(coaching, "feedback")
    assert row["done_at"] == NOW + 2 * DAY and row["identity_key"] in keys_of(floor, 0)
    assert (row["detail"], row["site_key"] is not None) == ("peer", True)
    assert "finish" not in str(row)


def test_sessions_and_their_promises_are_rows_of_each_who_takes_part(floor: Floor) -> None:
    coach = floor.users["leader"]
    given = {
        "kind": SessionKind.GROUP,
        "coach": coach,
        "planned_by": coach,
        "planned_at": NOW,
        "planned_for": NOW + DAY,
    }
    session = CoachingSession.objects.create(**given, measure="transfer_rate")
    off = CoachingSession.objects.create(**given, cancelled_at=NOW, cancelled_because="Ill")
    for place in (0, 2):
        Participant.objects.create(session=session, agent=floor.agents[place])
    Participant.objects.create(session=off, agent=floor.agents[0])
    assert [row["done_at"] for row in rows(coaching, "session")] == [None, None] and not rows(coaching, "promise")
    session.held_at = session.coach_signed_at = NOW + DAY
    session.minutes, session.promise, session.review_on = 40, "Say why first", NOW.date() + 14 * DAY
    session.save()
    Participant.objects.filter(agent=floor.agents[2]).update(kept="partly", kept_at=NOW + 15 * DAY)
    held = rows(coaching, "session")
    assert {row["minutes"] for row in held} == {40.0} and len({row["commitment_key"] for row in held}) == 2
    assert sorted(str(row["outcome"]) for row in rows(coaching, "promise")) == ["None", "partly"]


def test_each_month_of_each_agent_is_one_in_which_somebody_should_have_talked_with_her(floor: Floor) -> None:
    assert rows(coaching, "coverage") == [], "nobody coaches here yet"
    leader, now = floor.users["leader"], datetime.now(UTC)
    before = now.replace(day=1) - DAY
    given = {
        "coach": leader,
        "planned_by": leader,
        "planned_at": before - DAY,
        "planned_for": before,
        "held_at": before,
    }
    for kind, place in ((SessionKind.ONE_TO_ONE, 0), (SessionKind.LISTENING, 2)):
        session = CoachingSession.objects.create(kind=kind, **given)
        Participant.objects.create(session=session, agent=floor.agents[place])
    found = rows(coaching, "coverage")
    months = {row["begun_at"].date() for row in found}
    assert months == {(before - DAY).date().replace(day=1), now.date().replace(day=1)}
    last = [row for row in found if row["begun_at"].date() == min(months)]
    assert len(last) == len(floor.agents) and {row["due_at"].date() for row in last} == {now.date().replace(day=1)}
    assert [row["identity_key"] in keys_of(floor, 0) for row in last if row["done_at"] == before] == [True]
    assert not [row for row in found if row["begun_at"].date() == max(months) and row["done_at"]]


def test_what_reviews_found_of_coaching_is_a_row_each(floor: Floor) -> None:
    past_action([floor.agents[0]], floor.users["leader"], 0.05)
    both = past_action([floor.agents[0], floor.agents[2]], floor.users["leader"], 0.05, kind="training")
    both.looks.update(verdict="improved")
    found = {row["detail"]: row for row in rows(coaching, "effect")}
    assert found["coaching"]["outcome"] == "no_proven_effect" and found["coaching"]["identity_key"] in keys_of(floor, 0)
    assert found["training"]["outcome"] == "improved" and found["training"]["identity_key"] is None


def test_reviews_are_due_a_week_after_their_day_and_belong_to_nobody_where_a_team_is_meant(floor: Floor) -> None:
    boss = floor.users["boss"]
    given = {"team": floor.teams[0], "owner": boss, "opened_by": boss, "opened_at": NOW, "gap": {}}
    cycle = Cycle.objects.create(title="Fewer transfers", measure="transfer_rate", planned_at=NOW, **given)
    CycleReview.objects.create(cycle=cycle, week=4, due_on=NOW.date() + 28 * DAY)
    (review,) = rows(improvement, "review")
    assert review["identity_key"] is None and review["done_at"] is None
    assert review["due_at"].date() == NOW.date() + 36 * DAY
    (row,) = rows(improvement, "cycle")
    assert row["outcome"] is None and row["measure"] == "transfer_rate"


def test_attendance_counts_from_meetings_that_were_held_and_actions_until_they_are_dropped(floor: Floor) -> None:
    leader, agent = floor.users["leader"], floor.users["agent"]
    meeting = Meeting.objects.create(team=floor.teams[0], planned_for=NOW, led_by=leader, made_at=NOW)
    for place, there in ((0, True), (2, False)):
        Attendance.objects.create(meeting=meeting, agent=floor.agents[place], there=there)
    given = {"meeting": meeting, "owner": agent, "due_on": NOW.date(), "made_at": NOW}
    done = ActionPoint.objects.create(words="Ask about the new form", **given, done_at=NOW)
    ActionPoint.objects.create(words="No longer needed", **given, dropped_at=NOW)
    assert not rows(huddles, "attendance")
    meeting.started_at, meeting.ended_at = NOW, NOW + timedelta(minutes=9)
    meeting.save()
    assert sorted(row["outcome"] for row in rows(huddles, "attendance")) == ["away", "there"]
    (action,) = rows(huddles, "action")
    assert action["done_at"] == done.done_at and action["identity_key"] in keys_of(floor, 0)
