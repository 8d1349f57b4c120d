"""Is a gap one person's, the team's or everybody's, or can it not be told yet?

An adjusted effect is taken apart: how the whole floor stands to the standard (system), how the team stands to the floor
(team), how the person stands to the team (personal), and luck. Each part is drawn towards nought as far as it is uncertain,
and how far teams and people truly differ is itself weighed, not assumed (S. R. Searle, G. Casella and C. E. McCulloch,
Variance Components (1992), ch. 9). A part is named only where it exceeds, with high probability, what is worth anyone's time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import ndtr

from floorwalker.stats.believed import SHAPED_FROM, Believed
from floorwalker.stats.cells import Array, Index, total
from floorwalker.stats.parts import Apart, tell_parts, tell_people
from floorwalker.stats.shrinkage import Errors
from floorwalker.stats.spreads import Floor, weigh_spreads

SURE = 0.80
UNLIKELY = 0.20
# Of fewer teams nobody can learn how far teams truly differ: a team's part is then the plain difference with its t interval.
LEAST_TEAMS = 4


class Cause(StrEnum):
    """Whose a gap is."""

    PERSONAL = "personal"
    TEAM = "team"
    SYSTEMIC = "systemic"
    NONE = "none"
    NOT_ENOUGH_DATA = "not_enough_data"


@dataclass(frozen=True)
class Levels:
    """The parts of everybody's gap to the standard: one site, teams, agents; total: all three of each agent together."""

    site: Believed
    teams: Believed
    personal: Believed
    total: Believed
    team: Index


def split_levels(
    effect: Array,
    errors: Errors,
    team: Index,
    standard: float,
    site_variance: float,
    teams: int | None = None,
    weight: Array | None = None,
) -> Levels:
    """Take effects apart. effect: (agents,) adjusted; team: (agents,) numbers from 0; standard: on the effect's own scale.

    site_variance: of what a window's days say about the lasting level, days being alike (see `site_series`). weight:
    (agents,) contacts, by which the site is made of its agents; all alike where none is given.
    """
    count = int(team.max()) + 1 if teams is None else teams
    made_of = np.ones(len(effect)) if weight is None else weight
    are_few = count < LEAST_TEAMS
    points = weigh_spreads(Floor(effect, errors, team, count, made_of / made_of.sum()), flat=are_few)
    likely = np.array([one.weight for one in points])
    parts = [one.believed(standard, site_variance) for one in points]
    site, of_teams, personal, whole = (_mixed(likely, [part[place] for part in parts]) for place in range(4))
    within = float(likely @ [one.within_teams**2 for one in points])
    if len(effect) >= SHAPED_FROM and within > 0:
        effect, variance = max(points, key=lambda one: one.weight).apart()
        part = total(team, made_of / made_of.sum(), count)
        apart = Apart(effect, variance, team, part)
        if are_few:
            personal = tell_people(apart, of_teams, within**0.5)
        else:
            of_teams, personal = tell_parts(apart, of_teams, within**0.5)
    return Levels(site, of_teams, personal, whole, team)


def _mixed(weight: Array, parts: Sequence[tuple[Array, Array]]) -> Believed:
    mean, sd = (np.array([part[place] for part in parts]) for place in (0, 1))
    return Believed(np.repeat(weight[:, None], mean.shape[1], axis=1), mean, sd)


def name_causes(levels: Levels, delta: float) -> tuple[list[Cause], Array]:
    """Each agent's primary cause, and the probabilities (agents, 3) that system, team and person exceed `delta`.

    Of the parts that surely exceed it, the largest is the primary one; but a person only where her part is surely larger than
    team's and system's, if these exceed it too: the doubt is the person's. None is named where hardly any gap is likely.
    """
    agents = len(levels.team)
    probability = np.stack(
        [
            np.full(agents, levels.site.beyond(delta)[0]),
            levels.teams.beyond(delta)[levels.team],
            levels.personal.beyond(delta),
        ],
        axis=1,
    )
    size = np.stack(
        [np.full(agents, levels.site.centre[0]), levels.teams.centre[levels.team], levels.personal.centre], axis=1
    )
    names = (Cause.SYSTEMIC, Cause.TEAM, Cause.PERSONAL)
    sure = probability >= SURE
    doubtful = sure[:, :2].any(axis=1) & (_largest(levels) < SURE)
    named = np.where(sure, size, -np.inf)
    named[doubtful, 2] = -np.inf
    largest = named.argmax(axis=1)
    some = np.asarray(sure.any(axis=1))
    unlikely = levels.total.beyond(delta) < UNLIKELY
    causes = [
        names[largest[agent]] if some[agent] else Cause.NONE if unlikely[agent] else Cause.NOT_ENOUGH_DATA
        for agent in range(agents)
    ]
    return causes, probability


def _largest(levels: Levels) -> Array:
    """The probability that the personal part is larger than the team's and larger than the system's, whichever is less."""
    size, variance = levels.personal.centre, levels.personal.variance
    others = (
        (levels.teams.centre[levels.team], levels.teams.variance[levels.team]),
        (np.full(len(size), levels.site.centre[0]), np.full(len(size), levels.site.variance[0])),
    )
    first, second = (ndtr((size - other) / np.sqrt(variance + doubt)) for other, doubt in others)
    return np.asarray(np.minimum(first, second))
