"""What does one evaluation say to this reader? The marks where she may see them, how they came about, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from floorwalker.apps.evaluations import saying
from floorwalker.apps.evaluations.access import is_oneself, may_mark
from floorwalker.apps.evaluations.answering_back import colleagues_of
from floorwalker.apps.evaluations.appealing import beside, may_take
from floorwalker.apps.evaluations.checking import checked_by
from floorwalker.apps.evaluations.laying_out import LaidQuestion, laid_out
from floorwalker.apps.evaluations.models import NOT_TO_ANSWER, Appeal, Evaluation, Marking, Miss, Purpose, State
from floorwalker.apps.evaluations.suggesting import Wanted, suggestions
from floorwalker.apps.evaluations.unclaimed import is_unclaimable
from floorwalker.apps.people.models import Right, User
from floorwalker.apps.recordings.listening import recording_of
from floorwalker.ui.parts import Part


@dataclass(frozen=True)
class MarkedQuestion:
    """One question with its answer and, where it was missed, what was heard and why."""

    laid: LaidQuestion
    miss: Miss | None
    differs: str


def read_evaluation(evaluation: Evaluation, user: User, at: datetime, *, hidden: bool) -> dict[str, Any]:
    """Everything that its page prints; hidden: without marks."""
    on = at.date()
    scope = user.scope_on(on)
    is_agent = scope.agent == evaluation.agent
    official = may_mark(user, evaluation.agent, on, officially=True)
    peer = evaluation.purpose == Purpose.PEER
    mine = evaluation.evaluator_id == user.pk and (scope.may(Right.EVALUATE) or peer)
    may_change = not is_agent and (official or (mine and not is_oneself(user, evaluation.agent)))
    closed = evaluation.purpose in NOT_TO_ANSWER
    appeal = getattr(evaluation, "appeal", None)
    context = {
        "evaluation": evaluation,
        "state": evaluation.state.label,
        "hidden": hidden,
        "is_agent": is_agent,
        "appeal": appeal,
        "session": None if evaluation.calibration is None else evaluation.calibration.session,
        "player": recording_of(bytes(evaluation.contact_key), user=user, at=at, own_marks_only=hidden),
        "may_release": may_change and evaluation.state == State.SUBMITTED and not closed,
        "may_edit": may_change
        and evaluation.submitted_at is not None
        and evaluation.calibration_id is None
        and appeal is None
        and not hidden,
        "may_mark": Evaluation.objects.to_mark(user).filter(pk=evaluation.pk).exists(),
        "may_answer": is_agent and evaluation.state == State.RELEASED and evaluation.purpose != Purpose.SELF,
        "may_appeal": is_agent
        and evaluation.purpose == Purpose.OFFICIAL
        and appeal is None
        and evaluation.respond_by is not None
        and on <= evaluation.respond_by,
        "may_remark": evaluation.released_at is not None and not hidden,
        "colleagues": colleagues_of(evaluation.agent, on)
        if is_agent and not hidden and evaluation.purpose in (Purpose.OFFICIAL, Purpose.COACHING)
        else (),
        "peers": evaluation.made_beside.filter(purpose=Purpose.PEER, released_at__isnull=False).select_related(
            "evaluator"
        ),
        "waits_for_nobody": appeal is not None and not hidden and is_unclaimable(appeal, at),
        "may_take": appeal is not None and appeal.taken_by_id is None and may_take(evaluation, user, at),
        "may_decide": appeal is not None and appeal.taken_by_id == user.pk and appeal.decided_at is None and not hidden,
        **_compared(appeal if not hidden else None),
        "remarks": evaluation.remarks.select_related("by") if not hidden else (),
        "own_marks": evaluation.made_beside.filter(purpose=Purpose.SELF).select_related("stands").first(),
    }
    if hidden or evaluation.stands is None:
        return context
    context["suggested"] = _suggested(evaluation, evaluation.stands, user, on)
    return context | _marks(evaluation, evaluation.stands)


def _suggested(evaluation: Evaluation, marking: Marking, user: User, on: date) -> dict[str, list[Part]]:
    """By question that was missed what works well for it; nothing before the release: until then it is the evaluator's alone."""
    if evaluation.released_at is None:
        return {}
    asked = {one.code: one.wording for one in evaluation.version.asks.questions}
    missed = [one.question for one in marking.misses.filter(outside=False) if one.question in asked]
    wanted = [Wanted(reason=evaluation.reason, words=(asked[code],)) for code in missed]
    return dict(zip(missed, suggestions(wanted, user, on), strict=True))


def _compared(appeal: Appeal | None) -> dict[str, Any]:
    """Both markings where they differ, or where the appeal is about it; of what else they say the same."""
    found = list(beside(appeal)) if appeal is not None else []
    told = [one for one in found if one.differs or one.appealed]
    return {"beside": told, "alike": "; ".join(one.wording for one in found if one not in told)}


def _marks(evaluation: Evaluation, marking: Marking) -> dict[str, Any]:
    form = evaluation.version.asks
    marking.evaluation = evaluation
    score = marking.score
    submitted = list(evaluation.markings.exclude(submitted_at=None).select_related("by").order_by("number"))
    original = submitted[0]
    misses = {one.question: one for one in marking.misses.select_related("cause")}
    earlier = original.given if original.pk != marking.pk else {}
    asked = {*marking.given}
    return {
        "marking": marking,
        "checks": checked_by(evaluation.version),
        "score": saying.score_words(score.agent, form.rule),
        "before_fatal": saying.share(score.agent.before_fatal) if score.agent.fatal else "",
        "contact_score": saying.score_words(score.contact, form.rule) if score.outside else "",
        "fatal": [saying.place_words(form, code) for code in score.agent.fatal],
        "critical": [
            (saying.CRITICALS[kind], [saying.place_words(form, code) for code in codes])
            for kind, codes in score.contact.critical.items()
            if codes
        ],
        "steps": saying.steps_words(form, score.agent),
        "rule": saying.RULES[form.rule],
        "sections": [
            (
                section,
                [
                    MarkedQuestion(
                        one,
                        misses.get(one.question.code),
                        saying.answer_words(one.question, earlier[one.question.code])
                        if one.question.code in earlier
                        and earlier[one.question.code] != marking.given.get(one.question.code)
                        else "",
                    )
                    for one in section.questions
                    if one.question.code in asked
                ],
            )
            for section in laid_out(form, marking.given)
        ],
        "markings": [
            {"marking": one, "score": saying.share(one.agent_share), "stands": one.pk == marking.pk}
            for one in submitted
        ],
    }
