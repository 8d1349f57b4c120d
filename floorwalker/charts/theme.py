"""Which colours and letters do all drawings use? The only place for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FONT = "DejaVu Sans, Arial, sans-serif"


@dataclass(frozen=True)
class Theme:
    """The colours of one theme (Okabe-Ito, re-picked for dark pages)."""

    ink: str
    faint: str
    grid: str
    main: str
    band: str
    target: str


LIGHT = Theme(ink="#1d2733", faint="#5b6675", grid="#e3e7ec", main="#0072B2", band="#0072B2", target="#A53F00")
DARK = Theme(ink="#e8ecf1", faint="#a4afbd", grid="#2c3643", main="#56B4E9", band="#56B4E9", target="#FF9C66")


def config(theme: Theme) -> dict[str, Any]:
    """Vega-Lite's settings for a theme."""
    axis = {
        "labelColor": theme.faint,
        "titleColor": theme.faint,
        "domainColor": theme.grid,
        "tickColor": theme.grid,
        "gridColor": theme.grid,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    return {"background": None, "font": FONT, "view": {"stroke": None}, "axis": axis}


def signed(format: str) -> str:
    """What an axis of differences prints: every value with its sign, and nought without one."""
    return f"datum.value === 0 ? '0' : format(datum.value, '{format}')"
