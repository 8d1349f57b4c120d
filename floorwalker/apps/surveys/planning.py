"""By which rule are customers asked? A plan is made, changed for what is handed in from then on, and ended; decisions taken stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Queue, User
from floorwalker.apps.surveys.models import Plan, Survey
from floorwalker.errors import Refused
from floorwalker.facts.tables import Channel


@dataclass(frozen=True)
class Rule:
    """What a plan says; see `Plan`."""

    asked_by: str
    share: float
    channels: tuple[str, ...] = ()
    rest_days: int = 30
    quiet_from: int = 20
    quiet_to: int = 8
    wait_minutes: int = 30
    open_days: int = 7


@action
def make_plan(name: str, survey: Survey, rule: Rule, *, queues: Sequence[Queue] = (), by: User, at: datetime) -> Plan:
    """Ask by a survey after the contacts that are handed in for this plan."""
    name = name.strip()
    if not name or Plan.objects.filter(name__iexact=name).exists():
        raise Refused(_("a plan needs a name of its own"), found=name, mend=_("choose a name that no other plan has"))
    _check(rule)
    plan = Plan.objects.create(name=name[:120], survey=survey, made_by=by, made_at=at, **_columns(rule))
    plan.queues.set(queues)
    record(by.username, "make_survey_plan", plan, at, **_told(rule, queues))
    return plan


@action
def change_plan(plan: Plan, rule: Rule, *, queues: Sequence[Queue] = (), by: User, at: datetime) -> Plan:
    """Go on by another rule; every decision keeps the share by which it was taken."""
    _check_runs(plan)
    _check(rule)
    for column, value in _columns(rule).items():
        setattr(plan, column, value)
    plan.save()
    plan.queues.set(queues)
    record(by.username, "change_survey_plan", plan, at, **_told(rule, queues))
    return plan


@action
def end_plan(plan: Plan, *, by: User, at: datetime) -> Plan:
    """Ask nobody more by this plan; what was sent can be answered as long as it was promised."""
    _check_runs(plan)
    plan.ended_at = at
    plan.save(update_fields=["ended_at"])
    record(by.username, "end_survey_plan", plan, at)
    return plan


def _check_runs(plan: Plan) -> None:
    if plan.ended_at is not None:
        raise Refused(_("this plan has ended"), found=str(plan), mend=_("make another one"))


def _check(rule: Rule) -> None:
    if not 0.001 <= rule.share <= 1:
        raise Refused(_("the share that is asked lies between 0.1 and 100 per cent"), found=f"{100 * rule.share:g} %")
    strange = set(rule.channels) - {str(channel) for channel in Channel}
    if strange:
        raise Refused(_("there is no such channel"), found=", ".join(sorted(strange)))
    if not rule.asked_by.strip():
        raise Refused(_("customers are told who asks them"), mend=_("give the name by which they know you"))


def _columns(rule: Rule) -> dict[str, object]:
    return asdict(rule) | {"channels": list(rule.channels), "asked_by": rule.asked_by.strip()[:120]}


def _told(rule: Rule, queues: Sequence[Queue]) -> dict[str, object]:
    return _columns(rule) | {"queues": [queue.pk for queue in queues]}
