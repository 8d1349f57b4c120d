"""Of which places may a reader see figures, and of which contacts and teams are they?"""

from __future__ import annotations

from floorwalker.apps.people.models import Queue, Right, Scope, Site, Team
from floorwalker.insight.scorecard import Where


def where_of(place: Site | Team | Queue | str | None, scope: Scope) -> Where | None:
    """The figures of a place, as far as the reader may see them; None where she may not."""
    of_centre = scope.may(Right.SEE_FIGURES_OF_CENTRE)
    match place:
        case Team():
            is_seen = scope.everything or place in scope.teams or (of_centre and not scope.sites)
            return {"team": branch_of(place)} if is_seen else None
        case Site():
            is_seen = of_centre and (not scope.sites or place in scope.sites)
            return {"site": (bytes(place.key),)} if is_seen else None
        case Queue():
            return of_sites({"queue": (bytes(place.key),)}, scope) if of_centre else None
    if not of_centre:
        return None
    return of_sites({"channel": (place,)} if place else {}, scope)


def everything_of(place: Site | Team | Queue | str | None) -> Where:
    """The figures of a place, whoever asks: for what is said of them without a figure."""
    return {"team": branch_of(place)} if isinstance(place, Team) else peers_of(place)


def peers_of(place: Site | Team | Queue | str | None) -> Where:
    """Among which teams a target of that place is looked at: all of the centre, else those that work there."""
    match place:
        case Site():
            return {"site": (bytes(place.key),)}
        case Queue():
            return {"queue": (bytes(place.key),)}
        case str() if place:
            return {"channel": (place,)}
    return {}


def branch_of(team: Team) -> tuple[bytes, ...]:
    """The keys of a team and of those below it."""
    return tuple(bytes(one.key) for one in Team.objects.filter(pk=team.pk).with_descendants())


def of_sites(where: Where, scope: Scope) -> Where:
    """Cut to the sites for which the reader's role was given."""
    return {**where, "site": tuple(bytes(site.key) for site in scope.sites)} if scope.sites else where
