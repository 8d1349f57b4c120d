"""What can be done about a calibration session? Call it, mark in it blind, agree, close it: one transaction each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.evaluations import blinding
from floorwalker.apps.evaluations.beginning import begin_evaluation
from floorwalker.apps.evaluations.blinding import LEAST_PEOPLE
from floorwalker.apps.evaluations.building import begin_version, change_draft
from floorwalker.apps.evaluations.contacts import part_of
from floorwalker.apps.evaluations.editing import with_guidance
from floorwalker.apps.evaluations.models import (
    LONGEST_AGREED,
    AgreedAnswer,
    AgreedWording,
    CalibrationContact,
    CalibrationSession,
    Evaluation,
    EvaluationForm,
    FormVersion,
    Picked,
    Purpose,
    Stage,
)
from floorwalker.apps.evaluations.sighting import end_sights
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused


@dataclass(frozen=True)
class Called:
    """A session as it is called: by the version of the form in use now."""

    name: str
    form: EvaluationForm
    participants: Collection[User]
    opens_on: date
    due: date


@action
def call_session(called: Called, *, by: User, at: datetime) -> CalibrationSession:
    """Call people together; which contacts they mark is chosen next."""
    version = called.form.published
    if version is None or called.form.retired_at is not None:
        raise Refused(_("nothing is marked by this form"), mend=_("choose a form that is in use"))
    if len(called.participants) < LEAST_PEOPLE:
        raise Refused(_("a session needs two participants at least"), found=str(len(called.participants)))
    made = CalibrationSession.objects.create(
        name=called.name.strip(),
        version=version,
        opens_on=called.opens_on,
        due=called.due,
        called_by=by,
        called_at=at,
    )
    made.participants.set(called.participants)
    told = {"participants": sorted(one.pk for one in called.participants), "version": version.pk}
    record(by.username, "call_calibration", made, at, due=called.due.isoformat(), **told)
    return made


@action
def begin_calibration(contact: CalibrationContact, *, by: User, at: datetime) -> Evaluation:
    """Begin to mark one contact of a session, blind; the marking that was begun before, where there is one."""
    session = contact.session
    begun = contact.evaluations.filter(evaluator=by).first()
    if begun is not None:
        return begun
    if session.stage(at.date()) == Stage.PLANNED:
        raise Refused(_("this session is not open yet"), found=str(session.opens_on))
    if session.stage(at.date()) != Stage.BLIND or not session.participants.filter(pk=by.pk).exists():
        raise Refused(_("nothing is to be marked in this session by you"))
    part = part_of(contact.agent, bytes(contact.segment_key), contact.local_day)
    if part is None:
        raise Refused(_("this contact is no longer known as this agent's"), mend=_("call the session off"))
    return begin_evaluation(
        *(part, contact.agent, session.version, Purpose.CALIBRATION),
        picked=Picked(contact.picked),
        chance=contact.probability,
        calibration=contact,
        by=by,
        at=at,
    )


@action
def end_blind_phase(session: CalibrationSession, *, by: User, at: datetime) -> CalibrationSession:
    """Show the marks before everybody has handed in: whoever has not is not in the comparison, and cannot mark any more."""
    session = _locked(session)
    if session.stage(at.date()) != Stage.BLIND:
        raise Refused(_("this session is not being marked"))
    if not blinding.compared(session):
        raise Refused(
            _("there is nothing to compare: no contact was marked by two people yet"),
            mend=_("wait for a second marking, or call the session off"),
        )
    session.blind_ended_at, session.blind_ended_by = at, by
    session.save(update_fields=["blind_ended_at", "blind_ended_by"])
    done = {"handed_in": blinding.handed_in(session), "wanted": blinding.wanted(session, at.date())}
    record(by.username, "end_blind_phase", session, at, **done)
    return session


@action
def call_off(session: CalibrationSession, why: str, *, by: User, at: datetime) -> CalibrationSession:
    """Let a session be, with a reason, as long as nobody has seen anybody's marks."""
    session = _locked(session)
    if session.stage(at.date()) not in (Stage.PLANNED, Stage.BLIND):
        raise Refused(_("this session is past its blind phase, and stays as it was"))
    if not why.strip():
        raise Refused(_("say why it is called off"))
    session.called_off_at, session.called_off_by, session.called_off_why = at, by, why.strip()[:300]
    session.save(update_fields=["called_off_at", "called_off_by", "called_off_why"])
    end_sights(session, by=by, at=at)
    record(by.username, "call_off_calibration", session, at)
    return session


