"""How far does luck alone take somebody's figure of one week, by how many contacts it is of?

Learnt from people who are long there and whose level hardly moves: what their weeks scatter by about their own mean is one part
that fades with the number of contacts, and one that does not (good weeks and bad ones).
"""

from __future__ import annotations

import numpy as np

from floorwalker.stats.cells import Array

LEAST_VARIANCE = 1e-12


def weekly_errors(value: Array, n: Array) -> tuple[float, float]:
    """The variance of one contact, and of a week however many contacts it has. value: (people, weeks), nan where unknown."""
    known = np.isfinite(value)
    weeks = known.sum(axis=1)
    known &= (weeks >= 2)[:, None]
    if not known.any():
        return LEAST_VARIANCE, 0.0
    weight = np.where(known, n, 0.0)
    total = np.maximum(weight.sum(axis=1, keepdims=True), LEAST_VARIANCE)
    mean = np.where(known, weight * np.nan_to_num(value), 0.0).sum(axis=1, keepdims=True) / total
    # What the mean itself took out of each square.
    left = np.maximum(1 - weight / total, 0.05)
    squares = ((np.where(known, value, 0.0) - mean) ** 2 / left)[known]
    return _two_parts(squares, 1 / n[known], n[known])


def _two_parts(squares: Array, inverse: Array, weight: Array) -> tuple[float, float]:
    """Least squares of squares = first x inverse + second, neither below nought; weeks of few contacts weigh less."""
    columns = np.stack([inverse, np.ones_like(inverse)], axis=1)
    inner, right = columns.T @ (weight[:, None] * columns), columns.T @ (weight * squares)
    first_alone = right[0] / inner[0, 0]
    if abs(np.linalg.det(inner)) <= 1e-12 * inner[0, 0] * inner[1, 1]:
        return max(float(first_alone), LEAST_VARIANCE), 0.0
    first, second = np.linalg.solve(inner, right)
    if second < 0:
        return max(float(first_alone), LEAST_VARIANCE), 0.0
    if first < 0:
        return LEAST_VARIANCE, float(right[1] / inner[1, 1])
    return max(float(first), LEAST_VARIANCE), float(second)
