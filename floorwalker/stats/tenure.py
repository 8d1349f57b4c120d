"""Is somebody slow, or new?

Everyone is slower in the first weeks. What being new is worth is learnt from all starters together: a curve of two parts that
fade over a month and over a quarter, whose sizes nobody knows beforehand. It stands among the errors that agents have in
common, so that a starter is held against starters as far as there are any, and nothing is said of the only one there is.
"""

from __future__ import annotations

import numpy as np

from floorwalker.stats.cells import Array, Cells
from floorwalker.stats.shrinkage import Errors

# After so many days a part of being new has faded to 37 %.
FADING_DAYS = (30.0, 90.0)
# The size of each part may be so many times as large as agents differ; it is as good as unknown.
REACH = 5.0


def newness(cells: Cells, started: Array) -> Array:
    """How new each agent was, on average over the contacts: (agents, 2), 1 on the first day, 0 for whoever is long there.

    started: (agents,) the first day, on the days' own numbers; nan where it lies far back.
    """
    tenure = np.maximum(np.arange(cells.days) - started[:, None], 0.0)
    parts = [np.where(np.isnan(tenure), 0.0, np.exp(-tenure / fading)) for fading in FADING_DAYS]
    return np.stack([(cells.daily * part).sum(axis=1) / np.maximum(cells.contacts, 1.0) for part in parts], axis=1)


def with_newness(errors: Errors, effect: Array, new: Array) -> Errors:
    """The same errors, where what being new is worth is unknown too. new: (agents, 2), from the floor's own mean."""
    if not new.any():
        return errors
    reach = REACH * float(np.std(effect))
    return Errors(errors.own, np.hstack([errors.shared, reach * new]), errors.doubt)


def worth_of_newness(errors: Errors, effect: Array, new: Array, true_variance: float) -> Array:
    """What being new is believed to be worth to each agent, on the effect's scale: (agents,).

    errors: those that `with_newness` made; true_variance: between agents who are not new.
    """
    if not new.any():
        return np.zeros(len(effect))
    solved = errors.solved(true_variance)
    ones = solved.divide(np.ones(len(effect)))
    projected = solved.divide(effect - float(ones @ effect) / float(ones.sum()))
    columns = errors.shared[:, -new.shape[1] :]
    return np.asarray(columns @ (columns.T @ projected))
