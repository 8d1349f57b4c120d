"""How many starters are not yet as far as established colleagues, week by week? A curve that goes down in steps, and its range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from floorwalker.charts.theme import Theme, config
from floorwalker.charts.trend import drawn
from floorwalker.stats.competence import Competence

STEPS = "step-after"
HALF = 0.5


@dataclass(frozen=True)
class Week:
    """After one week at the work: the share that is not there yet, its range, and of how many it is known."""

    week: int
    waiting: float
    low: float
    high: float
    at_risk: int


def weeks_of(found: Competence) -> list[Week]:
    """The curve's weeks, as far as anybody was followed: the table beside the drawing."""
    columns = zip(found.waiting.tolist(), found.low.tolist(), found.high.tolist(), found.at_risk.tolist(), strict=True)
    return [Week(number, *told) for number, told in enumerate(columns, 1) if told[-1] > 0]


def competence_chart(found: Competence, *, week: str, waiting: str, theme: Theme) -> dict[str, Any]:
    """Weeks across, upwards the share that is not there yet; dashed is one half. The words name the axes."""
    values: list[dict[str, float | None]] = [{"week": 0, "waiting": 1.0, "low": 1.0, "high": 1.0}]
    values += [
        {"week": one.week, "waiting": drawn(one.waiting), "low": drawn(one.low), "high": drawn(one.high)}
        for one in weeks_of(found)
    ]
    x = {
        "field": "week",
        "type": "quantitative",
        "axis": {"title": week, "format": ".0f", "grid": False, "tickMinStep": 1},
    }
    axis = {"title": waiting, "format": ".0%", "tickCount": 5}

    def y(field: str) -> dict[str, Any]:
        return {"field": field, "type": "quantitative", "axis": axis, "scale": {"domain": [0, 1]}}

    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 440,
        "height": 220,
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "area", "interpolate": STEPS, "color": theme.band, "opacity": 0.18},
                "encoding": {"x": x, "y": y("low"), "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "rule", "color": theme.target, "strokeDash": [6, 4], "strokeWidth": 1.5},
                "encoding": {"y": {"datum": HALF, "type": "quantitative"}},
            },
            {
                "mark": {"type": "line", "interpolate": STEPS, "color": theme.main, "strokeWidth": 2},
                "encoding": {"x": x, "y": y("waiting")},
            },
        ],
        "config": config(theme),
    }
