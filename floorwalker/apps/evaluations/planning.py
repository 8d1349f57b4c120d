"""What can be done about sampling plans? Make one, change it, say whose teams are an evaluator's own, end it: each one transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.models import EvaluationForm, Every, PlanEvaluator, SamplingPlan
from floorwalker.apps.evaluations.models.draws import LEAST_OUTSIDE, USUAL_TWICE
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Queue, Right, Team, User
from floorwalker.errors import Refused


@dataclass(frozen=True)
class Asked:
    """What a plan asks for; teams, queues and channels: all where none is named."""

    name: str
    form: EvaluationForm
    quota: int
    every: Every = Every.WEEK
    teams: Collection[Team] = ()
    queues: Collection[Queue] = ()
    channels: Collection[str] = ()
    outside: float = LEAST_OUTSIDE
    twice: float = USUAL_TWICE
    targeted: int = 0
    causes: Collection[str] = ()
    complaints: Collection[str] = ()
    evaluators: Collection[User] = ()


@action
def make_plan(asked: Asked, *, by: User, at: datetime) -> SamplingPlan:
    """A plan from today on."""
    if SamplingPlan.objects.filter(name=asked.name).exists():
        raise Refused(_("there is a plan of this name already"), found=asked.name)
    plan = _keep(asked, at.date(), None, by=by, at=at)
    record(by.username, "make_sampling_plan", plan, at, **_told(plan, asked))
    return plan


@action
def change_plan(plan: SamplingPlan, asked: Asked, *, by: User, at: datetime) -> SamplingPlan:
    """Another version of a plan, from the next week or month on, of which nothing is drawn by the one so far.

    One that has not begun and is changed again gives way to the new one; the version before it is followed all the same.
    """
    plan = SamplingPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.to_day is not None:
        raise Refused(_("this plan has ended"), found=str(plan.to_day))
    before, begins = followed(plan, at.date()), begins_on(plan, asked.every, at.date())
    own = {one.user_id: list(one.own.all()) for one in plan.evaluators.prefetch_related("own")}
    if before is not plan:
        plan.evaluators.all().delete()
        plan.delete()
    SamplingPlan.objects.filter(pk=before.pk).update(to_day=begins)
    made = _keep(replace(asked, name=before.name), begins, before, by=by, at=at)
    for one in made.evaluators.all():
        one.own.set(own.get(one.user_id, ()))
    record(
        *(by.username, "change_sampling_plan", made, at), follows=before.pk, on=begins.isoformat(), **_told(made, asked)
    )
    return made


def followed(plan: SamplingPlan, on: date) -> SamplingPlan:
    """In whose place the next version comes: its own, or that of the one before where it has not begun."""
    if plan.follows is not None and plan.from_day > on and not plan.calibrations.exists():
        return plan.follows
    return plan


def begins_on(plan: SamplingPlan, every: Every, on: date) -> date:
    """From when on the next version of a plan holds, by the rhythm that it is to have."""
    return followed(plan, on).gives_way_on(every, on)


def _told(plan: SamplingPlan, asked: Asked) -> dict[str, Any]:
    """What the trail keeps of a version."""
    return {
        "name": plan.name,
        "quota": plan.quota,
        "every": str(plan.every),
        "outside": plan.outside,
        "evaluators": sorted(user.username for user in asked.evaluators),
    }


def _keep(asked: Asked, on: date, follows: SamplingPlan | None, *, by: User, at: datetime) -> SamplingPlan:
    if asked.outside < LEAST_OUTSIDE:
        raise Refused(
            _("too few contacts would be marked outside evaluators' own teams"),
            found=f"{asked.outside:.2f}",
            expected=f"≥ {LEAST_OUTSIDE}",
            mend=_("where everybody marks her own, a harsh evaluator and a weak team look the same"),
        )
    _check_evaluators(asked.evaluators, at)
    plan = SamplingPlan.objects.create(
        name=asked.name,
        follows=follows,
        form=asked.form,
        quota=asked.quota,
        every=asked.every,
        channels=sorted(asked.channels),
        outside=asked.outside,
        twice=asked.twice,
        targeted=asked.targeted,
        causes=[*asked.causes],
        complaints=sorted(asked.complaints),
        from_day=on,
        made_by=by,
        made_at=at,
    )
    plan.teams.set(asked.teams)
    plan.queues.set(asked.queues)
    PlanEvaluator.objects.bulk_create(PlanEvaluator(plan=plan, user=user) for user in asked.evaluators)
    return plan


def _check_evaluators(users: Collection[User], at: datetime) -> None:
    if not users:
        raise Refused(_("nobody would evaluate what is drawn"), mend=_("name at least one evaluator"))
    for user in users:
        if not user.scope_on(at.date()).may(Right.EVALUATE_OFFICIALLY):
            raise Refused(_("the role of this person does not let her evaluate officially"), found=str(user))


@action
def give_teams(one: PlanEvaluator, teams: Collection[Team], *, by: User, at: datetime) -> PlanEvaluator:
    """Say which teams are an evaluator's own: of theirs she marks three in four at most."""
    one.own.set(teams)
    record(
        by.username, "give_teams", one.plan, at, evaluator=one.user.username, teams=sorted(team.pk for team in teams)
    )
    return one


@action
def end_plan(plan: SamplingPlan, *, on: date, by: User, at: datetime) -> SamplingPlan:
    """Let a plan draw nothing of days from this one on; what was drawn stays."""
    if plan.to_day is not None:
        raise Refused(_("this plan has ended"), found=str(plan.to_day))
    plan.to_day = on
    plan.save(update_fields=["to_day"])
    record(by.username, "end_sampling_plan", plan, at, on=on.isoformat())
    return plan
