"""What would a form make of a plain set of answers: half of it missed, by its own rule and by each of the others?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from floorwalker.insight.marking import Answer, Answers, Score, mark
from floorwalker.insight.questionnaire import Form, Question, QuestionKind, Rule


@dataclass(frozen=True)
class Example:
    """The answers, what they come to, and what the other rules would make of the same."""

    answers: Answers
    score: Score
    by_rule: Mapping[Rule, Score]


def work_out(form: Form, answers: Answers | None = None) -> Example:
    """These answers, or such as miss every second question that is judged; fatal ones are met, so that figures show."""
    given = _every_second(form) if answers is None else answers
    return Example(given, mark(form, given), {rule: mark(replace(form, rule=rule), given) for rule in Rule})


def _every_second(form: Form) -> dict[str, Answer]:
    found, missed = {}, False
    for question in form.questions:
        answer = _answer(question, missed=False)
        if answer is not None and question.is_judged:
            if question.fatal is None and missed:
                answer = _answer(question, missed=True) or answer
            missed = not missed
        if answer is not None:
            found[question.code] = answer
    return found


def _answer(question: Question, *, missed: bool) -> Answer | None:
    if question.kind is QuestionKind.NUMBER:
        bound = question.least if question.least is not None else question.most
        if bound is None:
            return None
        beyond = -1 if question.least is not None else 1
        return Answer(number=bound + beyond if missed else bound)
    order = sorted(question.choices, key=lambda option: option.share)
    if not order:
        return None
    return Answer(order[0].code if missed else order[-1].code)
