"""Do two colleagues learn from each other without anybody's figures, and is a coach coached upon what was agreed to?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from floorwalker.apps.coaching import alongside, coaching_coaches, reminders, talking
from floorwalker.apps.coaching.alongside import Wish, ask_colleague, has_its_day_come
from floorwalker.apps.coaching.models import CoachingSession, SessionKind
from floorwalker.apps.coaching.timing import check_not_planned
from floorwalker.apps.notices.models import About
from floorwalker.apps.people.actions import add_user, join_team
from floorwalker.apps.people.models import Site
from floorwalker.errors import Refused
from tests.apps.coaching.talks import agreed, answered, now, planned, signed, with_mate
from tests.apps.conftest import NOW, Floor

WORDS = "Callers ask me things that I cannot answer."


def its_day_comes(session: CoachingSession) -> None:
    CoachingSession.objects.filter(pk=session.pk).update(planned_for=now())


def test_what_is_sent_twice_is_asked_once(floor: Floor) -> None:
    by, soon, mate = floor.users["agent"], now() + timedelta(days=1), floor.named["mate"]
    wish = Wish(SessionKind.BUDDYING, mate, soon, "Calls")
    ask_colleague(wish, by=by, at=now())
    with pytest.raises(Refused, match="planned already"):
        ask_colleague(wish, by=by, at=now())
    ask_colleague(Wish(SessionKind.BUDDYING, mate, soon, "Calls", gives=True), by=by, at=now())
    ask_colleague(Wish(SessionKind.BUDDYING, mate, soon + timedelta(hours=1), "Calls"), by=by, at=now())


def test_who_has_not_answered_keeps_nobody_from_asking_another(floor: Floor) -> None:
    soon = now() + timedelta(days=1)
    first = ask_colleague(
        Wish(SessionKind.BUDDYING, floor.named["mate"], soon, "Calls"), by=floor.users["agent"], at=now()
    )
    coach, learner = first.coach, {first.participants.get().agent_id}
    with pytest.raises(Refused, match="planned already"):
        check_not_planned(SessionKind.BUDDYING, soon, coach, learner)
    check_not_planned(SessionKind.BUDDYING, soon, floor.users["leader"], learner)


@pytest.mark.parametrize(
    ("zone", "hour", "has_come"),
    [("America/Los_Angeles", 21, True), ("America/Los_Angeles", 7, False), ("Australia/Sydney", 14, True)],
)
def test_its_day_is_that_of_where_they_work(floor: Floor, zone: str, hour: int, has_come: bool) -> None:
    """Planned for 00:30 UTC on the 16th: half past four in the afternoon of the 15th in Los Angeles."""
    session = with_mate(floor)
    CoachingSession.objects.filter(pk=session.pk).update(planned_for=datetime(2026, 1, 16, 0, 30, tzinfo=UTC))
    Site.objects.update(timezone=zone)
    session = CoachingSession.objects.get(pk=session.pk)
    assert has_its_day_come(session, datetime(2026, 1, 15, hour, tzinfo=UTC)) is has_come


def test_two_agree_and_both_say_what_they_learned(floor: Floor) -> None:
    agent, mate = floor.client("agent"), floor.client("mate")
    day = (now().date() + timedelta(days=2)).isoformat()
    sent = {"kind": "shadowing", "colleague": floor.named["mate"].pk, "topic": "Calm", "day": day, "clock": "11:00"}
    assert agent.post("/coaching/support/", sent).status_code == 302
    session = CoachingSession.objects.get()
    page, act = f"/coaching/sessions/{session.pk}/", f"/coaching/sessions/{session.pk}/colleague/"
    assert "A colleague asks you" in mate.get("/coaching/mine/").content.decode()
    for client, given in (
        (agent, {"do": "agree"}),
        (agent, {"do": "learned", "words": "Too early", "minutes": "30"}),
    ):
        client.post(act, given)
    session.refresh_from_db()
    assert session.agreed_at is None and session.held_at is None
    mate.post(act, {"do": "agree"})
    agent.post(act, {"do": "learned", "words": "Before its day", "minutes": "45"})
    session.refresh_from_db()
    assert session.held_at is None, "nobody has learned anything from what is still to come"
    its_day_comes(session)
    agent.post(act, {"do": "learned", "words": "She breathes first", "minutes": "45"})
    mate.post(act, {"do": "learned", "words": "He asks more"})
    seen = mate.get(page).content.decode()
    assert "She breathes first" in seen and "He asks more" in seen
    session.refresh_from_db()
    assert session.minutes == 45 and session.evidence.count() == 0


def test_what_colleagues_cannot_do(floor: Floor) -> None:
    session, by = with_mate(floor), floor.users["agent"]
    mate, soon = floor.named["mate"], now() + timedelta(days=1)
    for wish, said in (
        (Wish(SessionKind.GROUP, mate, soon, "Calls"), "not what colleagues do"),
        (Wish(SessionKind.BUDDYING, floor.named["own"], soon, "Calls"), "not a colleague"),
        (Wish(SessionKind.BUDDYING, mate, soon, " "), "what it is to be about"),
        (Wish(SessionKind.BUDDYING, mate, now() - timedelta(days=1), "Calls"), "over"),
    ):
        with pytest.raises(Refused, match=said):
            ask_colleague(wish, by=by, at=now())
    with pytest.raises(Refused, match="on the floor"):
        ask_colleague(Wish(SessionKind.BUDDYING, mate, soon, "Calls"), by=floor.users["leader"], at=now())
    with pytest.raises(Refused, match="the other of you"):
        alongside.agree_with_colleague(session, by=by, at=now())
    with pytest.raises(Refused, match="not agreed"):
        alongside.tell_learned(session, "Much", 30, by=by, at=now())
    with pytest.raises(Refused, match="only the two"):
        alongside.agree_with_colleague(session, by=floor.users["leader"], at=now())
    with pytest.raises(Refused, match="colleagues do together"):
        talking.give_chance(session, by=session.coach, at=now())
    alongside.agree_with_colleague(session, by=session.coach, at=now())
    with pytest.raises(Refused, match="its day has not come"):
        alongside.tell_learned(session, "Much", 30, by=by, at=now())
    its_day_comes(session)
    with pytest.raises(Refused, match="how long"):
        alongside.tell_learned(session, "Much", None, by=by, at=now())
    alongside.tell_learned(session, "Much", 30, by=by, at=now())
    for act, said in (
        (lambda: alongside.tell_learned(session, "More", None, by=by, at=now()), "said already"),
        (lambda: alongside.leave_colleague(session, "", by=by, at=now()), "held already"),
    ):
        with pytest.raises(Refused, match=said):
            act()


def test_a_coach_is_coached_upon_what_was_agreed_to(floor: Floor) -> None:
    session, boss = signed(floor), floor.client("boss")
    page, own = f"/coaching/sessions/{session.pk}/", floor.client("agent")
    assert WORDS not in boss.get(page).content.decode(), "they are between her and her coach"
    day = (now().date() + timedelta(days=2)).isoformat()
    sent = {"topic": "Asking more", "day": day, "clock": "09:00"}
    refused = boss.post(f"{page}coach/", sent)
    assert refused.status_code == 422 and "not everybody who took part" in refused.content.decode()
    own.post(f"{page}part/", {"do": "let"})
    assert boss.post(f"{page}coach/", sent).status_code == 302
    made = CoachingSession.objects.get(kind=SessionKind.OF_COACH)
    talk = f"/coaching/sessions/{made.pk}/"
    assert WORDS not in boss.get(talk).content.decode()
    own.post(f"{page}part/", {"do": "let", "words": "on"})
    assert WORDS in boss.get(talk).content.decode()
    own.post(f"{page}part/", {"do": "take_back"})
    assert WORDS not in boss.get(talk).content.decode()
    assert own.get(talk).status_code == 404 and floor.client("branch_leader").get(talk).status_code == 404
    assert floor.client("leader").get(talk).status_code == 200
    floor.client("leader").post(f"{talk}part/", {"do": "write", "words": "I talk too much."})
    talking.sign_as_coach(made, agreed(measure=""), by=floor.users["boss"], at=now())
    made.refresh_from_db()
    assert made.intervention is None and made.coach_signed_at is not None
    with pytest.raises(Refused, match="nobody can be their own coach"):
        coaching_coaches.plan_of_coach(session, "Me", now(), by=floor.users["leader"], at=now())
    with pytest.raises(Refused, match="held and signed"):
        coaching_coaches.plan_of_coach(planned(floor), "Her", now(), by=floor.users["boss"], at=now())


def test_a_session_goes_with_the_person(floor: Floor) -> None:
    """Whoever led her until yesterday sees nothing of it any more; whoever leads her now sees the promise, not her words."""
    session = signed(floor)
    page = f"/coaching/sessions/{session.pk}/"
    assert floor.client("other_leader").get(page).status_code == 404
    join_team(floor.agents[0], floor.teams[1], on=now().date(), by=floor.users["boss"], at=now())
    assert floor.client("leader").get(page).status_code == 404
    assert page not in floor.client("leader").get("/coaching/").content.decode()
    seen = floor.client("other_leader").get(page).content.decode()
    assert agreed().promise in seen and WORDS not in seen
    assert floor.client("agent").get(page).status_code == 200


def test_people_are_reminded_until_it_is_said(floor: Floor) -> None:
    agent, leader, mate = (floor.users[name].pk for name in ("agent", "leader", "mate"))
    soon, asked = planned(floor), with_mate(floor)
    found = {(one.user, one.about, one.subject) for one in reminders.due(now())}
    assert found == {
        (agent, About.HOLD_COACHING, f"coaching:{soon.pk}"),
        (leader, About.HOLD_COACHING, f"coaching:{soon.pk}"),
        (mate, About.AGREE_COACHING, f"coaching:{asked.pk}"),
    }
    held = signed(floor)
    of_held = {(one.user, one.about) for one in reminders.due(now()) if one.subject == f"coaching:{held.pk}"}
    assert of_held == {(agent, About.SIGN_COACHING), (agent, About.RATE_COACHING)}
    part = answered(floor, held)
    talking.rate_session(part, 4, "", by=floor.users["agent"], at=now())
    later = now() + timedelta(days=28)
    of_held = {(one.user, one.about) for one in reminders.due(later) if one.subject == f"coaching:{held.pk}"}
    assert of_held == {(agent, About.FOLLOW_UP_COACHING), (leader, About.FOLLOW_UP_COACHING)}


def test_the_home_pages_say_what_waits(floor: Floor) -> None:
    session = signed(floor)
    home = floor.client("agent").get("/").content.decode()
    assert "Waits for a word of yours" in home and f"/coaching/sessions/{session.pk}/" in home
    assert session.promise not in floor.client("mate").get("/").content.decode()
    planned(floor)
    assert 'id="home-coaching"' in floor.client("leader").get("/").content.decode()
    assert 'id="home-coaching"' not in floor.client("other_leader").get("/").content.decode()


def test_who_leads_one_of_two_colleagues_reads_no_word_of_the_other(floor: Floor) -> None:
    """Of another team, though of the same site: each is led by somebody else."""
    session = with_mate(floor)
    other = add_user("giver", "agent", agent=floor.named["other"], by="test", at=NOW)
    CoachingSession.objects.filter(pk=session.pk).update(
        coach=other, agreed_at=NOW, held_at=NOW, minutes=30, learned="I talk too fast myself."
    )
    page = f"/coaching/sessions/{session.pk}/"
    leader, agent = floor.client("leader"), floor.client("agent")
    assert "I talk too fast myself." in agent.get(page).content.decode()
    seen = leader.get(page)
    assert seen.status_code == 200 and "I talk too fast myself." not in seen.content.decode()
    CoachingSession.objects.filter(pk=session.pk).update(planned_by=other)
    assert session.topic in agent.get(page).content.decode() and session.topic not in leader.get(page).content.decode()
