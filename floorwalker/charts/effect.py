"""What of a change did the action do? The change that anybody sees, taken apart: back by itself, happened to everybody, the action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from floorwalker.charts.theme import Theme, config, signed
from floorwalker.charts.trend import drawn


@dataclass(frozen=True)
class Step:
    """One part, by the name that the page gives it: its size, plus is better, and of the action its likely range."""

    name: str
    size: float
    low: float | None = None
    high: float | None = None


def effect_chart(steps: Sequence[Step], *, in_percent: bool, better: str, theme: Theme) -> dict[str, Any]:
    """A bar for each part, one below the other; a line for the likely range. better: the words of the axis."""
    factor = 100.0 if in_percent else 1.0
    rows = [_row(step, factor) for step in steps]
    x = {
        "field": "size",
        "type": "quantitative",
        "axis": {"title": better, "labelExpr": signed("+,.0f" if in_percent else "+,.2f"), "tickCount": 6},
        "scale": {"padding": 8},
    }
    y = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "labelLimit": 220, "grid": False},
    }
    ranged = [row for row in rows if "low" in row]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 360,
        "height": 40 * len(rows),
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "bar", "height": 16},
                "encoding": {
                    "x": x,
                    "y": y,
                    "color": {
                        "condition": {"test": "datum.is_action", "value": theme.main},
                        "value": theme.faint,
                    },
                },
            },
            {"mark": {"type": "rule", "color": theme.ink}, "encoding": {"x": {"datum": 0, "type": "quantitative"}}},
            {
                "data": {"values": ranged},
                "mark": {"type": "rule", "color": theme.target, "strokeWidth": 3},
                "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
            },
        ],
        "config": config(theme),
    }


def _row(step: Step, factor: float) -> dict[str, Any]:
    row: dict[str, Any] = {"name": step.name, "size": drawn(factor * step.size), "is_action": step.low is not None}
    if step.low is not None and step.high is not None:
        row |= {"low": drawn(factor * step.low), "high": drawn(factor * step.high)}
    return row
