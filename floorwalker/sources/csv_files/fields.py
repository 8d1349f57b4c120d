"""Which things of ours may a mapping point at a column, what kind is each, and in which sort of file does it make sense?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from floorwalker.facts.tables import Channel, Direction, Outcome, Purpose, Selection, StateClass


class RowKind(StrEnum):
    """What one row of the file is."""

    CONTACTS = "contacts"
    SURVEYS = "surveys"
    EVALUATIONS = "evaluations"
    STATES = "states"


class FieldKind(StrEnum):
    """How the text of a field is read."""

    TEXT = "text"
    CODE = "code"
    INSTANT = "instant"
    DURATION = "duration"
    SCORE = "score"


# Two words that are not outcomes of a contact in the lake, where a contact that still lasts has none.
OPEN = "open"
IN_PROGRESS = "in_progress"

YES_NO = ("yes", "no")
OUTCOMES = (*map(str, Outcome), OPEN, IN_PROGRESS)
ENDED_BY = ("agent", "customer", "transfer", "system")
EVERY = frozenset(RowKind)
WORK = frozenset({RowKind.CONTACTS, RowKind.SURVEYS, RowKind.EVALUATIONS})
ASKED = frozenset({RowKind.CONTACTS, RowKind.SURVEYS})
SCORED = ASKED | {RowKind.EVALUATIONS}
ABOUT = frozenset({RowKind.SURVEYS, RowKind.EVALUATIONS})
CONTACTS = frozenset({RowKind.CONTACTS})
SURVEYS = frozenset({RowKind.SURVEYS})
STATES = frozenset({RowKind.STATES})
EVALUATIONS = frozenset({RowKind.EVALUATIONS})


@dataclass(frozen=True)
class Field:
    """One thing of ours: how it is read, where it may stand, the words it may hold, and what it means."""

    name: str
    kind: FieldKind
    rows: frozenset[RowKind]
    meaning: str
    words: tuple[str, ...] = ()


def _text(name: str, rows: frozenset[RowKind], meaning: str) -> Field:
    return Field(name, FieldKind.TEXT, rows, meaning)


def _code(name: str, rows: frozenset[RowKind], meaning: str, words: tuple[str, ...]) -> Field:
    return Field(name, FieldKind.CODE, rows, meaning, words)


def _instant(name: str, rows: frozenset[RowKind], meaning: str) -> Field:
    return Field(name, FieldKind.INSTANT, rows, meaning)


def _duration(name: str, rows: frozenset[RowKind], meaning: str) -> Field:
    return Field(name, FieldKind.DURATION, rows, meaning)


_ALL = (
    _text("id", EVERY, "what tells this row from every other one, today and in the next file"),
    _text("contact", ABOUT, "the id of the contact that the survey or evaluation is about"),
    _text("chain", CONTACTS, "what visits, transfers and callbacks of one call share"),
    _text("agent", EVERY, "who handled it"),
    _text("team", EVERY, "the agent's team, or whoever leads it"),
    _text("queue", WORK, "the queue"),
    _text("reason", WORK, "why the customer came, known before the agent acts"),
    _text("disposition", WORK, "what the agent noted as reason or result"),
    _text("customer", ASKED, "number or address of the customer; only a keyed hash of it is kept"),
    _text("question", ASKED, "code of the survey's question: csat, nps, ces or resolved; any other counts as csat"),
    _text("evaluator", EVALUATIONS, "who evaluated"),
    _text("form", EVALUATIONS, "the form that was used"),
    _text("form_version", EVALUATIONS, "version of the form"),
    _text("detail", STATES, "the system's own code for the state"),
    _code("outcome", CONTACTS, "how the contact left its queue", OUTCOMES),
    _code("channel", WORK, "the channel", tuple(map(str, Channel))),
    _code("direction", WORK, "who began it", tuple(map(str, Direction))),
    _code("resolved", CONTACTS, "the agent's own word that the matter is settled", YES_NO),
    _code("transferred", CONTACTS, "the agent passed the contact on", YES_NO),
    _code("promised_callback", CONTACTS, "the centre calls back as promised", YES_NO),
    _code("purpose", EVALUATIONS, "what the evaluation is for; official without it", tuple(map(str, Purpose))),
    _code("selection", EVALUATIONS, "how the contact was chosen; random without it", tuple(map(str, Selection))),
    _code("fatal", EVALUATIONS, "a fatal question was missed", YES_NO),
    _code("customer_defect", EVALUATIONS, "something critical to the customer was missed", YES_NO),
    _code("business_defect", EVALUATIONS, "something critical to the business was missed", YES_NO),
    _code("compliance_defect", EVALUATIONS, "something critical to compliance was missed", YES_NO),
    _code("missed_complaint", EVALUATIONS, "the customer complained and nobody noted it", YES_NO),
    _code("vulnerable", EVALUATIONS, "the customer was vulnerable", YES_NO),
    _code("disputed", EVALUATIONS, "the agent appealed", YES_NO),
    _code("overturned", EVALUATIONS, "the appeal changed it", YES_NO),
    _code("ended_by", CONTACTS, "who ended the conversation", ENDED_BY),
    _code("state", STATES, "class of the agent's time", tuple(map(str, StateClass))),
    _instant("entered", WORK, "the contact began: queue entry, or creation of a ticket or chat"),
    _instant("answered", ASKED, "an agent answered (in a file of surveys only checked against `entered`)"),
    _instant("ended", CONTACTS, "everybody had left; a ticket was solved"),
    _instant("evaluated", EVALUATIONS, "the evaluation was finished"),
    _instant("released", EVALUATIONS, "shown to the agent; with the evaluation where no column says it"),
    _instant("acknowledged", EVALUATIONS, "read by the agent"),
    _instant("survey_invited", ASKED, "the survey was sent"),
    _instant("survey_answered", ASKED, "the survey was answered"),
    _instant("survey_closes", ASKED, "the survey cannot be answered after this"),
    _instant("started", STATES, "the state began"),
    _instant("stopped", STATES, "the state ended"),
    _duration("wait", CONTACTS, "from queue entry to answer, or to hanging up unanswered"),
    _duration("ring", CONTACTS, "ringing at the agent"),
    _duration("talk", CONTACTS, "talking"),
    _duration("hold", CONTACTS, "customer on hold"),
    _duration("wrap_up", CONTACTS, "work after the conversation"),
    _duration("handle", CONTACTS, "talk, hold and wrap-up in one figure"),
    _duration("lasted", STATES, "length of the state"),
    Field("score", FieldKind.SCORE, SCORED, "the customer's answer, or the evaluation's score, on its own scale"),
)

FIELDS: dict[str, Field] = {field.name: field for field in _ALL}
