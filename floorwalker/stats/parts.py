"""How does each team stand, where the people of the teams tell what shape their differences have?

A team's mean says little of a team of twelve: one person who is far off moves it. Where the shape of personal differences is
known, all of a team standing apart looks otherwise than one of its people doing so: the likelihood of a team's part is the
product over its people of that shape, moved by the part. With skewed or heavy-tailed differences that is worth twice as many
people; with normal ones it is the mean again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.special import logsumexp

from floorwalker.stats.believed import PART_WIDTH, Believed, Shape, learn_shape
from floorwalker.stats.cells import Array, Index, total

ROUNDS = 2
# Where a team's part may lie, and how far teams may truly differ.
PLACES, SPREADS = 121, 14
REACH = 5.0
NEGLIGIBLE = 1e-6
# Teams are told by sharper shapes than people: a shape that is learnt too sharp makes one too sure of a person.
SHARPER = 0.5
CHUNK = 1_000_000
# The largest exponent of which powers stay numbers.
FARTHEST = 600.0


def by_team(values: Array, team: Index, count: int) -> Array:
    """Sums of everybody's values, or rows of them, by team."""
    if values.ndim == 1:
        return total(team, values, count)
    members = csr_array((np.ones(len(team)), (team, np.arange(len(team)))), shape=(count, len(team)))
    return np.asarray(members @ values)


@dataclass(frozen=True)
class Apart:
    """Each agent's observed difference from the whole floor without the errors in common, and its error's variance.

    team: (agents,) numbers from 0; part: (teams,) of the floor that each team is, adding up to 1.
    """

    effect: Array
    variance: Array
    team: Index
    part: Array


def tell_parts(apart: Apart, teams: Believed, within: float) -> tuple[Believed, Believed]:
    """What to believe of teams (from the floor's mean) and of people (from their team), by turns.

    teams: what normal differences would make one believe, to begin with; within: the standard deviation between people.
    """
    for _ in range(ROUNDS):
        teams = _teams(apart, teams, _people(apart, teams, within, SHARPER))
    return teams, tell_people(apart, teams, within)


def tell_people(apart: Apart, teams: Believed, within: float) -> Believed:
    """What to believe of people, from their team, where it is settled what to believe of teams."""
    return _people(apart, teams, within).believed


def _people(apart: Apart, teams: Believed, within: float, width: float = PART_WIDTH) -> Shape:
    away = apart.effect - teams.centre[apart.team]
    return learn_shape(away, apart.variance + teams.variance[apart.team], within, width)


def _teams(apart: Apart, before: Believed, shape: Shape) -> Believed:
    """Each team's part on a grid; how far teams truly differ is weighed by what all of them say.

    With a prior flat on the variance: flat on the standard deviation, teams of one dozen were too often taken for all alike.
    """
    count = len(apart.part)
    widest = float((np.abs(before.centre) + REACH * np.sqrt(before.variance)).max())
    places = np.linspace(-widest, widest, PLACES)
    step = float(places[1] - places[0])
    likelihood = by_team(_likelihood(apart, shape, places), apart.team, count)
    spreads = np.concatenate([[step / 4], np.geomspace(step / 2, widest, SPREADS)])
    prior = -0.5 * (places / spreads[:, None]) ** 2
    prior = prior - logsumexp(prior, axis=1, keepdims=True)
    joint = likelihood[None, :, :] + prior[:, None, :]
    evidence = logsumexp(joint, axis=2)
    weight = evidence.sum(axis=1) + np.log(np.gradient(spreads) * spreads)
    weight = np.exp(weight - logsumexp(weight))
    posterior = np.einsum("s,stp->tp", weight, np.exp(joint - evidence[:, :, None]))
    mean = posterior @ places
    variance = posterior @ places**2 - mean**2 + step**2 / 12
    # Teams stand to the floor, which is made of them.
    others = float(apart.part @ mean) - apart.part * mean
    doubt = float(apart.part**2 @ variance) - apart.part**2 * variance
    own = 1 - apart.part
    centre = places[:, None] * own - others
    sd = np.sqrt(np.maximum(step**2 / 12 * own**2 + doubt, 1e-18))
    return Believed(posterior.T, centre, np.broadcast_to(sd, centre.shape))


def _likelihood(apart: Apart, shape: Shape, places: Array) -> Array:
    """The logarithm of how likely each agent's difference is, were the team's part at each place: (agents, places)."""
    share = np.where(shape.share > NEGLIGIBLE, shape.share, 0.0)
    variance = apart.variance + shape.width**2
    middle = shape.places
    # How far exponents may go, see `_by_powers`; nearly always a few dozen.
    reach = (np.abs(apart.effect) + np.abs(places).max()) * np.abs(middle).max() / variance
    found = np.empty((len(apart.effect), len(places)))
    for way, some in ((_by_powers, np.flatnonzero(reach <= FARTHEST)), (_one_by_one, np.flatnonzero(reach > FARTHEST))):
        size = max(1, CHUNK // (len(places) * len(middle)))
        for first in range(0, len(some), size):
            these = some[first : first + size]
            away = apart.effect[these, None] - places
            found[these] = way(away, variance[these, None], share, middle) - 0.5 * np.log(variance[these, None])
    return found


def _by_powers(away: Array, variance: Array, share: Array, middle: Array) -> Array:
    """The logarithm of a sum of normals that stand evenly on both sides of nought, each the one before times the same factor.

    A polynomial in that factor. away: (agents, places); variance: (agents, 1), of an agent's normals.
    """
    half = len(middle) // 2
    each = share * np.exp(-0.5 * middle**2 / variance)
    factor = np.exp(away * ((middle[-1] - middle[0]) / (len(middle) - 1)) / variance)
    up, down = (np.repeat(each[:, end, None], away.shape[1], axis=1) for end in (-1, 0))
    inverse = 1 / factor
    for place in range(1, half + 1):
        np.multiply(up, factor, out=up)
        np.multiply(down, inverse, out=down)
        if place < half:
            up += each[:, -1 - place, None]
            down += each[:, place, None]
    up += down
    up += each[:, half, None]
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(up) - 0.5 * away**2 / variance)


def _one_by_one(away: Array, variance: Array, share: Array, middle: Array) -> Array:
    """The same where powers would leave what a number can hold."""
    kept = share > 0
    apart = away[:, :, None] - middle[kept]
    return np.asarray(logsumexp(-0.5 * apart**2 / variance[:, :, None], b=share[kept], axis=2))
