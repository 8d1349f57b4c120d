"""How is a planned directory taken over? In one go, with who is new, who changed and who moved."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.actions import join_team
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.comparing import Change, Planned, plan
from floorwalker.apps.people.describing import describe_agent
from floorwalker.apps.people.models import KEY_BYTES, Agent, DirectoryDraft, Standing, Team, User
from floorwalker.apps.people.teaming import add_team
from floorwalker.errors import Refused


@dataclass(frozen=True)
class Taken:
    """What taking over did."""

    new: int
    changed: int
    moved: int
    left_out: int


@action
def keep_draft(content: str, file_name: str, *, by: User, at: datetime) -> DirectoryDraft:
    """Keep a directory for a look at what it would do; it is planned here once, so that no useless one is kept."""
    plan(content, at.date())
    DirectoryDraft.objects.filter(made_by=by, taken_at=None).delete()
    return DirectoryDraft.objects.create(content=content, file_name=file_name[:200], made_by=by, made_at=at)


@action
def take_over(draft: DirectoryDraft, *, moves_on: date, by: User, at: datetime) -> Taken:
    """Do what the directory says now; rows with a problem are left out. moves_on: the day from which its teams count."""
    if draft.taken_at is not None:
        raise Refused(_("this directory was taken over already"), found=f"{draft.taken_at:%d %b %Y %H:%M}")
    planned = plan(draft.content, moves_on)
    teams = {team.name.casefold(): team for team in Team.objects.all()}
    wanted = [one for one in planned if one.change in (Change.NEW, Change.CHANGES)]
    moved = sum(_take(one, teams, moves_on, by, at) for one in wanted)
    draft.taken_at = at
    draft.save(update_fields=["taken_at"])
    count = {change: sum(one.change == change for one in planned) for change in Change}
    taken = Taken(count[Change.NEW], count[Change.CHANGES], moved, count[Change.PROBLEM])
    record(by.username, "take_over_directory", draft, at, new=taken.new, changed=taken.changed, moved=taken.moved)
    return taken


def _take(one: Planned, teams: dict[str, Team], moves_on: date, by: User, at: datetime) -> bool:
    agent = one.agent or Agent.objects.create(
        name=one.said.name, key=secrets.token_bytes(KEY_BYTES), standing=Standing.KNOWN
    )
    describe_agent(agent, one.said, by=by.username, at=at)
    if not one.team:
        return False
    team = teams.get(one.team.casefold())
    if team is None:
        team = teams[one.team.casefold()] = add_team(one.team, by=by.username, at=at)
    if agent.memberships.on(moves_on).filter(team=team).exists():
        return False
    starts = one.said.started_on if one.agent is None and one.said.started_on else moves_on
    join_team(agent, team, on=min(starts, moves_on), by=by, at=at)
    return True
