"""How far is everybody from the usual, and how far would chance put them? Points within limits that narrow to the right."""

from __future__ import annotations

from typing import Any

from floorwalker.charts.theme import Theme, config, signed
from floorwalker.charts.trend import drawn
from floorwalker.insight.funnel import Group, Limits, Place, Point
from floorwalker.kpis.definition import Kpi

INNER_DASH, OUTER_DASH = [6, 4], [2, 3]


def is_in_percent(kpi: Kpi) -> bool:
    """Whether differences are told in per cent (of a duration) or in points (of a share), and not on a scale of its own."""
    return kpi.unit in ("seconds", "share")


def funnel_chart(group: Group, kpi: Kpi, *, contacts: str, off: str, theme: Theme) -> dict[str, Any]:
    """Volume across, distance from the usual upwards; who lies beyond the outer lines is a triangle. The words name the axes."""
    factor = 100.0 if is_in_percent(kpi) else 1.0
    points = [_point(point, factor) for point in group.points]
    limits = [_limits(one, factor) for one in group.limits]
    x = {
        "field": "n",
        "type": "quantitative",
        "scale": {"zero": False, "nice": False, "padding": 8},
        "axis": {"title": contacts, "format": ",.0f", "grid": False, "tickCount": 6},
    }
    axis = {"title": off, "labelExpr": signed("+,.0f" if is_in_percent(kpi) else "+,.2f"), "tickCount": 6}
    # Room for whole marks at both ends.
    scale = {"padding": 8}

    def y(field: str) -> dict[str, Any]:
        return {"field": field, "type": "quantitative", "axis": axis, "scale": scale}

    def line(field: str, dash: list[int]) -> dict[str, Any]:
        mark = {"type": "line", "color": theme.faint, "strokeDash": dash, "strokeWidth": 1.5}
        return {"data": {"values": limits}, "mark": mark, "encoding": {"x": x, "y": y(field)}}

    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 440,
        "height": 260,
        "data": {"values": points},
        "layer": [
            {
                "data": {"values": limits},
                "mark": {"type": "area", "color": theme.band, "opacity": 0.12},
                "encoding": {"x": x, "y": y("low"), "y2": {"field": "high"}},
            },
            {"mark": {"type": "rule", "color": theme.faint}, "encoding": {"y": {"datum": 0, "type": "quantitative"}}},
            *(line(field, INNER_DASH) for field in ("low", "high")),
            *(line(field, OUTER_DASH) for field in ("far_low", "far_high")),
            _marks(Place.WITHIN, "circle", theme.main, x, y("off")),
            _marks(Place.BEYOND, "diamond", theme.main, x, y("off")),
            _marks(Place.FAR_BEYOND, "triangle-up", theme.target, x, y("off")),
        ],
        "config": config(theme),
    }


def _marks(place: Place, shape: str, colour: str, x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    return {
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 0.85, "color": colour, "shape": shape},
        "transform": [{"filter": f"datum.place === '{place}'"}],
        "encoding": {"x": x, "y": y},
    }


def _point(point: Point, factor: float) -> dict[str, Any]:
    return {"n": point.n, "off": drawn(factor * point.off), "place": str(point.place)}


def _limits(one: Limits, factor: float) -> dict[str, Any]:
    found = {name: drawn(factor * getattr(one, name)) for name in ("low", "high", "far_low", "far_high")}
    return {"n": drawn(one.n), **found}
