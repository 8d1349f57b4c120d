"""Is a brief drafted from the week and then a person's, and does what was agreed come back until it is done or dropped?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from floorwalker.apps.huddles import agreeing, holding
from floorwalker.apps.huddles.drafting import draft
from floorwalker.apps.huddles.models import (
    ActionPoint,
    Attendance,
    AttendanceBefore,
    BriefItem,
    ItemKind,
    Meeting,
    MeetingKind,
    Thanks,
)
from floorwalker.apps.huddles.noting import keep_notes, mark_of_notes
from floorwalker.apps.people.models import AuditEntry
from floorwalker.errors import Refused
from floorwalker.insight.cause import Share
from floorwalker.insight.gaps import Gap, Sureness, Whose
from floorwalker.insight.scorecard import Period
from floorwalker.insight.team_week import OfTeam
from floorwalker.kpis.catalogue import catalogue
from tests.apps.conftest import NOW, Floor
from tests.apps.huddles.made import a_huddle, a_question, an_action
from tests.apps.standards.made import published_standard

DAY = timedelta(days=1)


def kinds(floor: Floor, at: datetime = NOW) -> list[str]:
    return [one.kind for one in draft(floor.teams[0], at)]


def test_the_draft_holds_thanks_that_may_be_read_and_no_others(floor: Floor) -> None:
    told = {
        "came_from": "customer",
        "words": "She stayed until it worked.",
        "by": floor.users["leader"],
        "at": NOW - DAY,
    }
    own = Thanks.objects.create(agent=floor.agents[0], **told)
    Thanks.objects.create(agent=floor.agents[1], shared=True, **told)  # of the other team
    Thanks.objects.create(agent=floor.agents[2], shared=True, **told | {"at": NOW - 8 * DAY})
    assert draft(floor.teams[0], NOW) == []
    Thanks.objects.filter(pk=own.pk).update(shared=True)
    assert draft(floor.teams[0], NOW) == [], "nobody has made sure that no customer can be told from it"
    Thanks.objects.filter(pk=own.pk).update(redacted_by=floor.users["boss"])
    (one,) = draft(floor.teams[0], NOW)
    assert one.code == f"thanks:{own.pk}" and floor.agents[0].name in one.words and "stayed until" in one.words


def test_the_draft_tells_what_was_judged_of_the_team_with_its_figure(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = Share(bytes(floor.teams[0].key), 40.0, 15.0, 65.0, 0.93, 0.7)
    gap = Gap(Whose.TEAM, share.key, share, 500, Sureness.REAL)
    period = Period(NOW.date() - 28 * DAY, NOW.date())
    said = [OfTeam(catalogue()["average_handle_time"], period, NOW, gap=gap)]
    monkeypatch.setattr("floorwalker.apps.huddles.drafting.said_of_team", lambda _facts, _team, _on: said)
    (one,) = draft(floor.teams[0], NOW)
    assert one.kind == ItemKind.WATCH and one.code == "gap:average_handle_time"
    assert "the whole team: 40 s more (likely 15 s to 65 s), 93% sure" in one.words
    assert one.figure is not None and one.figure["low"] == 15.0 and one.figure["kpi_version"] >= 1
    made = a_huddle(floor)
    assert made.drafted == [one.kept] and made.items.get().figure == one.figure


def test_a_standard_is_said_once_as_a_change_and_later_as_in_force_for_its_team_alone(floor: Floor) -> None:
    version = published_standard(floor)
    at = timezone.now()
    found = draft(floor.teams[0], at)
    assert [(one.kind, one.code) for one in found] == [("change", f"standard:{version.standard_id}:{version.number}")]
    assert version.title in found[0].words
    assert draft(floor.teams[1], at) == []
    # A month later it is no news any more, and holds all the same.
    assert kinds(floor, at + 30 * DAY) == ["standard"]


def test_an_action_comes_back_until_it_is_done_or_dropped_with_a_word(floor: Floor) -> None:
    leader, agent = floor.users["leader"], floor.users["agent"]
    first = a_huddle(floor)
    mine, hers = an_action(floor, first), an_action(floor, first, owner="agent")
    holding.end_meeting(first, "", by=leader, at=NOW)
    second = a_huddle(floor, NOW + DAY)
    assert [one.code for one in second.items.all()] == [f"action:{mine.pk}", f"action:{hers.pk}"]
    agreeing.finish_action(hers, "They come on Monday.", by=agent, at=NOW + DAY)
    with pytest.raises(Refused, match="dropped with a word"):
        agreeing.drop_action(mine, " ", by=leader, at=NOW + DAY)
    with pytest.raises(Refused, match="somebody else's"):
        agreeing.drop_action(mine, "No time", by=agent, at=NOW + DAY)
    assert kinds(floor, NOW + 2 * DAY) == ["action"]
    agreeing.drop_action(mine, "The supplier has closed.", by=leader, at=NOW + DAY)
    assert kinds(floor, NOW + 2 * DAY) == []
    with pytest.raises(Refused, match="settled already"):
        agreeing.finish_action(mine, by=leader, at=NOW + 2 * DAY)


def test_an_action_leads_on_whoever_may_settle_it_and_nobody_else(floor: Floor) -> None:
    meeting = a_huddle(floor)
    point = an_action(floor, meeting, owner="agent")
    link, page = f'href="/huddles/actions/{point.pk}/"', f"/huddles/{meeting.pk}/"
    seen = {who: link in floor.client(who).get(page).content.decode() for who in ("agent", "leader", "mate")}
    assert seen == {"agent": True, "leader": True, "mate": False}


def test_an_action_is_for_somebody_of_the_team_and_due_from_today_on(floor: Floor) -> None:
    meeting, given = a_huddle(floor), {"by": floor.users["leader"], "at": NOW}
    with pytest.raises(Refused, match="somebody of this team"):
        agreeing.agree_action(meeting, "Ask", owner=floor.users["analyst"], due_on=NOW.date() + DAY, **given)
    with pytest.raises(Refused, match="due today or later"):
        agreeing.agree_action(meeting, "Ask", owner=floor.users["leader"], due_on=NOW.date() - DAY, **given)
    with pytest.raises(Refused, match="so far ahead"):
        agreeing.agree_action(meeting, "Ask", owner=floor.users["leader"], due_on=date(2199, 1, 1), **given)


def test_a_meeting_is_of_these_days(floor: Floor) -> None:
    given: dict[str, Any] = {"minutes": 10, "by": floor.users["leader"], "at": NOW}
    for days, said in ((-365, "is over"), (730, "so far ahead")):
        with pytest.raises(Refused, match=said):
            holding.plan_meeting(floor.teams[0], MeetingKind.HUDDLE, planned_for=NOW + timedelta(days=days), **given)
    begun = holding.plan_meeting(floor.teams[0], MeetingKind.HUDDLE, planned_for=NOW - timedelta(hours=1), **given)
    assert begun.planned_for < NOW, "one that is being held is still written down"


def test_the_brief_is_a_persons_and_what_was_drafted_stays(floor: Floor) -> None:
    leader = floor.users["leader"]
    first = a_huddle(floor)
    an_action(floor, first)
    meeting = a_huddle(floor, NOW + DAY)
    drafted = meeting.drafted
    added = holding.add_item(meeting, ItemKind.OTHER, "Cake at three", by=leader, at=NOW)
    one = meeting.items.first()
    assert one is not None
    holding.change_item(one, "The supplier", by=leader, at=NOW)
    holding.move_item(added, -1, by=leader, at=NOW)
    holding.move_item(added, -1, by=leader, at=NOW)
    assert [item.words for item in meeting.items.all()] == ["Cake at three", "The supplier"]
    holding.drop_item(added, by=leader, at=NOW)
    assert [item.words for item in meeting.items.all()] == ["The supplier"]
    assert Meeting.objects.get(pk=meeting.pk).drafted == drafted
    assert AuditEntry.objects.get(verb="change_brief_item").detail["was"] == drafted[0]["words"]
    holding.end_meeting(meeting, "", by=leader, at=NOW)
    with pytest.raises(Refused, match="is over"):
        holding.add_item(meeting, ItemKind.OTHER, "Too late", by=leader, at=NOW)


def test_only_whoever_leads_the_team_makes_its_meetings(floor: Floor) -> None:
    meeting = a_huddle(floor)
    for name in ("agent", "other_leader", "former_leader", "analyst", "site_boss"):
        with pytest.raises(Refused, match="do not lead this team"):
            holding.begin_meeting(meeting, by=floor.users[name], at=NOW)
    for name in ("branch_leader", "boss"):
        holding.begin_meeting(meeting, by=floor.users[name], at=NOW)
    with pytest.raises(Refused, match="not of this team"):
        agreeing.ask(meeting, "And us?", by=floor.users["other_leader"], at=NOW)


def test_who_was_there_is_noted_of_the_team_alone_and_can_be_noted_again(floor: Floor) -> None:
    meeting, given = a_huddle(floor), {"by": floor.users["leader"], "at": NOW}
    with pytest.raises(Refused, match="not of this team"):
        holding.note_attendance(meeting, [floor.agents[1]], **given)
    holding.note_attendance(meeting, [floor.agents[0]], **given)
    holding.note_attendance(meeting, [floor.agents[0], floor.agents[2]], **given)
    there = {one.agent_id for one in meeting.attendances.all() if one.there}
    assert there == {floor.agents[0].pk, floor.agents[2].pk}
    absent = meeting.attendances.filter(there=False)
    assert absent.exists() and floor.agents[1].pk not in {one.agent_id for one in absent}


def test_the_pages_from_plan_to_end(floor: Floor) -> None:
    leader, agent = floor.client("leader"), floor.client("agent")
    team, now = floor.teams[0], datetime.now(UTC)
    assert (
        leader.get("/huddles/").status_code == 302
        and leader.get("/huddles/")["Location"] == f"/teams/{team.pk}/huddles/"
    )
    empty = leader.get(f"/teams/{team.pk}/huddles/").content.decode()
    assert "No meeting is planned" in empty and "None was held yet" in empty
    given = {"kind": "huddle", "day": now.date().isoformat(), "time": "09:30", "minutes": "10"}
    assert leader.post(f"/teams/{team.pk}/huddles/", given | {"minutes": "0"}).status_code == 422
    assert agent.post(f"/teams/{team.pk}/huddles/", given).status_code == 404
    address = leader.post(f"/teams/{team.pk}/huddles/", given)["Location"]
    meeting = Meeting.objects.get()
    assert meeting.kind == MeetingKind.HUDDLE and meeting.planned_for.hour == 9
    leader.post(f"{address}brief/", {"do": "add", "add-kind": "other", "add-words": "Cake at three"})
    assert leader.post(f"{address}brief/", {"do": "add", "add-kind": "other", "add-words": ""}).status_code == 422
    assert "Cake at three" in agent.get(address).content.decode()
    assert agent.post(f"{address}brief/", {"do": "drop", "item": meeting.items.get().pk}).status_code == 404
    shown = leader.post(f"{address}begin/", follow=True).content.decode()
    assert "Planned to end at" in shown and "data-ends=" in shown and "Cake at three" in shown
    pdf = agent.get(f"{address}brief.pdf")
    assert pdf.content.startswith(b"%PDF") and b"/Pages/Count 1/" in pdf.content
    agent.post(f"{address}ask/", {"ask-words": "When do the headsets come?"})
    question = meeting.questions.get()
    assert "Asked and not answered yet" in leader.get(f"/teams/{team.pk}/huddles/").content.decode()
    leader.post(f"/huddles/questions/{question.pk}/", {"words": "On Monday."})
    due = (now.date() + DAY).isoformat()
    said = {"agree-words": "Ask the supplier", "agree-owner": floor.users["agent"].pk, "agree-due_on": due}
    assert leader.post(f"{address}actions/", said | {"agree-due_on": "2020-01-01"}).status_code == 422
    leader.post(f"{address}actions/", said)
    leader.post(f"{address}attendance/", {"there": [floor.agents[0].pk]})
    leader.post(f"{address}end/", {"do": "end", "end-notes": "Short and good."})
    page = agent.get(address).content.decode()
    for words in ("On Monday.", "Ask the supplier", "Short and good.", f"{floor.agents[0].name}: there"):
        assert words in page, words
    point = ActionPoint.objects.get()
    assert agent.post(f"/huddles/actions/{point.pk}/", {"do": "drop", "outcome": ""}).status_code == 422
    assert agent.post(f"/huddles/actions/{point.pk}/", {"do": "done", "outcome": "Done"}).status_code == 302
    assert floor.client("mate").get(f"/huddles/actions/{point.pk}/").status_code == 404


def test_what_is_being_noted_goes_along_with_other_forms_and_is_read_once_it_is_over(floor: Floor) -> None:
    meeting, leader, agent = a_huddle(floor), floor.client("leader"), floor.client("agent")
    address = f"/huddles/{meeting.pk}/"
    leader.post(f"{address}ask/", {"ask-words": "When?", "notes": "Wren has an idea"})
    page = leader.get(address).content.decode()
    assert "Wren has an idea</textarea>" in page and "floor/notes.js" in page
    assert leader.post(f"{address}actions/", {"agree-words": "", "notes": "Wren's idea"}).status_code == 422
    leader.post(f"{address}ask/", {"ask-words": "And where?"})
    meeting.refresh_from_db()
    assert meeting.notes == "Wren's idea", "a form that brings nothing along changes nothing"
    agent.post(f"{address}ask/", {"ask-words": "Who?", "notes": "not mine to write"})
    meeting.refresh_from_db()
    assert meeting.notes == "Wren's idea", "only whoever leads writes them"
    assert leader.post(f"{address}end/", {"do": "keep", "end-notes": "To try on Monday"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.notes == "To try on Monday" and meeting.ended_at is None
    assert "To try on Monday" not in agent.get(address).content.decode()
    with pytest.raises(Refused, match="too long"):
        keep_notes(meeting, 5000 * "x", by=floor.users["leader"], at=NOW)
    leader.post(f"{address}end/", {"do": "end", "end-notes": "To try on Monday"})
    assert "To try on Monday" in agent.get(address).content.decode()
    with pytest.raises(Refused):
        keep_notes(meeting, "More", by=floor.users["leader"], at=NOW)
    told = leader.post(f"{address}ask/", {"ask-words": "Later?", "notes": "More"}, follow=True).content.decode()
    assert "Your notes are not kept: “More”" in told
    meeting.refresh_from_db()
    assert meeting.notes == "To try on Monday", "what has ended is not written anew"


def test_notes_of_two_windows_stand_below_one_another_and_none_is_lost(floor: Floor) -> None:
    meeting, by = a_huddle(floor), floor.users["leader"]
    seen = mark_of_notes(meeting)
    keep_notes(meeting, "Wren has an idea", seen=seen, by=by, at=NOW)
    keep_notes(meeting, "Robin\r\nasks", seen=seen, by=by, at=NOW)
    assert meeting.notes == "Wren has an idea\nRobin\nasks"
    keep_notes(meeting, "Robin asks", seen=mark_of_notes(meeting), by=by, at=NOW)
    assert meeting.notes == "Robin asks", "whoever saw them may shorten them"
    holding.end_meeting(meeting, "", seen=seen, by=by, at=NOW)
    assert meeting.notes == "Robin asks", "an old window that is empty takes nothing away"
    assert AuditEntry.objects.filter(verb="keep_meeting_notes").count() == 3


def test_what_was_noted_of_a_meeting_that_is_called_off_is_read_by_whoever_leads(floor: Floor) -> None:
    meeting = a_huddle(floor)
    address = f"/huddles/{meeting.pk}/"
    floor.client("leader").post(f"{address}end/", {"do": "cancel", "end-notes": "Too few came"})
    assert "Too few came" in floor.client("leader").get(address).content.decode()
    assert "Too few came" not in floor.client("agent").get(address).content.decode()


def test_a_meeting_that_is_called_off_stays_and_takes_nothing_more(floor: Floor) -> None:
    meeting = a_huddle(floor)
    a_question(floor, meeting)
    leader = floor.client("leader")
    leader.post(f"/huddles/{meeting.pk}/end/", {"do": "cancel"})
    assert "called off" in leader.get(f"/huddles/{meeting.pk}/").content.decode()
    assert leader.post(f"/huddles/{meeting.pk}/begin/").status_code == 409
    assert Meeting.objects.planned().count() == 0


def test_of_two_who_act_on_the_same_page_the_second_is_told_what_happened(floor: Floor) -> None:
    leader, boss = floor.users["leader"], floor.users["boss"]
    meeting = a_huddle(floor)
    point = an_action(floor, meeting)
    stale, old = ActionPoint.objects.get(), Meeting.objects.get()
    item = holding.add_item(meeting, ItemKind.OTHER, "Water", by=leader, at=NOW)
    same = BriefItem.objects.get(pk=item.pk)
    holding.drop_item(item, by=leader, at=NOW)
    for late in (
        lambda: holding.change_item(same, "Tea", by=boss, at=NOW),
        lambda: holding.move_item(same, -1, by=boss, at=NOW),
        lambda: holding.drop_item(same, by=boss, at=NOW),
    ):
        with pytest.raises(Refused, match="left out already"):
            late()
    agreeing.finish_action(point, "They come on Monday", by=leader, at=NOW)
    with pytest.raises(Refused, match="settled already"):
        agreeing.drop_action(stale, "No answer", by=boss, at=NOW)
    assert ActionPoint.objects.get().outcome == "They come on Monday"
    holding.end_meeting(meeting, "Short", by=leader, at=NOW)
    with pytest.raises(Refused, match="is over"):
        holding.cancel_meeting(old, by=boss, at=NOW)
    assert Meeting.objects.get().cancelled_at is None


def test_who_was_there_is_not_rewritten_without_a_trace(floor: Floor) -> None:
    leader, meeting = floor.users["leader"], a_huddle(floor)
    first, second = floor.agents[0], floor.agents[2]
    holding.note_attendance(meeting, [first], by=leader, at=NOW)
    numbers = set(Attendance.objects.values_list("pk", flat=True))
    holding.note_attendance(meeting, [first], by=leader, at=NOW)
    assert not AttendanceBefore.objects.exists(), "noted again as it was"
    holding.note_attendance(meeting, [second], by=floor.users["boss"], at=NOW)
    before = AttendanceBefore.objects.all()
    assert {(one.attendance.agent, one.there) for one in before} == {(first, True), (second, False)}
    assert {one.changed_by for one in before} == {floor.users["boss"]}
    assert set(Attendance.objects.values_list("pk", flat=True)) == numbers, "the facts know each by its number"
    page = floor.client("leader").get(f"/huddles/{meeting.pk}/").content.decode()
    assert page.count("noted otherwise until") == 2


def test_a_meeting_that_is_ended_twice_is_ended_once_and_nobody_is_shown_an_error(floor: Floor) -> None:
    meeting, leader = a_huddle(floor), floor.client("leader")
    address = f"/huddles/{meeting.pk}/"
    for _twice in range(2):
        answer = leader.post(f"{address}end/", {"do": "end", "end-notes": "Short and good."}, follow=True)
        assert answer.status_code == 200 and "Kept. What is open comes back" in answer.content.decode()
    assert AuditEntry.objects.filter(verb="end_meeting").count() == 1
    # Other words, or called off, after that: told on its page, with what was typed.
    late = leader.post(f"{address}end/", {"do": "end", "end-notes": "Other words"}, follow=True).content.decode()
    assert "this meeting is over" in late and "“Other words”" in late and "Short and good." in late
    assert "this meeting is over" in leader.post(f"{address}end/", {"do": "cancel"}, follow=True).content.decode()
    off = a_huddle(floor)
    for _twice in range(2):
        assert leader.post(f"/huddles/{off.pk}/end/", {"do": "cancel"}, follow=True).status_code == 200
    assert AuditEntry.objects.filter(verb="cancel_meeting").count() == 1
