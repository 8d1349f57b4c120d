"""Has somebody's way of working changed? The moving average, the limits that nobody's chance should pass, and what happened when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from floorwalker.charts.theme import Theme, config, signed
from floorwalker.charts.trend import FORMATS, drawn
from floorwalker.insight.trend import DayCharted
from floorwalker.kpis.definition import Kpi


@dataclass(frozen=True)
class Mark:
    """Something that is marked on a day: its few words stand beside it."""

    day: date
    words: str


def control_chart(
    days: Sequence[DayCharted],
    kpi: Kpi,
    *,
    label: str,
    changes: Sequence[Mark],
    events: Sequence[Mark],
    theme: Theme,
) -> dict[str, Any]:
    """The average within its limits; changes are dated by a rule where they began, events by a dotted one."""
    share = kpi.unit == "share"
    factor = 100.0 if share else 1.0
    values = [
        {
            "day": one.day.isoformat(),
            "average": drawn(None if one.average is None else factor * one.average),
            "low": drawn(None if one.limit is None else -factor * one.limit),
            "high": drawn(None if one.limit is None else factor * one.limit),
            "outside": one.is_outside,
        }
        for one in days
    ]
    day = {
        "field": "day",
        "type": "temporal",
        "scale": {"type": "utc"},
        "axis": {"title": None, "format": "%-d %b", "grid": False, "tickCount": 6},
    }
    format = ",.1f" if share else FORMATS.get(kpi.unit, ",.2f")
    y_axis = {"title": label, "labelExpr": signed("+" + format), "tickCount": 5}
    average = {"field": "average", "type": "quantitative", "axis": y_axis}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 440,
        "height": 200,
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "area", "color": theme.band, "opacity": 0.14},
                "encoding": {
                    "x": day,
                    "y": {"field": "low", "type": "quantitative", "axis": y_axis},
                    "y2": {"field": "high"},
                },
            },
            {"mark": {"type": "rule", "color": theme.grid}, "encoding": {"y": {"datum": 0, "type": "quantitative"}}},
            {
                "mark": {"type": "line", "color": theme.main, "strokeWidth": 2},
                "transform": [{"filter": "datum.average !== null"}],
                "encoding": {"x": day, "y": average},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 46, "color": theme.target, "shape": "triangle-down"},
                "transform": [{"filter": "datum.outside"}],
                "encoding": {"x": day, "y": average},
            },
            *_marks(changes, theme.target, [6, 4], theme, -88),
            *_marks(events, theme.faint, [2, 3], theme, 92),
        ],
        "config": config(theme),
    }


def _marks(marks: Sequence[Mark], colour: str, dash: list[int], theme: Theme, height: int) -> list[dict[str, Any]]:
    if not marks:
        return []
    data = {"values": [{"day": mark.day.isoformat(), "words": mark.words} for mark in marks]}
    x = {"field": "day", "type": "temporal", "scale": {"type": "utc"}}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "color": colour, "strokeDash": dash, "strokeWidth": 1.5},
            "encoding": {"x": x},
        },
        {
            "data": data,
            "mark": {"type": "text", "align": "left", "dx": 4, "dy": height, "color": theme.faint, "fontSize": 11},
            "encoding": {"x": x, "text": {"field": "words"}},
        },
    ]
