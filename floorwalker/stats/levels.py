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
from scipy.linalg import cho_solve, solve_triangular
from scipy.sparse import csr_array
from scipy.special import logsumexp, ndtr

from floorwalker.stats.believed import SHAPED_FROM, Believed
from floorwalker.stats.cells import Array, Index, total
from floorwalker.stats.parts import Apart, tell_parts
from floorwalker.stats.shrinkage import Errors

SURE = 0.80
UNLIKELY = 0.20
NEGLIGIBLE = 1e-3
GRID = 9


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
    points = _weighed(effect, errors, team, count, made_of / made_of.sum())
    likely = np.array([one.weight for one in points])
    parts = [one.believed(standard, site_variance) for one in points]
    site, of_teams, personal, whole = (_mixed(likely, [part[place] for part in parts]) for place in range(4))
    within = float(likely @ [one.within_teams**2 for one in points])
    if len(effect) >= SHAPED_FROM and within > 0:
        effect, variance = max(points, key=lambda one: one.weight).apart()
        part = total(team, made_of / made_of.sum(), count)
        of_teams, personal = tell_parts(Apart(effect, variance, team, part), of_teams, within**0.5)
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


class _Within:
    """What all points of one true standard deviation between the people of a team have in common."""

    def __init__(self, errors: Errors, team: Index, count: int, within_teams: float) -> None:
        self.within_teams = within_teams
        self.own = errors.own + within_teams**2
        self.sums = total(team, 1 / self.own, count)
        part = errors.shared / self.own[:, None]
        self.gram = errors.shared.T @ part
        self.by_team = _by_team(part, team, count)


class _Point:
    """One pair of true standard deviations, between teams and between the people of a team."""

    def __init__(
        self,
        effect: Array,
        errors: Errors,
        team: Index,
        count: int,
        weight_of: Array,
        between_teams: float,
        within: _Within,
    ) -> None:
        self.effect, self.errors, self.team, self.count = effect, errors, team, count
        self.between_teams, self.within_teams, self.weight_of = between_teams, within.within_teams, weight_of
        self.own, self.sums = own, sums = within.own, within.sums
        self.drawn = between_teams**2 / (1 + between_teams**2 * sums)
        of_teams = within.by_team * np.sqrt(self.drawn)[:, None]
        inner = np.linalg.cholesky(np.eye(errors.shared.shape[1]) + within.gram - of_teams.T @ of_teams)
        self.inner = inner
        self.ones = self._divide(np.ones(len(effect)), errors.shared)
        self.divided = self._divide(effect, errors.shared)
        self.information = float(self.ones.sum())
        self.level = float(self.ones @ effect) / self.information
        determinant = np.log(own).sum() + np.log1p(between_teams**2 * self.sums).sum()
        determinant += 2 * np.log(np.diag(inner)).sum() + np.log(self.information)
        fit = effect @ self.divided - self.level**2 * self.information
        self.likelihood = -0.5 * float(determinant + fit)
        self.weight = 0.0

    def _without_teams(self, values: Array) -> Array:
        """Divided by the covariance of own errors, people and teams."""
        own = self.own if values.ndim == 1 else self.own[:, None]
        first = values / own
        sums = _by_team(first, self.team, self.count)
        drawn = self.drawn if values.ndim == 1 else self.drawn[:, None]
        return np.asarray(first - (drawn * sums)[self.team] / own)

    def _divide(self, values: Array, shared: Array) -> Array:
        """Divided by the whole covariance."""
        first = self._without_teams(values)
        return np.asarray(first - self._without_teams(shared @ cho_solve((self.inner, True), shared.T @ first)))

    @property
    def half(self) -> Array:
        """The part of the inverse that errors in common take is half' half; worked out for the few points that count."""
        return np.asarray(solve_triangular(self.inner, self._without_teams(self.errors.shared).T, lower=True))

    def apart(self) -> tuple[Array, Array]:
        """Each person's observed difference from the floor, without the errors in common; and its error's variance."""
        shared = self.errors.shared
        projected = self.divided - self.ones * self.level
        by_shared = self._divide(shared, shared) - np.outer(self.ones, self.ones @ shared) / self.information
        left = np.eye(shared.shape[1]) - shared.T @ by_shared
        effect = self.effect - shared @ (shared.T @ projected) - self.level
        return effect, self.errors.own + ((shared @ left) * shared).sum(axis=1)

    def believed(self, standard: float, site_variance: float) -> tuple[tuple[Array, Array], ...]:
        """Means and standard deviations of site, teams, people and totals.

        The site is these very agents, weighed by what they do, and not a floor from which they were drawn; teams stand to
        it.
        """
        projected = self.divided - self.ones * self.level
        people, teams = self.within_teams**2, self.between_teams**2
        half = self.half
        by_team = _by_team(half.T, self.team, self.count)
        ones_by_team = _by_team(self.ones, self.team, self.count)
        # The inverse of the covariance: its diagonal, its sums over teams, and what an agent has with the own team.
        diagonal = 1 / self.own - self.drawn[self.team] / self.own**2 - (half**2).sum(axis=0)
        diagonal = diagonal - self.ones**2 / self.information
        crossed = (1 - self.drawn * self.sums)[self.team] / self.own - (half.T * by_team[self.team]).sum(axis=1)
        crossed = crossed - self.ones * ones_by_team[self.team] / self.information
        between = np.diag(self.sums - self.drawn * self.sums**2) - by_team @ by_team.T
        between = between - np.outer(ones_by_team, ones_by_team) / self.information
        part = total(self.team, self.weight_of, self.count)
        team_mean = teams * _by_team(projected, self.team, self.count)
        team_mean = team_mean - part @ team_mean
        drawn = np.eye(self.count) * teams - teams**2 * between
        team_variance = np.diag(drawn) - 2 * drawn @ part + part @ drawn @ part
        personal_mean = people * projected
        personal_variance = people - people**2 * diagonal
        shared = self.errors.shared.T @ self.weight_of
        site_variance = site_variance + float(self.weight_of**2 @ self.errors.own + shared @ shared)
        gap = float(self.weight_of @ self.effect) - standard
        both = people + teams - (people**2 * diagonal + 2 * people * teams * crossed)
        both = both - teams**2 * np.diag(between)[self.team]
        return (
            (np.array([gap]), np.array([np.sqrt(site_variance)])),
            (team_mean, _root(team_variance)),
            (personal_mean, _root(personal_variance)),
            (gap + team_mean[self.team] + personal_mean, _root(both + site_variance)),
        )


