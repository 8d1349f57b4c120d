"""Does a right to mark reach no further than its role, does nobody mark herself, and does who judges see nobody else's marks?"""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from floorwalker.apps.dashboards.models import MailAddress
from floorwalker.apps.evaluations import answering_back, appealing
from floorwalker.apps.evaluations.calibrating import begin_calibration, call_off
from floorwalker.apps.evaluations.drawing import begin_drawn
from floorwalker.apps.evaluations.evaluating import edit_evaluation, release_evaluation
from floorwalker.apps.evaluations.finding import found_for
from floorwalker.apps.evaluations.models import Drawn, Evaluation, EvaluationForm, Purpose
from floorwalker.apps.evaluations.populations import markers_of
from floorwalker.apps.people.actions import grant_role
from floorwalker.apps.people.merging import merge_agents
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.recordings.actions import add_mark
from floorwalker.apps.recordings.models import Mark, Recording, RecordingPart
from floorwalker.errors import Refused
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.calibrated import session_of
from tests.apps.evaluations.drawn import plan_of
from tests.apps.evaluations.made import begin, missed, released, sent, submitted
from tests.apps.recordings.rows import keep_recording


def also_leads_the_other(floor: Floor) -> None:
    """The analyst of the first team leads the second one too."""
    grant_role(
        floor.users["team_analyst"],
        "team_leader",
        team=floor.teams[1],
        from_day=date(2026, 1, 1),
        by=floor.users["admin"],
        at=NOW,
    )


def test_a_right_reaches_as_far_as_its_own_role(floor: Floor, form: EvaluationForm) -> None:
    also_leads_the_other(floor)
    theirs = released(floor, form, sent(), place=3)
    Evaluation.objects.filter(pk=theirs.pk).update(agent=floor.agents[1])
    with pytest.raises(Refused, match="does not let you evaluate this agent"):
        begin(floor, floor.agents[1], form, by="team_analyst")
    assert begin(floor, floor.agents[0], form, by="team_analyst").purpose == Purpose.OFFICIAL
    assert begin(floor, floor.agents[1], form, by="team_analyst", purpose=Purpose.COACHING).purpose == Purpose.COACHING
    client = floor.client("team_analyst")
    own, other = (client.get(f"/evaluations/new/{floor.agents[n].pk}/").content.decode() for n in (0, 1))
    assert 'value="official"' in own and 'value="official"' not in other and other
    # Read as their leader; neither released, marked anew nor decided.
    assert client.get(f"/evaluations/{theirs.pk}/").status_code == 200
    for act in ("release", "edit"):
        assert client.post(f"/evaluations/{theirs.pk}/{act}/", {"reason": "x"}).status_code == 404
    markers = markers_of(plan_of(floor, form), NOW.date())
    place = [user.username for user in markers.users].index("team_analyst")
    assert floor.agents[0].pk in markers.may[place] and floor.agents[1].pk not in markers.may[place]


def test_an_appeal_of_a_team_that_one_only_leads_is_for_others(floor: Floor, form: EvaluationForm) -> None:
    also_leads_the_other(floor)
    found = released(floor, form, sent())
    answering_back.show_marks(found, by=floor.users["agent"], at=NOW)
    appeal = appealing.raise_appeal(found, "No", (), by=floor.users["agent"], at=NOW)
    Evaluation.objects.filter(pk=found.pk).update(agent=floor.agents[1])
    found.refresh_from_db()
    assert not appealing.may_take(found, floor.users["team_analyst"], NOW)
    assert floor.client("team_analyst").post(f"/evaluations/{found.pk}/appeal/", {"do": "take"}).status_code == 404
    appeal.refresh_from_db()
    assert appeal.taken_by is None


def give(user: User, agent: Agent | None) -> None:
    User.objects.filter(agent=agent).exclude(pk=user.pk).update(agent=None)
    user.agent = agent
    user.save()


def reads_mail_at(user: User, address: str, *, verified: bool = True) -> None:
    MailAddress.objects.filter(address__iexact=address).delete()
    shown = NOW if verified else None
    MailAddress.objects.create(user=user, address=address, asked_at=NOW, verified_at=shown)


@pytest.mark.parametrize("purpose", [Purpose.OFFICIAL, Purpose.COACHING])
def test_who_turns_out_to_be_the_agent_hands_nothing_in(floor: Floor, form: EvaluationForm, purpose: Purpose) -> None:
    analyst, agent, second = floor.users["analyst"], floor.agents[3], floor.agents[5]
    give(analyst, second)
    begun = begin(floor, agent, form, purpose=purpose)
    done = submitted(floor, begin(floor, agent, form, purpose=purpose, place=1), sent())
    merge_agents(second, agent, by="test", at=NOW)
    with pytest.raises(Refused, match="nobody evaluates her- or himself"):
        submitted(floor, begun, sent())
    done.refresh_from_db()
    for act in (release_evaluation, edit_evaluation):
        with pytest.raises(Refused, match="nobody evaluates her- or himself"):
            act(done, *(("x",) if act is edit_evaluation else ()), by=analyst, at=NOW)
    assert floor.client("analyst").post(f"/evaluations/{done.pk}/release/").status_code == 404
    done.refresh_from_db()
    assert done.released_at is None and not Agent.objects.evaluated_by(analyst, NOW.date()).filter(pk=second.pk)


