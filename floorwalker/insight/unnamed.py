"""How are people drawn who may not be named, so that nobody is known by the number of her contacts?

Whoever sees a funnel knows from other pages how many contacts each of her people had. A point without a name that stood at
exactly so many would have one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from floorwalker.insight.funnel import Funnel, Group, Limits, Point

DIGITS = 2


def without_marks(funnel: Funnel, smallest: int) -> tuple[Funnel, int]:
    """The funnel with points that may not be named in bands of at least so many people, and how many are not drawn at all.

    A band stands at its middle number of contacts, within the lines of so many. Fewer than `smallest` would be known by
    elimination, and are not drawn.
    """
    groups, undrawn = [], 0
    for group in funnel.groups:
        named = [point for point in group.points if point.may_be_named]
        unnamed = [point for point in group.points if not point.may_be_named]
        if len(unnamed) < smallest:
            undrawn += len(unnamed)
            unnamed = []
        points = (*named, *_in_bands(unnamed, group.limits, smallest))
        if points:
            groups.append(Group(points, group.limits))
    return replace(funnel, groups=tuple(groups)), undrawn


def _in_bands(points: Sequence[Point], limits: Sequence[Limits], smallest: int) -> Iterator[Point]:
    ordered = sorted(points, key=lambda point: point.n)
    for band in np.array_split(np.arange(len(ordered)), max(1, len(ordered) // smallest)):
        some = [ordered[place] for place in band.tolist()]
        if some:
            n = _about(float(np.median([point.n for point in some])))
            low, high = _lines(limits, n)
            # By their keys: within a band they stand in no order that says anything.
            for point in sorted(some, key=lambda point: point.agent):
                yield replace(point, n=n, low=low, high=high)


def _about(n: float) -> int:
    """With two digits, as people say it."""
    step = int(10 ** max(0, len(str(round(n))) - DIGITS))
    return round(n / step) * step


def _lines(limits: Sequence[Limits], n: float) -> tuple[float, float]:
    steps = [one.n for one in limits]
    low, high = (float(np.interp(n, steps, [getattr(one, end) for one in limits])) for end in ("low", "high"))
    return low, high
