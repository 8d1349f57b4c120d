"""Do evaluators who scored the same contacts agree, beyond what chance would give?

Krippendorff's alpha compares the disagreement within contacts with that among all scores (K. Krippendorff, Content Analysis,
2nd ed. (2004), ch. 11); it takes any number of evaluators, scores that are missing, and names, orders or distances. The two
correlations within classes (P. E. Shrout and J. L. Fleiss, Psychological Bulletin 86 (1979), 420-428) differ by severity alone:
the second is that of evaluators as they are, the third of evaluators whose severity is taken out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from floorwalker.stats.cells import Array

# Below the first nothing may be built on the scores; from the second on they agree well.
USABLE, GOOD = 0.667, 0.80
RESAMPLES = 1_000
BOUNDS = (0.025, 0.975)


class Level(StrEnum):
    """What a difference of two answers means: another name, so many ranks between, or a distance."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


@dataclass(frozen=True)
class Agreement:
    """Agreement on some contacts, 1 being perfect and 0 chance; nan where nothing tells it.

    alpha, low, high: with its likely range over contacts; contacts: that two evaluators or more scored; scores: on these.
    """

    alpha: float
    low: float
    high: float
    contacts: int
    scores: int


def krippendorff_alpha(scores: Array, level: Level) -> float:
    """Alpha of scores (contacts, evaluators), nan where one is missing; nan where nothing varies or nothing is shared."""
    return float(_alpha(_Sums.of(scores, level), np.ones((1, len(scores))))[0])


def agree(scores: Array, level: Level, seed: int) -> Agreement:
    """Alpha with its likely range, by drawing contacts again; scores as for `krippendorff_alpha`."""
    shared = scores[np.isfinite(scores).sum(axis=1) > 1]
    sums, contacts = _Sums.of(shared, level), len(shared)
    alpha = float(_alpha(sums, np.ones((1, contacts)))[0])
    low = high = np.nan
    if contacts > 1 and np.isfinite(alpha):
        drawn = np.random.default_rng(seed).multinomial(contacts, np.full(contacts, 1 / contacts), RESAMPLES)
        again = _alpha(sums, drawn.astype(float))
        low, high = np.quantile(again[np.isfinite(again)], BOUNDS)
    return Agreement(alpha, float(low), float(high), contacts, int(sums.scores.sum()))


def cohen_kappa(table: Array) -> float:
    """Kappa of two evaluators: table (answers, answers) of how often one said this and the other that; nan without variety.

    J. Cohen, Educational and Psychological Measurement 20 (1960), 37-46.
    """
    share = table / table.sum()
    seen, by_chance = np.trace(share), share.sum(axis=1) @ share.sum(axis=0)
    return float((seen - by_chance) / (1 - by_chance)) if by_chance < 1 else float("nan")


@dataclass(frozen=True)
class ClassCorrelation:
    """icc2: of single evaluators as they are; icc3: with their severity taken out. nan where they cannot be told."""

    icc2: float
    icc3: float


def class_correlation(scores: Array) -> ClassCorrelation:
    """Both correlations of scores (contacts, evaluators) without gaps."""
    contacts, evaluators = scores.shape
    if contacts < 2 or evaluators < 2 or not np.isfinite(scores).all():
        return ClassCorrelation(np.nan, np.nan)
    rows, columns, whole = scores.mean(axis=1), scores.mean(axis=0), scores.mean()
    of_contacts = evaluators * ((rows - whole) ** 2).sum() / (contacts - 1)
    of_evaluators = contacts * ((columns - whole) ** 2).sum() / (evaluators - 1)
    left = scores - rows[:, None] - columns + whole
    error = (left**2).sum() / ((contacts - 1) * (evaluators - 1))
    severity = evaluators * (of_evaluators - error) / contacts
    third = of_contacts + (evaluators - 1) * error
    second = third + severity
    between = of_contacts - error
    return ClassCorrelation(_ratio(between, second), _ratio(between, third))


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else float("nan")


@dataclass(frozen=True)
class _Sums:
    """What alpha needs of each contact. scores: how many, 0 where fewer than two; within: how far they disagree within it;
    parts, squares: sums (contacts, k) and (contacts,) from which the disagreement among all follows, however often each is drawn.
    """

    scores: Array
    within: Array
    parts: Array
    squares: Array

    @classmethod
    def of(cls, scores: Array, level: Level) -> _Sums:
        known = np.isfinite(scores)
        n = known.sum(axis=1).astype(float)
        known &= (n > 1)[:, None]
        n = np.where(n > 1, n, 0.0)
        values, place = np.unique(scores[known], return_inverse=True)
        if level is Level.NOMINAL:
            # Each answer is a direction of its own: two that differ lie one apart (squared distance halved below).
            parts = np.zeros((len(scores), len(values)))
            np.add.at(parts, (np.nonzero(known)[0], place), 1.0)
            squares = parts.sum(axis=1)
        else:
            if level is Level.ORDINAL:
                # By how many scores lie between, half of the ends' own counted: distances between middle ranks.
                often = np.bincount(place)
                values = np.cumsum(often) - often / 2
            placed = np.zeros(scores.shape)
            centre = values[place].mean() if len(place) else 0.0
            placed[known] = values[place] - centre
            parts, squares = placed.sum(axis=1, keepdims=True), (placed**2).sum(axis=1)
        within = np.where(n > 1, (n * squares - (parts**2).sum(axis=1)) / np.maximum(n - 1, 1), 0.0)
        return cls(n, within, parts, squares)


def _alpha(sums: _Sums, weight: Array) -> Array:
    """Alpha where each contact counts so often: weight (draws, contacts). Ranks stay those of all contacts."""
    n, parts = weight @ sums.scores, weight @ sums.parts
    chance = n * (weight @ sums.squares) - (parts**2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(chance > 1e-12 * n**2, 1 - (n - 1) * (weight @ sums.within) / chance, np.nan))