def test_a_second_log_in_of_the_same_person_marks_her_neither(floor: Floor, form: EvaluationForm) -> None:
    agent, mate, analyst = floor.agents[0], floor.users["mate"], floor.users["analyst"]
    Agent.objects.filter(pk=agent.pk).update(email="Robin@example.org")
    reads_mail_at(analyst, "robin@EXAMPLE.org", verified=False)
    assert not analyst.oneself()  # anybody can give any address
    reads_mail_at(analyst, "robin@EXAMPLE.org")
    analyst = floor.users["analyst"] = User.objects.get(pk=analyst.pk)  # as each request reads her
    for purpose in (Purpose.OFFICIAL, Purpose.COACHING):
        with pytest.raises(Refused, match="nobody evaluates her- or himself"):
            begin(floor, agent, form, purpose=purpose)
    assert begin(floor, floor.agents[1], form).agent == floor.agents[1]
    found = released(floor, form, sent(), by="team_analyst")
    answering_back.show_marks(found, by=floor.users["agent"], at=NOW)
    assert not appealing.may_take(found, analyst, NOW)
    reads_mail_at(mate, "robin@example.org")
    with pytest.raises(Refused, match="nobody evaluates her- or himself"):
        answering_back.ask_colleague(found, mate, by=floor.users["agent"], at=NOW)
    # What is not released about herself, she reads by neither log-in.
    reads_mail_at(analyst, "robin@example.org")
    hidden = submitted(floor, begin(floor, agent, form, by="team_analyst", place=1), sent())
    assert floor.client("analyst").get(f"/evaluations/{hidden.pk}/").status_code == 404


def heard(evaluation: Evaluation, agent: Agent) -> tuple[Recording, Mark]:
    """A recording of the evaluated contact, with a mark by whoever evaluated it."""
    recording = keep_recording(agent)
    RecordingPart.objects.filter(recording=recording).update(contact_key=evaluation.contact_key)
    Recording.objects.filter(pk=recording.pk).update(contact_key=evaluation.contact_key)
    return recording, add_mark(
        recording, from_seconds=1, to_seconds=None, note="RUDE HERE", by=evaluation.evaluator, at=NOW
    )


def sees(floor: Floor, who: str, recording: Recording, mark: Mark) -> bool:
    """Whether that reader is told of the mark: on the recording's page, by the mark's address, or when she marks herself."""
    client, address = floor.client(who), f"/recordings/{recording.pk}/"
    told = "RUDE HERE" in client.get(address).content.decode()
    wrong = client.post(f"{address}marks/", {"begins": "soon"}, headers={"HX-Request": "true"}).content.decode()
    assert told == (client.get(mark.address).status_code == 200) == ("RUDE HERE" in wrong)
    return told


def test_a_mark_on_the_sound_is_shown_with_the_marks_of_the_evaluation(floor: Floor, form: EvaluationForm) -> None:
    evaluation = submitted(floor, begin(floor, floor.agents[0], form), sent())
    recording, mark = heard(evaluation, floor.agents[0])
    assert sees(floor, "analyst", recording, mark)
    for who in ("team_analyst", "leader", "agent"):
        assert not sees(floor, who, recording, mark), who
    assert floor.client("leader").get(f"/evaluations/{evaluation.pk}/").status_code == 200
    assert sees(floor, "leader", recording, mark)
    release_evaluation(evaluation, by=floor.users["analyst"], at=NOW)
    agent = floor.client("agent")
    agent.get(f"/evaluations/{evaluation.pk}/")
    assert not sees(floor, "agent", recording, mark)  # she may still mark the contact herself before she sees the marks
    agent.post(f"/evaluations/{evaluation.pk}/answer/", {"do": "show"})
    agent.get(f"/evaluations/{evaluation.pk}/")
    assert sees(floor, "agent", recording, mark)
    # Whoever is to decide an appeal has not read them, and reads them nowhere.
    appealing.raise_appeal(evaluation, "No", (), by=floor.users["agent"], at=NOW)
    assert not sees(floor, "team_analyst", recording, mark)
    floor.client("team_analyst").post(f"/evaluations/{evaluation.pk}/appeal/", {"do": "take"})
    assert not sees(floor, "team_analyst", recording, mark)


