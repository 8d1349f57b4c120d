"""What can be done about an evaluation? Begin it, save and submit a marking, release it, mark it anew: one transaction each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.access import RIGHT_FOR, is_oneself, may_mark
from floorwalker.apps.evaluations.blinding import check_is_blind, end_where_all_handed_in
from floorwalker.apps.evaluations.contacts import identities_of, queue_names
from floorwalker.apps.evaluations.models import (
    NOT_TO_ANSWER,
    CalibrationContact,
    Evaluation,
    FormVersion,
    Marking,
    Miss,
    Opening,
    Picked,
    Purpose,
    Why,
)
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.evaluators import know_evaluator
from floorwalker.apps.people.models import Agent, Right, User
from floorwalker.apps.standards.models import RootCause
from floorwalker.errors import Refused
from floorwalker.insight.marking import Score, find_asked, mark
from floorwalker.insight.parts import Part

# Somebody else's marks may be asked for of oneself and of nobody else.
OF_ONESELF = Purpose.SELF
OF_A_MARKING = ("evaluation__version", "evaluation__calibration__session")


@action
def begin_evaluation(
    part: Part,
    agent: Agent,
    version: FormVersion,
    purpose: Purpose,
    *,
    whole: bool = False,
    picked: Picked = Picked.HAND,
    chance: float | None = None,
    beside: Evaluation | None = None,
    calibration: CalibrationContact | None = None,
    by: User,
    at: datetime,
) -> Evaluation:
    """Begin to evaluate one agent's part of a contact, or with `whole` the contact, by a published version of a form.

    chance: with which it was drawn. What she began before by hand is what was drawn as well, if it was.
    """
    check_may_evaluate(agent, purpose, by, at)
    if version.published_at is None or version.form.retired_at is not None:
        raise Refused(_("nothing is marked by this form"), mend=_("choose a form that is in use"))
    if part.identity_key not in identities_of(agent):
        raise Refused(_("this contact was not this agent's"))
    begun = Evaluation.objects.filter(
        purpose=purpose,
        evaluator=by,
        agent=agent,
        contact_key=part.contact_key,
        version__form=version.form,
        calibration=calibration,
    )
    again = begun.filter(segment_key=None if whole else part.segment_key).first()
    if again is not None:
        if again.picked == Picked.HAND and picked != Picked.HAND:
            again.picked, again.inclusion_probability = picked, chance
            again.save(update_fields=["picked", "inclusion_probability"])
        return again
    made = Evaluation.objects.create(
        purpose=purpose,
        picked=picked,
        inclusion_probability=chance,
        version=version,
        agent=agent,
        evaluator=by,
        contact_key=part.contact_key,
        segment_key=None if whole else part.segment_key,
        identity_key=part.identity_key,
        site_key=part.site_key,
        queue_key=part.queue_key,
        queue=queue_names([part.queue_key]).get(part.queue_key or b"", ""),
        channel=part.channel,
        reason=part.reason[:200],
        contact_at=part.entered_at,
        beside=beside,
        calibration=calibration,
        begun_at=at,
    )
    Marking.objects.create(evaluation=made, number=1, by=by, begun_at=at)
    record(by.username, "begin_evaluation", made, at, agent=agent.pk, purpose=str(purpose), picked=str(picked))
    return made


def check_may_evaluate(agent: Agent, purpose: Purpose, by: User, at: datetime) -> None:
    """Nobody evaluates herself, except by herself; and only those whom the role that gives the right is for."""
    if purpose == OF_ONESELF:
        if by.agent_id != agent.pk:
            raise Refused(_("only the agent can evaluate her- or himself"))
        return
    check_is_somebody_else(agent, by)
    wanted = RIGHT_FOR.get(purpose, Right.EVALUATE_OFFICIALLY)
    if not by.scope_on(at.date()).may(wanted):
        raise Refused(_("your role does not let you evaluate for this"), found=str(Purpose(purpose).label))
    if not may_mark(by, agent, at.date(), officially=wanted == Right.EVALUATE_OFFICIALLY):
        raise Refused(_("your role does not let you evaluate this agent"), found=str(Purpose(purpose).label))


def check_is_somebody_else(agent: Agent, by: User) -> None:
    """Nobody judges her- or himself: not by a second log-in either, nor where two turned out to be one person."""
    if is_oneself(by, agent):
        raise Refused(
            _("nobody evaluates her- or himself"), mend=_("mark this contact by yourself, which counts nowhere")
        )


@transaction.atomic
def save_marking(marking: Marking, given: Mapping[str, Any], *, saves: int, by: User, at: datetime) -> Marking:
    """Keep what was answered so far; saves: how often it had been saved when the page was read.

    No act yet, and so neither an entry in the trail nor a turn: nothing is decided, and hundreds may be marking at once.
    """
    open_one = _open(marking, by)
    if open_one.saves != saves:
        raise Refused(
            _("this evaluation was changed in another window"), mend=_("open it anew; what you see there is the newest")
        )
    _fill(open_one, given, at)
    open_one.save(update_fields=["answers", "words", "missed_complaint", "vulnerable_customer", "saves", "saved_at"])
    return open_one


@action
def submit_marking(marking: Marking, given: Mapping[str, Any], *, by: User, at: datetime) -> Evaluation:
    """Make a marking final. It is not released by that: the agent reads it when somebody lets her."""
    marking = _open(marking, by)
    _check_is_hers(marking.evaluation, by)
    _fill(marking, given, at)
    asks = marking.evaluation.version.asks
    # What was answered before the answer that led to it was changed is not asked any more, and is not said either.
    asked = {question.code for question in find_asked(asks, marking.given)}
    marking.answers = {code: one for code, one in marking.answers.items() if code in asked}
    score = mark(asks, marking.given)
    if score.unanswered:
        raise Refused(_("some questions are not answered yet"), found=str(len(score.unanswered)))
    marking.keep_score(score)
    marking.submitted_at = at
    marking.save()
    _keep_misses(marking, score)
    know_evaluator(by, at.date())
    evaluation = marking.evaluation
    if marking.why != Why.APPEAL:
        evaluation.stands = marking
        evaluation.submitted_at = evaluation.submitted_at or at
        evaluation.save(update_fields=["stands", "submitted_at"])
    record(
        by.username,
        "submit_evaluation",
        evaluation,
        at,
        marking=marking.number,
        why=str(marking.why),
        score=marking.agent_share,
    )
    end_where_all_handed_in(evaluation, at)
    return evaluation


@action
def release_evaluation(evaluation: Evaluation, *, by: User, at: datetime) -> Evaluation:
    """Let the agent read what was found; from then on the days run in which she may answer."""
    evaluation = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    if evaluation.submitted_at is None:
        raise Refused(_("this evaluation is not submitted yet"))
    if evaluation.purpose in NOT_TO_ANSWER:
        raise Refused(_("this evaluation is not for the agent to answer"))
    _check_is_hers(evaluation, by)
    if evaluation.released_at is None:
        evaluation.released_at, evaluation.released_by = at, by
        evaluation.respond_by = at.date() + timedelta(days=evaluation.version.form.respond_days)
        evaluation.save(update_fields=["released_at", "released_by", "respond_by"])
        record(by.username, "release_evaluation", evaluation, at, respond_by=evaluation.respond_by.isoformat())
    return evaluation


@action
def edit_evaluation(evaluation: Evaluation, reason: str, *, by: User, at: datetime) -> Marking:
    """Begin a further marking from the one that stands, and say why; the one before stays to be seen."""
    evaluation = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    if evaluation.stands is None:
        raise Refused(_("this evaluation is not submitted yet"))
    _check_is_hers(evaluation, by)
    if evaluation.calibration_id is not None:
        raise Refused(_("what was marked for calibration stays as it was"))
    if not reason.strip():
        raise Refused(_("an edit needs its reason"), mend=_("say what has to be changed, and why"))
    if evaluation.open_marking is not None:
        raise Refused(_("somebody is marking this evaluation now"))
    if hasattr(evaluation, "appeal"):
        raise Refused(_("an appealed evaluation is changed by the appeal alone"))
    before = evaluation.stands
    made = begin_marking(evaluation, Why.EDIT, by=by, at=at, reason=reason.strip())
    for name in ("answers", "words", "missed_complaint", "vulnerable_customer"):
        setattr(made, name, getattr(before, name))
    made.save()
    record(by.username, "edit_evaluation", evaluation, at, marking=made.number)
    return made


def begin_marking(evaluation: Evaluation, why: Why, *, by: User, at: datetime, reason: str = "") -> Marking:
    """A further marking, with nothing in it; within an action."""
    number = (evaluation.markings.aggregate(Max("number"))["number__max"] or 0) + 1
    return Marking.objects.create(evaluation=evaluation, number=number, why=why, by=by, begun_at=at, reason=reason)


def _check_is_hers(evaluation: Evaluation, by: User) -> None:
    """Two may be found to be one person while she marks the other's contact: then these marks come from herself."""
    if evaluation.purpose != OF_ONESELF:
        check_is_somebody_else(evaluation.agent, by)


