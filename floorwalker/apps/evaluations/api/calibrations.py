"""Which calibration sessions are there, what was said in one, and how is one called, marked, talked over and closed?

As on its pages: while it is blind, nobody is told anything of anybody's marks, and whoever has one of its contacts still to
mark is told nothing of a session that is over either.
"""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.evaluations import calibrating, convening
from floorwalker.apps.evaluations.access import find_calibrated, find_led_session, find_session, is_hidden_from
from floorwalker.apps.evaluations.api.forms import FormDraft
from floorwalker.apps.evaluations.api.given import AnswerGiven, MarkingGiven, read_marking
from floorwalker.apps.evaluations.api.sessions import CalibrationInFull, CalibrationOf
from floorwalker.apps.evaluations.api.shapes import EvaluationOf
from floorwalker.apps.evaluations.blinding import LEAST_PEOPLE
from floorwalker.apps.evaluations.blindness import is_kept_from, note_reading
from floorwalker.apps.evaluations.contacts import part_of
from floorwalker.apps.evaluations.discussing import read_session
from floorwalker.apps.evaluations.models import LONGEST_AGREED, CalibrationSession, EvaluationForm, SamplingPlan
from floorwalker.apps.evaluations.models.draws import LONGEST_NAME
from floorwalker.apps.evaluations.populations import who_may_evaluate
from floorwalker.apps.people.access import find_agent, only, require, today, user_of
from floorwalker.apps.people.models import Right, User
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.problems import Problematic
from floorwalker.ui.rest.shown import LARGEST, Day, Id

router = Router()
KEY, LONGEST_CODE, LONGEST_WHY, MOST_PEOPLE = r"^[0-9a-f]{32}$", 20, 300, 200


class SessionGiven(Schema):
    """Who marks side by side, by which form, and until when."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    form: int = Field(ge=1, le=LARGEST, description="its version in use is the one by which everybody marks")
    participants: list[int] = Field(
        min_length=LEAST_PEOPLE, max_length=MOST_PEOPLE, description="the numbers of users who may evaluate"
    )
    opens_on: Day = Field(description="the first day on which it is marked")
    due: Day = Field(description="the day by which it is to be marked")


class ContactGiven(Schema):
    """A contact that everybody marks: an agent's part of it, as /agents/{agent_id}/parts lists it."""

    agent: int = Field(ge=1, le=LARGEST)
    part: str = Field(pattern=KEY)
    day: Day = Field(description="the day of the contact")
    sight: bool = Field(
        False,
        description="give participants whose roles do not reach it sight of this very contact, until the session is closed: "
        "by whoever may hear it; in the trail, and named by each listen",
    )


class DrawGiven(Schema):
    """From what chance chooses, and how many."""

    plan: int = Field(ge=1, le=LARGEST, description="a sampling plan: its last whole week or month is drawn from")
    contacts: int = Field(ge=1, le=convening.MOST_CONTACTS)


class CallOffGiven(Schema):
    """Why it is called off."""

    why: str = Field(min_length=1, max_length=LONGEST_WHY)


class AgreedGiven(AnswerGiven):
    """What was agreed to be the answer on one contact."""

    question: str = Field("", max_length=LONGEST_CODE, description="left out: it is the one of the address")
    contact: int = Field(ge=1, le=LARGEST, description="the number of the contact in the session")


class AgreementGiven(Schema):
    """What was agreed about a question; what was written before gives way."""

    answers: list[AgreedGiven] = Field(default_factory=list, max_length=convening.MOST_CONTACTS)
    guidance: str = Field("", max_length=LONGEST_AGREED, description="how the question is to be read from now on")
    note: str = Field("", max_length=LONGEST_AGREED, description="why")


class MinutesGiven(Schema):
    """What else was said."""

    minutes: str = Field("", max_length=LONGEST_AGREED)


@router.get("/calibrations", response=Page[CalibrationOf])
def list_calibrations(request: HttpRequest, paging: Query[Paging]) -> object:
    """The sessions that the owner of the token takes part in, the latest first; all of them for those who build forms."""
    user, on = user_of(request), today()
    if not user.scope_on(on).may(Right.MANAGE_FORMS):
        require(user, Right.EVALUATE, on)
    seen = CalibrationSession.objects.visible_to(user, on).select_related("version__form", "called_by").distinct()
    return page_of(request, seen, paging, lambda one: CalibrationOf.of(one, on))


@router.post("/calibrations", response={201: CalibrationInFull})
def call_calibration(request: HttpRequest, given: SessionGiven) -> object:
    """Call people together to mark the same contacts; which these are is chosen next."""
    user, on = user_of(request), today()
    require(user, Right.MANAGE_FORMS, on)
    if given.due < given.opens_on:
        raise Problematic(422, where="due", found=str(given.due), expected=f"{given.opens_on} or later")
    form = only(EvaluationForm.objects.in_use().filter(pk=given.form).first())
    people = _people(given.participants, on)
    called = calibrating.Called(given.name, form, people, given.opens_on, given.due)
    return _shown(user, calibrating.call_session(called, by=user, at=timezone.now()).pk)


@router.get("/calibrations/{session_id}", response=CalibrationInFull)
def read_calibration(request: HttpRequest, session_id: Id) -> object:
    """One session: while it is blind what is still to be marked; then who said what, the most argued first, and what was agreed."""
    return _shown(user_of(request), session_id)


