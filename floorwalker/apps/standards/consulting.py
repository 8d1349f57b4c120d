"""How are those whom a standard concerns asked before it is decided, and what are they answered?"""

from __future__ import annotations

from datetime import date, datetime

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.concerning import is_concerned, may_keep
from floorwalker.apps.standards.models import Outcome, Remark, RemarkKind, StandardVersion, State
from floorwalker.apps.standards.models.service_standards import LONGEST_TEXT
from floorwalker.errors import Refused


@action
def open_consultation(version: StandardVersion, *, until: date, by: User, at: datetime) -> StandardVersion:
    """Ask those whom it concerns, up to and with a day; asked again with a later day, they have longer."""
    version.refresh_from_db()
    _require_keeper(version, by, at)
    if not version.is_in_work:
        raise Refused("this version is not a draft any more", mend="begin the next version, and change that")
    if until <= at.date():
        raise Refused("people need time to answer", found=until.isoformat(), expected="a later day")
    if version.is_consulting and version.consulted_until is not None and until < version.consulted_until:
        raise Refused(
            "a consultation is not cut short", found=until.isoformat(), expected=f"{version.consulted_until} or later"
        )
    version.state, version.consulted_until = State.CONSULTING, until
    version.save(update_fields=["state", "consulted_until"])
    record(by.username, "open_consultation", version, at, until=until.isoformat())
    return version


@action
def remark(version: StandardVersion, kind: str, text: str, *, by: User, at: datetime) -> Remark:
    """Comment on a draft that is talked about, propose something for it, or ask about what was published.

    The same words of the same person that wait for an answer already are said once, however often a form is sent.
    """
    wanted = State.PUBLISHED if kind == RemarkKind.QUESTION else State.CONSULTING
    if kind not in RemarkKind.values or version.state != wanted:
        raise Refused("nothing is said to this version now", expected="a draft in consultation, or what was published")
    if kind != RemarkKind.QUESTION and version.consulted_until is not None and at.date() > version.consulted_until:
        raise Refused("this consultation is over", found=version.consulted_until.isoformat())
    if not (is_concerned(by, version, at.date()) or may_keep(by, version, at.date())):
        raise Refused("those whom a standard concerns are asked about it", expected="somebody of its place")
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise Refused("nothing was said", found=text[:60], expected=f"1 to {LONGEST_TEXT} characters")
    said = version.remarks.filter(kind=kind, text=text.strip(), by=by, answered_at=None).first()
    if said is not None:
        return said
    made = Remark.objects.create(version=version, kind=kind, text=text.strip(), by=by, at=at)
    record(by.username, "remark", made, at, version=version.pk, kind=kind)
    return made


@action
def answer_remark(said: Remark, answer: str, outcome: str, *, by: User, at: datetime) -> Remark:
    """Answer somebody, once: what was said and answered stays readable to all whom it concerns."""
    said.refresh_from_db()
    _require_keeper(said.version, by, at)
    if said.answered_at is not None:
        raise Refused("this was answered already", found=str(said.answered_by))
    if not answer.strip() or len(answer) > LONGEST_TEXT:
        raise Refused("nothing was said", found=answer[:60], expected=f"1 to {LONGEST_TEXT} characters")
    if outcome not in Outcome.values or (outcome == Outcome.ANSWERED) != (said.kind == RemarkKind.QUESTION):
        raise Refused("this cannot become of it", found=outcome[:40], expected=", ".join(Outcome.values))
    said.answer, said.outcome, said.answered_by, said.answered_at = answer.strip(), outcome, by, at
    said.save(update_fields=["answer", "outcome", "answered_by", "answered_at"])
    record(by.username, "answer_remark", said, at, version=said.version_id, outcome=outcome)
    return said


def _require_keeper(version: StandardVersion, by: User, at: datetime) -> None:
    if not may_keep(by, version, at.date()):
        raise Refused("this standard is kept by others", expected="its owner, or whoever sets targets for its place")
