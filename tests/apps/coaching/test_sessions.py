"""Does who is coached speak first, is one thing agreed and signed by both, and does nothing of it change after that?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorwalker.apps.coaching import coaching_coaches, following_up, planning, talking
from floorwalker.apps.coaching.figuring import measures_for
from floorwalker.apps.coaching.models import (
    CoachingSession,
    EvidenceKind,
    Intervention,
    Participant,
    RecordShown,
    SessionKind,
)
from floorwalker.apps.coaching.planning import Planned, plan_session
from floorwalker.apps.coaching.taking_along import take_clip
from floorwalker.apps.people.models import AuditEntry
from floorwalker.apps.recordings.actions import add_mark
from floorwalker.errors import Refused
from floorwalker.insight.frozen import from_json
from tests.apps.coaching.talks import MEASURE, agreed, answered, now, planned, signed
from tests.apps.conftest import Floor
from tests.apps.evaluations.made import missed, published_form, released, sent
from tests.apps.recordings.rows import keep_recording

WORDS = "Callers ask me things that I cannot answer."


def own_part(floor: Floor, session: CoachingSession) -> Participant:
    part = session.part_of(floor.users["agent"])
    assert part is not None
    return part


def test_the_agent_speaks_first(floor: Floor) -> None:
    session = planned(floor)
    leader, agent = floor.client("leader"), floor.client("agent")
    page = f"/coaching/sessions/{session.pk}/"
    before = leader.get(page).content.decode()
    assert 'name="promise"' not in before and "speaks first" in before
    with pytest.raises(Refused, match="speaks first"):
        talking.sign_as_coach(session, agreed(), by=floor.users["leader"], at=now())
    assert leader.post(page, {"promise": "Mine", "do": "keep"}).status_code == 404
    agent.post(f"{page}part/", {"do": "write", "words": WORDS})
    after = leader.get(page).content.decode()
    assert WORDS in after and 'name="promise"' in after


def test_who_signs_what_is_signed_already_is_told_so_with_what_she_wrote(floor: Floor) -> None:
    session = signed(floor)
    page, leader = f"/coaching/sessions/{session.pk}/", floor.client("leader")
    answer = leader.post(page, {"do": "sign", "promise": "Count to three first"})
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "in another window" in told and "You had written: “Count to three first”" in told
    assert "Count to three first" not in leader.get(page).content.decode()
    assert floor.client("agent").post(page, {"do": "sign", "promise": "Mine"}).status_code == 404


def test_nobody_promises_for_another_century(floor: Floor) -> None:
    with pytest.raises(Refused, match="so far ahead") as refused:
        signed(floor, review_on=date(2099, 1, 1))
    assert "2099-01-01" in str(refused.value)


def test_the_coachs_box_opens_where_she_had_the_chance(floor: Floor) -> None:
    session = planned(floor)
    leader = floor.client("leader")
    leader.post(f"/coaching/sessions/{session.pk}/lead/", {"do": "chance"})
    page = leader.get(f"/coaching/sessions/{session.pk}/").content.decode()
    assert 'name="promise"' in page and "There was the chance to speak first" in page
    assert own_part(floor, session).wrote_at is None


def test_what_is_signed_is_an_intervention_and_stays(floor: Floor) -> None:
    session = signed(floor)
    made = session.intervention
    assert made is not None
    assert (made.measure, made.weeks_shown, made.decided_by.username) == (MEASURE, 12, "leader")
    assert [row.agent for row in made.treated.all()] == [floor.agents[0]]
    for act in (
        lambda: talking.keep_notes(session, agreed(promise="Another"), by=floor.users["leader"], at=now()),
        lambda: talking.write_words(own_part(floor, session), "Another", by=floor.users["agent"], at=now()),
        lambda: planning.cancel_session(session, "Why not", by=floor.users["leader"], at=now()),
        lambda: planning.open_longer_record(session, by=floor.users["leader"], at=now()),
    ):
        with pytest.raises(Refused, match="signed"):
            act()
    kept = CoachingSession.objects.get(pk=session.pk)
    assert kept.promise == agreed().promise and own_part(floor, kept).words == WORDS
    assert AuditEntry.objects.filter(verb="sign_coaching", subject=f"coachingsession:{session.pk}").exists()


def test_an_efficiency_promise_has_a_guardrail(floor: Floor) -> None:
    made = signed(floor, measure="average_handle_time").intervention
    assert made is not None and made.guardrails == ["first_contact_resolution"]


def test_figures_are_kept_as_they_stood(floor: Floor) -> None:
    session = signed(floor)
    kept = [one for one in session.evidence.all() if one.kind == EvidenceKind.FIGURE]
    assert next(one.figure["kpi"] for one in kept if one.figure) == MEASURE
    assert all(from_json(one.figure).said_at == session.coach_signed_at for one in kept if one.figure)
    page = floor.client("agent").get(f"/coaching/sessions/{session.pk}/").content.decode()
    assert "The figures as they stood" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"promise": " "}, "one thing"),
        ({"measure": ""}, "by which measure"),
        ({"measure": "unheard_of"}, "by which measure"),
        ({"review_on": None}, "on a day"),
        ({"minutes": None}, "how long"),
        ({"minutes": 0}, "how long"),
    ],
)
def test_nothing_less_is_signed(floor: Floor, given: dict[str, object], said: str) -> None:
    session = planned(floor)
    talking.write_words(own_part(floor, session), WORDS, by=floor.users["agent"], at=now())
    with pytest.raises(Refused, match=said):
        talking.sign_as_coach(session, agreed(**given), by=floor.users["leader"], at=now())
    assert not Intervention.objects.exists()


def test_a_day_that_is_over_reviews_nothing(floor: Floor) -> None:
    with pytest.raises(Refused, match="on a day"):
        signed(floor, review_on=now().date())


def test_signing_by_the_page(floor: Floor) -> None:
    session = planned(floor)
    talking.write_words(own_part(floor, session), WORDS, by=floor.users["agent"], at=now())
    page, sent = f"/coaching/sessions/{session.pk}/", {"promise": "Say it", "measure": MEASURE, "minutes": "20"}
    leader = floor.client("leader")
    refused = leader.post(page, sent | {"do": "sign"})
    assert refused.status_code == 422 and "Say it" in refused.content.decode()
    day = (now().date() + timedelta(days=20)).isoformat()
    assert leader.post(page, sent | {"do": "keep"}).status_code == 302
    assert leader.post(page, sent | {"do": "sign", "review_on": day}).status_code == 302
    agent = floor.client("agent")
    assert "Say it" in agent.get("/coaching/mine/").content.decode()
    agent.post(f"{page}part/", {"do": "sign"})
    agent.post(f"{page}part/", {"do": "rate", "rating": "4", "words": "Useful"})
    part = own_part(floor, session)
    part.refresh_from_db()
    assert part.signed_at is not None and (part.rating, part.rating_words) == (4, "Useful")


def test_who_disagrees_says_with_what(floor: Floor) -> None:
    session = signed(floor)
    agent = floor.client("agent")
    agent.post(f"/coaching/sessions/{session.pk}/part/", {"do": "disagree", "words": " "})
    assert not own_part(floor, session).has_answered
    agent.post(f"/coaching/sessions/{session.pk}/part/", {"do": "disagree", "words": "We never said so."})
    assert "We never said so." in floor.client("leader").get(f"/coaching/sessions/{session.pk}/").content.decode()
    with pytest.raises(Refused, match="answered"):
        answered(floor, session)


@pytest.mark.parametrize("rating", [0, 6])
def test_a_rating_is_one_to_five_and_once(floor: Floor, rating: int) -> None:
    part = own_part(floor, signed(floor))
    with pytest.raises(Refused, match="no rating"):
        talking.rate_session(part, rating, "", by=floor.users["agent"], at=now())
    talking.rate_session(part, 5, "", by=floor.users["agent"], at=now())
    with pytest.raises(Refused, match="rated"):
        talking.rate_session(part, 1, "", by=floor.users["agent"], at=now())


def test_nobody_rates_or_signs_for_another(floor: Floor) -> None:
    part = own_part(floor, signed(floor))
    for act in (
        lambda: talking.rate_session(part, 5, "", by=floor.users["leader"], at=now()),
        lambda: talking.sign_part(part, "", by=floor.users["mate"], at=now()),
        lambda: talking.write_words(own_part(floor, planned(floor)), "Hers", by=floor.users["leader"], at=now()),
    ):
        with pytest.raises(Refused, match="only who was coached"):
            act()


def test_nothing_is_answered_before_it_is_signed(floor: Floor) -> None:
    part = own_part(floor, planned(floor))
    for act in (
        lambda: talking.sign_part(part, "", by=floor.users["agent"], at=now()),
        lambda: talking.rate_session(part, 3, "", by=floor.users["agent"], at=now()),
        lambda: coaching_coaches.let_talk(part, shares_words=False, by=floor.users["agent"], at=now()),
    ):
        with pytest.raises(Refused, match="not signed"):
            act()


def test_more_of_the_record_is_written_down(floor: Floor) -> None:
    session = planned(floor, measure=MEASURE)
    leader = floor.client("leader")
    page = leader.get(f"/coaching/sessions/{session.pk}/prepare/").content.decode()
    assert "12 weeks" in page
    assert page.count("The band is the likely range of each week.") == page.count('class="s-band"') > 0
    assert not RecordShown.objects.exists()
    leader.post(f"/coaching/sessions/{session.pk}/record/")
    leader.post(f"/coaching/sessions/{session.pk}/record/")
    seen = RecordShown.objects.values_list("by__username", "agent", "weeks", "measure")
    assert set(seen) == {("leader", floor.agents[0].pk, 52, one) for one in measures_for(MEASURE)} and len(seen) == 3
    session.refresh_from_db()
    assert session.weeks_shown == 52
    later = planned(floor, measure=MEASURE)
    assert later.weeks_shown == 52, "what was seen once is known at the next choice"
    assert planned(floor, floor.agents[2], measure=MEASURE).weeks_shown == 12


def test_a_group_sees_nothing_of_each_other(floor: Floor) -> None:
    session = signed(floor, floor.agents[0], floor.agents[2])
    page = f"/coaching/sessions/{session.pk}/"
    assert session.kind == SessionKind.GROUP and session.evidence.count() == 0
    assert WORDS in floor.client("agent").get(page).content.decode()
    assert WORDS not in floor.client("mate").get(page).content.decode()
    treated = session.intervention.treated if session.intervention else None
    assert treated is not None and treated.count() == 2


def test_both_say_what_was_kept(floor: Floor) -> None:
    session = signed(floor)
    part, on = own_part(floor, session), session.review_on
    assert on is not None
    with pytest.raises(Refused, match="has not come"):
        following_up.say_kept(part, "yes", "", by=floor.users["agent"], at=now())
    due = now() + timedelta(days=28)
    with pytest.raises(Refused, match="no answer"):
        following_up.say_kept(part, "perhaps", "", by=floor.users["agent"], at=due)
    following_up.say_kept(part, "yes", "It helps", by=floor.users["agent"], at=due)
    assert CoachingSession.objects.to_follow_up(on).count() == 1
    following_up.say_kept(part, "partly", "", by=floor.users["leader"], at=due)
    assert CoachingSession.objects.to_follow_up(on).count() == 0
    with pytest.raises(Refused, match="said already"):
        following_up.say_kept(part, "no", "", by=floor.users["leader"], at=due)
    with pytest.raises(Refused, match="the two"):
        following_up.say_kept(part, "no", "", by=floor.users["boss"], at=due)
    following = planned(floor)
    shown = floor.client("leader").get(f"/coaching/sessions/{following.pk}/prepare/").content.decode()
    assert agreed().promise in shown and "kept in part" in shown


def test_calling_off_has_a_reason(floor: Floor) -> None:
    session = planned(floor)
    page = f"/coaching/sessions/{session.pk}/"
    floor.client("leader").post(f"{page}lead/", {"do": "cancel", "because": ""})
    session.refresh_from_db()
    assert session.cancelled_at is None
    floor.client("leader").post(f"{page}lead/", {"do": "cancel", "because": "I am away"})
    assert "I am away" in floor.client("agent").get(page).content.decode()
    with pytest.raises(Refused, match="called off"):
        talking.write_words(own_part(floor, session), WORDS, by=floor.users["agent"], at=now())


@pytest.mark.parametrize(
    ("people", "kind", "said"),
    [
        ((1,), SessionKind.ONE_TO_ONE, "no role of yours"),
        ((0, 2), SessionKind.ONE_TO_ONE, "no number"),
        ((0,), SessionKind.GROUP, "no number"),
        ((0,), SessionKind.SHADOWING, "with one person or with a group"),
    ],
)
def test_what_is_not_planned(floor: Floor, people: tuple[int, ...], kind: SessionKind, said: str) -> None:
    plan = Planned(kind, [floor.agents[one] for one in people], now() + timedelta(days=1), "About calls")
    with pytest.raises(Refused, match=said):
        plan_session(plan, by=floor.users["leader"], at=now())


def test_a_plan_says_about_what_and_lies_ahead(floor: Floor) -> None:
    for topic, days, said in ((" ", 1, "what it is to be about"), ("Calls", -1, "over")):
        plan = Planned(SessionKind.ONE_TO_ONE, [floor.agents[0]], now() + timedelta(days=days), topic)
        with pytest.raises(Refused, match=said):
            plan_session(plan, by=floor.users["leader"], at=now())


def test_a_form_that_is_sent_again_plans_no_second_talk(floor: Floor) -> None:
    leader, soon = floor.users["leader"], now() + timedelta(days=1)
    plan = Planned(SessionKind.ONE_TO_ONE, [floor.agents[0]], soon, "Calls")
    made = plan_session(plan, by=leader, at=now())
    with pytest.raises(Refused, match="planned already"):
        plan_session(plan, by=leader, at=now())
    planning.cancel_session(made, "Ill", by=leader, at=now())
    assert plan_session(plan, by=leader, at=now()) != made, "what was called off is no hindrance"


def test_nobody_coaches_herself(floor: Floor) -> None:
    """Also where she leads the team in which she works."""
    leader = floor.users["leader"]
    leader.agent = floor.agents[4]
    leader.save(update_fields=["agent"])
    plan = Planned(SessionKind.ONE_TO_ONE, [floor.agents[4]], now() + timedelta(days=1), "Myself")
    with pytest.raises(Refused, match="no role of yours"):
        plan_session(plan, by=leader, at=now())


def test_a_clip_is_taken_along_and_seen_by_whoever_may_hear_it(floor: Floor) -> None:
    recording, session = keep_recording(floor.agents[0]), planned(floor)
    mark = add_mark(recording, from_seconds=2, to_seconds=5, note="A long pause", by=floor.users["leader"], at=now())
    leader, page = floor.client("leader"), f"/coaching/sessions/{session.pk}/"
    assert "A long pause" in leader.get(f"{page}prepare/").content.decode()
    for _again in range(2):
        assert leader.post(f"{page}take-along/", {"mark": mark.pk}).status_code == 302
    assert leader.post(f"{page}take-along/", {"mark": mark.pk + 1}).status_code == 404
    kept = session.evidence.get()
    assert (kept.kind, kept.from_second, kept.to_second) == (EvidenceKind.CLIP, 2, 5)
    assert f"/recordings/{recording.pk}/" in floor.client("agent").get(page).content.decode()
    group = planned(floor, floor.agents[0], floor.agents[2])
    with pytest.raises(Refused, match="with that person alone"):
        take_clip(group, mark, floor.agents[0], by=floor.users["leader"], at=now())


def test_marks_are_taken_along_once_they_are_released(floor: Floor) -> None:
    form, session = published_form(floor.users["analyst"]), planned(floor)
    found = released(floor, form, sent() | missed("q1", "no", "agent"))
    leader, page = floor.client("leader"), f"/coaching/sessions/{session.pk}/"
    prepared = leader.get(f"{page}prepare/").content.decode()
    assert "Greeted by name" in prepared and "Heard at q1" in prepared and "Listened" in prepared
    leader.post(f"{page}take-along/", {"evaluation": found.pk})
    assert session.evidence.get().marking == found.stands
    assert f"/evaluations/{found.pk}/" in floor.client("agent").get(page).content.decode()
