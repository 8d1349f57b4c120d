"""Does sight of a contact open that contact alone, to that participant, for that session, and is it told and ended?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from floorwalker.apps.evaluations import calibrating, convening
from floorwalker.apps.evaluations.blinding import can_mark, left_to
from floorwalker.apps.evaluations.contacts import parts_of
from floorwalker.apps.evaluations.models import CalibrationSession, Evaluation, EvaluationForm, Purpose, Sight
from floorwalker.apps.people.models import AuditEntry, User
from floorwalker.apps.recordings.actions import keep_listen
from floorwalker.apps.recordings.models import Kind, Recording
from floorwalker.errors import Refused
from floorwalker.insight.parts import Part
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.calibrated import FIRST_PLACE, mark_all, session_of
from tests.apps.evaluations.made import begin
from tests.apps.recordings.rows import keep_file, keep_recording
from tests.media.sounds import MU_LAW, write_wav

DAY = NOW.date()


def heard_by(floor: Floor, name: str) -> set[int]:
    return set(Recording.objects.heard_by(floor.users[name], DAY).values_list("pk", flat=True))


def of_contact(floor: Floor, part: Part) -> int:
    """A recording of this contact of the first agent."""
    recording = keep_file(floor.agents[0], "seen.wav", Kind.SOUND, write_wav(codec=MU_LAW, bits=8))
    recording.parts.update(contact_key=part.contact_key, segment_key=part.segment_key)
    return recording.pk


def seen_session(floor: Floor, form: EvaluationForm) -> tuple[CalibrationSession, Part]:
    """Two leaders of different teams, and a contact of the first one's team that the analyst opens to the other."""
    session = session_of(floor, form, "leader", "other_leader", contacts=0)
    part = parts_of(floor.agents[0], None)[0][FIRST_PLACE]
    convening.add_contact(session, part, floor.agents[0], sight=True, by=floor.users["analyst"], at=NOW)
    return session, part


def test_leaders_of_two_teams_mark_one_contact_and_nothing_else_of_its_agent(
    floor: Floor, form: EvaluationForm
) -> None:
    other, agent = floor.users["other_leader"], floor.agents[0]
    client, before = floor.client("other_leader"), heard_by(floor, "other_leader")
    session, part = seen_session(floor, form)
    contact, sight = session.contacts.get(), Sight.objects.get()
    assert (sight.user, sight.given_by, sight.from_day) == (other, floor.users["analyst"], DAY)
    recording, another = of_contact(floor, part), keep_recording(agent).pk
    assert heard_by(floor, "other_leader") == before | {recording} and another not in heard_by(floor, "other_leader")
    assert client.get(f"/recordings/{another}/").status_code == 404
    # Nothing else of the agent: not her page, her contacts or an evaluation outside the session.
    for path in (f"/agents/{agent.pk}/", f"/evaluations/new/{agent.pk}/"):
        assert client.get(path).status_code == 404
    for purpose in (Purpose.OFFICIAL, Purpose.COACHING, Purpose.CALIBRATION):
        with pytest.raises(Refused, match="does not let you"):
            begin(floor, agent, form, by="other_leader", purpose=purpose, place=FIRST_PLACE)
    assert {one.username for one in left_to(session, DAY)} == {"leader", "other_leader"}
    listen = keep_listen(Recording.objects.get(pk=recording), by=other, at=NOW)
    assert listen.opened_for == session.name
    assert AuditEntry.objects.filter(verb="listen").latest("pk").detail["session"] == session.name
    page = floor.client("leader").get(f"/recordings/{recording}/").content.decode()
    assert f"for the calibration session “{session.name}”" in page
    # Whoever hears it by her role hears it for no session.
    assert keep_listen(Recording.objects.get(pk=recording), by=floor.users["leader"], at=NOW).opened_for == ""
    for name in ("leader", "other_leader"):
        mark_all(floor, session, name)
    assert session.is_shown and Evaluation.objects.filter(calibration=contact).count() == 2
    assert heard_by(floor, "other_leader") == before | {recording}, "it is still talked over"
    calibrating.close_session(session, "", by=floor.users["analyst"], at=NOW)
    sight.refresh_from_db()
    assert sight.ended_at == NOW and heard_by(floor, "other_leader") == before
    verbs = AuditEntry.objects.filter(subject=f"calibrationsession:{session.pk}").values_list("verb", flat=True)
    assert {"give_sight", "end_sights"} <= set(verbs)
    given = AuditEntry.objects.get(verb="give_sight").detail
    assert given["to"] == ["other_leader"] and given["agent"] == agent.pk


