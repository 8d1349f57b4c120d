"""Which evaluations are there, what does one say, and what do its evaluator and its agent do about it?"""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.evaluations import answering_back, appealing, evaluating
from floorwalker.apps.evaluations.access import find_evaluation, find_of_oneself, find_to_change, is_hidden_from
from floorwalker.apps.evaluations.answering_back import LONGEST_REMARK
from floorwalker.apps.evaluations.api.reading import in_full
from floorwalker.apps.evaluations.api.shapes import EvaluationInFull, EvaluationOf, RemarkOn
from floorwalker.apps.evaluations.listing import STATES
from floorwalker.apps.evaluations.models import Evaluation, Purpose, State
from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.models import User
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.problems import Problematic
from floorwalker.ui.rest.shown import LARGEST, Day, Id

router = Router()
LONGEST_APPEAL, LONGEST_CODE, MOST_QUESTIONS = 4000, 20, 500


class EvaluationsAsked(Schema):
    """Which evaluations."""

    agent: int | None = Field(None, ge=1, le=LARGEST, description="the number of the agent")
    form: int | None = Field(None, ge=1, le=LARGEST, description="the number of the form, in all its versions")
    purpose: Purpose | None = None
    state: State | None = None
    mine: bool = Field(False, description="those alone that the owner of the token makes or made")
    since: Day | None = Field(None, description="those alone that were submitted on that day or later")


class AppealGiven(Schema):
    """What was heard differently, and to which questions that is; none of them named: to all."""

    reason: str = Field(min_length=1, max_length=LONGEST_APPEAL)
    questions: list[str] = Field(default_factory=list, max_length=MOST_QUESTIONS, description="codes of questions")


class WordsGiven(Schema):
    """What to write below it."""

    words: str = Field(min_length=1, max_length=LONGEST_REMARK)


@router.get("/evaluations", response=Page[EvaluationOf])
def list_evaluations(request: HttpRequest, asked: Query[EvaluationsAsked], paging: Query[Paging]) -> object:
    """The evaluations that the reader may see, the newest first; that those of others were taken along is noted."""
    user, on = user_of(request), today()
    found = Evaluation.objects.visible_to(user, on).with_words().select_related("appeal__marking")
    same = {"agent": asked.agent, "version__form": asked.form, "purpose": asked.purpose}
    found = found.filter(**{name: value for name, value in same.items() if value is not None})
    if asked.state is not None:
        found = found.filter(**STATES[asked.state])
    if asked.mine:
        found = found.filter(evaluator=user)
    if asked.since is not None:
        found = found.filter(submitted_at__date__gte=asked.since)

    def shown(one: Evaluation) -> EvaluationOf:
        return EvaluationOf.of(one, hidden=is_hidden_from(one, user, on))

    page = page_of(request, found, paging, shown)
    own = user.scope_on(on).agent
    of_others = sum(1 for one in page["items"] if own is None or one.agent.id != own.pk)
    if of_others:
        evaluating.note_export(of_others, by=user, at=timezone.now())
    return page


@router.get("/evaluations/{evaluation_id}", response=EvaluationInFull)
def read_evaluation(request: HttpRequest, evaluation_id: Id) -> object:
    """One evaluation. Whoever has read its marks, here or on its page, decides no appeal against them."""
    return shown_to(user_of(request), find_evaluation(user_of(request), evaluation_id, today()))


@router.post("/evaluations/{evaluation_id}/release", response=EvaluationInFull)
def release_evaluation(request: HttpRequest, evaluation_id: Id) -> object:
    """Let the agent read it: an act of its own after it was submitted, from which on the days run to answer it."""
    user = user_of(request)
    found = find_to_change(user, evaluation_id, today())
    evaluating.release_evaluation(found, by=user, at=timezone.now())
    return shown_to(user_of(request), find_evaluation(user, evaluation_id, today()))


@router.post("/evaluations/{evaluation_id}/see", response=EvaluationInFull)
def see_evaluation(request: HttpRequest, evaluation_id: Id) -> object:
    """As the agent, ask for the marks; from then on one cannot mark the contact oneself without having seen them."""
    user = user_of(request)
    found = find_of_oneself(user, evaluation_id, today())
    answering_back.show_marks(found, by=user, at=timezone.now())
    return shown_to(user_of(request), find_evaluation(user, evaluation_id, today()))


@router.post("/evaluations/{evaluation_id}/acknowledge", response=EvaluationInFull)
def acknowledge_evaluation(request: HttpRequest, evaluation_id: Id) -> object:
    """As the agent who has seen the marks, let them stand."""
    user = user_of(request)
    found = find_of_oneself(user, evaluation_id, today())
    answering_back.acknowledge(found, by=user, at=timezone.now())
    return shown_to(user_of(request), find_evaluation(user, evaluation_id, today()))


@router.post("/evaluations/{evaluation_id}/appeal", response=EvaluationInFull)
def appeal_evaluation(request: HttpRequest, evaluation_id: Id, given: AppealGiven) -> object:
    """As the agent, say what was heard differently: another evaluator marks the contact anew, without these marks."""
    user = user_of(request)
    found = find_of_oneself(user, evaluation_id, today())
    known = [question.code for question in found.version.asks.questions]
    unknown = [code for code in given.questions if code not in known]
    if unknown:
        raise Problematic(
            422,
            "there is no such question",
            where="questions",
            found=unknown[0][:LONGEST_CODE],
            expected=f"one of {', '.join(known)}",
            mend="read the evaluation: each of its answers names its question",
        )
    appealing.raise_appeal(found, given.reason, given.questions, by=user, at=timezone.now())
    return shown_to(user_of(request), find_evaluation(user, evaluation_id, today()))


@router.post("/evaluations/{evaluation_id}/remarks", response={201: RemarkOn})
def remark_on_evaluation(request: HttpRequest, evaluation_id: Id, given: WordsGiven) -> object:
    """Write below a released evaluation, as its agent or as somebody who may read it."""
    user, on = user_of(request), today()
    found = find_evaluation(user, evaluation_id, on)
    if found.released_at is None or is_hidden_from(found, user, on):
        raise Http404
    return RemarkOn.of(answering_back.remark(found, given.words, by=user, at=timezone.now()))


def shown_to(user: User, found: Evaluation) -> EvaluationInFull:
    """An evaluation as a reader may see it; that she has read its marks is kept."""
    hidden = is_hidden_from(found, user, today())
    if not hidden and found.stands is not None:
        evaluating.note_opening(found, by=user, at=timezone.now())
    return in_full(found, hidden=hidden)
