"""How is an appeal raised, taken by somebody who has not read the marks, and decided? One transaction each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.evaluations import saying
from floorwalker.apps.evaluations.access import is_oneself, may_mark
from floorwalker.apps.evaluations.evaluating import begin_marking
from floorwalker.apps.evaluations.models import Appeal, Evaluation, Marking, Purpose, Why
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Right, User
from floorwalker.errors import Refused
from floorwalker.insight.marking import Answer, judge
from floorwalker.insight.questionnaire import Question

Outcome = Appeal.Outcome


@action
def raise_appeal(evaluation: Evaluation, reason: str, questions: Collection[str], *, by: User, at: datetime) -> Appeal:
    """The agent says what is wrong with the marks, by question or as a whole; once, and within the days that there are."""
    evaluation = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    if by.agent_id != evaluation.agent_id or evaluation.released_at is None or evaluation.respond_by is None:
        raise Refused(_("only the agent answers a released evaluation"))
    if evaluation.purpose != Purpose.OFFICIAL:
        raise Refused(_("this evaluation counts nowhere"), mend=_("write below it what you think"))
    if evaluation.seen_at is None:
        raise Refused(_("you have not seen the marks yet"), mend=_("ask for them first"))
    if hasattr(evaluation, "appeal"):
        raise Refused(_("you have appealed against this evaluation"))
    if at.date() > evaluation.respond_by:
        raise Refused(
            _("the days for an appeal are over"),
            found=str(at.date()),
            expected=_("%(day)s at the latest") % {"day": evaluation.respond_by},
        )
    if not reason.strip():
        raise Refused(_("an appeal needs its reason"), mend=_("say what was heard differently"))
    # Her days run, and an edit may lie open for ever: it gives way, as after the appeal there are no edits.
    evaluation.markings.filter(submitted_at=None).delete()
    known = [question.code for question in evaluation.version.asks.questions if question.code in questions]
    made = Appeal.objects.create(
        evaluation=evaluation, raised_by=by, raised_at=at, reason=reason.strip()[:4000], questions=known
    )
    record(by.username, "appeal_evaluation", evaluation, at, questions=known)
    return made


@action
def take_appeal(appeal: Appeal, *, by: User, at: datetime) -> Marking:
    """Somebody else marks the contact anew, from nothing: neither who made nor who has read the first marks."""
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("evaluation").get(pk=appeal.pk)
    evaluation = appeal.evaluation
    if appeal.marking is not None and appeal.taken_by_id == by.pk:
        return appeal.marking
    if appeal.taken_by_id is not None or appeal.decided_at is not None:
        raise Refused(_("somebody else has taken this appeal"))
    why_not = _why_not(evaluation, by, at)
    if why_not:
        raise Refused(why_not, expected=_("another evaluator, who has not read the marks"))
    appeal.taken_by, appeal.taken_at = by, at
    appeal.marking = begin_marking(evaluation, Why.APPEAL, by=by, at=at)
    appeal.save(update_fields=["taken_by", "taken_at", "marking"])
    record(by.username, "take_appeal", evaluation, at, marking=appeal.marking.number)
    return appeal.marking


def may_take(evaluation: Evaluation, by: User, at: datetime) -> bool:
    """Whether this user may decide an appeal against this evaluation."""
    return not _why_not(evaluation, by, at)


def appealed_marks(evaluation: Evaluation) -> QuerySet[Marking]:
    """What an appeal is about: whoever made one of these decides nothing; a blind marking of an appeal is none of them."""
    return evaluation.markings.exclude(why=Why.APPEAL)


def _why_not(evaluation: Evaluation, by: User, at: datetime) -> str:
    if not by.scope_on(at.date()).may(Right.EVALUATE_OFFICIALLY):
        return _("your role does not decide appeals")
    if is_oneself(by, evaluation.agent):
        return _("nobody decides about her- or himself")
    if appealed_marks(evaluation).filter(by=by).exists():
        return _("you made these marks")
    if evaluation.openings.filter(user=by).exists():
        return _("you have read these marks")
    if not may_mark(by, evaluation.agent, at.date(), officially=True):
        return _("your role does not let you evaluate this agent")
    return ""


@action
def decide_appeal(appeal: Appeal, outcome: Outcome, explanation: str, *, by: User, at: datetime) -> Appeal:
    """Which marks stand, and why; the others stay to be seen."""
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("evaluation", "marking").get(pk=appeal.pk)
    if appeal.taken_by_id != by.pk:
        raise Refused(_("somebody else has taken this appeal"))
    if appeal.decided_at is not None:
        raise Refused(_("this appeal is decided"))
    if is_oneself(by, appeal.evaluation.agent):
        raise Refused(_("nobody decides about her- or himself"))
    if appeal.marking is None or appeal.marking.submitted_at is None:
        raise Refused(_("the contact is not marked anew yet"), mend=_("hand your marking in first"))
    if not explanation.strip():
        raise Refused(
            _("a decision needs its reason"), mend=_("say to the agent what you heard, and what follows from it")
        )
    if outcome == Outcome.OVERTURNED and not changed_by(appeal):
        raise Refused(_("both markings say the same"), mend=_("then the marks stand"))
    appeal.outcome, appeal.explanation, appeal.decided_at = outcome, explanation.strip()[:4000], at
    appeal.save(update_fields=["outcome", "explanation", "decided_at"])
    if outcome == Outcome.OVERTURNED:
        appeal.evaluation.stands = appeal.marking
        appeal.evaluation.save(update_fields=["stands"])
    record(by.username, "decide_appeal", appeal.evaluation, at, outcome=str(outcome))
    return appeal


def changed_by(appeal: Appeal) -> list[str]:
    """The questions to which the blind marking gives another answer, or another place of the cause."""
    first = _before(appeal)
    if first is None or appeal.marking is None:
        return []
    was, now = first.given, appeal.marking.given
    asked = appeal.evaluation.version.asks.questions
    return [one.code for one in asked if _verdict(one, was.get(one.code)) != _verdict(one, now.get(one.code))]


def _verdict(question: Question, answer: Answer | None) -> tuple[float, bool, bool] | None:
    """What an answer comes to: words that are only noted, and the cause of what was no miss, come to nothing."""
    found = judge(question, answer)
    return None if found is None else (found.share, found.miss, found.miss and found.outside_agent)


def _before(appeal: Appeal) -> Marking | None:
    """The marking that stood when the agent appealed."""
    return appealed_marks(appeal.evaluation).exclude(submitted_at=None).order_by("-number").first()


@dataclass(frozen=True)
class Beside:
    """One question with what both markings say; appealed: whether the appeal is about it."""

    wording: str
    first: str
    blind: str
    differs: bool
    appealed: bool


def beside(appeal: Appeal) -> Iterator[Beside]:
    """Both markings, question by question, once the blind one is handed in."""
    first, blind = _before(appeal), appeal.marking
    if first is None or blind is None or blind.submitted_at is None:
        return
    was, now, changed = first.given, blind.given, set(changed_by(appeal))
    for one in appeal.evaluation.version.asks.questions:
        if one.code in was or one.code in now:
            yield Beside(
                one.wording,
                saying.answer_words(one, was.get(one.code)),
                saying.answer_words(one, now.get(one.code)),
                one.code in changed,
                one.code in appeal.questions,
            )
