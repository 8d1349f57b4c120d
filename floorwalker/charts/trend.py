"""How did a measure move, week by week, and how sure is each week?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from floorwalker.charts.theme import Theme, config
from floorwalker.estimate import Estimate
from floorwalker.insight.scorecard import Point

FORMATS = {"share": ".0%", "seconds": ",.0f", "contacts": ",.0f", "alerts": ",.0f", "commitments": ",.0f"}

LONG_SECONDS = 120
STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400)
MOST_TICKS = 6
# Five ticks over less than this lie closer than a hundredth apart: whole ones would be the same twice.
NARROW = 0.05
MINUTES = "floor(datum.value / 60) + ':' + format(datum.value % 60, '02d')"


def trend_chart(
    points: Sequence[Point],
    *,
    unit: str,
    label: str,
    target: Sequence[float],
    theme: Theme,
    usual: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """A line of weekly values with its 95 % band; a dashed line at each bound of a target. `label` names the axis.

    usual: a range that lies behind it, such as what chance alone leaves.
    """
    values = [
        {
            "week": point.week.isoformat(),
            "value": drawn(point.answer.value),
            "low": drawn(point.answer.low),
            "high": drawn(point.answer.high),
        }
        for point in points
        if isinstance(point.answer, Estimate)
    ]
    y_axis: dict[str, Any] = {"title": label, "format": FORMATS.get(unit, ",.1f"), "tickCount": 5}
    told = [point.answer for point in points if isinstance(point.answer, Estimate)]
    bounds = [bound for answer in told for bound in (answer.low, answer.value, answer.high)]
    known = [*target, *(usual or ()), *(bound for bound in bounds if bound is not None)]
    if unit == "share" and known and max(known) - min(known) < NARROW:
        y_axis["format"] = ".1%"
    if unit == "seconds" and max((answer.value for answer in told), default=0.0) >= LONG_SECONDS:
        y_axis |= {"labelExpr": MINUTES, "values": ticks([*bounds, *target])}
    week = {
        "field": "week",
        "type": "temporal",
        # A week's first day is a day and no instant: the zone of the machine that draws must not move it.
        "scale": {"type": "utc"},
        "axis": {"title": None, "format": "%-d %b", "values": _labelled(points), "grid": False},
    }
    band = {"low": "low", "high": "high"}
    layers: list[dict[str, Any]] = [] if usual is None else [_range(usual, theme)]
    layers += [
        {
            "mark": {"type": "area", "color": theme.band, "opacity": 0.18},
            "encoding": {
                "x": week,
                "y": {"field": band["low"], "type": "quantitative", "axis": y_axis, "scale": {"zero": False}},
                "y2": {"field": band["high"]},
            },
        },
        {
            "mark": {
                "type": "line",
                "color": theme.main,
                "strokeWidth": 2,
                "point": {"filled": True, "size": 36, "color": theme.main},
            },
            "encoding": {"x": week, "y": {"field": "value", "type": "quantitative", "axis": y_axis}},
        },
    ]
    layers += [
        {
            "mark": {"type": "rule", "color": theme.target, "strokeDash": [6, 4], "strokeWidth": 1.5},
            "encoding": {"y": {"datum": bound, "type": "quantitative"}},
        }
        for bound in target
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 440,
        "height": 190,
        "data": {"values": values},
        "layer": layers,
        "config": config(theme),
    }


def _range(usual: tuple[float, float], theme: Theme) -> dict[str, Any]:
    """The range, over all weeks: drawn once, and not again for each of them."""
    low, high = (drawn(bound) for bound in usual)
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rect", "color": theme.faint, "opacity": 0.16},
        "encoding": {"y": {"datum": low, "type": "quantitative"}, "y2": {"datum": high}},
    }


def _labelled(points: Sequence[Point]) -> list[dict[str, Any]]:
    """The weeks that are written below: the last, and every second before it, so that each label has its dot."""
    days = [point.week for point in points][::-2]
    return [{"year": day.year, "month": day.month, "date": day.day, "utc": True} for day in reversed(days)]


def ticks(bounds: Sequence[float | None]) -> list[int]:
    """Where a scale of durations is marked: at whole minutes or the parts of them in which people count."""
    told = [bound for bound in bounds if bound is not None]
    low, high = min(told), max(told)
    step = next((step for step in STEPS if (high - low) / step <= MOST_TICKS), STEPS[-1])
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * number for number in range(first, last + 1)]


def drawn(value: float | None) -> float | None:
    """A value to nine digits: the last ones depend on the order of adding up, and a drawing is kept by its content."""
    return None if value is None else float(f"{value:.9g}")
