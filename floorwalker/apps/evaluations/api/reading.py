"""What does an evaluation say to a program? What its page says to the owner of the token, with every answer and cause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from floorwalker.apps.evaluations import saying
from floorwalker.apps.evaluations.api.shapes import (
    AnswerOf,
    AppealOf,
    CauseNamed,
    EvaluationInFull,
    MarkingOf,
    RemarkOn,
    evaluation_fields,
)
from floorwalker.apps.evaluations.models import Evaluation, Marking, Miss
from floorwalker.apps.standards.models import RootCause
from floorwalker.insight.marking import judge


def in_full(evaluation: Evaluation, *, hidden: bool) -> EvaluationInFull:
    """The whole of it; hidden: what does not tell the marks."""
    stands = None if hidden else evaluation.stands
    appeal = getattr(evaluation, "appeal", None)
    submitted = evaluation.markings.exclude(submitted_at=None).select_related("by").order_by("number")
    return EvaluationInFull(
        **evaluation_fields(evaluation, hidden=hidden),
        appeal=None if appeal is None or hidden else AppealOf.of(appeal),
        remarks=[] if hidden else [RemarkOn.of(one) for one in evaluation.remarks.select_related("by")],
        **(
            {"answers": [], "steps": [], "markings": []}
            if stands is None
            else _marked(evaluation, stands)
            | {"markings": [MarkingOf.of(one, evaluation.stands_id) for one in submitted]}
        ),
    )


def _marked(evaluation: Evaluation, marking: Marking) -> dict[str, Any]:
    marking.evaluation = evaluation
    asks, score = evaluation.version.asks, marking.score
    return {
        "answers": list(_answers(marking, set(score.outside))),
        "steps": [line.said for line in saying.steps_words(asks, score.agent)],
        "words": marking.words or None,
    }


def _answers(marking: Marking, outside: set[str]) -> Iterator[AnswerOf]:
    misses = {one.question: one for one in marking.misses.select_related("cause")}
    given = marking.given
    for section in marking.evaluation.version.asks.sections:
        for question in section.questions:
            answer = given.get(question.code)
            if answer is None:
                continue
            judged, miss = judge(question, answer), misses.get(question.code)
            yield AnswerOf(
                question=question.code,
                section=section.title,
                wording=question.wording,
                option=answer.option or None,
                number=answer.number,
                text=answer.text or None,
                not_applicable=answer.not_applicable,
                said=saying.answer_words(question, answer),
                share=None if judged is None else judged.share,
                points=question.points,
                miss=miss is not None,
                comment=_comment(miss),
                cause=None if miss is None or miss.cause is None else _cause(miss.cause),
                outside_agent=question.code in outside,
            )


def _comment(miss: Miss | None) -> str | None:
    return None if miss is None else miss.comment or None


def _cause(cause: RootCause) -> CauseNamed:
    return CauseNamed(code=cause.code, name=str(cause), kind=cause.kind)
