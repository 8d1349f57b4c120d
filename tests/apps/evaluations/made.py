"""What do tests of forms and evaluations stand on? A form as a centre would build it, by the same actions as on its pages."""

from __future__ import annotations

from functools import partial

from floorwalker.apps.evaluations import building, editing
from floorwalker.apps.evaluations.models import EvaluationForm
from floorwalker.apps.people.models import User
from floorwalker.insight.questionnaire import Condition, Critical, Fatal, Form, Option, Question, QuestionKind, Section
from tests.apps.conftest import NOW

SCALE = tuple(
    Option(str(n), label, share, miss, anchor)
    for n, label, share, miss, anchor in (
        (1, "Poor", 0.0, True, "Talks over the customer"),
        (2, "Fair", 0.5, False, "Listens, asks little"),
        (3, "Good", 1.0, False, "Asks, and says back what was heard"),
    )
)
ASKED = (
    Question("q1", "Greeted by name", QuestionKind.YES_NO),
    Question("q2", "Listened", QuestionKind.SCALE, points=3, options=SCALE, guidance="Silence counts."),
    Question("q3", "Checked who was calling", QuestionKind.YES_NO, critical=Critical.COMPLIANCE, fatal=Fatal.FORM_ZERO),
    Question("q4", "Said why it was not checked", QuestionKind.YES_NO, condition=Condition("q3", ("no",))),
    Question("q5", "Anything else", QuestionKind.TEXT),
)


def published_form(analyst: User, name: str = "Calls") -> EvaluationForm:
    """A published form of two sections."""
    form = building.begin_form(name, "How we speak", 14, by=analyst, at=NOW)

    for section in (Section("s1", "Service", (), 40), Section("s2", "Safety", (), 20)):
        building.change_draft(form, partial(_section, section), by=analyst, at=NOW)
    for question in ASKED:
        change = partial(_with, question, "s1" if question.code < "q3" else "s2")
        building.change_draft(form, change, by=analyst, at=NOW)
    building.publish_version(form, "The first", by=analyst, at=NOW)
    return form


def _section(section: Section, asks: Form, _new: str) -> Form:
    return editing.with_section(asks, section)


def _with(question: Question, section: str, asks: Form, _new: str) -> Form:
    return editing.with_question(asks, question, section=section)
