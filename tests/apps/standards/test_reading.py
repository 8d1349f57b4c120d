"""Does a published standard come to those whom it concerns, and is it known who read and understood it?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from floorwalker.apps.people.actions import add_user, join_team
from floorwalker.apps.people.models import Agent
from floorwalker.apps.standards.concerning import concerned_by
from floorwalker.apps.standards.models import Acknowledgement, CheckAnswer, Remark, Reminder, StandardVersion
from floorwalker.apps.standards.printing import notice_pdf
from floorwalker.apps.standards.publishing import acknowledge
from floorwalker.apps.standards.readers import readers_of
from floorwalker.apps.standards.tasks import keep_reading
from floorwalker.apps.standards.views import reading, standards
from floorwalker.errors import Refused
from tests.apps.conftest import NOW, Floor
from tests.apps.standards.made import TODAY, published_standard

AT = datetime.combine(TODAY, NOW.timetz())


def test_it_concerns_the_people_of_its_place_and_their_leaders(floor: Floor) -> None:
    version = published_standard(floor)
    found = concerned_by(version, TODAY)
    assert {user.username for user in found.users} == {"agent", "mate", "leader", "branch_leader"}
    assert floor.agents[4] not in found.without_log_in and len(found.without_log_in) >= 1
    newcomer = add_user("late", "agent", agent=floor.agents[1], by="test", at=NOW)
    assert not any(user == newcomer for user in concerned_by(version, TODAY).users)


def test_it_is_read_when_the_check_is_understood_and_every_try_is_kept(floor: Floor) -> None:
    version = published_standard(floor, check=True)
    agent, question = floor.client("agent"), version.questions.get()
    page = f"/standards/{version.standard_id}/read/"
    home = agent.get("/").content.decode()
    assert "A standard waits to be read" in home and page in home
    assert agent.post(page, {}).status_code == 422
    wrong = agent.post(page, {f"q{question.pk}": "0"})
    assert wrong.status_code == 422 and "It is in the first sentence." in wrong.content.decode()
    assert not Acknowledgement.objects.exists()
    assert agent.post(page, {f"q{question.pk}": "1"}).status_code == 302
    assert Acknowledgement.objects.get().user == floor.users["agent"]
    tries = CheckAnswer.objects.order_by("try_number")
    assert [(one.try_number, one.is_right) for one in tries] == [(1, False), (2, True)]
    assert "A standard waits to be read" not in agent.get("/").content.decode()
    agent.post(page, {f"q{question.pk}": "1"})
    assert Acknowledgement.objects.count() == 1


def test_nobody_has_read_what_took_the_place_of_her_page(floor: Floor) -> None:
    version = published_standard(floor)
    page, agent = f"/standards/{version.standard_id}/read/", floor.client("agent")
    assert '<input type="hidden" name="version" value="1">' in agent.get(page).content.decode()
    answer = agent.post(page, {"version": "2"})  # as if the first had come after the second
    assert answer.status_code == 422 and "somebody else changed this meanwhile" in answer.content.decode().lower()
    assert not Acknowledgement.objects.exists()
    assert agent.post(page, {"version": "1"}).status_code == 302
    assert Acknowledgement.objects.get().user == floor.users["agent"]


def test_who_has_not_read_it_is_told_to_its_keepers_and_to_leaders_of_their_own_people(floor: Floor) -> None:
    version = published_standard(floor)
    asking = version.askings.get()
    acknowledge(asking, {}, by=floor.users["mate"], at=AT)
    boss = floor.client("boss").get(f"/standards/{version.standard_id}/readers/").content.decode()
    without = len(concerned_by(version, TODAY).without_log_in)
    assert f"1 of the {4 + without} people whom it concerns have read it." in boss and "leader" in boss
    assert f"{without} of them have no log-in" in boss and "It is to be read by" in boss and "late" not in boss
    leader = floor.client("leader").get(f"/standards/{version.standard_id}/readers/").content.decode()
    assert "1 of the" in leader and "branch_leader" not in leader
    assert floor.client("mate").get(f"/standards/{version.standard_id}/readers/").status_code == 404
    with pytest.raises(Refused, match="does not concern you"):
        acknowledge(asking, {}, by=floor.users["other_leader"], at=AT)


def test_late_readers_go_by_their_own_names(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    version = published_standard(floor)
    asking = version.askings.get()
    acknowledge(asking, {}, by=floor.users["mate"], at=AT)
    found = readers_of(version, asking.due_on + timedelta(days=1))
    assert found is not None and found.is_overdue and not readers_of(version, asking.due_on).is_overdue  # type: ignore[union-attr]
    assert [user.called for user, _at in found.read] == [floor.agents[2].name]
    assert floor.users["leader"].called == "leader" and found.concerned == found.asked + len(found.without_log_in)
    monkeypatch.setattr(reading, "today", lambda: asking.due_on + timedelta(days=1))
    page = floor.client("boss").get(f"/standards/{version.standard_id}/readers/").content.decode()
    assert "Not yet, and late" in page and "3 people are late" in page
    assert floor.agents[0].name in page and "<li>agent<" not in page


def test_who_has_no_log_in_signs_on_paper_and_only_keepers_and_leaders_print_the_list(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = published_standard(floor)
    signed: list[list[str]] = []

    def noted(_version: StandardVersion, _at: datetime, to_sign: list[str]) -> bytes:
        signed.append(to_sign)
        return notice_pdf(_version, _at, to_sign)

    monkeypatch.setattr(standards, "notice_pdf", noted)
    expected = [str(agent) for agent in concerned_by(version, TODAY).without_log_in]
    for name, asked in (("boss", "?sign=1"), ("boss", ""), ("agent", "?sign=1")):
        answer = floor.client(name).get(f"/standards/{version.standard_id}/notice.pdf{asked}")
        assert answer.content.startswith(b"%PDF")
    assert expected and signed == [expected, [], []]


def test_of_fewer_than_four_answers_nobodys_misunderstanding_is_told(floor: Floor) -> None:
    version = published_standard(floor, check=True)
    asking, question = version.askings.get(), version.questions.get()
    names = ("agent", "mate", "leader")
    for name in names:
        acknowledge(asking, {question.pk: 0}, by=floor.users[name], at=AT)
    few = readers_of(version, TODAY)
    assert few is not None and few.questions[0].share is None and few.questions[0].mostly == ""
    acknowledge(asking, {question.pk: 1}, by=floor.users["branch_leader"], at=AT)
    told = readers_of(version, TODAY)
    assert told is not None and told.questions[0].share is not None
    assert (told.questions[0].share.value, told.questions[0].mostly) == (0.25, "nothing")
    assert told.questions[0].share.low < 0.25 < told.questions[0].share.high  # type: ignore[operator]


def test_who_is_late_is_reminded_each_week_four_times_and_no_more(floor: Floor) -> None:
    version = published_standard(floor)
    acknowledge(version.askings.get(), {}, by=floor.users["mate"], at=AT)
    assert keep_reading(AT + timedelta(days=7)) == (0, 0)
    assert keep_reading(AT + timedelta(days=8)) == (0, 3)
    assert keep_reading(AT + timedelta(days=9)) == (0, 0)
    assert "is overdue" in floor.client("agent").get("/").content.decode()
    for week in range(1, 6):
        keep_reading(AT + timedelta(days=8 + 7 * week))
    assert Reminder.objects.filter(user=floor.users["agent"]).count() == 4
    assert not Reminder.objects.filter(user=floor.users["mate"]).exists()


def test_a_refresher_asks_everybody_again(floor: Floor) -> None:
    version = published_standard(floor, refresher_days=90)
    acknowledge(version.askings.get(), {}, by=floor.users["agent"], at=AT)
    assert keep_reading(AT + timedelta(days=89))[0] == 0
    assert keep_reading(AT + timedelta(days=90))[0] == 1
    assert keep_reading(AT + timedelta(days=90))[0] == 0
    agent = floor.client("agent")
    assert "it is time to look at it again" in agent.get(f"/standards/{version.standard_id}/read/").content.decode()
    assert agent.post(f"/standards/{version.standard_id}/read/", {}).status_code == 302
    assert Acknowledgement.objects.filter(user=floor.users["agent"]).count() == 2


def test_somebody_asks_and_is_answered_on_its_page(floor: Floor) -> None:
    version = published_standard(floor)
    mate = floor.client("mate")
    assert mate.post(f"/standards/{version.standard_id}/ask/", {"text": "Also of wrong numbers?"}).status_code == 302
    asked = Remark.objects.get(kind="question")
    boss = floor.client("boss")
    assert boss.post(f"/standards/remarks/{asked.pk}/", {"outcome": "answered", "answer": "No."}).status_code == 302
    assert "Also of wrong numbers?" in floor.client("agent").get(f"/standards/{version.standard_id}/").content.decode()


def test_displays_and_print_say_it_whole(floor: Floor) -> None:
    version = published_standard(floor)
    shown = floor.client("agent").get(f"/standards/{version.standard_id}/display/").content.decode()
    assert version.wording in shown and "at most 40%" in shown and 'class="top"' not in shown
    answer = floor.client("agent").get(f"/standards/{version.standard_id}/notice.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")


def test_who_moves_to_another_team_is_asked_no_longer(floor: Floor) -> None:
    version = published_standard(floor)
    agent = Agent.objects.get(pk=floor.agents[0].pk)
    join_team(agent, floor.teams[1], on=TODAY, by=floor.users["boss"], at=NOW)
    assert floor.client("agent").get(f"/standards/{version.standard_id}/read/").status_code == 404
    assert StandardVersion.objects.get(pk=version.pk).is_published
