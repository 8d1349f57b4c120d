"""Who reads whose feedback, what comes first, and does what is not mine go to whoever it concerns, seen from both ends?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.coaching import preparing
from floorwalker.apps.coaching.deciding import Decided, answer_feedback, decide_matter, places_for
from floorwalker.apps.coaching.from_evaluations import collect_evaluations
from floorwalker.apps.coaching.inbox import inbox_of_agent, inbox_of_process, inbox_of_team
from floorwalker.apps.coaching.models import Decision, Feedback, Matter, MatterDecision
from floorwalker.apps.coaching.reminders import due
from floorwalker.apps.evaluations.answering_back import show_marks
from floorwalker.apps.evaluations.appealing import raise_appeal
from floorwalker.apps.evaluations.models import Opening
from floorwalker.apps.notices.models import About
from floorwalker.errors import Refused
from floorwalker.ui.notice_words import sentence
from tests.apps.coaching.said import feedback_of, said
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.made import missed, published_form, released, sent
from tests.apps.standards.made import process_of

ON = NOW.date()
LATER = NOW + timedelta(hours=2)


def test_nobody_reads_a_colleagues_inbox_and_a_private_note_stays_with_leaders(floor: Floor) -> None:
    feedback_of(floor)
    note = feedback_of(floor, about="measure:average_handle_time", behaviour="Tired this week.", private=True)
    own, inbox = floor.client("agent"), f"/agents/{floor.agents[0].pk}/feedback/"
    assert floor.client("mate").get(inbox).status_code == 404
    assert floor.client("analyst").get(inbox).status_code == 404
    for page in (own.get("/feedback/"), own.get(inbox)):
        assert "She had to tell it twice." in page.content.decode() and "Tired" not in page.content.decode()
    assert own.get(f"/feedback/matters/{note.matter_id}/").status_code == 404
    assert "Tired this week." in floor.client("leader").get(inbox).content.decode()
    assert floor.client("leader").get(f"/feedback/matters/{note.matter_id}/").status_code == 200


def test_a_private_note_under_an_open_matter_moves_nothing_that_she_sees(floor: Floor) -> None:
    matter = feedback_of(floor).matter
    decide_matter(matter, Decided(Decision.ACT, "I ask first now."), by=floor.users["agent"], at=LATER)
    feedback_of(floor, at=LATER + timedelta(hours=1), private=True, behaviour="Still.")
    (one,) = inbox_of_agent(floor.agents[0], floor.users["agent"], ON).mine
    assert not one.waits and len(one.said) == 1
    page = floor.client("agent").get(f"/feedback/matters/{matter.pk}/").content.decode()
    assert "Still." not in page
    assert not Feedback.objects.get(private=True).seen_at


def test_what_is_new_comes_first_and_is_seen_once_she_has_opened_it(floor: Floor) -> None:
    old = feedback_of(floor).matter
    own = floor.client("agent")
    assert "1 matter holds something new." in own.get("/feedback/").content.decode()
    feedback_of(floor, about="measure:average_handle_time", at=NOW - timedelta(days=2))
    Matter.objects.filter(pk=old.pk).update(newest_at=LATER)
    found = inbox_of_agent(floor.agents[0], floor.users["agent"], ON).mine
    assert [one.is_new for one in found] == [True, False] and found[1].matter == old
    floor.client("leader").get(f"/agents/{floor.agents[0].pk}/feedback/")
    assert Feedback.objects.unseen().count() == 1, "a leader's reading is not hers"
    own.get("/feedback/")
    assert not Feedback.objects.unseen().exists()


def test_every_decision_has_a_reason_and_stays(floor: Floor) -> None:
    matter, own = feedback_of(floor).matter, floor.client("agent")
    address = f"/feedback/matters/{matter.pk}/"
    assert own.post(address, {"decision": "act", "because": ""}).status_code == 422
    past = own.post(address, {"decision": "watch", "because": "Let us see.", "watch_until": "2020-01-01"})
    assert past.status_code == 422 and "a day after today" in past.content.decode()
    far = own.post(address, {"decision": "watch", "because": "Let us see.", "watch_until": "2150-01-01"})
    assert far.status_code == 422 and "nobody plans so far ahead" in far.content.decode()
    given = {
        "decision": "watch",
        "because": "Let us see.",
        "watch_until": f"{timezone.now().date() + timedelta(days=60)}",
    }
    assert own.post(address, given).status_code == 302
    assert own.post(address, {"decision": "thanks", "because": "It helped."}).status_code == 302
    page = own.get(address).content.decode()
    assert "Let us see." in page and "It helped." in page and MatterDecision.objects.count() == 2
    assert floor.client("leader").post(address, given).status_code == 404, "hers to decide"
    matter.refresh_from_db()
    assert (matter.decision, matter.watch_until) == (Decision.THANKS, None)


def test_what_is_not_mine_lies_with_the_process_and_both_ends_say_so(floor: Floor) -> None:
    matter, process, owner = feedback_of(floor).matter, process_of(floor), floor.users["process_owner"]
    because = "Nobody can see the delivery date."
    own, address = floor.client("agent"), f"/feedback/matters/{matter.pk}/"
    assert own.post(address, {"decision": "not_mine", "because": because}).status_code == 422
    given = {"decision": "not_mine", "because": because, "to": f"process:{process.pk}"}
    assert own.post(address, given).status_code == 302
    found = inbox_of_agent(floor.agents[0], floor.users["agent"], ON)
    assert not found.mine and [one.matter for one in found.system] == [matter]
    (there,) = inbox_of_process(process, owner, ON).mine
    assert there.passed_from == (matter,) and there.waits and there.reasons == (because,)
    page = floor.client("process_owner").get(f"/feedback/matters/{there.matter.pk}/").content.decode()
    assert because in page and str(floor.agents[0]) not in page and "She had to tell it twice" not in page
    assert floor.client("process_owner").get(address).status_code == 404
    assert "lies with Delivery dates now" in own.get(address).content.decode()
    assert floor.client("agent").get(f"/processes/{process.pk}/feedback/").status_code == 404
    decide_matter(there.matter, Decided(Decision.ACT, "A field is added."), by=owner, at=LATER)
    assert "What was decided there: act now." in own.get(address).content.decode()


def test_what_is_shown_as_new_is_counted_as_new_wherever_it_lies(floor: Floor) -> None:
    given = Decided(Decision.NOT_MINE, "Nobody can see the date.", to=process_of(floor))
    decide_matter(feedback_of(floor).matter, given, by=floor.users["agent"], at=LATER)
    own = floor.client("agent")
    page = own.get("/feedback/").content.decode()
    assert page.count('<span class="flag">new</span>') == 1 and "1 matter holds something new." in page
    page = own.get("/feedback/").content.decode()
    assert '<span class="flag">new</span>' not in page and "0 matters hold something new." in page


def test_what_is_the_teams_stands_there_without_anybodys_words(floor: Floor) -> None:
    matter, team = feedback_of(floor).matter, floor.teams[0]
    given = Decided(Decision.NOT_MINE, "All of us do it so.", to=team)
    decide_matter(matter, given, by=floor.users["agent"], at=LATER)
    (there,) = inbox_of_team(team, floor.users["leader"], ON).mine
    page = floor.client("leader").get(f"/teams/{team.pk}/feedback/").content.decode()
    assert "passed on from 1 place" in page and "All of us do it so." not in page
    assert floor.client("other_leader").get(f"/teams/{team.pk}/feedback/").status_code == 404
    assert floor.client("agent").get(f"/teams/{team.pk}/feedback/").status_code == 404
    teams, _processes = places_for(there.matter, ON)
    assert team not in teams, "nowhere it has come from"
    with pytest.raises(Refused, match="cannot go there"):
        back = Decided(Decision.NOT_MINE, "No.", to=floor.teams[1])
        decide_matter(there.matter, back, by=floor.users["leader"], at=LATER)


def test_whoever_gave_it_reads_the_answer_and_nobody_else_answers(floor: Floor) -> None:
    given = feedback_of(floor, by="mate")
    assert floor.client("leader").post(f"/feedback/{given.pk}/answer/", {"words": "Hm."}).status_code == 404
    answer = floor.client("agent").post(f"/feedback/{given.pk}/answer/", {"words": "I had not seen that."})
    assert answer.status_code == 302
    assert "I had not seen that." in floor.client("mate").get("/feedback/given/").content.decode()
    with pytest.raises(Refused, match="only whoever receives"):
        answer_feedback(given, "No.", by=floor.users["mate"], at=NOW)
    with pytest.raises(Refused, match="an answer has words"):
        answer_feedback(given, " ", by=floor.users["agent"], at=NOW)


def test_something_new_makes_a_decided_matter_wait_again(floor: Floor) -> None:
    matter = feedback_of(floor).matter
    decide_matter(matter, Decided(Decision.THANKS, "Good to know."), by=floor.users["agent"], at=NOW)
    assert not Matter.objects.waiting(ON).exists()
    feedback_of(floor, by="mate", at=LATER)
    assert Matter.objects.waiting(ON).get() == matter
    decide_matter(matter, Decided(Decision.WATCH, "A week.", ON + timedelta(days=7)), by=floor.users["agent"], at=LATER)
    assert not Matter.objects.waiting(ON).exists() and Matter.objects.waiting(ON + timedelta(days=7)).exists()


def test_whoever_watches_a_matter_is_reminded_when_its_day_has_come(floor: Floor) -> None:
    matter, day = feedback_of(floor).matter, ON + timedelta(days=7)
    decide_matter(matter, Decided(Decision.WATCH, "A week.", day), by=floor.users["agent"], at=NOW)
    assert not list(due(NOW + timedelta(days=6)))
    (one,) = due(NOW + timedelta(days=7))
    assert (one.user, one.about) == (floor.users["agent"].pk, About.LOOK_AT_FEEDBACK)
    assert sentence(str(one.about), one.params).startswith("Please look again at “Transfer rate”")
    decide_matter(matter, Decided(Decision.THANKS, "Done."), by=floor.users["agent"], at=NOW + timedelta(days=7))
    assert not list(due(NOW + timedelta(days=8)))


def test_without_a_log_in_of_hers_whoever_coaches_her_decides(floor: Floor) -> None:
    assert said().seen
    matter = feedback_of(floor, floor.agents[6]).matter
    decide_matter(matter, Decided(Decision.ACT, "We talked."), by=floor.users["leader"], at=LATER)
    with pytest.raises(Refused, match="only whoever receives"):
        decide_matter(feedback_of(floor).matter, Decided(Decision.ACT, "No."), by=floor.users["leader"], at=LATER)


def test_whoever_has_no_inbox_is_told_why(floor: Floor) -> None:
    assert "You receive no feedback here" in floor.client("nobody").get("/feedback/").content.decode()
    page = floor.client("leader").get("/feedback/").content.decode()
    assert f"/teams/{floor.teams[0].pk}/feedback/" in page


def test_where_a_matter_went_stays_visible_after_a_later_decision(floor: Floor) -> None:
    matter, process, agent = feedback_of(floor).matter, process_of(floor), floor.users["agent"]
    decide_matter(matter, Decided(Decision.NOT_MINE, "Nobody can see the date.", to=process), by=agent, at=NOW)
    feedback_of(floor, by="mate", at=LATER)
    decide_matter(matter, Decided(Decision.ACT, "I ask for it now."), by=agent, at=LATER)
    (there,) = inbox_of_process(process, floor.users["process_owner"], ON).mine
    assert there.passed_from == (matter,) and there.reasons == ("Nobody can see the date.",)
    assert [one.matter for one in inbox_of_agent(floor.agents[0], agent, ON).mine] == [matter], "hers again"
    page = floor.client("agent").get(f"/feedback/matters/{matter.pk}/").content.decode()
    assert f"→ {process}" in page and "lies with" not in page
    teams, processes = places_for(there.matter, ON)
    assert process not in processes and floor.teams[0] in teams


def test_appealed_marks_are_told_to_nobody_who_could_decide_about_them(floor: Floor) -> None:
    form, agent = published_form(floor.users["analyst"]), floor.users["agent"]
    one = released(floor, form, sent() | missed("q1", "no", "agent"))
    show_marks(one, by=agent, at=timezone.now())
    collect_evaluations(timezone.now())
    boss, inbox = floor.client("boss"), f"/agents/{floor.agents[0].pk}/feedback/"
    matter = Matter.objects.get(code=f"question:{form.pk}:q1")
    assert "Heard at q1" in floor.client("leader").get(inbox).content.decode()
    assert Opening.objects.filter(evaluation=one, user=floor.users["leader"]).exists(), "read here is read"
    raise_appeal(one, "I did greet her", ["q1"], by=agent, at=timezone.now())
    assert "Heard at q1" not in boss.get(inbox).content.decode()
    assert boss.get(f"/feedback/matters/{matter.pk}/").status_code == 404
    assert not Opening.objects.filter(evaluation=one, user=floor.users["boss"]).exists()
    assert "Heard at q1" in floor.client("agent").get("/feedback/").content.decode(), "it is about her"
    assert preparing.found_of(floor.agents[0], floor.users["boss"], timezone.now().date()) == []
    assert not Feedback.objects.settled().filter(matter=matter).exists(), "a pack of the year holds none of it"
