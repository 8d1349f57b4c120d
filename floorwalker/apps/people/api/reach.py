"""Whom and what does a program reach in somebody's place? The same door as the pages, and who manages people sees all."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest

from floorwalker.apps.people.access import require, team_of, today, user_of
from floorwalker.apps.people.models import Agent, Right, Team, User

Row = TypeVar("Row", bound=Model)


def manages(request: HttpRequest) -> bool:
    """Whether the owner of the token manages people."""
    return user_of(request).scope_on(today()).may(Right.MANAGE_PEOPLE)


def manager(request: HttpRequest) -> User:
    """The owner of the token, where she or he manages people; else nothing is there."""
    require(user_of(request), Right.MANAGE_PEOPLE, today())
    return user_of(request)


def teams_seen(request: HttpRequest) -> QuerySet[Team]:
    """The teams whose members' figures the owner sees, and her or his own; all for those who manage people or see the centre."""
    scope = user_of(request).scope_on(today())
    if scope.may(Right.MANAGE_PEOPLE) or scope.may(Right.SEE_FIGURES_OF_CENTRE):
        return Team.objects.all()
    own = None if scope.agent is None else team_of(scope.agent, today())
    seen = Team.objects.visible_to(user_of(request), today())
    return Team.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk=None if own is None else own.pk))


def agents_seen(request: HttpRequest) -> QuerySet[Agent]:
    """The agents whom the owner may see; all for those who manage people."""
    return Agent.objects.all() if manages(request) else Agent.objects.visible_to(user_of(request), today())


def one(found: QuerySet[Row], number: int | None) -> Row:
    """The record of that number among those that may be seen; else it is not there."""
    row = found.filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def one_or_none(found: QuerySet[Row], number: int | None) -> Row | None:
    """The same, where a number may be left out."""
    return None if number is None else one(found, number)