@dataclass(frozen=True)
class Settled:
    """What was agreed about one question: by contact its answer as a marking keeps one (none: left open), and how the question
    is to be read from now on, with why."""

    question: str
    answers: Mapping[int, dict[str, Any]]
    guidance: str = ""
    note: str = ""


@action
def agree_on(session: CalibrationSession, settled: Settled, *, by: User, at: datetime) -> None:
    """Write down what was agreed about a question; until the discussion is closed it may be changed."""
    session = _locked(session)
    _check_open(session, at)
    contacts = {one.pk: one for one in session.contacts.all()}
    AgreedAnswer.objects.filter(contact__in=contacts, question=settled.question).delete()
    AgreedAnswer.objects.bulk_create(
        AgreedAnswer(contact=contacts[pk], question=settled.question, answer=answer, by=by, at=at)
        for pk, answer in settled.answers.items()
        if pk in contacts and answer
    )
    guidance, note = (text.strip()[:LONGEST_AGREED] for text in (settled.guidance, settled.note))
    asked = session.version.asks.question(settled.question)
    if asked is not None and guidance == asked.guidance.strip():
        guidance = ""  # it is read as it was
    known = session.wordings.filter(question=settled.question)
    if known.exclude(taken_at=None).exists():
        raise Refused(_("the form has taken this wording over already"))
    if guidance or note:
        told = {"guidance": guidance, "note": note, "by": by, "at": at}
        session.wordings.update_or_create(question=settled.question, defaults=told)
    else:
        known.delete()
    record(by.username, "agree_on_question", session, at, question=settled.question, answers=len(settled.answers))


@action
def close_session(session: CalibrationSession, minutes: str, *, by: User, at: datetime) -> CalibrationSession:
    """The discussion is over: from now on nothing of the session changes."""
    session = _locked(session)
    _check_open(session, at)
    session.discussed_at, session.discussed_by, session.minutes = at, by, minutes.strip()[:LONGEST_AGREED]
    session.save(update_fields=["discussed_at", "discussed_by", "minutes"])
    end_sights(session, by=by, at=at)
    record(by.username, "close_calibration", session, at)
    return session


@action
def take_over(wording: AgreedWording, *, by: User, at: datetime) -> FormVersion:
    """Make an agreed wording the guidance of its question in the form's next version; what was marked before stays."""
    wording = (
        AgreedWording.objects.select_for_update(of=("self",))
        .select_related("session__version__form")
        .get(pk=wording.pk)
    )
    if wording.taken_into is not None:
        return wording.taken_into
    form = wording.session.version.form
    if wording.session.discussed_at is None:
        raise Refused(_("this session is still being discussed"), mend=_("close the discussion first"))
    if not wording.guidance:
        raise Refused(_("no wording was agreed for this question"))
    if form.retired_at is not None:
        raise Refused(_("nothing is marked by this form"), mend=_("choose a form that is in use"))
    draft = begin_version(form, by=by, at=at)
    if draft.asks.question(wording.question) is None:
        raise Refused(_("the form's next version does not ask this any more"), found=wording.question)
    draft = change_draft(form, lambda asks, _new: with_guidance(asks, wording.question, wording.guidance), by=by, at=at)
    wording.taken_into, wording.taken_by, wording.taken_at = draft, by, at
    wording.save(update_fields=["taken_into", "taken_by", "taken_at"])
    record(by.username, "take_over_wording", wording.session, at, question=wording.question, version=draft.pk)
    return draft


def _locked(session: CalibrationSession) -> CalibrationSession:
    return CalibrationSession.objects.select_for_update(of=("self",)).get(pk=session.pk)


def _check_open(session: CalibrationSession, at: datetime) -> None:
    if session.stage(at.date()) != Stage.OPEN:
        raise Refused(_("this session is not being discussed"))
