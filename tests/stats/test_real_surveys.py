"""Do figures of real surveys come true in the other half of them, and is nobody called worst who would not be again?

The ratings of an online shop's customers, some fifty of each supervisor's people. One half is what somebody is judged by, the
other half is what comes after.
"""

from __future__ import annotations

import csv

import numpy as np
import pytest

from floorwalker.stats.case_mix import Scale, fit_case_mix
from floorwalker.stats.cells import Array, Cells, Index
from floorwalker.stats.shrinkage import Errors, shrink
from tests.shared_data import shared

SPLITS, LEAST = 40, 4


def ratings(whose: str) -> tuple[Index, Index, Array]:
    """Of each survey whose it is, of which kind the contact was, and whether the customer was satisfied."""
    with shared("data/csat_2000/csat_2000.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    who, kind = (np.unique([row[name] for row in rows], return_inverse=True)[1] for name in (whose, "category"))
    return who, kind, np.array([float(row["CSAT Score"]) >= 4 for row in rows], dtype=float)


def believed(who: Index, kind: Index, satisfied: Array) -> Array:
    """What fair judgement believes of everybody, beside colleagues who did the same kinds of work."""
    people, kinds = int(who.max()) + 1, int(kind.max()) + 1
    keys, place = np.unique(who * kinds + kind, return_inverse=True)
    n, s1 = np.bincount(place).astype(float), np.bincount(place, satisfied)
    cells = Cells(*np.divmod(keys, kinds), np.zeros(len(keys), dtype=np.int64), n, s1, s1, people, kinds, 1)
    fitted = fit_case_mix(cells.without_empty_strata(), Scale.DIFFERENCE)
    found = shrink(fitted.effect, Errors(fitted.own, fitted.shared - fitted.shared.mean(axis=0)))
    return satisfied.mean() + found.difference.centre


def halves(whose: str) -> tuple[list[float], list[float], list[float]]:
    """Over many splits: squared errors of plain and of believed figures, and how many of the worst tenth are so again."""
    who, kind, satisfied = ratings(whose)
    enough = np.isin(who, np.flatnonzero(np.bincount(who) >= LEAST))
    who, kind, satisfied = np.unique(who[enough], return_inverse=True)[1], kind[enough], satisfied[enough]
    count = int(who.max()) + 1
    rng = np.random.default_rng(964)
    plain_errors, believed_errors, again = [], [], []
    for _ in range(SPLITS):
        # Everybody's surveys are dealt out in turn, so that each half has some of each.
        order = np.lexsort((rng.random(len(who)), who))
        first = np.zeros(len(who), dtype=bool)
        first[order[::2]] = True
        if (np.bincount(who[first], minlength=count) == 0).any() or (
            np.bincount(who[~first], minlength=count) == 0
        ).any():
            continue
        plain, later = (
            np.bincount(who[half], satisfied[half], minlength=count) / np.bincount(who[half], minlength=count)
            for half in (first, ~first)
        )
        weight = np.bincount(who[~first], minlength=count)
        fair = believed(who[first], kind[first], satisfied[first])
        plain_errors.append(float(np.average((plain - later) ** 2, weights=weight)))
        believed_errors.append(float(np.average((fair - later) ** 2, weights=weight)))
        worst = max(1, count // 10)
        again.append(len(set(np.argsort(plain)[:worst]) & set(np.argsort(later)[:worst])) / worst)
    return plain_errors, believed_errors, again


# Supervisors truly differ, as far as fifty surveys tell, so that less is left to be drawn together.
@pytest.mark.parametrize(("whose", "most"), [("Agent_name", 0.6), ("Supervisor", 0.75)])
def test_what_is_believed_comes_truer_than_what_was_seen(whose: str, most: float) -> None:
    plain, fair, _ = halves(whose)
    assert len(plain) > SPLITS / 2
    assert np.mean(fair) <= most * np.mean(plain)


def test_the_worst_tenth_of_one_half_is_hardly_ever_that_of_the_other() -> None:
    _, _, again = halves("Agent_name")
    assert np.mean(again) < 0.25
