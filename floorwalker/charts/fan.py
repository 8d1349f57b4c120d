"""Where will a figure lie by the day of an objective? What was seen, the bands of half and of eight in ten cases, and the target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from floorwalker.charts.theme import Theme, config
from floorwalker.charts.trend import FORMATS, LONG_SECONDS, MINUTES, NARROW, drawn, ticks
from floorwalker.insight.person_level import Dated, Seen
from floorwalker.kpis.definition import Kpi

INNER_OPACITY, OUTER_OPACITY = 0.28, 0.14
STRETCH_DASH, TARGET_DASH = [2, 3], [6, 4]


def fan_chart(
    seen: Sequence[Seen],
    fan: Sequence[Dated],
    kpi: Kpi,
    *,
    label: str,
    target: float,
    stretch: float | None,
    theme: Theme,
) -> dict[str, Any]:
    """Dots with the range of their luck until today, then two bands that open; a dashed line at the target, a dotted one at the
    harder one. `label` names the axis."""
    ahead = [{"day": one.day.isoformat(), **{name: drawn(getattr(one, name)) for name in BANDS}} for one in fan]
    past = [
        {"day": one.last.isoformat(), "value": drawn(one.value), "low": drawn(one.low), "high": drawn(one.high)}
        for one in seen
        if one.value is not None
    ]
    axis = _axis(kpi.unit, label, [*_bounds(seen, fan), target, *([] if stretch is None else [stretch])])
    x = {
        "field": "day",
        "type": "temporal",
        # A day is no instant: the zone of the machine that draws must not move it.
        "scale": {"type": "utc"},
        "axis": {"title": None, "format": "%-d %b", "grid": False, "tickCount": 6, "labelOverlap": True},
    }

    def y(field: str) -> dict[str, Any]:
        return {"field": field, "type": "quantitative", "axis": axis, "scale": {"zero": False}}

    def band(low: str, high: str, opacity: float) -> dict[str, Any]:
        mark = {"type": "area", "color": theme.band, "opacity": opacity}
        return {"data": {"values": ahead}, "mark": mark, "encoding": {"x": x, "y": y(low), "y2": {"field": high}}}

    point = {"filled": True, "size": 36, "color": theme.main}
    layers = [
        band("outer_low", "outer_high", OUTER_OPACITY),
        band("inner_low", "inner_high", INNER_OPACITY),
        {
            "data": {"values": ahead},
            "mark": {"type": "line", "color": theme.main, "strokeWidth": 1.5, "strokeDash": [4, 3]},
            "encoding": {"x": x, "y": y("middle")},
        },
        {
            "data": {"values": past},
            "mark": {"type": "rule", "color": theme.faint, "strokeWidth": 1.5},
            "encoding": {"x": x, "y": y("low"), "y2": {"field": "high"}},
        },
        {
            "data": {"values": past},
            "mark": {"type": "line", "color": theme.main, "strokeWidth": 2, "point": point},
            "encoding": {"x": x, "y": y("value")},
        },
        _line(target, TARGET_DASH, theme),
    ]
    if stretch is not None:
        layers.append(_line(stretch, STRETCH_DASH, theme))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 440,
        "height": 220,
        "layer": layers,
        "config": config(theme),
    }


BANDS = ("middle", "inner_low", "inner_high", "outer_low", "outer_high")


def _line(at: float, dash: list[int], theme: Theme) -> dict[str, Any]:
    mark = {"type": "rule", "color": theme.target, "strokeDash": dash, "strokeWidth": 1.5}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": {"y": {"datum": drawn(at), "type": "quantitative"}}}


def _bounds(seen: Sequence[Seen], fan: Sequence[Dated]) -> list[float]:
    told = [bound for one in seen for bound in (one.low, one.value, one.high) if bound is not None]
    return [*told, *(bound for one in fan for bound in (one.outer_low, one.outer_high))]


def _axis(unit: str, label: str, known: Sequence[float]) -> dict[str, Any]:
    axis: dict[str, Any] = {"title": label, "format": FORMATS.get(unit, ",.1f"), "tickCount": 5}
    if unit == "share" and max(known) - min(known) < NARROW:
        axis["format"] = ".1%"
    if unit == "seconds" and max(known) >= LONG_SECONDS:
        axis |= {"labelExpr": MINUTES, "values": ticks(known)}
    return axis


def fan_rows(
    seen: Sequence[Seen], fan: Sequence[Dated]
) -> list[tuple[date, float | None, float | None, float | None, int | None]]:
    """The drawing's data as rows: day, value or middle, and the range: of luck until today, of eight in ten cases from then on.

    The last is the number of contacts, None of what is still to come.
    """
    past = [(one.last, one.value, one.low, one.high, one.n) for one in seen]
    return [*past, *((one.day, one.middle, one.outer_low, one.outer_high, None) for one in fan)]
