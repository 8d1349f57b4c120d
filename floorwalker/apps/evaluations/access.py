"""Which forms and evaluations may this user see or work on? What may not be seen is not there."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch
from django.http import Http404

from floorwalker.apps.evaluations.models import (
    Appeal,
    CalibrationContact,
    CalibrationSession,
    Draw,
    Drawn,
    Evaluation,
    EvaluationForm,
    FormVersion,
    Marking,
    Purpose,
    SamplingPlan,
    over_for_calibration,
)
from floorwalker.apps.people.access import find_agent, only, require
from floorwalker.apps.people.evaluators import evaluator_key
from floorwalker.apps.people.models import Agent, Evaluator, Right, User

# What each purpose asks of whoever marks for it; the agent herself and a colleague whom she asked need nothing.
RIGHT_FOR = {
    Purpose.OFFICIAL: Right.EVALUATE_OFFICIALLY,
    Purpose.CALIBRATION: Right.EVALUATE,
    Purpose.COACHING: Right.EVALUATE,
}


def forms_seen(user: User, on: date) -> list[EvaluationForm]:
    """Forms with a published version, which everybody may read; whoever builds forms sees the others too."""
    found = EvaluationForm.objects.prefetch_related(Prefetch("versions", FormVersion.objects.defer("definition")))
    return list(found if user.scope_on(on).may(Right.MANAGE_FORMS) else found.in_use())


def find_form(user: User, form_id: int, on: date) -> EvaluationForm:
    """The form; one that was never published only for those who build forms."""
    form = only(EvaluationForm.objects.filter(pk=form_id).first())
    if form.published is None:
        require(user, Right.MANAGE_FORMS, on)
    return form


def find_draft(user: User, form_id: int, on: date) -> FormVersion:
    """The version that is being built, for those who build forms."""
    require(user, Right.MANAGE_FORMS, on)
    return only(FormVersion.objects.select_related("form").filter(form=form_id, published_at=None).first())


def find_evaluation(user: User, evaluation_id: int, on: date) -> Evaluation:
    """The evaluation, where the user may read it; else it is not there."""
    return only(Evaluation.objects.visible_to(user, on).with_words().filter(pk=evaluation_id).first())


def find_to_change(user: User, evaluation_id: int, on: date) -> Evaluation:
    """The evaluation, where the user may release it or mark it anew: her own, or any that she may see of somebody whom she
    evaluates officially; never one about herself."""
    found = find_evaluation(user, evaluation_id, on)
    scope = user.scope_on(on)
    own = found.evaluator_id == user.pk and (scope.may(Right.EVALUATE) or found.purpose == Purpose.PEER)
    if is_oneself(user, found.agent) or not (own or may_mark(user, found.agent, on, officially=True)):
        raise Http404
    return found


def find_of_oneself(user: User, evaluation_id: int, on: date) -> Evaluation:
    """The released evaluation that is about the user herself."""
    found = find_evaluation(user, evaluation_id, on)
    if found.agent != user.scope_on(on).agent or found.released_at is None or found.purpose == Purpose.SELF:
        raise Http404
    return found


def find_appeal(user: User, evaluation_id: int, on: date) -> Appeal:
    """The appeal against an evaluation that the user may see, of somebody else whom she evaluates officially."""
    require(user, Right.EVALUATE_OFFICIALLY, on)
    found = find_evaluation(user, evaluation_id, on)
    if not may_mark(user, found.agent, on, officially=True):
        raise Http404
    return only(Appeal.objects.select_related("evaluation", "marking").filter(evaluation=found).first())


def find_open_marking(
    user: User,
    evaluation_id: int,
    on: date,
    *,
    known: tuple[str, ...] = ("evaluation__agent", "evaluation__version__form"),
) -> Marking:
    """The marking that this user is making, while her role lets her; known: what of its evaluation is read with it."""
    open_ones = Marking.objects.filter(evaluation=evaluation_id, by=user, submitted_at=None)
    found = only(open_ones.exclude(over_for_calibration("evaluation__")).select_related(*known).first())
    right = RIGHT_FOR.get(Purpose(found.evaluation.purpose))
    if right is not None:
        require(user, right, on)
    return found


def handed_in_by(user: User, evaluation_id: int) -> Evaluation | None:
    """The evaluation that this user has marked and handed in, so that there is nothing open any more; None while there is."""
    made = Marking.objects.filter(evaluation=evaluation_id, by=user)
    last = made.select_related("evaluation__calibration").order_by("-number").first()
    return None if last is None or last.submitted_at is None else last.evaluation


def find_to_evaluate(user: User, agent_id: int, on: date) -> tuple[Agent, list[Purpose]]:
    """The agent, and for what the user may evaluate her or him; nobody where that is for nothing."""
    agent = find_agent(user, agent_id, on)
    purposes = purposes_open_to(user, agent, on)
    if not purposes:
        raise Http404
    return agent, purposes


def purposes_open_to(user: User, agent: Agent, on: date) -> list[Purpose]:
    """For what the user may evaluate this agent, the most usual first."""
    if user.agent_id == agent.pk:
        return [Purpose.SELF]
    if may_mark(user, agent, on, officially=True):
        return [Purpose.OFFICIAL, Purpose.COACHING]
    return [Purpose.COACHING] if may_mark(user, agent, on, officially=False) else []


def may_mark(user: User, agent: Agent, on: date, *, officially: bool) -> bool:
    """Whether some role of the user's lets her mark this very agent's contacts; nobody her or his own."""
    if not user.scope_on(on).may(Right.EVALUATE_OFFICIALLY if officially else Right.EVALUATE):
        return False
    return Agent.objects.evaluated_by(user, on, officially=officially).filter(pk=agent.pk).exists()


def is_oneself(user: User, agent: Agent) -> bool:
    """Whether the agent is the person who logs in: also by a second log-in, or found to be her under another name."""
    return agent.pk in user.oneself()


def find_plan(user: User, plan_id: int, on: date) -> SamplingPlan:
    """The sampling plan, for those who build forms: they say by which plan forms are used as well."""
    require(user, Right.MANAGE_FORMS, on)
    return only(SamplingPlan.objects.select_related("form").filter(pk=plan_id).first())


def find_draw(user: User, draw_id: int, on: date) -> Draw:
    """One draw of a plan, for those who see the plan."""
    require(user, Right.MANAGE_FORMS, on)
    return only(Draw.objects.select_related("plan").filter(pk=draw_id).first())


def find_drawn(user: User, drawn_id: int, on: date) -> Drawn:
    """A contact that was drawn for this user, while her role lets her evaluate."""
    require(user, Right.EVALUATE, on)
    return only(Drawn.objects.filter(pk=drawn_id, evaluator=user).first())


def find_session(user: User, session_id: int, on: date) -> CalibrationSession:
    """The calibration session, for those who take part in it and those who build forms."""
    seen = CalibrationSession.objects.visible_to(user, on).select_related("version__form", "called_by", "discussed_by")
    return only(seen.filter(pk=session_id).first())


def find_led_session(user: User, session_id: int, on: date) -> CalibrationSession:
    """The same, for those who may lead it: call it off, end its blind phase, write down what was agreed."""
    require(user, Right.MANAGE_FORMS, on)
    return find_session(user, session_id, on)


def find_evaluator(user: User, evaluator_id: int, on: date) -> Evaluator:
    """Somebody who evaluates: anybody for those who build forms, else whoever evaluates for herself alone."""
    found = Evaluator.objects.select_related("user").filter(pk=evaluator_id)
    if not user.scope_on(on).may(Right.MANAGE_FORMS):
        require(user, Right.EVALUATE, on)
        found = found.filter(key=evaluator_key(user))
    return only(found.first())


def find_calibrated(user: User, contact_id: int, on: date) -> CalibrationContact:
    """A contact of a session in which the user takes part, while her role lets her evaluate."""
    require(user, Right.EVALUATE, on)
    found = CalibrationContact.objects.filter(pk=contact_id, session__participants=user)
    return only(found.select_related("session__version__form", "agent").first())


def is_hidden_from(evaluation: Evaluation, user: User, on: date) -> bool:
    """Whether the marks are kept from a reader: from the agent until she asks for them, so that she may mark the contact
    herself before; and, while an appeal is open, from everybody who may decide it."""
    scope = user.scope_on(on)
    if scope.agent == evaluation.agent and evaluation.evaluator_id != user.pk:
        return evaluation.seen_at is None
    appeal = getattr(evaluation, "appeal", None)
    if appeal is None or appeal.decided_at is not None or evaluation.evaluator_id == user.pk:
        return False
    if appeal.taken_by_id == user.pk:
        return appeal.marking is None or appeal.marking.submitted_at is None
    return appeal.taken_by_id is None and may_mark(user, evaluation.agent, on, officially=True)
