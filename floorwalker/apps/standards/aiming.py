"""Which aims are there, what serves each of them and what serves none, and how is one set, changed and ended?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.http import Http404

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Site, Team, User
from floorwalker.apps.standards.access import reach_of, visible_teams
from floorwalker.apps.standards.models import Aim, StandardVersion
from floorwalker.apps.standards.models.aims import LONGEST_WORDING
from floorwalker.apps.standards.tree import Tree
from floorwalker.errors import Refused
from floorwalker.kpis.catalogue import catalogue


@dataclass(frozen=True)
class Served:
    """One aim with the standards that serve it, as far as the reader may know of them."""

    aim: Aim
    serves: list[StandardVersion] = field(default_factory=list)
    may_change: bool = False


@dataclass(frozen=True)
class Words:
    """What is said of an aim: measure or known_by says how it will be known; to_day is the first day after its period."""

    wording: str
    owner: User
    from_day: date
    to_day: date
    measure: str = ""
    known_by: str = ""


def readable_aims(user: User, on: date) -> Q:
    """The aims that the user may read: the centre's, and those of sites and teams of which she may read targets."""
    found = Q(team=None) | Q(team__in=visible_teams(user, on))
    sites = user.scope_on(on).sites
    return found & (Q(site=None) | Q(site__in=sites)) if sites else found


def aims_with_standards(user: User, on: date, readable: Q) -> tuple[list[Served], list[StandardVersion]]:
    """Every aim that the reader may know, with what serves it; and the standards that serve no aim that holds.

    readable: the versions of which she may read; current ones and those in work are told.
    """
    places = frozenset(reach_of(user, on).places)
    versions = [*StandardVersion.objects.current().with_places().filter(readable).order_by("title")]
    by_aim: dict[int | None, list[StandardVersion]] = {}
    for version in versions:
        by_aim.setdefault(version.standard.aim_id, []).append(version)
    aims = list(Aim.objects.with_places().filter(readable_aims(user, on)).order_by("-to_day", "pk"))
    found = [Served(aim, by_aim.get(aim.pk, []), aim.place in places) for aim in aims]
    held = {aim.pk for aim in Aim.objects.not_over(on)}
    return found, [version for version in versions if version.standard.aim_id not in held]


def aims_of_work(team: Team | None, on: date, *, site: int | None = None) -> list[Aim]:
    """The aims that somebody's work can serve, where they are not over: of her team and all above it, her site and the centre.

    site: hers, for people of no team and of teams without one.
    """
    tree = Tree.read()
    at = site if team is None else tree.site_of(team.pk) or site
    places = (
        Q(team=None, site=None)
        | Q(team__in=() if team is None else tree.above(team.pk))
        | Q(site=at, site__isnull=False)
    )
    return list(Aim.objects.with_places().not_over(on).filter(places).order_by("pk"))


def find_aim(user: User, aim_id: int, on: date) -> Aim:
    """An aim that the user may change; else it is not there."""
    found = Aim.objects.with_places().filter(pk=aim_id).first()
    if found is None or found.place not in reach_of(user, on).places:
        raise Http404
    return found


@action
def set_aim(said: Words, *, site: Site | None = None, team: Team | None = None, by: User, at: datetime) -> Aim:
    """Agree on an aim of the centre, of a site or of a team for a period."""
    if site is not None and team is not None:
        raise Refused("an aim is for one place", expected="a site or a team; none: the centre")
    made = Aim(site=site, team=team, set_by=by, set_at=at)
    _say(made, said, by, at)
    made.save(force_insert=True)
    record(by.username, "set_aim", made, at, **_told(made))
    return made


@action
def change_aim(aim: Aim, said: Words, *, by: User, at: datetime) -> Aim:
    """Say an aim better, or give it another owner, measure or period; the trail keeps which of these changed."""
    was = {name: getattr(aim, name) for name in _FIELDS}
    _say(aim, said, by, at)
    changed = [name for name in _FIELDS if getattr(aim, name) != was[name]]
    if changed:
        aim.save(update_fields=changed)
        record(by.username, "change_aim", aim, at, changed=changed, **_told(aim))
    return aim


_FIELDS = ("wording", "measure", "known_by", "owner_id", "from_day", "to_day")


def _say(aim: Aim, said: Words, by: User, at: datetime) -> None:
    if aim.place not in reach_of(by, at.date()).places:
        raise Refused(
            "you may not set aims there", expected="a place for which your role of that day lets you set targets"
        )
    if not said.wording.strip() or len(said.wording) > LONGEST_WORDING:
        raise Refused("an aim needs words", found=said.wording[:60], expected=f"1 to {LONGEST_WORDING} characters")
    if not said.measure and not said.known_by.strip():
        raise Refused("an aim needs something by which it is known", mend="name a measure, or say how it will be seen")
    if said.measure and said.measure not in catalogue():
        raise Refused("there is no such measure", found=said.measure[:60], mend="choose one of the catalogue")
    if said.to_day <= said.from_day:
        raise Refused("a period ends after it begins", found=f"{said.from_day} to {said.to_day}")
    if not said.owner.is_active:
        raise Refused("whoever answers for an aim can log in", found=str(said.owner), mend="choose another owner")
    for name, value in _as_fields(said).items():
        setattr(aim, name, value)


def _as_fields(said: Words) -> Mapping[str, Any]:
    return {
        "wording": said.wording.strip(),
        "measure": said.measure,
        "known_by": said.known_by.strip(),
        "owner": said.owner,
        "from_day": said.from_day,
        "to_day": said.to_day,
    }


def _told(aim: Aim) -> dict[str, Any]:
    """What the trail keeps: not the words, which must stay correctable."""
    kind, which = aim.place
    told: dict[str, Any] = {"owner": aim.owner_id, "from": aim.from_day.isoformat(), "to": aim.to_day.isoformat()}
    return told | ({"measure": aim.measure} if aim.measure else {}) | ({} if kind == "centre" else {str(kind): which})
