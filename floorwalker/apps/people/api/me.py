"""In whose place does a program ask, and what may she or he?"""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Field, Router, Schema

from floorwalker.apps.people.access import today, user_of

router = Router()


class Me(Schema):
    """The owner of the token, and what her or his roles allow today."""

    username: str
    agent: int | None = None
    roles: list[str]
    rights: list[str]
    sees_everybody: bool
    teams: list[int] = Field(description="teams whose members' figures are seen, where not everybody's are")
    sites: list[int] = Field(description="sites to which the centre's figures are cut; none for all")


@router.get("/me", response=Me)
def read_me(request: HttpRequest) -> object:
    """The owner of the token, and what her or his roles allow today."""
    user = user_of(request)
    scope = user.scope_on(today())
    return {
        "username": user.username,
        "agent": user.agent_id,
        "roles": sorted(map(str, scope.roles)),
        "rights": sorted(map(str, scope.rights)),
        "sees_everybody": scope.everything,
        "teams": [team.pk for team in scope.teams],
        "sites": [site.pk for site in scope.sites],
    }