@router.post("/calibrations/{session_id}/contacts", response={201: CalibrationInFull})
def add_calibration_contact(request: HttpRequest, session_id: Id, given: ContactGiven) -> object:
    """Let everybody mark this contact: one that all may mark, and of which nobody knows marks. Before anybody has begun."""
    user, on = user_of(request), today()
    session = find_led_session(user, session_id, on)
    agent = find_agent(user, given.agent, on)
    part = only(part_of(agent, bytes.fromhex(given.part), given.day))
    convening.add_contact(session, part, agent, sight=given.sight, by=user, at=timezone.now())
    return _shown(user, session_id)


@router.delete("/calibrations/{session_id}/contacts/{contact_id}", response=CalibrationInFull)
def remove_calibration_contact(request: HttpRequest, session_id: Id, contact_id: Id) -> object:
    """Take back a contact that somebody chose, before anybody has begun; what chance chose stays."""
    user = user_of(request)
    session = find_led_session(user, session_id, today())
    convening.remove_contact(only(session.contacts.filter(pk=contact_id).first()), by=user, at=timezone.now())
    return _shown(user, session_id)


@router.post("/calibrations/{session_id}/draw", response=CalibrationInFull)
def draw_calibration_contacts(request: HttpRequest, session_id: Id, given: DrawGiven) -> object:
    """Let chance choose, once a session, among what all participants can mark blind; the seed is kept."""
    user, on = user_of(request), today()
    session = find_led_session(user, session_id, on)
    plan = only(SamplingPlan.objects.on(on).filter(pk=given.plan).first())
    convening.draw_contacts(session, plan, given.contacts, by=user, at=timezone.now())
    return _shown(user, session_id)


@router.post("/calibrations/contacts/{contact_id}/begin", response={201: EvaluationOf})
def begin_calibrated(request: HttpRequest, contact_id: Id) -> object:
    """Begin to mark one contact of a session, blind; it is answered and handed in as any other evaluation."""
    user, on = user_of(request), today()
    made = calibrating.begin_calibration(find_calibrated(user, contact_id, on), by=user, at=timezone.now())
    return EvaluationOf.of(made, hidden=is_hidden_from(made, user, on))


@router.post("/calibrations/{session_id}/end-blind", response=CalibrationInFull)
def end_blind_phase(request: HttpRequest, session_id: Id) -> object:
    """Show the marks before everybody has handed in: whoever has not is not compared, and cannot mark any more."""
    user = user_of(request)
    calibrating.end_blind_phase(find_led_session(user, session_id, today()), by=user, at=timezone.now())
    return _shown(user, session_id)


@router.post("/calibrations/{session_id}/call-off", response=CalibrationInFull)
def call_off_calibration(request: HttpRequest, session_id: Id, given: CallOffGiven) -> object:
    """Let a session be, as long as nobody has seen anybody's marks."""
    user = user_of(request)
    calibrating.call_off(find_led_session(user, session_id, today()), given.why, by=user, at=timezone.now())
    return _shown(user, session_id)


@router.post("/calibrations/{session_id}/questions/{code}", response=CalibrationInFull)
def agree_on_question(request: HttpRequest, session_id: Id, code: str, given: AgreementGiven) -> object:
    """Write down what was agreed about a question: by contact its answer, and how it is to be read from now on."""
    user, on = user_of(request), today()
    session = find_led_session(user, session_id, on)
    if is_kept_from(session, user) or session.version.asks.question(code) is None:
        raise Http404
    known = set(session.contacts.values_list("pk", flat=True))
    answers = {}
    for one in given.answers:
        if one.contact not in known:
            raise Problematic(
                422, where="answers.contact", found=str(one.contact), expected="a contact of this session"
            )
        # No miss is written down here, and so no cause: what stands is agreed, not whose fault it was.
        answer = AnswerGiven(**one.model_dump(exclude={"contact", "question", "cause", "comment"}), question=code)
        read = read_marking(session.version.asks, MarkingGiven(answers=[answer], words="", missed_complaint=False), on)
        answers[one.contact] = read["answers"][code]
    settled = calibrating.Settled(code, answers, given.guidance, given.note)
    calibrating.agree_on(session, settled, by=user, at=timezone.now())
    return _shown(user, session_id)


@router.post("/calibrations/{session_id}/close", response=CalibrationInFull)
def close_calibration(request: HttpRequest, session_id: Id, given: MinutesGiven) -> object:
    """The discussion is over: from now on nothing of the session changes."""
    user = user_of(request)
    calibrating.close_session(find_led_session(user, session_id, today()), given.minutes, by=user, at=timezone.now())
    return _shown(user, session_id)


@router.post("/calibrations/{session_id}/wordings/{code}/take-over", response=FormDraft)
def take_over_wording(request: HttpRequest, session_id: Id, code: str) -> object:
    """Make the wording that was agreed for a question its guidance in the form's next version, which somebody publishes."""
    user = user_of(request)
    session = find_led_session(user, session_id, today())
    wording = only(session.wordings.filter(question=code).first())
    return FormDraft.of(calibrating.take_over(wording, by=user, at=timezone.now()))


def _people(numbers: list[int], on: date) -> list[User]:
    found = list(who_may_evaluate(on, officially=False).filter(pk__in=numbers))
    unknown = sorted({*numbers} - {one.pk for one in found})
    if unknown:
        raise Problematic(
            422,
            where="participants",
            found=", ".join(map(str, unknown[:10])),
            expected="users whose role lets them evaluate",
        )
    return found


def _shown(user: User, session_id: int) -> CalibrationInFull:
    found, on = find_session(user, session_id, today()), today()
    context = read_session(found, user, on)
    if found.is_shown and not context["kept"]:
        note_reading(found, by=user, at=timezone.now())
    return CalibrationInFull.of_context(found, context, on)
