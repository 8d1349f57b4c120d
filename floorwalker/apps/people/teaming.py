"""How are teams made, named and put below each other?"""

from __future__ import annotations

import secrets
from datetime import datetime

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import KEY_BYTES, Site, Team
from floorwalker.errors import Refused

LONGEST_NAME = 200


@action
def add_team(name: str, *, parent: Team | None = None, site: Site | None = None, by: str, at: datetime) -> Team:
    """A new team; one that the data name comes by itself and need not be made."""
    _check_name(name, None)
    team = Team.objects.create(name=name.strip(), parent=parent, site=site, key=secrets.token_bytes(KEY_BYTES))
    record(by, "add_team", team, at, parent=None if parent is None else parent.pk)
    return team


@action
def change_team(team: Team, name: str, *, parent: Team | None, site: Site | None, by: str, at: datetime) -> Team:
    """Rename a team, or put it below another: whoever leads that one sees it from now on."""
    _check_name(name, team)
    if parent is not None and team in _above(parent):
        raise Refused(f"{parent} lies below {team} already", mend="a team cannot lie below itself")
    changed = (team.name, team.parent_id, team.site_id) != (name.strip(), parent and parent.pk, site and site.pk)
    team.name, team.parent, team.site = name.strip(), parent, site
    if changed:
        team.save(update_fields=["name", "parent", "site"])
        record(by, "change_team", team, at, parent=None if parent is None else parent.pk)
    return team


def _check_name(name: str, team: Team | None) -> None:
    if not name.strip() or len(name) > LONGEST_NAME:
        raise Refused("a team needs a name", found=name[:60], expected=f"1 to {LONGEST_NAME} characters")
    others = Team.objects.filter(name__iexact=name.strip()).exclude(pk=0 if team is None else team.pk)
    if others.exists():
        raise Refused(f"there is a team {name.strip()!r} already", mend="choose another name")


def _above(team: Team) -> list[Team]:
    """The team and all above it."""
    found = []
    one: Team | None = team
    while one is not None and one not in found:
        found.append(one)
        one = one.parent
    return found
