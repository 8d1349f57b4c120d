"""In which shapes does the API show calibration sessions: how far each is, who said what, and what was agreed?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from floorwalker.apps.evaluations.arguing import Argued, OnContact
from floorwalker.apps.evaluations.models import AgreedWording, CalibrationContact, CalibrationSession, Evaluation
from floorwalker.apps.people.api.shapes import AgentNamed, Named


class CalibrationOf(Schema):
    """One session."""

    id: int
    name: str
    form: int
    form_version: int
    stage: str = Field(description="planned, blind, open (to be discussed), discussed or called_off")
    opens_on: date
    due: date
    called_by: Named
    called_at: datetime

    @classmethod
    def of(cls, session: CalibrationSession, on: date) -> CalibrationOf:
        """A session, as far as it is on a day."""
        return cls(**_fields(session, on))


class ParticipantOf(Schema):
    """One who takes part."""

    user: Named
    handed_in: int = Field(description="markings")
    gone: bool = Field(description="whether she can mark no more, and is not waited for")
    harsher: int | None = Field(None, description="answers harsher than what was agreed; nothing while it is blind")
    milder: int | None = None
    same: int | None = None


class CalibratedOf(Schema):
    """A contact that everybody marks."""

    id: int = Field(description="by which it is begun, and what was agreed on it is written down")
    agent: AgentNamed
    part: str = Field(description="the key of the agent's part: 32 hexadecimal digits")
    contact_at: datetime
    day: date
    queue: str | None = None
    channel: str | None = None
    picked: str = Field(description="hand: chosen by somebody; random: drawn by chance")
    probability: float | None = Field(None, description="with which chance it was drawn: 0 to 1")
    evaluation: int | None = Field(None, description="the marking of the owner of the token, once she has begun it")

    @classmethod
    def of(cls, contact: CalibrationContact, evaluation: int | None) -> CalibratedOf:
        """A contact, with the reader's own marking of it."""
        return cls(
            id=contact.pk,
            agent=AgentNamed.of(contact.agent),
            part=bytes(contact.segment_key).hex(),
            contact_at=contact.contact_at,
            day=contact.local_day,
            queue=contact.queue or None,
            channel=contact.channel or None,
            picked=contact.picked,
            probability=contact.probability,
            evaluation=evaluation,
        )


class MarkSaid(Schema):
    """What one participant answered."""

    by: Named
    said: str = Field(description="the answer in words")
    off: bool = Field(description="whether it is not what stands in the end")
    comment: str | None = Field(None, description="what was heard, where it was a miss")


class OnContactOf(Schema):
    """One question on one contact."""

    contact: int
    said: list[MarkSaid]
    stands: str | None = Field(None, description="what was agreed, or what everybody said anyway")
    agreed: bool = Field(description="whether it was talked over")

    @classmethod
    def of(cls, on: OnContact) -> OnContactOf:
        """What was said of it."""
        said = [
            MarkSaid(
                by=Named.of(one.user),
                said=one.said,
                off=one.off,
                comment=None if one.miss is None else one.miss.comment or None,
            )
            for one in on.said
        ]
        return cls(contact=on.contact.pk, said=said, stands=on.stands or None, agreed=on.is_agreed)


class ArguedOf(Schema):
    """One question with how much it was argued."""

    question: str = Field(description="its code")
    wording: str
    pairs: int = Field(description="pairs of answers that can be compared")
    differ: int = Field(description="of them those that differ")
    open: bool = Field(description="whether people differ on it, and nothing was agreed for some contact")
    contacts: list[OnContactOf]

    @classmethod
    def of(cls, argued: Argued) -> ArguedOf:
        """A question."""
        return cls(
            question=argued.question.code,
            wording=argued.question.wording,
            pairs=argued.compared.pairs,
            differ=argued.compared.differ,
            open=argued.is_open,
            contacts=[OnContactOf.of(one) for one in argued.on_contacts],
        )


class WordingOf(Schema):
    """How a question is to be read from now on."""

    question: str
    guidance: str | None = None
    note: str | None = None
    by: Named
    at: datetime
    taken_into: int | None = Field(None, description="the version of the form that has it as guidance")

    @classmethod
    def of(cls, wording: AgreedWording) -> WordingOf:
        """An agreed wording."""
        return cls(
            question=wording.question,
            guidance=wording.guidance or None,
            note=wording.note or None,
            by=Named.of(wording.by),
            at=wording.at,
            taken_into=None if wording.taken_into is None else wording.taken_into.number,
        )


class CalibrationInFull(CalibrationOf):
    """One session, as far as the owner of the token may see it."""

    kept_back: bool = Field(
        description="whether its marks are not shown yet though it is over: one of its contacts waits for the owner of the token"
    )
    wanted: int = Field(description="markings when everybody who still can has handed in")
    handed_in: int
    participants: list[ParticipantOf]
    contacts: list[CalibratedOf]
    questions: list[ArguedOf] = Field(description="the most argued first; none while it is blind")
    wordings: list[WordingOf]
    minutes: str | None = None
    called_off_why: str | None = None
    seed: str | None = Field(None, description="where chance chose its contacts, from which seed")

    @classmethod
    def of_context(cls, session: CalibrationSession, context: Mapping[str, Any], on: date) -> CalibrationInFull:
        """What its page prints (`discussing.read_session`)."""
        shown = session.is_shown and not context["kept"]
        return cls(
            **_fields(session, on),
            kept_back=context["kept"],
            wanted=context["wanted"],
            handed_in=context["handed_in"],
            participants=[_participant(one) for one in context["participants"]],
            contacts=[CalibratedOf.of(one, number) for one, number in _own(context)],
            questions=[ArguedOf.of(one) for one in context.get("argued", ())],
            wordings=[WordingOf.of(one) for one, _question in context.get("wordings", ())],
            minutes=(session.minutes or None) if shown else None,
            called_off_why=session.called_off_why or None,
            seed=session.seed or None,
        )


def _fields(session: CalibrationSession, on: date) -> dict[str, Any]:
    same = ("name", "opens_on", "due", "called_at")
    return {
        "id": session.pk,
        "form": session.version.form_id,
        "form_version": session.version.number,
        "stage": str(session.stage(on)),
        "called_by": Named.of(session.called_by),
        **{name: getattr(session, name) for name in same},
    }


def _participant(one: Any) -> ParticipantOf:
    lean = {} if one.lean is None else {name: getattr(one.lean, name) for name in ("harsher", "milder", "same")}
    return ParticipantOf(user=Named.of(one.user), handed_in=one.handed_in, gone=one.gone, **lean)


def _own(context: Mapping[str, Any]) -> Iterable[tuple[CalibrationContact, int | None]]:
    """The contacts, each with the reader's own marking."""
    marked = Evaluation.objects.filter(calibration__in=context["contacts"], evaluator=context["reader"])
    known = dict(marked.values_list("calibration", "pk"))
    return ((one, known.get(one.pk)) for one in context["contacts"])