def test_sight_ends_with_its_session_its_last_day_and_the_role(floor: Floor, form: EvaluationForm) -> None:
    session, part = seen_session(floor, form)
    other, contact = floor.users["other_leader"], session.contacts.get()
    recording = of_contact(floor, part)
    assert can_mark(other, [contact], DAY) == [contact]
    last = Sight.objects.get().until
    for day in (DAY - timedelta(days=1), last + timedelta(days=1)):
        assert recording not in set(Recording.objects.heard_by(other, day).values_list("pk", flat=True))
        assert not can_mark(other, [contact], day)
    # A file that holds another contact, too, is not opened by it.
    recordings = Recording.objects.get(pk=recording)
    more = recordings.parts.get()
    more.pk, more.contact_key, more.segment_key = None, b"x" * 16, b"x" * 16
    more.save()
    assert recording not in heard_by(floor, "other_leader")
    more.delete()
    assert recording in heard_by(floor, "other_leader")
    calibrating.call_off(session, "Not now.", by=floor.users["analyst"], at=NOW)
    assert recording not in heard_by(floor, "other_leader") and not can_mark(other, [contact], DAY)
    session, part = seen_session(floor, form)
    other.grants.update(to_day=DAY)
    other = User.objects.get(pk=other.pk)
    assert not can_mark(other, [*session.contacts.all()], DAY)
    assert recording not in set(Recording.objects.heard_by(other, DAY).values_list("pk", flat=True))


def test_sight_is_given_only_of_what_the_giver_hears_and_to_whoever_evaluates(
    floor: Floor, form: EvaluationForm
) -> None:
    agent, analyst = floor.agents[0], floor.users["analyst"]
    session = session_of(floor, form, "leader", "other_leader", contacts=0)
    part = parts_of(agent, None)[0][FIRST_PLACE]
    with pytest.raises(Refused, match="give them sight"):
        convening.add_contact(session, part, agent, by=analyst, at=NOW)
    with pytest.raises(Refused, match="your own role does not reach"):
        convening.add_contact(session, part, agent, sight=True, by=floor.users["other_leader"], at=NOW)
    oneself = session_of(floor, form, "leader", "other_leader", contacts=0, name="Another")
    User.objects.filter(username="agent").update(agent=None)
    User.objects.filter(username="other_leader").update(agent=agent)
    with pytest.raises(Refused, match="nobody evaluates her"):
        convening.add_contact(oneself, part, agent, sight=True, by=analyst, at=NOW)
    assert not Sight.objects.exists()


def test_the_page_offers_what_not_everybody_reaches_and_tells_to_whom_sight_was_given(
    floor: Floor, form: EvaluationForm
) -> None:
    session, agent = session_of(floor, form, "leader", "other_leader", contacts=0), floor.agents[0]
    analyst, choose = floor.client("analyst"), f"/calibration/{session.pk}/contacts/"
    assert f"agent={agent.pk}" not in analyst.get(choose).content.decode()
    assert f"agent={agent.pk}&amp;sight=on" in analyst.get(choose, {"sight": "on", "q": agent.name}).content.decode()
    part = parts_of(agent, None)[0][FIRST_PLACE]
    sent = {"do": "add", "agent": agent.pk, "part": f"{part.segment_key.hex()}@{part.local_day}"}
    assert not analyst.post(choose, sent).url.endswith("?") and not session.contacts.exists()
    analyst.post(choose, sent | {"sight": "on"})
    page = analyst.get(choose).content.decode()
    assert "sight given to:" in page and str(floor.users["other_leader"]) in page
    analyst.post(choose, {"do": "remove", "contact": session.contacts.get().pk})
    assert not Sight.objects.exists()
