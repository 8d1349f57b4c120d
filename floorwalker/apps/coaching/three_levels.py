"""How does what one person reaches feed what the team and the centre want? Her objectives, the aims they serve, the aims above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from floorwalker.apps.coaching.aiming import aims_for
from floorwalker.apps.coaching.models import Objective, ObjectiveState
from floorwalker.apps.people.models import Agent
from floorwalker.apps.standards.models import Aim


@dataclass(frozen=True)
class Chain:
    """One objective with the aims of the team, of those above it and of the site that it serves, and the centre's that these feed.

    Where nobody named an aim, the ones in the same measure are taken: what people do in it adds up to it.
    """

    objective: Objective
    near: Sequence[Aim]
    far: Sequence[Aim]

    @property
    def ends_nowhere(self) -> bool:
        """Whether it serves no aim at all: worth a word between the two."""
        return not self.near and not self.far


def read_chains(agent: Agent, on: date) -> list[Chain]:
    """Every open objective of somebody, with what it feeds."""
    aims = aims_for(agent, on)
    found = Objective.objects.filter(agent__in=agent.numbers_of_person(), state=ObjectiveState.AGREED).select_related(
        "aim"
    )
    return [_chain(one, aims) for one in found]


def _chain(objective: Objective, aims: Sequence[Aim]) -> Chain:
    measures = {objective.measure} | ({objective.aim.measure} if objective.aim else set())
    served = [one for one in aims if one.pk == objective.aim_id or (one.measure and one.measure in measures)]
    near = [one for one in served if not _is_of_centre(one)]
    return Chain(objective, near, [one for one in served if _is_of_centre(one)])


def _is_of_centre(aim: Aim) -> bool:
    return aim.team_id is None and aim.site_id is None
