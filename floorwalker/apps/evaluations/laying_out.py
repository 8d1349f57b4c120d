"""How does a form look with answers in it? Sections and questions with what each page needs to print them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from floorwalker.apps.evaluations import saying
from floorwalker.insight.marking import Answer, Answers, judge
from floorwalker.insight.questionnaire import NOT_APPLICABLE, Form, Question, QuestionKind


@dataclass(frozen=True)
class Choice:
    """One answer to choose, with the key that chooses it and whether it is chosen."""

    code: str
    label: str
    anchor: str
    share: str
    miss: bool
    key: str
    chosen: bool


@dataclass(frozen=True)
class LaidQuestion:
    """One question as a page prints it; number: its place in the whole form."""

    question: Question
    number: int
    kind: str
    points: str
    choices: tuple[Choice, ...]
    critical: str
    fatal: str
    condition: str
    answer: Answer | None
    is_miss: bool
    said: str
    comment: str
    cause: int | None


@dataclass(frozen=True)
class LaidSection:
    """One section as a page prints it."""

    code: str
    title: str
    weight: str
    questions: tuple[LaidQuestion, ...]


Kept = Mapping[str, Mapping[str, Any]]
NOTHING_KEPT: Kept = {}


def laid_out(form: Form, answers: Answers, kept: Kept = NOTHING_KEPT) -> list[LaidSection]:
    """The whole form with these answers in it; kept: as a marking keeps them, with comments and causes."""
    numbers = {question.code: number for number, question in enumerate(form.questions, start=1)}
    return [
        LaidSection(
            section.code,
            section.title,
            saying.number(section.weight),
            tuple(
                _laid(form, one, numbers[one.code], answers.get(one.code), kept.get(one.code, {}))
                for one in section.questions
            ),
        )
        for section in form.sections
    ]


def _laid(form: Form, question: Question, number: int, answer: Answer | None, kept: Mapping[str, Any]) -> LaidQuestion:
    judged = judge(question, answer)
    return LaidQuestion(
        question=question,
        number=number,
        kind=str(saying.KINDS[question.kind]),
        points=saying.number(question.points),
        choices=tuple(lay_choices(question, answer)),
        critical=str(saying.CRITICALS[question.critical]) if question.critical else "",
        fatal=str(saying.FATALS[question.fatal]) if question.fatal else "",
        condition=saying.condition_words(form, question.condition) if question.condition else "",
        answer=answer,
        is_miss=judged is not None and judged.miss,
        said=saying.answer_words(question, answer),
        comment=kept.get("comment", ""),
        cause=kept.get("cause"),
    )


def lay_choices(question: Question, answer: Answer | None) -> list[Choice]:
    """The answers to choose from, that it does not apply among them where it may not."""
    chosen = "" if answer is None else NOT_APPLICABLE if answer.not_applicable else answer.option
    found = [
        Choice(
            option.code,
            saying.option_words(option),
            option.anchor,
            saying.share(option.share),
            option.miss,
            str(place),
            option.code == chosen,
        )
        for place, option in enumerate(question.choices, start=1)
    ]
    if question.may_not_apply and question.kind is not QuestionKind.TEXT:
        found.append(
            Choice(
                NOT_APPLICABLE, saying.not_applicable(), "", "", miss=False, key="0", chosen=chosen == NOT_APPLICABLE
            )
        )
    return found
