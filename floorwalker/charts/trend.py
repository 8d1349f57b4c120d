"""How did a measure move, week by week, and how sure is each week?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorwalker.charts.theme import Theme, config
from floorwalker.estimate import Estimate
from floorwalker.insight.scorecard import Point

FORMATS = {"share": ".0%", "seconds": ",.0f", "contacts": ",.0f", "alerts": ",.0f"}

LONG_SECONDS = 120
MINUTES = "floor(datum.value / 60) + ':' + format(datum.value % 60, '02d')"


def trend_chart(
    points: Sequence[Point], *, unit: str, label: str, target: float | None, theme: Theme
) -> dict[str, Any]:
    """A line of weekly values with its 95 % band; a dashed line where there is a target. `label` names the axis."""
    values = [
        {
            "week": point.week.isoformat(),
            "value": _drawn(point.answer.value),
            "low": _drawn(point.answer.low),
            "high": _drawn(point.answer.high),
        }
        for point in points
        if isinstance(point.answer, Estimate)
    ]
    y_axis: dict[str, Any] = {"title": label, "format": FORMATS.get(unit, ",.1f"), "tickCount": 5}
    longest = max((point.answer.value for point in points if isinstance(point.answer, Estimate)), default=0.0)
    if unit == "seconds" and longest >= LONG_SECONDS:
        y_axis["labelExpr"] = MINUTES
    week = {
        "field": "week",
        "type": "temporal",
        "axis": {"title": None, "format": "%d %b", "tickCount": 6, "grid": False},
    }
    band = {"low": "low", "high": "high"}
    layers: list[dict[str, Any]] = [
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
    if target is not None:
        layers.append(
            {
                "mark": {"type": "rule", "color": theme.target, "strokeDash": [6, 4], "strokeWidth": 1.5},
                "encoding": {"y": {"datum": target, "type": "quantitative"}},
            }
        )
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 440,
        "height": 190,
        "data": {"values": values},
        "layer": layers,
        "config": config(theme),
    }


def _drawn(value: float | None) -> float | None:
    """A value to nine digits: the last ones depend on the order of adding up, and a drawing is kept by its content."""
    return None if value is None else float(f"{value:.9g}")
