"""Whom and what does a program reach in somebody's place? The same doors as the pages: what is seen, and what is managed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest

from floorwalker.apps.people.access import own_team, require, today, user_of
from floorwalker.apps.people.models import Agent, AgentQuerySet, Identity, Queue, Right, Site, Team, TeamQuerySet, User
from floorwalker.ui.rest.problems import Problematic

Row = TypeVar("Row", bound=Model)


def manager(request: HttpRequest) -> User:
    """The owner of the token, where she or he manages people; else nothing is there."""
    require(user_of(request), Right.MANAGE_PEOPLE, today())
    return user_of(request)


def agents_managed(request: HttpRequest) -> AgentQuerySet:
    """The agents of whom the owner may know and change everything."""
    return Agent.objects.managed_by(user_of(request), today())


def teams_managed(request: HttpRequest) -> TeamQuerySet:
    """The teams that the owner may change and fill."""
    return Team.objects.managed_by(user_of(request), today())


def identities_managed(request: HttpRequest) -> QuerySet[Identity]:
    """The names in sources of whom and of what the owner manages."""
    queues = Queue.objects.managed_by(user_of(request), today())
    agents, teams = agents_managed(request).values("pk"), teams_managed(request).values("pk")
    return Identity.objects.filter(Q(agent__in=agents) | Q(team__in=teams) | Q(queue__in=queues.values("pk")))


def agents_seen(request: HttpRequest) -> QuerySet[Agent]:
    """The agents whose figures the owner may see, and those whom she or he manages."""
    seen = Agent.objects.visible_to(user_of(request), today())
    return Agent.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=_managed_numbers(request)))


def has_details(request: HttpRequest) -> Callable[[Agent], bool]:
    """Whether what is known of an agent is shown to the owner, asked once for as many agents as there are."""
    managed = frozenset(_managed_numbers(request))
    return lambda agent: agent.pk in managed


def _managed_numbers(request: HttpRequest) -> QuerySet[Agent, int]:
    return agents_managed(request).values_list("pk", flat=True)


def teams_seen(request: HttpRequest) -> QuerySet[Team]:
    """The teams whose members' figures the owner sees or whom she or he manages, of her or his sites, and the own one."""
    user, scope = user_of(request), user_of(request).scope_on(today())
    if scope.managed.everywhere or (scope.may(Right.SEE_FIGURES_OF_CENTRE) and not scope.sites):
        return Team.objects.all()
    own = own_team(user, today())
    of_sites = Team.objects.filter(site__in=scope.sites).with_descendants()
    seen, managed = Team.objects.visible_to(user, today()), Team.objects.managed_by(user, today())
    named = {team.pk for team in (*of_sites, *([] if own is None else [own]))}
    return Team.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=managed.values("pk")) | Q(pk__in=named))


def place_of_team(
    request: HttpRequest, parent: int | None, site: int | None, team: Team | None = None
) -> tuple[Team | None, Site | None]:
    """The parent and the site that a team is to have: what the owner manages, or what it has already.

    Whoever manages some sites or teams only makes no team beside them, which nobody of them would see again.
    """
    if team is not None and (parent, site) == (team.parent_id, team.site_id):
        return team.parent, team.site
    reach = user_of(request).scope_on(today()).managed
    above = one_or_none(teams_managed(request), parent)
    if not reach.everywhere and above is None and site is None:
        raise Problematic(404, where="site", expected="a site, or a parent, that the owner of the token manages")
    sites = Site.objects.all() if reach.everywhere else Site.objects.filter(pk__in=reach.sites)
    return above, one_or_none(sites, site)


def one(found: QuerySet[Row], number: int | None) -> Row:
    """The record of that number among those that may be seen; else it is not there."""
    row = found.filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def one_or_none(found: QuerySet[Row], number: int | None) -> Row | None:
    """The same, where a number may be left out."""
    return None if number is None else one(found, number)
