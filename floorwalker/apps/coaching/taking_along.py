"""Which evidence does a talk rest on? What its coach took along from its preparation, and what of it the reader may open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import CoachingSession, Evidence, EvidenceKind
from floorwalker.apps.coaching.planning import find_open
from floorwalker.apps.evaluations.models import Evaluation
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.recordings.models import Mark, Recording
from floorwalker.errors import Refused
from floorwalker.ui.clocks import clock

# A mark without an end is heard for so long.
MOMENT_SECONDS = 20.0
MOST_TAKEN = 6


@dataclass(frozen=True)
class Taken:
    """One piece of evidence to one reader; address: nothing where she may not go there."""

    what: str
    note: str
    address: str


@action
def take_clip(session: CoachingSession, mark: Mark, agent: Agent, *, by: User, at: datetime) -> Evidence:
    """Take a stretch of a recording of one who is coached along; it stays as it was marked."""
    session = _prepared(session, agent, by)
    end = mark.from_seconds + MOMENT_SECONDS if mark.to_seconds is None else mark.to_seconds
    kept = {"recording": mark.recording, "from_second": mark.from_seconds, "to_second": end, "note": mark.note}
    return _take(session, agent, {"kind": EvidenceKind.CLIP, **kept}, by, at)


@action
def take_marks(session: CoachingSession, evaluation: Evaluation, *, by: User, at: datetime) -> Evidence:
    """Take the marks of an evaluation of one who is coached along, as they stand now."""
    session = _prepared(session, evaluation.agent, by)
    if evaluation.stands is None or evaluation.released_at is None:
        raise Refused(_("only what was released to the person is talked about"))
    return _take(session, evaluation.agent, {"kind": EvidenceKind.MARKS, "marking": evaluation.stands}, by, at)


def _prepared(session: CoachingSession, agent: Agent, by: User) -> CoachingSession:
    session = find_open(session)
    if session.coach_id != by.pk or session.is_by_a_colleague:
        raise Refused(_("only the coach prepares a session"))
    parts = [one.agent_id for one in session.participants.all()]
    if parts != [agent.pk]:
        raise Refused(
            _("evidence of one person is talked about with that person alone"),
            mend=_("plan a session for two: in a group everybody would see it"),
        )
    if session.evidence.count() >= MOST_TAKEN:
        raise Refused(_("nobody talks about so much at once"), expected=f"1 – {MOST_TAKEN}")
    return session


def _take(session: CoachingSession, agent: Agent, kept: dict[str, object], by: User, at: datetime) -> Evidence:
    if session.evidence.filter(**kept).exists():
        raise Refused(_("this is taken along already"))
    made = Evidence.objects.create(agent=agent, added_by=by, added_at=at, **kept)
    session.evidence.add(made)
    record(by.username, "take_evidence_along", session, at, evidence=made.pk, kind=str(kept["kind"]))
    return made


def taken_along(session: CoachingSession, user: User, on: date) -> list[Taken]:
    """Clips and marks of a session, each with its address where the reader may open it; words only then."""
    pieces = session.evidence.filter(kind__in=(EvidenceKind.CLIP, EvidenceKind.MARKS)).select_related("recording")
    return [_taken(one, user, on) for one in pieces.select_related("marking__evaluation")]


def _taken(one: Evidence, user: User, on: date) -> Taken:
    if one.kind == EvidenceKind.MARKS and one.marking is not None:
        seen = Evaluation.objects.visible_to(user, on).filter(pk=one.marking.evaluation_id).exists()
        address = reverse("evaluation", args=[one.marking.evaluation_id]) if seen else ""
        return Taken(_("Marks of an evaluation"), "", address)
    heard = one.recording is not None and Recording.objects.heard_by(user, on).filter(pk=one.recording.pk).exists()
    address = reverse("recording", args=[one.recording_id]) if heard else ""
    span = f"{clock(one.from_second or 0)} – {clock(one.to_second or 0)}"
    return Taken(_("Clip, %(span)s") % {"span": span}, one.note if address else "", address)
