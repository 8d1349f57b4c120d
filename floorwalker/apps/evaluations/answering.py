"""What did somebody answer on the page of a form? Read from what was sent, and what is still missing before it is submitted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.models.markings import read_answers
from floorwalker.insight.marking import mark
from floorwalker.insight.questionnaire import NOT_APPLICABLE, Form, Question, QuestionKind
from floorwalker.ui.whole_numbers import whole_number

LONGEST_WORDS = 4000


@dataclass(frozen=True)
class Missing:
    """What keeps a marking from being submitted: by which question, at which field of the page, in words."""

    code: str
    field: str
    said: str


def read_given(form: Form, sent: Mapping[str, str]) -> dict[str, Any]:
    """What was sent for the questions of this form, as a marking keeps it; anything else in it is not looked at."""
    answers = {question.code: given for question in form.questions if (given := _read(question, sent))}
    return {
        "answers": answers,
        "words": _words(sent.get("words", "")),
        "missed_complaint": "missed_complaint" in sent,
        "vulnerable_customer": "vulnerable_customer" in sent,
    }


def _read(question: Question, sent: Mapping[str, str]) -> dict[str, Any]:
    given = sent.get(f"a-{question.code}", "").strip()
    found: dict[str, Any] = {}
    if given == NOT_APPLICABLE or sent.get(f"n-{question.code}"):
        if question.may_not_apply:
            found["na"] = True
    elif question.kind is QuestionKind.NUMBER:
        found |= {"number": number} if (number := _number(given)) is not None else {}
    elif question.kind is QuestionKind.TEXT:
        found |= {"text": words} if (words := _words(given)) else {}
    elif question.option(given) is not None:
        found["option"] = given
    if comment := _words(sent.get(f"c-{question.code}", "")):
        found["comment"] = comment
    if cause := whole_number(sent.get(f"r-{question.code}", "")):
        found["cause"] = cause
    return found


def _words(text: str) -> str:
    """What was typed, as long as the page lets it be: there a line's end is one sign, on its way it is two."""
    return text.replace("\r\n", "\n").strip()[:LONGEST_WORDS]


def _number(text: str) -> float | None:
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        return None
    return found if isfinite(found) else None


def find_missing(form: Form, answers: Mapping[str, Mapping[str, Any]]) -> list[Missing]:
    """In the order of the form: what is not answered, and misses without a comment or a cause."""
    return list(_missing(form, answers))


def _missing(form: Form, answers: Mapping[str, Mapping[str, Any]]) -> Iterator[Missing]:
    score = mark(form, read_answers({code: dict(one) for code, one in answers.items()}))
    for question in form.questions:
        code = question.code
        if code in score.unanswered:
            yield Missing(code, f"a-{code}", _("“%(question)s” is not answered yet.") % {"question": question.wording})
        elif code in score.misses:
            if not answers[code].get("cause"):
                yield Missing(
                    code, f"r-{code}", _("“%(question)s”: say why it was missed.") % {"question": question.wording}
                )
            if not answers[code].get("comment"):
                said = _("“%(question)s”: write what was heard, so that it can be understood.")
                yield Missing(code, f"c-{code}", said % {"question": question.wording})
