"""Is the demo floor whole when its pages are first opened, and does it show people at work?"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from django.test import TestCase, override_settings

from floorwalker.apps.coaching.models import DevelopmentPlan, Matter, Participant, SelfAssessment
from floorwalker.apps.evaluations.arguing import sheets_of
from floorwalker.apps.evaluations.models import Appeal, CalibrationSession, Drawn, Evaluation, Purpose, Stage
from floorwalker.apps.huddles.models import ActionPoint, Meeting, Pulse, TakenUp, Thanks
from floorwalker.apps.huddles.pulsing import told_of
from floorwalker.apps.people.models import Agent, AuditEntry, User
from floorwalker.apps.recordings.measuring import waiting
from floorwalker.apps.recordings.models import Recording, RecordingPart, Waveform
from floorwalker.apps.recordings.screening import unscreened
from floorwalker.apps.standards.models import CheckAnswer, Process, StandardVersion
from floorwalker.apps.standards.readers import readers_of
from floorwalker.apps.surveys.models import Fate, Invitation
from floorwalker.jobs.demo import build_demo
from floorwalker.jobs.demo_recordings import TALKS
from floorwalker.jobs.demo_sound import AGENT, RATE, sound_of, spoken, subtitles_of
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.rollup import rollups
from floorwalker.kpis.run import run_kpis
from floorwalker.media.measuring import measure_file
from floorwalker.media.transcripts.reading import read_transcript
from tests.installation import Installation, new_installation


def build(home: Installation) -> None:
    with override_settings(FLOORWALKER=home.config), TestCase.captureOnCommitCallbacks(execute=True):
        build_demo(
            home.config, home.lake, agents=40, days=14, seed=1, progress=lambda *_: None, should_stop=lambda: False
        )


def loop_is_lived(today: date) -> None:
    """Even of a fortnight: what was said, promised, agreed and asked, with what became of it, by those who log in."""
    agent, leader = (User.objects.get(username=name) for name in ("agent1", "leader1"))
    assert agent.agent is not None and agent.agent in Agent.objects.coached_by(leader, today)
    assert {one.decision for one in Matter.objects.of_agent(agent.agent)} > {"act", "watch", "not_mine", "thanks"}
    assert Process.objects.get(name="Refunds").matters.exists(), "what was not hers lies with its owner"
    parts = Participant.objects.filter(agent=agent.agent)
    assert {(one.kept, one.signed_at is not None) for one in parts} == {("yes", True), ("", True), ("", False)}
    assert SelfAssessment.objects.get().shared_at and DevelopmentPlan.objects.get().agent_agreed_at
    assert {one.ended_at is not None for one in Meeting.objects.all()} == {True, False}
    over = Pulse.objects.filter(closes_on__lt=today).first()
    assert over is not None and told_of(over, today), "told from five answers up"
    assert ActionPoint.objects.exclude(outcome="").exists() and ActionPoint.objects.open().exists()
    assert TakenUp.objects.filter(helped=True).exists() and Thanks.objects.filter(shared=True).exists()


@pytest.mark.slow
@pytest.mark.django_db
def test_the_demo_is_whole_and_alive_and_building_it_again_changes_nothing(tmp_path: Path) -> None:
    home = new_installation(tmp_path)
    build(home)
    facts, today = home.snapshot, datetime.now(UTC).date()
    assert "queue_parameter" in facts.current.tables
    assert not [one.name for one in rollups() if facts.days(one.table.name) and facts.rollup(one.key) is None]
    _, last = facts.days("segment") or (today, today)
    assert timedelta(0) < today - last <= timedelta(days=9), "the floor's last whole week is the one before this"

    current = StandardVersion.objects.current()
    assert current.count() == 4 and current.due_for_review(today).count() == 1
    assert StandardVersion.objects.in_work().get().is_consulting
    readers = readers_of(current.get(title="Nobody is passed on without a word"), today)
    assert readers is not None and len(readers.read) > 2 * len(readers.unread) > 0
    firsts = CheckAnswer.objects.filter(try_number=1).select_related("question")
    assert {answer.is_right for answer in firsts} == {True, False}

    official = Evaluation.objects.filter(purpose=Purpose.OFFICIAL, picked="random")
    stages = {(one.submitted_at is not None, one.released_at is not None) for one in official}
    assert stages == {(True, True), (True, False), (False, False)} or official.count() < 20
    assert Appeal.objects.get().outcome == Appeal.Outcome.OVERTURNED
    scores = [one.stands.agent_share for one in official if one.stands is not None]
    assert max(scores.count(score) for score in scores) < 0.7 * len(scores), "people do not mark all alike"
    waits = Drawn.objects.waiting()
    assert {one.channel for one in Drawn.objects.all()} == {"voice"}
    assert not waits or RecordingPart.objects.filter(contact_key__in=waits.values("contact_key")).exists()
    assert not unscreened() and not waiting(), "nothing is left to the worker"
    assert Waveform.objects.filter(problem="", lanes=2).count() == Recording.objects.filter(kind="sound").count()
    # Of a fortnight: what is to be talked about, with something to argue about, and what is still to be marked.
    sessions = {one.name: one for one in CalibrationSession.objects.all()}
    assert sessions.keys() >= {"How we greet, again", "This week, blind"}
    assert {one.stage(today) for one in sessions.values()} <= {Stage.DISCUSSED, Stage.OPEN, Stage.BLIND}
    again = sheets_of([sessions["How we greet, again"]])
    assert any(one.differ for sheet in again.values() for one in sheet.compared)
    assert CalibrationSession.objects.waiting_for(User.objects.get(username="analyst"), today).exists()
    heard = Recording.objects.exclude(contact_key=None)
    assert {one.kind for one in heard} == {"sound", "transcript"} and Recording.objects.count() == heard.count() >= 4
    assert Invitation.objects.filter(fate=Fate.SENT).exclude(answered_at=None).count() >= 5
    loop_is_lived(today)
    measures = ("standard_acknowledgement_rate", "standard_understanding_rate", "dispute_overturn_rate")
    assert all(row.answer.n for row in run_kpis(KpiQuery(measures), facts)), "all of it is in the figures"

    before = AuditEntry.objects.count(), User.objects.count(), facts.current.tables["segment"]
    build(home)
    assert before == (AuditEntry.objects.count(), User.objects.count(), home.snapshot.current.tables["segment"])


def test_the_demos_sounds_are_two_lanes_that_take_turns_as_their_words_do() -> None:
    turns = spoken(TALKS[0])
    content = sound_of(turns, np.random.default_rng(1))
    sound = measure_file(io.BytesIO(content), "talk.wav")
    assert (sound.codec, sound.lanes, sound.rate) == ("mu-law", 2, RATE) and len(content) < 1_000_000
    assert sound.seconds == pytest.approx(turns[-1].end + 0.45, abs=0.01)
    left, right = (np.frombuffer(peaks, dtype=np.uint8).astype(float) for peaks in sound.peaks)
    at = (np.arange(len(left)) + 0.5) / len(left) * sound.seconds
    for turn in turns:
        here = (at > turn.start + 0.1) & (at < turn.end - 0.1)
        louder, quieter = (left, right) if turn.speaker == AGENT else (right, left)
        assert louder[here].mean() > 5 * quieter[here].mean()
    read = read_transcript(io.BytesIO(subtitles_of(turns).encode()))
    assert [one.text for one in read.turns] == [one.words for one in turns]
