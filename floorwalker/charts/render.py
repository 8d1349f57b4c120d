"""How does a chart become a picture on the page? Vega-Lite on the server, light and dark, cached by content."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import vl_convert

from floorwalker.charts.theme import DARK, LIGHT, Theme

KEPT = 512


@dataclass(frozen=True)
class Drawing:
    """One chart in both themes: as SVG, and as the Vega-Lite definition for those who want to explore it."""

    light: str
    dark: str
    definition: str
    dark_definition: str


def draw(chart: Callable[[Theme], dict[str, Any]], clock: Mapping[str, Any] | None = None) -> Drawing:
    """Draw a chart in both themes; clock: how dates are written, as d3-time-format has it, where not as in English."""
    given = [chart(theme) for theme in (LIGHT, DARK)]
    if clock:
        for one in given:
            # Within the definition, so that the drawing to explore writes them alike.
            one["config"] = {**one.get("config", {}), "locale": {"time": clock}}
    definitions = [json.dumps(one, sort_keys=True) for one in given]
    light, dark = (_svg(definition, clock is None) for definition in definitions)
    return Drawing(light, dark, *definitions)


@lru_cache(maxsize=KEPT)
def _svg(definition: str, in_english: bool) -> str:
    clock: Literal["en-GB"] | None = "en-GB" if in_english else None
    svg: str = vl_convert.vegalite_to_svg(definition, vl_version="6.4", time_format_locale=clock)
    return as_wide_as_its_place(svg)


def as_wide_as_its_place(svg: str) -> str:
    """The picture without a width of its own: the page decides, and a phone is not too narrow."""
    head, rest = svg.split(">", 1)
    head = re.sub(r'\s(width|height|class)="[^"]*"', "", head)
    return f'{head} class="chart" aria-hidden="true" focusable="false">' + re.sub(r'\sstyle="[^"]*"', "", rest)
