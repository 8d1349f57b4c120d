"""Does the next shift read what the last one left, and is whoever is thanked the one who decides who reads it?"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from floorwalker.apps.coaching.from_surveys import collect_surveys
from floorwalker.apps.coaching.models import Feedback, FeedbackSource, Leaning, Matter
from floorwalker.apps.dashboards.home import parts_for
from floorwalker.apps.huddles.handing_over import hand_over, read_note, take_back_note
from floorwalker.apps.huddles.models import HandOver, Thanks
from floorwalker.apps.huddles.reminders import due
from floorwalker.apps.huddles.thanking import Receiver, check_thanks, pass_on, share_thanks, thank
from floorwalker.apps.notices.models import About
from floorwalker.apps.people.models import Site, Team, User
from floorwalker.apps.surveys.models import Answer, Invitation
from floorwalker.errors import Refused
from floorwalker.ui.notice_words import sentence
from tests.apps.conftest import NOW, Floor
from tests.apps.huddles.made import a_huddle, a_question, an_action, customers_thanks
from tests.apps.rights import asked_survey

AT = datetime.now(UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_note_waits_on_the_homes_of_the_others_until_they_have_read_it(floor: Floor) -> None:
    mate, agent, leader = floor.client("mate"), floor.client("agent"), floor.client("leader")
    team = floor.teams[0]
    mate.post(f"/teams/{team.pk}/hand-over/", {"words": "Line two crackles.", "hours": "12"})
    note = HandOver.objects.get()
    for client in (agent, leader):
        home = client.get("/").content.decode()
        assert "Line two crackles." in home and "1 note of the last shift waits" in home
    assert "Line two crackles." not in mate.get("/").content.decode()
    assert "Line two crackles." not in floor.client("other_leader").get("/").content.decode()
    assert floor.client("other_leader").post(f"/hand-overs/{note.pk}/").status_code == 404
    agent.post(f"/hand-overs/{note.pk}/", {"do": "read"})
    agent.post(f"/hand-overs/{note.pk}/", {"do": "read"})
    assert "Line two crackles." not in agent.get("/").content.decode()
    page = leader.get(f"/teams/{team.pk}/hand-over/").content.decode()
    assert f"Read by {floor.users['agent'].called}" in " ".join(page.split())
    # By the team's clock, as its meetings are, and the page says by which.
    assert floor.teams[0].site is None and "(UTC)" in page
    Team.objects.filter(pk=team.pk).update(
        site=Site.objects.create(code="Osaka", name="Osaka", timezone="Asia/Tokyo", key=b"o" * 16)
    )
    page = leader.get(f"/teams/{team.pk}/hand-over/").content.decode()
    written, until = (f"{at.astimezone(ZoneInfo('Asia/Tokyo')):%H:%M}" for at in (note.at, note.until))
    assert f"{written} (Asia/Tokyo)" in page and "(UTC)" not in page
    assert until in page.split("holds until")[1][:40]
    mate.post(f"/hand-overs/{note.pk}/", {"do": "take_back"})
    assert "Line two crackles." not in leader.get("/").content.decode()


def test_what_a_team_shares_stands_below_the_figures_until_something_of_it_waits(floor: Floor) -> None:
    def places() -> tuple[int, int]:
        parts = parts_for(User.objects.get(username="leader"), AT)
        templates = [part.template for part in parts]
        return templates.index("huddles/_home.html"), templates.index("dashboards/_home_team.html")

    shared, figures = places()
    assert shared > figures
    hand_over(floor.teams[0], "Line two crackles.", until=AT + DAY, by=floor.users["agent"], at=AT)
    shared, figures = places()
    assert shared < figures


def test_a_note_holds_for_a_week_at_most_and_is_its_writers(floor: Floor) -> None:
    team, agent = floor.teams[0], floor.users["agent"]
    for until in (AT - HOUR, AT + 8 * DAY):
        with pytest.raises(Refused, match="holds for a while"):
            hand_over(team, "Line two crackles.", until=until, by=agent, at=AT)
    with pytest.raises(Refused, match="not of this team"):
        hand_over(team, "Line two crackles.", until=AT + DAY, by=floor.users["other_leader"], at=AT)
    note = hand_over(team, "Line two crackles.", until=AT + DAY, by=agent, at=AT)
    with pytest.raises(Refused, match="somebody else's"):
        take_back_note(note, by=floor.users["mate"], at=AT)
    take_back_note(note, by=floor.users["leader"], at=AT + HOUR)
    assert HandOver.objects.get().until == AT + HOUR
    with pytest.raises(Refused, match="not of this team"):
        read_note(note, by=floor.users["analyst"], at=AT)


def test_thanks_are_the_receivers_until_she_lets_her_team_read_them(floor: Floor) -> None:
    agent, mate, team = floor.users["agent"], floor.users["mate"], floor.teams[0]
    one = thank(Receiver(agent=floor.agents[0]), "You took my late call.", by=mate, at=AT)
    assert one.came_from == "colleague" and not one.shared
    for name in ("mate", "leader", "boss"):
        assert "took my late call" not in floor.client(name).get(f"/teams/{team.pk}/thanks/").content.decode()
        with pytest.raises(Refused, match="whoever is thanked decides"):
            share_thanks(one, True, by=floor.users[name], at=AT)
    own = floor.client("agent")
    assert "took my late call" in own.get("/thanks/").content.decode()
    assert "Somebody has thanked you" in own.get("/").content.decode()
    assert floor.client("leader").post(f"/thanks/{one.pk}/share/", {"do": "share"}).status_code == 404
    own.post(f"/thanks/{one.pk}/share/", {"do": "share"})
    assert "took my late call" in floor.client("mate").get(f"/teams/{team.pk}/thanks/").content.decode()
    share_thanks(Thanks.objects.get(), False, by=agent, at=AT)
    assert "took my late call" not in floor.client("mate").get(f"/teams/{team.pk}/thanks/").content.decode()


def test_nobody_thanks_herself_or_somebody_she_does_not_work_with(floor: Floor) -> None:
    for name, to in (
        ("agent", Receiver(agent=floor.agents[0])),
        ("agent", Receiver(agent=floor.agents[1])),
        ("agent", Receiver(team=floor.teams[1])),
        ("analyst", Receiver(agent=floor.agents[0])),
    ):
        with pytest.raises(Refused, match="whoever you work with"):
            thank(to, "Well done", by=floor.users[name], at=AT)
    assert thank(Receiver(agent=floor.agents[0]), "Well done", by=floor.users["leader"], at=AT).came_from == "leader"
    assert thank(Receiver(team=floor.teams[0]), "A good week", by=floor.users["boss"], at=AT).shared


def test_a_customers_words_are_passed_on_once_by_the_receiver_or_who_leads_her(floor: Floor) -> None:
    matter = Matter.objects.create(agent=floor.agents[0], code="measure:csat_top_box", opened_at=NOW, newest_at=NOW)
    given = {"matter": matter, "given_at": NOW, "words": "She stayed until it worked."}
    praise = Feedback.objects.create(source=FeedbackSource.COMPLIMENT, leaning=Leaning.STRENGTH, **given)
    blame = Feedback.objects.create(source=FeedbackSource.SURVEY, leaning=Leaning.DEVELOPMENT, **given)
    for name in ("mate", "other_leader", "analyst"):
        with pytest.raises(Refused, match="not yours to pass on"):
            pass_on(praise, by=floor.users[name], at=AT)
        assert floor.client(name).post(f"/thanks/from/{praise.pk}/").status_code == 404
    with pytest.raises(Refused, match="not yours to pass on"):
        pass_on(blame, by=floor.users["agent"], at=AT)
    agent = floor.client("agent")
    assert "Put it among my thanks" in agent.get("/thanks/").content.decode()
    agent.post(f"/thanks/from/{praise.pk}/")
    assert Thanks.objects.get().came_from == "customer"
    with pytest.raises(Refused, match="already"):
        pass_on(praise, by=floor.users["leader"], at=AT)


def test_a_customers_thanks_are_read_by_the_team_with_her_yes_and_anothers_check(floor: Floor) -> None:
    one, page = customers_thanks(floor), f"/teams/{floor.teams[0].pk}/thanks/"
    assert "She was kind." in floor.client("agent").get("/thanks/").content.decode()
    assert "She was kind." not in floor.client("mate").get(page).content.decode()
    with pytest.raises(Refused, match="somebody else checks this"):
        check_thanks(one, by=floor.users["agent"], at=AT)
    leader = floor.client("leader")
    assert "She was kind." in leader.get(page).content.decode(), "to be checked"
    assert leader.post(f"/thanks/{one.pk}/check/").status_code == 302
    assert "She was kind." in floor.client("mate").get(page).content.decode()
    assert one.feedback is not None
    Feedback.objects.filter(pk=one.feedback.pk).update(taken_back_at=AT)
    for name, address in (("mate", page), ("agent", "/thanks/")):
        assert "She was kind." not in floor.client(name).get(address).content.decode(), "it rests on nothing any more"


def test_what_a_customer_wrote_in_a_survey_is_passed_on_without_what_tells_the_customer(floor: Floor) -> None:
    _plan, words = asked_survey(floor)
    Invitation.objects.update(answered_at=NOW, contact_key=b"k" * 16)
    question = words.invitation.version.questions.get(item="csat_contact")  # type: ignore[union-attr]
    Answer.objects.create(invitation=words.invitation, question=question, score=5, given_at=NOW)
    collect_surveys(NOW)
    mate, praise = floor.client("mate"), Feedback.objects.get(source=FeedbackSource.SURVEY)
    assert words.text in mate.get("/thanks/").content.decode()
    mate.post(f"/thanks/from/{praise.pk}/", {"words": "Quick."})
    assert Thanks.objects.get().words == "Quick." and "Quick." in mate.get("/thanks/").content.decode()
    Answer.objects.filter(pk=words.pk).update(text="", erased_at=NOW)
    assert not Thanks.objects.standing().exists(), "the customer's words are gone, and so is what was made of them"


def test_pages_of_thanks_count_nothing(floor: Floor) -> None:
    for number in range(3):
        thank(Receiver(team=floor.teams[0]), f"A good week {'abc'[number]}", by=floor.users["leader"], at=AT)
    page = floor.client("agent").get(f"/teams/{floor.teams[0].pk}/thanks/").content.decode()
    main = re.sub(r"<[^>]+>|\d+ \w+ \d{4}", " ", page.split("<main")[1].split("</main>")[0])
    assert main.count("A good week") == 3 and not re.search(r"\b3\b", main)


def test_the_form_thanks(floor: Floor) -> None:
    agent = floor.client("agent")
    assert '<option value="" selected>choose</option>' in agent.get("/thanks/new/").content.decode(), (
        "nobody by accident"
    )
    assert agent.post("/thanks/new/", {"to": "", "words": "Well done."}).status_code == 422
    assert agent.post("/thanks/new/", {"to": f"agent-{floor.agents[0].pk}", "words": "Me"}).status_code == 422
    agent.post("/thanks/new/", {"to": f"agent-{floor.agents[2].pk}", "words": "You took my late call."})
    assert Thanks.objects.get().agent == floor.agents[2]
    assert floor.client("analyst").get("/thanks/new/").status_code == 404


def test_reminders_of_what_is_due_and_of_questions_left_lying(floor: Floor) -> None:
    meeting = a_huddle(floor)
    point = an_action(floor, meeting, owner="agent")
    a_question(floor, meeting)
    assert list(due(NOW)) == []
    found = {one.about: one for one in due(NOW + 2 * DAY)}
    assert set(found) == {About.DO_ACTION, About.ANSWER_IN_MEETING}
    assert found[About.DO_ACTION].user == floor.users["agent"].pk
    assert found[About.DO_ACTION].address == f"/huddles/actions/{point.pk}/"
    assert found[About.ANSWER_IN_MEETING].user == floor.users["leader"].pk
    said = {about: sentence(str(about), one.params) for about, one in found.items()}
    assert "Ask the supplier for the day" in said[About.DO_ACTION]
    assert "1 question to a meeting that you led" in said[About.ANSWER_IN_MEETING]
