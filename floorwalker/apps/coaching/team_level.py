"""What stands at the team's level, between a person's objectives and the centre's aims? Contexts that know give it.

They give it when the program starts (`AppConfig.ready`), as for suggestions (evaluations/suggesting.py): coaching knows nothing of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from floorwalker.apps.people.access import team_of
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.ui.parts import Part

# Of a team, what the reader may see there on a day; None where there is nothing.
Offer = Callable[[Team, User, date], Part | None]
_offers: list[Offer] = []


def offer_team_level(offer: Offer) -> None:
    """Let this be asked wherever the three levels are shown."""
    if offer not in _offers:
        _offers.append(offer)


def parts_of_team_level(agent: Agent, reader: User, on: date) -> list[Part]:
    """What is known of the team of somebody, in order."""
    team = team_of(agent, on)
    found = [] if team is None else [offer(team, reader, on) for offer in _offers]
    return sorted((one for one in found if one is not None), key=lambda part: part.place)