def _weighed(effect: Array, errors: Errors, team: Index, count: int, weight_of: Array) -> list[_Point]:
    """Points of a grid around the likeliest pair, each with its weight; a flat prior on both standard deviations."""
    typical = float(np.sqrt(np.median(errors.total)))
    widest = 3 * max(float(np.std(effect)), typical)
    coarse = np.concatenate([[0.0], np.geomspace(typical / 10, widest, GRID)])

    def at(between: Array, within: Array) -> list[_Point]:
        people = [_Within(errors, team, count, float(one)) for one in within]
        return [_Point(effect, errors, team, count, weight_of, float(b), w) for b in between for w in people]

    best = max(at(coarse, coarse), key=lambda one: one.likelihood)
    between, within = (_around(coarse, value) for value in (best.between_teams, best.within_teams))
    points = at(between, within)
    width = np.outer(np.gradient(between), np.gradient(within)).ravel()
    logs = np.array([one.likelihood for one in points]) + np.log(width)
    weights = np.exp(logs - logsumexp(logs))
    for one, weight in zip(points, weights, strict=True):
        one.weight = float(weight)
    kept = [one for one in points if one.weight > NEGLIGIBLE]
    whole = sum(one.weight for one in kept)
    for one in kept:
        one.weight /= whole
    return kept


def _around(grid: Array, value: float) -> Array:
    """A finer grid over the two steps on either side."""
    place = int(np.flatnonzero(grid == value)[0])
    return np.linspace(grid[max(place - 2, 0)], grid[min(place + 2, len(grid) - 1)], GRID)


def _by_team(values: Array, team: Index, count: int) -> Array:
    if values.ndim == 1:
        return total(team, values, count)
    members = csr_array((np.ones(len(team)), (team, np.arange(len(team)))), shape=(count, len(team)))
    return np.asarray(members @ values)


def _root(variance: Array) -> Array:
    return np.sqrt(np.maximum(variance, 1e-18))