def _open(marking: Marking, by: User) -> Marking:
    """The marking as it is now, where this user may still change it."""
    found = Marking.objects.select_for_update(of=("self",)).select_related(*OF_A_MARKING).get(pk=marking.pk)
    if found.submitted_at is not None:
        raise Refused(_("this marking is submitted and is not changed any more"))
    if found.by_id != by.pk:
        raise Refused(_("somebody else is marking this"))
    check_is_blind(found.evaluation)
    return found


def _fill(marking: Marking, given: Mapping[str, Any], at: datetime) -> None:
    """What a page gave; where a cause lies is looked up, not believed."""
    causes = RootCause.objects.in_bulk([one["cause"] for one in given["answers"].values() if one.get("cause")])
    marking.answers = {code: _with_place(one, causes) for code, one in given["answers"].items()}
    marking.words = given["words"]
    marking.missed_complaint, marking.vulnerable_customer = given["missed_complaint"], given["vulnerable_customer"]
    marking.saves, marking.saved_at = marking.saves + 1, at


def _with_place(answer: Mapping[str, Any], causes: Mapping[int, RootCause]) -> dict[str, Any]:
    """An answer with whether its cause lies outside the agent; a cause that there is not is none."""
    cause = causes.get(answer.get("cause", 0))
    kept = {name: value for name, value in answer.items() if name != "cause"}
    return kept if cause is None else kept | {"cause": cause.pk, "outside": not cause.is_the_agents}


def _keep_misses(marking: Marking, score: Score) -> None:
    for code in score.misses:
        given = marking.answers[code]
        if not given.get("comment") or not given.get("cause"):
            raise Refused(_("a miss needs a comment and a root cause"), found=code)
    Miss.objects.bulk_create(
        Miss(
            marking=marking,
            question=code,
            cause_id=marking.answers[code]["cause"],
            outside=code in score.outside,
            comment=marking.answers[code]["comment"],
        )
        for code in score.misses
    )


def note_opening(evaluation: Evaluation, *, by: User, at: datetime) -> None:
    """Keep that somebody read the marks, the first time: whoever has may not decide an appeal against them."""
    if not evaluation.openings.filter(user=by).exists():
        Opening.objects.get_or_create(evaluation=evaluation, user=by, defaults={"first_at": at})


@action
def note_export(count: int, *, by: User, at: datetime) -> None:
    """Keep that somebody took a list of evaluations along."""
    record(by.username, "export_evaluations", "evaluations", at, rows=count)
