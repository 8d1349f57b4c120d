"""How far do teams truly differ, and people within teams, and what follows for each of them under every likely answer?

Both standard deviations are weighed on a grid, with a flat prior. A grid has some two hundred points: what each of them needs
is therefore cut down to sums over agents and teams first, and figures of single agents are worked out for the few points
alone that count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.linalg import cho_solve, solve_triangular
from scipy.special import logsumexp

from floorwalker.stats.cells import Array, Index, total
from floorwalker.stats.grams import Weights, factors
from floorwalker.stats.parts import by_team
from floorwalker.stats.shrinkage import Errors

NEGLIGIBLE = 1e-3
GRID = 9
# So many times as far as anything seen: teams that may differ so much are not drawn towards one another.
ANYTHING = 30.0


@dataclass(frozen=True)
class Floor:
    """Adjusted effects with their errors, who is in which team, and by what weight the floor is made of its agents."""

    effect: Array
    errors: Errors
    team: Index
    count: int
    weight: Array

    @cached_property
    def rows(self) -> Array:
        """By agent: the errors in common, one, the effect."""
        return np.hstack([self.errors.shared, np.ones((len(self.effect), 1)), self.effect[:, None]])


@dataclass(frozen=True)
class _Within:
    """What all points of one true standard deviation between the people of a team have in common.

    by_team: each team's sum of the weighted `rows`; gram: their sums of products over all agents.
    """

    spread: float
    own: Array
    by_team: Array
    gram: Array

    @property
    def sums(self) -> Array:
        """By team the sum of weights."""
        return np.asarray(self.by_team[:, -2])


@dataclass
class Point:
    """One pair of true standard deviations, between teams and between the people of a team."""

    floor: Floor
    between_teams: float
    within: _Within
    factor: Array = field(repr=False)
    weight: float = 0.0

    def __post_init__(self) -> None:
        diagonal = np.diag(self.factor)
        self.information = float(diagonal[-2] ** 2)
        self.level = float(self.factor[-1, -2] / diagonal[-2])
        determinant = np.log(self.within.own).sum() + np.log1p(self.between_teams**2 * self.within.sums).sum()
        determinant += 2 * np.log(diagonal[:-1]).sum()
        self.likelihood = -0.5 * float(determinant + diagonal[-1] ** 2)

    @property
    def inner(self) -> Array:
        """The part of the factor that errors in common are."""
        return self.factor[:-2, :-2]

    @cached_property
    def known(self) -> Array:
        """The errors in common by which ones and effects are told, once these are known."""
        return np.asarray(
            solve_triangular(self.inner, self.factor[-2:, :-2].T, lower=True, trans="T", check_finite=False)
        )

    @property
    def within_teams(self) -> float:
        """The standard deviation between the people of a team."""
        return self.within.spread

    @property
    def _drawn(self) -> Array:
        return np.asarray(self.between_teams**2 / (1 + self.between_teams**2 * self.within.sums))

    def _without_teams(self, values: Array, of_teams: Array) -> Array:
        """Agents' values, of which teams' weighted sums are known, divided by the covariance of own errors, people and teams."""
        return np.asarray((values - (self._drawn * of_teams)[self.floor.team]) / self.within.own)

    def _divided(self) -> tuple[Array, Array]:
        """Ones and effects divided by the whole covariance."""
        rows, of_teams = self.floor.rows, self.within.by_team
        told = rows[:, -2:] - rows[:, :-2] @ self.known
        told_of_teams = of_teams[:, -2:] - of_teams[:, :-2] @ self.known
        ones, effect = map(self._without_teams, told.T, told_of_teams.T)
        return ones, effect

    def _inverse(self) -> tuple[Array, Array, Array]:
        """Of the inverse of the covariance, but for what the mean takes: its diagonal, what an agent has with the own team, and
        a factor of what errors in common take of teams' sums.
        """
        team, own, drawn = self.floor.team, self.within.own, self._drawn
        left = 1 - drawn * self.within.sums
        agents = solve_triangular(self.inner, self.floor.errors.shared.T, lower=True)
        teams = solve_triangular(self.inner, self.within.by_team[:, :-2].T, lower=True).T
        each = np.einsum("ca,ca->a", agents, agents)
        with_team = np.einsum("ca,ca->a", agents, teams.T[:, team])
        of_team = np.einsum("tc,tc->t", teams, teams)
        pull = drawn[team]
        taken = each - 2 * pull * with_team + pull**2 * of_team[team]
        crossed = left[team] / own * (1 - with_team + pull * of_team[team])
        return 1 / own - (pull + taken) / own**2, crossed, left[:, None] * teams

    def apart(self) -> tuple[Array, Array]:
        """Each person's observed difference from the floor, without the errors in common; and its error's variance."""
        shared, effect = self.floor.errors.shared, self.floor.effect
        ones, divided = self._divided()
        projected = divided - ones * self.level
        known = self.known[:, 0]
        left = (
            cho_solve((self.inner, True), np.eye(len(known)), check_finite=False)
            + np.outer(known, known) / self.information
        )
        found = effect - shared @ (shared.T @ projected) - self.level
        return found, self.floor.errors.own + ((shared @ left) * shared).sum(axis=1)

    def believed(self, standard: float, site_variance: float) -> tuple[tuple[Array, Array], ...]:
        """Means and standard deviations of site, teams, people and totals.

        The site is these very agents, weighed by what they do, and not a floor from which they were drawn; teams stand to
        it.
        """
        team, count, weight = self.floor.team, self.floor.count, self.floor.weight
        sums, drawn = self.within.sums, self._drawn
        ones, divided = self._divided()
        projected = divided - ones * self.level
        people, teams = self.within_teams**2, self.between_teams**2
        ones_of_teams = by_team(ones, team, count)
        diagonal, crossed, half = self._inverse()
        diagonal = diagonal - ones**2 / self.information
        crossed = crossed - ones * ones_of_teams[team] / self.information
        between = np.diag(sums - drawn * sums**2) - half @ half.T
        between = between - np.outer(ones_of_teams, ones_of_teams) / self.information
        part = total(team, weight, count)
        team_mean = teams * by_team(projected, team, count)
        team_mean = team_mean - part @ team_mean
        spread = np.eye(count) * teams - teams**2 * between
        team_variance = np.diag(spread) - 2 * spread @ part + part @ spread @ part
        personal_mean = people * projected
        personal_variance = people - people**2 * diagonal
        shared = self.floor.errors.shared.T @ weight
        site_variance = site_variance + float(weight**2 @ self.floor.errors.own + shared @ shared)
        gap = float(weight @ self.floor.effect) - standard
        both = people + teams - (people**2 * diagonal + 2 * people * teams * crossed)
        both = both - teams**2 * np.diag(between)[team]
        return (
            (np.array([gap]), np.array([np.sqrt(site_variance)])),
            (team_mean, _root(team_variance)),
            (personal_mean, _root(personal_variance)),
            (gap + team_mean[team] + personal_mean, _root(both + site_variance)),
        )


def weigh_spreads(floor: Floor, *, flat: bool = False) -> list[Point]:
    """Points of a grid around the likeliest pair, each with its weight; a flat prior on both standard deviations.

    flat: teams may differ by anything, so that none is drawn towards the others; what is left to weigh, how far the people of
    a team differ, makes a team's range the t interval of its plain difference.
    """
    typical = float(np.sqrt(np.median(floor.errors.total)))
    widest = 3 * max(float(np.std(floor.effect)), typical)
    coarse = np.concatenate([[0.0], np.geomspace(typical / 10, widest, GRID)])
    anything = np.array([ANYTHING * widest])
    best = max(_points(floor, anything if flat else coarse, coarse), key=lambda one: one.likelihood)
    between = anything if flat else _around(coarse, best.between_teams)
    within = _around(coarse, best.within_teams)
    points = _points(floor, between, within)
    width = np.outer(np.ones(1) if flat else np.gradient(between), np.gradient(within)).ravel()
    logs = np.array([one.likelihood for one in points]) + np.log(width)
    weights = np.exp(logs - logsumexp(logs))
    for one, weight in zip(points, weights, strict=True):
        one.weight = float(weight)
    kept = [one for one in points if one.weight > NEGLIGIBLE]
    whole = sum(one.weight for one in kept)
    for one in kept:
        one.weight /= whole
    return kept


def _points(floor: Floor, between: Array, within: Array) -> list[Point]:
    """All pairs, those of one value between teams after the other."""
    shared = floor.errors.shared.shape[1]
    people = _people(floor, within)
    found = [factors(one.gram - _of_teams(one, between), shared) for one in people]
    return [
        Point(floor, float(spread), one, found[column][row])
        for row, spread in enumerate(between)
        for column, one in enumerate(people)
    ]


def _people(floor: Floor, within: Array) -> list[_Within]:
    weights = Weights(floor.errors.own, within**2)
    of_teams = [by_team(floor.rows * weights.each[place][:, None], floor.team, floor.count) for place in weights.chosen]
    told = zip(within.tolist(), weights.combined(of_teams), weights.grams(floor.rows), strict=True)
    return [_Within(spread, floor.errors.own + spread**2, sums, gram) for spread, sums, gram in told]


def _of_teams(people: _Within, between: Array) -> Array:
    """What teams take of the sums of products, by point: nothing where they do not differ."""
    found = np.zeros((len(between), *people.gram.shape))
    differ = between > 0
    found[differ] = Weights(people.sums, between[differ] ** -2.0).grams(people.by_team)
    return found


def _around(grid: Array, value: float) -> Array:
    """A finer grid over the two steps on either side."""
    place = int(np.flatnonzero(grid == value)[0])
    return np.linspace(grid[max(place - 2, 0)], grid[min(place + 2, len(grid) - 1)], GRID)


def _root(variance: Array) -> Array:
    return np.sqrt(np.maximum(variance, 1e-18))
