"""How are sums of products over agents worked out for many assumed variances, when each of them costs as much as all else?

Equations about agents need rows' diag(1 / (own + v)) rows for every v of a grid. These matrices, as functions of v, are all
but combinations of a few of them: which few, and how the others are combined from them, the weights alone tell (a QR
decomposition with pivots; G. H. Golub and C. F. Van Loan, Matrix Computations (2013), 5.4). Only those few are worked out.
"""

from __future__ import annotations

import numpy as np
from scipy.linalg import qr, solve_triangular

from floorwalker.stats.cells import Array, Index

# What is left of a weight that the chosen ones do not tell, as a share of it.
UNTOLD = 1e-11
SLACK, LEAST = 1e-12, 1e-200


class Weights:
    """The weights 1 / (own + added) of some points, and the few from which all of them are combined.

    own: (agents,); added: (points,); each: (points, agents).
    """

    def __init__(self, own: Array, added: Array) -> None:
        self.each = 1.0 / (own + added[:, None])
        size = self.each.max(axis=1)
        triangle, pivot = qr(np.asarray((self.each / size[:, None]).T), mode="r", pivoting=True)
        told = np.abs(np.diag(triangle))
        rank = max(1, int((told > UNTOLD * told[0]).sum()))
        self.chosen: Index = np.asarray(pivot[:rank], dtype=np.int64)
        self.parts: Array = np.empty((len(added), rank))
        self.parts[pivot] = solve_triangular(triangle[:rank, :rank], triangle[:rank]).T
        self.parts *= size[:, None] / size[self.chosen]

    def combined(self, of_chosen: list[Array]) -> Array:
        """What is linear in the weights, for every point, from the same for the chosen ones: (points, ...)."""
        return np.asarray(np.tensordot(self.parts, np.array(of_chosen), axes=1))

    def grams(self, rows: Array) -> Array:
        """rows' diag(weight) rows of every point: (points, columns, columns)."""
        return self.combined([_gram(rows * np.sqrt(self.each[place])[:, None]) for place in self.chosen])


def _gram(rows: Array) -> Array:
    return np.asarray(rows.T @ rows)


def factors(grams: Array, shared: int) -> Array:
    """Cholesky factors of sums of products of many points, one added to the diagonal of the first `shared` columns.

    grams: (points, columns, columns), the last column that of effects. Of each factor the last diagonal entry squared is what
    the other columns leave of the effects' squares, and products of diagonal entries are determinants.
    """
    found = grams.copy()
    each = np.arange(shared)
    found[:, each, each] += 1.0
    # Effects that are all alike leave nothing: far below what can be told, and no error.
    found[:, -1, -1] = found[:, -1, -1] * (1 + SLACK) + LEAST
    return np.asarray(np.linalg.cholesky(found), dtype=np.float64)
