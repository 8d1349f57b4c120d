"""What did a program answer on a form? Read strictly: what does not fit the form is told question by question, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from ninja import Field, Schema

from floorwalker.apps.evaluations.answering import LONGEST_WORDS, find_missing
from floorwalker.apps.evaluations.models import Marking
from floorwalker.apps.standards.models import RootCause
from floorwalker.apps.standards.models.causes import LONGEST_CODE as LONGEST_CAUSE
from floorwalker.insight.questionnaire import Form, Question, QuestionKind
from floorwalker.ui.rest.problems import FieldProblem, Problematic

MOST_ANSWERS, LONGEST_CODE = 500, 20
Figure = Annotated[float, Field(allow_inf_nan=False, ge=-1e12, le=1e12)]


@dataclass(frozen=True)
class Wrong:
    """What does not fit in one answer."""

    where: str
    found: str
    expected: str


class AnswerGiven(Schema):
    """One answer: an option, a number or words as its question asks for, or that it does not apply."""

    question: str = Field(min_length=1, max_length=LONGEST_CODE, description="the code of the question")
    option: str | None = Field(
        None, max_length=LONGEST_CODE, description="of a scale, a choice, or yes and no: its code"
    )
    number: Figure | None = Field(None, description="of a number, in the unit that its wording names")
    text: str | None = Field(None, max_length=LONGEST_WORDS)
    not_applicable: bool = False
    comment: str | None = Field(None, max_length=LONGEST_WORDS, description="what was heard; a miss needs it")
    cause: str | None = Field(None, max_length=LONGEST_CAUSE, description="the code of the root cause; a miss needs it")


class MarkingGiven(Schema):
    """All answers of a marking; what was answered before and is not among them is answered no longer."""

    answers: list[AnswerGiven] = Field(default_factory=list, max_length=MOST_ANSWERS)
    words: str = Field("", max_length=LONGEST_WORDS, description="for the agent: what to keep and what to try")
    missed_complaint: bool = Field(False, description="the customer complained, and it was not recorded as a complaint")
    vulnerable_customer: bool = False


class OpenMarking(MarkingGiven):
    """The marking that the owner of the token is making."""

    evaluation: int
    form: int
    form_version: int = Field(description="the version of the form by which it is marked")
    missing: list[FieldProblem] = Field(description="what keeps it from being submitted")

    @classmethod
    def of(cls, marking: Marking) -> OpenMarking:
        """The marking as it is kept."""
        codes = dict(RootCause.objects.values_list("pk", "code"))
        version = marking.evaluation.version
        return cls(
            evaluation=marking.evaluation_id,
            form=version.form_id,
            form_version=version.number,
            answers=[_shown(question, one, codes) for question, one in marking.answers.items()],
            words=marking.words,
            missed_complaint=marking.missed_complaint,
            vulnerable_customer=marking.vulnerable_customer,
            missing=missing_in(version.asks, marking.answers),
        )


def read_marking(form: Form, given: MarkingGiven, on: date) -> dict[str, Any]:
    """What was given, as a marking keeps it; Problematic where an answer does not fit its question."""
    causes = dict(RootCause.objects.on(on).values_list("code", "pk"))
    wrong = list(_faults(form, given.answers, causes))
    if wrong:
        raise Problematic(
            422,
            "these answers do not fit the form",
            where=wrong[0].where,
            found=wrong[0].found[:LONGEST_CAUSE],
            expected=wrong[0].expected,
            mend="read the form at /forms/{form_id}, and the causes at /causes",
            fields=[FieldProblem(where=one.where, expected=one.expected) for one in wrong],
        )
    return {
        "answers": {one.question: _kept(one, causes) for one in given.answers},
        "words": given.words.strip(),
        "missed_complaint": given.missed_complaint,
        "vulnerable_customer": given.vulnerable_customer,
    }


def require_complete(form: Form, answers: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse what cannot be submitted yet, with everything that is missing."""
    wrong = missing_in(form, answers)
    if wrong:
        raise Problematic(
            409,
            "these answers are not complete",
            where=wrong[0].where,
            found=f"{len(wrong)} missing",
            expected=wrong[0].expected,
            mend="answer what is named, and submit again",
            fields=wrong,
        )


def missing_in(form: Form, answers: Mapping[str, Mapping[str, Any]]) -> list[FieldProblem]:
    """What keeps answers from being submitted, by question."""
    parts = {"a": "option", "r": "cause", "c": "comment"}
    return [
        FieldProblem(where=f"answers.{one.code}.{parts[one.field.partition('-')[0]]}", expected=one.said)
        for one in find_missing(form, answers)
    ]


def _faults(form: Form, answers: Sequence[AnswerGiven], causes: Mapping[str, int]) -> Iterator[Wrong]:
    seen: set[str] = set()
    for one in answers:
        where, question = f"answers.{one.question}", form.question(one.question)
        if question is None:
            known = ", ".join(question.code for question in form.questions)
            yield Wrong(where, one.question, f"a question of this form: {known}")
            continue
        if one.question in seen:
            yield Wrong(where, "a second answer", "one answer to each question")
        seen.add(one.question)
        yield from _faults_of(question, one, where)
        if one.cause and one.cause not in causes:
            yield Wrong(f"{where}.cause", one.cause, f"a cause that is in use: {', '.join(sorted(causes))}")


def _faults_of(question: Question, one: AnswerGiven, where: str) -> Iterator[Wrong]:
    if one.not_applicable and not question.may_not_apply:
        yield Wrong(f"{where}.not_applicable", "true", "an answer: this question always applies")
    asked = {QuestionKind.NUMBER: "number", QuestionKind.TEXT: "text"}.get(question.kind, "option")
    given = [name for name in ("option", "number", "text") if getattr(one, name) is not None]
    for name in given:
        if one.not_applicable or name != asked:
            expected = "nothing, where it does not apply" if one.not_applicable else f"{asked}, and no {name}"
            yield Wrong(f"{where}.{name}", str(getattr(one, name)), expected)
    if asked == "option" and one.option is not None and question.option(one.option) is None:
        codes = ", ".join(option.code for option in question.choices)
        yield Wrong(f"{where}.option", one.option, f"one of {codes}")


def _kept(one: AnswerGiven, causes: Mapping[str, int]) -> dict[str, Any]:
    found: dict[str, Any] = {"na": True} if one.not_applicable else {}
    if one.option is not None:
        found["option"] = one.option
    if one.number is not None:
        found["number"] = one.number
    for name in ("text", "comment"):
        if words := (getattr(one, name) or "").strip():
            found[name] = words
    if one.cause:
        found["cause"] = causes[one.cause]
    return found


def _shown(question: str, kept: Mapping[str, Any], codes: Mapping[int, str]) -> AnswerGiven:
    return AnswerGiven(
        question=question,
        option=kept.get("option"),
        number=kept.get("number"),
        text=kept.get("text"),
        not_applicable=bool(kept.get("na")),
        comment=kept.get("comment"),
        cause=codes.get(kept.get("cause", 0)),
    )
