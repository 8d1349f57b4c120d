"""How far from its limit is every target, in one drawing? Each figure as a share of its limit, on a logarithmic scale."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import vl_convert

from bench.findings import Finding
from floorwalker.charts.theme import LIGHT, config

PAPER = "#ffffff"
ROW_HEIGHT = 26
LABEL_WIDTH = 420


def of_limit(found: Finding) -> float:
    """How much of its limit a figure uses: 1 stands exactly on it, less is better, whichever way the target runs."""
    assert found.limit is not None
    return found.limit / found.value if found.at_least else found.value / found.limit


def drawn(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that have a place on the scale."""
    return [one for one in findings if one.limit and one.value > 0]


def draw(findings: Sequence[Finding]) -> str:
    """The SVG, on a ground of its own so that it can be read on dark pages."""
    svg: str = vl_convert.vegalite_to_svg(json.dumps(chart(findings), sort_keys=True), vl_version="6.4")
    return svg + "\n"


def chart(findings: Sequence[Finding]) -> dict[str, Any]:
    """The drawing as Vega-Lite: a mark for each finding, and a line where the limit is."""
    rows = [
        {"what": f"{number}  ({one.target}) {one.what}", "share": of_limit(one), "met": "met" if one.met else "missed"}
        for number, one in numbered(findings)
    ]
    axis = {"labelLimit": LABEL_WIDTH * 2, "ticks": False, "domain": False}
    place = {"field": "what", "type": "nominal", "sort": None, "title": None, "axis": axis}
    scale = {"type": "log", "nice": False, "padding": 12}
    ticks = {"values": [0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 50], "format": "~g", "grid": True}
    share = {"field": "share", "type": "quantitative", "scale": scale, "axis": ticks, "title": TITLE}
    colour = {
        "field": "met",
        "type": "nominal",
        "scale": {"domain": ["met", "missed"], "range": [LIGHT.main, LIGHT.target]},
        "legend": {"title": None, "orient": "top", "labelColor": LIGHT.ink, "labelFontSize": 12},
    }
    shape = {"field": "met", "type": "nominal", "scale": {"domain": ["met", "missed"], "range": ["circle", "diamond"]}}
    marks = {
        "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
        "encoding": {"y": place, "x": share, "color": colour, "shape": shape},
    }
    limit = {"mark": {"type": "rule", "strokeDash": [5, 4], "color": LIGHT.ink}, "encoding": {"x": {"datum": 1}}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": rows},
        "width": 420,
        "height": {"step": ROW_HEIGHT},
        "padding": 12,
        "layer": [limit, marks],
        "config": {**config(LIGHT), "background": PAPER},
    }


TITLE = "share of the limit that is used (1 is the limit, left is better; logarithmic)"


def numbered(findings: Sequence[Finding]) -> list[tuple[int, Finding]]:
    """The findings of the drawing with their line in the table."""
    return [(number, one) for number, one in enumerate(findings, 1) if one in drawn(findings)]
