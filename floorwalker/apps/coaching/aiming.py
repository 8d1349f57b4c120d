"""Which aims can one person's work serve? Those of her team, her site and the centre, as far as they are not over."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from floorwalker.apps.people.access import team_of
from floorwalker.apps.people.models import Agent
from floorwalker.apps.standards.models import Aim


def aims_for(agent: Agent, on: date) -> list[Aim]:
    """The aims that somebody's work can serve: of her team, her site and the centre, as far as they are not over."""
    team = team_of(agent, on)
    site = agent.site_id if team is None or team.site_id is None else team.site_id
    places = Q(team=None, site=None) | Q(team=team, team__isnull=False) | Q(site=site, site__isnull=False)
    return list(Aim.objects.with_places().not_over(on).filter(places).order_by("pk"))
