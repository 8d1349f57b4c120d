"""For which places may this user set targets on that day? As far as the roles reach that give the right, and no further."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404

from floorwalker.apps.people.access import own_team, require
from floorwalker.apps.people.models import Queue, Right, RoleGrant, Site, Team, User
from floorwalker.apps.standards.models import CENTRE, Place, Target
from floorwalker.apps.standards.tree import Tree
from floorwalker.facts.tables import Channel


@dataclass(frozen=True)
class Reach:
    """Sites, teams and queues for which somebody may set targets; everything: the centre and its channels too."""

    everything: bool = False
    sites: tuple[Site, ...] = ()
    teams: tuple[Team, ...] = ()
    queues: tuple[Queue, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place, the widest first."""
        wide = (CENTRE,) if self.everything else ()
        sites = tuple(("site", site.pk) for site in self.sites)
        teams = tuple(("team", team.pk) for team in self.teams)
        queues = tuple(("queue", queue.pk) for queue in self.queues)
        channels = tuple(("channel", str(channel)) for channel in Channel) if self.everything else ()
        return (*wide, *sites, *teams, *queues, *channels)

    @property
    def by_code(self) -> Mapping[str, Place]:
        """By what stands in an address or a form for a place, the place."""
        return {code_of(place): place for place in self.places}

    def given(self, place: Place) -> dict[str, Any]:
        """A place as `set_target` takes it."""
        kind, which = place
        if kind == "channel":
            return {kind: str(which)}
        known: Sequence[Any] = {"site": self.sites, "team": self.teams, "queue": self.queues}.get(kind, ())
        one = next((one for one in known if one.pk == which), None)
        return {} if one is None else {kind: one}


def code_of(place: Place) -> str:
    """A place in an address or a form."""
    return ":".join(map(str, place))


def reach_of(user: User, on: date) -> Reach:
    """Where the user may set targets: nowhere without the right."""
    grants = [grant for grant in RoleGrant.objects.on(on).filter(user=user) if Right.SET_TARGETS in grant.rights]
    if any(grant.is_unbounded for grant in grants):
        return Reach(True, tuple(Site.objects.order_by("name")), tuple(Team.objects.all()), tuple(Queue.objects.all()))
    if not grants:
        return Reach()
    site_ids = [grant.site_id for grant in grants if grant.site_id is not None]
    team_ids = [grant.team_id for grant in grants if grant.team_id is not None]
    teams = Team.objects.filter(Q(pk__in=team_ids) | Q(site__in=site_ids)).with_descendants()
    return Reach(
        sites=tuple(Site.objects.filter(pk__in=site_ids).order_by("name")),
        teams=tuple(teams),
        queues=tuple(Queue.objects.filter(site__in=site_ids)),
    )


def require_place(user: User, place: Place, on: date) -> None:
    """The place is one for which the user may set targets; else there is no such page."""
    require(user, Right.SET_TARGETS, on)
    if place not in reach_of(user, on).places:
        raise Http404


def find_target(user: User, target_id: int, on: date) -> Target:
    """A target that the user may change; else it is not there."""
    target = Target.objects.with_places().filter(pk=target_id).first()
    if target is None:
        raise Http404
    require_place(user, target.place, on)
    return target


def readable(user: User, on: date) -> Q:
    """The targets that the user may read: everybody's but those of teams, and of sites beyond the one that she manages."""
    found = Q(team=None) | Q(team__in=visible_teams(user, on))
    sites = user.scope_on(on).sites
    if sites:
        of_her_sites = Q(site=None) | Q(site__in=sites)
        found &= of_her_sites & (Q(queue__site=None) | Q(queue__site__in=sites))
    return found


def visible_teams(user: User, on: date) -> frozenset[int]:
    """The teams whose own targets the user may read: those whose figures she sees, for which she sets them, and her own."""
    scope = user.scope_on(on)
    if scope.everything or (scope.may(Right.SEE_FIGURES_OF_CENTRE) and not scope.sites):
        return frozenset(Team.objects.values_list("pk", flat=True))
    of_sites = Team.objects.filter(site__in=scope.sites).with_descendants() if scope.sites else ()
    found = {team.pk for team in (*scope.teams, *reach_of(user, on).teams, *of_sites)}
    own = own_team(user, on)
    return frozenset(found | set(() if own is None else Tree.read().above(own.pk)))
