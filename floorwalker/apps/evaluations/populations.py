"""From which contacts does a plan draw, who may evaluate them, and whose own are they? Read as of the last day of the draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import Q, QuerySet

from floorwalker.apps.evaluations.models import Evaluation, EvaluationQuerySet, PlanEvaluator, Purpose, SamplingPlan
from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Agent, AuditEntry, Identity, IdentityKind, Right, RoleGrant, Team, User
from floorwalker.apps.people.rights import RIGHTS
from floorwalker.insight.drawable import Drawable, Filter, read_drawable
from floorwalker.stats.assigning import Flags


def last_known_day() -> date | None:
    """The last day of which contacts are known."""
    days = lake().snapshot().days("segment")
    return None if days is None else days[1]


def read_population(asked: Filter) -> list[Drawable]:
    """The contacts that a filter lets through, as the facts have them now."""
    return read_drawable(lake().snapshot(), asked)


def filter_of(plan: SamplingPlan, first: date, last: date) -> Filter:
    """What a plan draws from in a stretch of days: agents by the teams of its last day, and all queues by their keys."""
    agents = Agent.objects.on_the_floor()
    teams = plan.teams.all()
    if teams:
        agents = agents.in_teams(Team.objects.filter(pk__in=teams).with_descendants(), last)
    known = Identity.objects.filter(kind=IdentityKind.AGENT, agent__in=agents.values("pk"))
    queues = Identity.objects.filter(kind=IdentityKind.QUEUE, queue__in=plan.queues.all())
    return Filter(
        first,
        last,
        {bytes(key): agent for key, agent in known.values_list("key", "agent") if agent is not None},
        tuple(plan.channels),
        tuple(bytes(key) for key in queues.values_list("key", flat=True)),
        tuple(plan.complaints),
    )


@dataclass(frozen=True)
class Markers:
    """The evaluators of a plan; may, own: by evaluator the agents whom she may mark, and those of her own teams."""

    users: tuple[User, ...]
    may: tuple[frozenset[int], ...]
    own: tuple[frozenset[int], ...]

    def flags(self, agents: Sequence[int]) -> tuple[Flags, Flags]:
        """The same for contacts of these agents: (contacts, evaluators)."""
        return _flags(agents, self.may), _flags(agents, self.own)


def markers_of(plan: SamplingPlan, on: date) -> Markers:
    """Who evaluates by a plan on a day. Nobody marks herself, nor whom her role does not let her mark officially."""
    found = list(plan.evaluators.select_related("user__agent").prefetch_related("own"))
    kept = [one for one in found if one.user.is_active and one.user.scope_on(on).may(Right.EVALUATE_OFFICIALLY)]
    return Markers(
        tuple(one.user for one in kept),
        tuple(reached(one.user, on) for one in kept),
        tuple(_numbers(Agent.objects.in_teams(own_teams(one, on), on).values_list("pk", flat=True)) for one in kept),
    )


def who_may_evaluate(on: date, *, officially: bool = True) -> QuerySet[User]:
    """Those whose role of a day lets them evaluate; officially: for marks that count."""
    right = Right.EVALUATE_OFFICIALLY if officially else Right.EVALUATE
    return _log_ins(_granting(right, on))


def who_evaluated_since(day: date, on: date, *, officially: bool = True) -> QuerySet[User]:
    """Those who may on a day, or might on one of the days before it from another on: whose role ended, or log-in was closed, since."""
    right = Right.EVALUATE_OFFICIALLY if officially else Right.EVALUATE
    not_over = Q(to_day=None) | Q(to_day__gt=day)
    grants = RoleGrant.objects.filter(not_over, _giving(right), Q(from_day=None) | Q(from_day__lte=on))
    closed = AuditEntry.objects.filter(verb="close_log_in", at__date__gte=day).values_list("subject", flat=True)
    numbers = [int(subject.rpartition(":")[2]) for subject in closed]
    return User.objects.filter(Q(is_active=True) | Q(pk__in=numbers), pk__in=grants.values("user"))


def left_unreleased(on: date) -> EvaluationQuerySet:
    """What was handed in for agents to read by people who evaluate no more: it waits until somebody else releases it."""
    there = who_may_evaluate(on, officially=False).order_by().values("pk")
    return Evaluation.objects.handed_in().exclude(purpose=Purpose.PEER).exclude(evaluator__in=there)


def who_manages_forms(on: date) -> QuerySet[User]:
    """Those who answer for how is evaluated: their role of a day is for the whole centre and lets them build forms."""
    return _log_ins(_granting(Right.MANAGE_FORMS, on).filter(team=None, site=None))


def _granting(right: Right, on: date) -> QuerySet[RoleGrant]:
    """The grants of a day whose role has that right."""
    return RoleGrant.objects.on(on).filter(_giving(right))


def _giving(right: Right) -> Q:
    return Q(role__in=[role for role, rights in RIGHTS.items() if right in rights])


def _log_ins(grants: QuerySet[RoleGrant]) -> QuerySet[User]:
    """Whoever was given one of these and can log in, by name."""
    return User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("last_name", "username")


def reached(user: User, on: date) -> frozenset[int]:
    """The agents whom somebody may mark officially on a day."""
    return _numbers(Agent.objects.evaluated_by(user, on, officially=True).values_list("pk", flat=True))


def own_teams(one: PlanEvaluator, on: date) -> list[Team]:
    """An evaluator's own teams: those that the plan says, else those to which her role is cut."""
    said = [team.pk for team in one.own.all()]
    if said:
        return Team.objects.filter(pk__in=said).with_descendants()
    return list(one.user.scope_on(on).evaluates_officially.teams)


def _numbers(found: Iterable[int]) -> frozenset[int]:
    return frozenset(found)


def _flags(agents: Sequence[int], sets: tuple[frozenset[int], ...]) -> Flags:
    found = [[agent in some for some in sets] for agent in agents]
    return np.array(found, dtype=bool).reshape(len(agents), len(sets))
