"""Which aims can one person's work serve?"""

from __future__ import annotations

from datetime import date

from floorwalker.apps.people.access import team_of
from floorwalker.apps.people.models import Agent
from floorwalker.apps.standards.aiming import aims_of_work
from floorwalker.apps.standards.models import Aim


def aims_for(agent: Agent, on: date) -> list[Aim]:
    """The aims that somebody's work can serve: of her team and those above it, her site and the centre, that are not over."""
    return aims_of_work(team_of(agent, on), on, site=agent.site_id)
