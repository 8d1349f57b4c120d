"""How does each team stand, where the people of the teams tell what shape their differences have?

A team's mean says little of a team of twelve: one person who is far off moves it. Where the shape of personal differences is
known, all of a team standing apart looks otherwise than one of its people doing so: the likelihood of a team's part is the
product over its people of that shape, moved by the part. With skewed or heavy-tailed differences that is worth twice as many
people; with normal ones it is the mean again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from floorwalker.stats.believed import PART_WIDTH, Believed, Shape, learn_shape
from floorwalker.stats.cells import Array, Index

ROUNDS = 2
# Where a team's part may lie, and how far teams may truly differ.
PLACES, SPREADS = 121, 14
REACH = 5.0
NEGLIGIBLE = 1e-6
# Teams are told by sharper shapes than people: a shape that is learnt too sharp makes one too sure of a person.
SHARPER = 0.5
CHUNK = 1_000_000


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
    return teams, _people(apart, teams, within).believed


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
    likelihood = np.zeros((count, PLACES))
    np.add.at(likelihood, apart.team, _likelihood(apart, shape, places))
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
    kept = shape.share > NEGLIGIBLE
    share, middle = shape.share[kept], shape.places[kept]
    found = np.empty((len(apart.effect), len(places)))
    size = max(1, CHUNK // (len(places) * len(share)))
    for first in range(0, len(found), size):
        some = slice(first, first + size)
        total = (apart.variance[some] + shape.width**2)[:, None, None]
        away = apart.effect[some][:, None, None] - places[:, None] - middle
        found[some] = logsumexp(-0.5 * (away**2 / total + np.log(total)), b=share, axis=2)
    return found
