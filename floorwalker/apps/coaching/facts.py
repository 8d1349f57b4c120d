"""What does coaching contribute to the lake? Feedback, sessions, promises, objectives, trainings, whom it reached and what it achieved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain

import pyarrow as pa

from floorwalker.apps.coaching.committing import ONE_DAY, Commitment, as_tables, end_of
from floorwalker.apps.coaching.covering import effects, monthly_coverage
from floorwalker.apps.coaching.models import Attendee, Feedback, Objective, ObjectiveState, Participant
from floorwalker.facts.tables import COMMITMENT

ORIGIN = "coaching"
# In so long the receiver of feedback is to say what she makes of it.
TO_ANSWER = timedelta(days=14)


def records() -> dict[str, Iterable[pa.Table]]:
    """By table, everything of this context that was to be done; no words, and nothing that is private."""
    parts = (_feedback, _sessions, _promises, _objectives, _trainings, monthly_coverage, effects)
    return {COMMITMENT.name: as_tables(ORIGIN, chain.from_iterable(part() for part in parts))}


def _feedback() -> Iterator[Commitment]:
    """Of people alone: what is the team's or a process's has no receiver who could answer."""
    found = Feedback.objects.filter(matter__agent__isnull=False, private=False, taken_back_at=None)
    with_answers = found.select_related("matter").prefetch_related("matter__decisions", "answers")
    for one in with_answers.order_by("pk"):
        decided = (made.at for made in one.matter.decisions.all() if made.at >= one.given_at)
        said = [*decided, *(answer.at for answer in one.answers.all())]
        yield Commitment(
            kind="feedback",
            number=str(one.pk),
            begun_at=one.given_at,
            agent=one.matter.agent_id,
            detail=one.source,
            measure=one.measure,
            due_at=one.given_at + TO_ANSWER,
            done_at=min(said, default=None),
        )


def _sessions() -> Iterator[Commitment]:
    """One for each who takes part; what was called off was not to be held."""
    found = Participant.objects.filter(agent__isnull=False, session__cancelled_at=None).select_related("session")
    for one in found.order_by("pk"):
        session = one.session
        yield Commitment(
            kind="session",
            number=str(one.pk),
            begun_at=session.planned_at,
            agent=one.agent_id,
            detail=session.kind,
            measure=session.measure,
            due_at=end_of(session.planned_for.date() + ONE_DAY),
            done_at=session.held_at,
            minutes=session.minutes,
        )


def _promises() -> Iterator[Commitment]:
    signed = Participant.objects.filter(agent__isnull=False, session__coach_signed_at__isnull=False)
    for one in signed.exclude(session__promise="").select_related("session").order_by("pk"):
        session = one.session
        assert session.coach_signed_at is not None
        yield Commitment(
            kind="promise",
            number=str(one.pk),
            begun_at=session.coach_signed_at,
            agent=one.agent_id,
            detail=session.kind,
            measure=session.measure,
            due_at=None if session.review_on is None else end_of(session.review_on),
            done_at=one.kept_at,
            outcome=one.kept,
        )


def _objectives() -> Iterator[Commitment]:
    """Those that both agreed; what was replaced was not to be reached any more."""
    agreed = Objective.objects.filter(agent_agreed_at__isnull=False, leader_agreed_at__isnull=False)
    for one in agreed.exclude(state=ObjectiveState.REPLACED).order_by("pk"):
        assert one.agent_agreed_at is not None and one.leader_agreed_at is not None
        open_still = ObjectiveState(one.state).is_open
        yield Commitment(
            kind="objective",
            number=str(one.pk),
            begun_at=max(one.agent_agreed_at, one.leader_agreed_at),
            agent=one.agent_id,
            detail=one.action_kind,
            measure=one.measure,
            due_at=end_of(one.due_on),
            done_at=one.closed_at,
            outcome="" if open_still else one.state,
        )


def _trainings() -> Iterator[Commitment]:
    found = Attendee.objects.filter(training__cancelled_at=None).select_related("training").order_by("pk")
    for one in found:
        training = one.training
        there = {True: "there", False: "away", None: ""}[one.there]
        yield Commitment(
            kind="training",
            number=str(one.pk),
            begun_at=training.planned_at,
            agent=one.agent_id,
            detail="mentoring" if training.is_mentoring else "training",
            measure=training.measure,
            due_at=end_of(training.planned_for.date()),
            done_at=training.held_at if one.there else None,
            outcome=there,
            minutes=training.minutes if one.there else None,
        )
