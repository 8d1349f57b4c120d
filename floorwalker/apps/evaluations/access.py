"""Which forms and evaluations may this user see or work on? What may not be seen is not there."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch
from django.http import Http404

from floorwalker.apps.evaluations.models import (
    Appeal,
    Draw,
    Drawn,
    Evaluation,
    EvaluationForm,
    FormVersion,
    Marking,
    Purpose,
    SamplingPlan,
)
from floorwalker.apps.people.access import only, require
from floorwalker.apps.people.models import Agent, Right, User


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
    """The evaluation, where the user may release it or mark it anew: her own, or any that she may see and evaluates
    officially; never one about herself."""
    found = find_evaluation(user, evaluation_id, on)
    scope = user.scope_on(on)
    own = found.evaluator_id == user.pk and (scope.may(Right.EVALUATE) or found.purpose == Purpose.PEER)
    if scope.agent == found.agent or not (own or scope.may(Right.EVALUATE_OFFICIALLY)):
        raise Http404
    return found


def find_of_oneself(user: User, evaluation_id: int, on: date) -> Evaluation:
    """The released evaluation that is about the user herself."""
    found = find_evaluation(user, evaluation_id, on)
    if found.agent != user.scope_on(on).agent or found.released_at is None or found.purpose == Purpose.SELF:
        raise Http404
    return found


def find_appeal(user: User, evaluation_id: int, on: date) -> Appeal:
    """The appeal against an evaluation that the user may see and evaluates officially, and that is not about herself."""
    require(user, Right.EVALUATE_OFFICIALLY, on)
    found = find_evaluation(user, evaluation_id, on)
    if user.scope_on(on).agent == found.agent:
        raise Http404
    return only(Appeal.objects.select_related("evaluation", "marking").filter(evaluation=found).first())


def find_open_marking(user: User, evaluation_id: int, on: date) -> Marking:
    """The marking that this user is making, while her role lets her."""
    found = only(
        Marking.objects.filter(evaluation=evaluation_id, by=user, submitted_at=None)
        .select_related("evaluation__agent", "evaluation__version__form")
        .first()
    )
    if found.evaluation.purpose not in (Purpose.SELF, Purpose.PEER):
        require(user, Right.EVALUATE, on)
    return found


def purposes_open_to(user: User, agent: Agent, on: date) -> list[Purpose]:
    """For what the user may evaluate this agent, the most usual first."""
    scope = user.scope_on(on)
    if scope.agent == agent:
        return [Purpose.SELF]
    if scope.may(Right.EVALUATE_OFFICIALLY):
        return [Purpose.OFFICIAL, Purpose.COACHING]
    return [Purpose.COACHING] if scope.may(Right.EVALUATE) else []


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
    return appeal.taken_by_id is None and scope.may(Right.EVALUATE_OFFICIALLY)