def test_what_was_begun_for_a_session_that_was_called_off_hides_nothing(floor: Floor, form: EvaluationForm) -> None:
    session = session_of(floor, form, "team_analyst", "leader", contacts=1)
    contact, leader = session.contacts.get(), floor.users["leader"]
    begun = begin_calibration(contact, by=leader, at=NOW)
    recording, mark = heard(begun, floor.agents[0])
    Mark.objects.filter(pk=mark.pk).update(made_by=floor.users["boss"])
    assert not sees(floor, "leader", recording, mark)
    call_off(session, "Nobody has time", by=floor.users["analyst"], at=NOW)
    assert sees(floor, "leader", recording, mark)


def test_the_second_of_two_hears_it_without_the_first_ones_marks(floor: Floor, form: EvaluationForm) -> None:
    first = submitted(floor, begin(floor, floor.agents[0], form), sent())
    recording, mark = heard(first, floor.agents[0])
    second = drawn_beside(first, floor.users["team_analyst"])
    assert not sees(floor, "team_analyst", recording, mark)
    blind = begin_drawn(second, by=floor.users["team_analyst"], at=NOW)
    assert "RUDE HERE" not in floor.client("team_analyst").get(f"/evaluations/{blind.pk}/mark/").content.decode()
    submitted(floor, blind, sent())
    assert not sees(floor, "team_analyst", recording, mark)
    # Nor the first hers.
    theirs = add_mark(recording, from_seconds=2, to_seconds=None, note="X", by=floor.users["team_analyst"], at=NOW)
    assert floor.client("analyst").get(theirs.address).status_code == 404


def drawn_beside(first: Evaluation, user: User) -> Drawn:
    """The same contact, drawn for a second evaluator as a draw would have it."""
    from floorwalker.apps.evaluations.contacts import parts_of
    from floorwalker.apps.evaluations.models import Draw, Picked, SamplingPlan

    part = parts_of(first.agent, None)[0][0]
    plan = SamplingPlan.objects.create(
        name="One", form=first.version.form, quota=1, from_day=NOW.date(), made_by=user, made_at=NOW
    )
    days = {"first_day": part.local_day, "last_day": part.local_day}
    draw = Draw.objects.create(
        plan=plan,
        quota=1,
        seed="00",
        kept={},
        population=1,
        digest="",
        by_agent={},
        drawn_by="analyst",
        drawn_at=NOW,
        **days,
    )
    given = {
        "draw": draw,
        "contact_key": part.contact_key,
        "segment_key": part.segment_key,
        "identity_key": part.identity_key,
        "agent": first.agent,
        "contact_at": part.entered_at,
        "local_day": part.local_day,
        "picked": Picked.RANDOM,
        "probability": 1,
    }
    one = Drawn.objects.create(evaluator=first.evaluator, evaluation=first, **given)
    return Drawn.objects.create(evaluator=user, second_of=one, **given)


def test_who_judges_a_contact_reads_nothing_that_others_made_of_it(floor: Floor, form: EvaluationForm) -> None:
    coached = submitted(floor, begin(floor, floor.agents[0], form, by="leader", purpose=Purpose.COACHING), sent())
    first = submitted(floor, begin(floor, floor.agents[0], form), sent())
    address = f"/evaluations/{coached.pk}/"
    client = floor.client("team_analyst")
    assert client.get(address).status_code == 200
    mine = begin(floor, floor.agents[0], form, by="team_analyst")
    for one in (coached, first):
        assert client.get(f"/evaluations/{one.pk}/").status_code == 404
    assert client.get(f"/evaluations/{mine.pk}/mark/").status_code == 200
    submitted(floor, mine, sent())
    assert client.get(address).status_code == client.get(f"/evaluations/{mine.pk}/").status_code == 200
    # Also while it only waits to be begun, as the second of two.
    Evaluation.objects.filter(pk=mine.pk).update(contact_key=b"x" * 16)
    drawn_beside(first, floor.users["team_analyst"])
    assert client.get(address).status_code == 404


def test_an_evaluator_is_told_nothing_of_her_own_contacts_before_the_release(
    floor: Floor, form: EvaluationForm
) -> None:
    leader = floor.users["leader"]
    found = submitted(floor, begin(floor, floor.agents[2], form, place=1), sent() | missed("q1", "no", "agent"))
    assert found_for(leader, found.submitted_at.date()).all_misses == 1
    give(leader, floor.agents[2])
    assert found_for(User.objects.get(pk=leader.pk), found.submitted_at.date()).all_misses == 0
    release_evaluation(found, by=floor.users["analyst"], at=NOW)
    assert found_for(User.objects.get(pk=leader.pk), found.submitted_at.date()).all_misses == 1


def test_ones_own_score_tells_nothing_of_marks_that_wait_to_be_released(floor: Floor, form: EvaluationForm) -> None:
    address, told = reverse("agent_score", args=[floor.agents[0].pk]), "wait to be released to you"
    found = submitted(floor, begin(floor, floor.agents[0], form), sent())
    agent = floor.client("agent")
    assert told in agent.get(address).content.decode()
    assert told not in floor.client("leader").get(address).content.decode()
    release_evaluation(found, by=floor.users["analyst"], at=NOW)
    assert told not in agent.get(address).content.decode()
