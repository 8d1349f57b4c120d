"""What do a figure's uncertainty and its last weeks look like in one table cell? Small drawings made of numbers alone."""

from __future__ import annotations

from collections.abc import Sequence

from floorwalker.charts.theme import LIGHT

WIDTH, HEIGHT = 72, 22
PAD = 3.0


def interval_bar(
    low: float,
    value: float,
    high: float,
    *,
    span: tuple[float, float],
    target: Sequence[float],
    other: float | None = None,
) -> str:
    """A line from low to high with a dot at the value; a tick at each bound of the target. `span` is what the width shows.

    other: the figure of a group beside it, a thin tick of its own.
    """
    ticks = "".join(
        f'<line class="{kind}" x1="{_x(at, span):.1f}" x2="{_x(at, span):.1f}" y1="3" y2="19"/>'
        for kind, at in (("i-other", other), *(("i-target", bound) for bound in target))
        if at is not None
    )
    line = f'<line class="i-line" x1="{_x(low, span):.1f}" x2="{_x(high, span):.1f}" y1="11" y2="11"/>'
    dot = f'<circle class="i-dot" cx="{_x(value, span):.1f}" cy="11" r="3.5"/>'
    return _svg("interval", ticks + line + dot)


def step_bar(start: float, end: float, *, span: tuple[float, float]) -> str:
    """One step of a waterfall, from where the steps before it ended; a tick at nought."""
    left, right = sorted((_x(start, span), _x(end, span)))
    kind = "w-worse" if end > start else "w-better"
    nought = _x(0.0, span)
    tick = f'<line class="i-other" x1="{nought:.1f}" x2="{nought:.1f}" y1="1" y2="21"/>'
    # A step of hardly any size is still to be seen.
    bar = f'<rect class="{kind}" x="{left:.1f}" width="{max(right - left, 1.0):.1f}" y="5" height="12"/>'
    return _svg("interval", tick + bar)


def sparkline(values: Sequence[float | None], *, target: Sequence[float]) -> str:
    """The last weeks on their own scale; the last one has a dot, a target a line where a bound lies within the scale."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    span = (min(known), max(known))
    step = (WIDTH - 2 * PAD) / max(1, len(values) - 1)
    places = [(PAD + index * step, _y(value, span)) for index, value in enumerate(values) if value is not None]
    path = _points(places)
    heights = [_y(bound, span) for bound in target if span[0] <= bound <= span[1]]
    line = "".join(
        f'<line class="s-target" x1="{PAD}" x2="{WIDTH - PAD}" y1="{height:.1f}" y2="{height:.1f}"/>'
        for height in heights
    )
    last_x, last_y = places[-1]
    dot = f'<circle class="s-dot" cx="{last_x:.1f}" cy="{last_y:.1f}" r="2.5"/>'
    return _svg("spark", f'{line}<polyline class="s-line" points="{path}"/>{dot}')


def banded_line(weeks: Sequence[tuple[float, float | None, float | None] | None], *, target: Sequence[float]) -> str:
    """The last weeks with the likely range of each, on their own scale; each week as value, low and high, None where unknown.

    Where a week's range is not known the band is no wider than its line.
    """
    known = [
        (index, week[0], week[0] if week[1] is None else week[1], week[0] if week[2] is None else week[2])
        for index, week in enumerate(weeks)
        if week is not None
    ]
    if len(known) < 2:
        return ""
    span = (min(low for _index, _value, low, _high in known), max(high for *_rest, high in known))
    step = (WIDTH - 2 * PAD) / (len(weeks) - 1)
    below = [(PAD + index * step, _y(low, span)) for index, _value, low, _high in known]
    above = [(PAD + index * step, _y(high, span)) for index, _value, _low, high in known]
    line = [(PAD + index * step, _y(value, span)) for index, value, _low, _high in known]
    ticks = "".join(
        f'<line class="s-target" x1="{PAD}" x2="{WIDTH - PAD}" y1="{_y(bound, span):.1f}" y2="{_y(bound, span):.1f}"/>'
        for bound in target
        if span[0] <= bound <= span[1]
    )
    band = f'<polygon class="s-band" points="{_points([*above, *reversed(below)])}"/>'
    dot = f'<circle class="s-dot" cx="{line[-1][0]:.1f}" cy="{line[-1][1]:.1f}" r="2.5"/>'
    return _svg("spark", f'{band}{ticks}<polyline class="s-line" points="{_points(line)}"/>{dot}')


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _svg(kind: str, inside: str) -> str:
    return f'<svg class="{kind}" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">{inside}</svg>'


def _x(value: float, span: tuple[float, float]) -> float:
    low, high = span
    share = 0.5 if high <= low else (value - low) / (high - low)
    return PAD + min(1.0, max(0.0, share)) * (WIDTH - 2 * PAD)


def _y(value: float, span: tuple[float, float]) -> float:
    low, high = span
    share = 0.5 if high <= low else (value - low) / (high - low)
    return HEIGHT - PAD - share * (HEIGHT - 2 * PAD)


def standing_alone(svg: str) -> str:
    """A small drawing with its colours (the light ones) inside, for where no page's style reaches it."""
    if not svg:
        return ""
    style = (
        f".i-line{{stroke:{LIGHT.main};stroke-width:3;stroke-linecap:round;opacity:.5}}"
        f".i-dot,.s-dot{{fill:{LIGHT.main}}}.i-target{{stroke:{LIGHT.target};stroke-width:1.5}}"
        f".s-band{{fill:{LIGHT.main};opacity:.18}}"
        f".i-other{{stroke:{LIGHT.faint};stroke-width:1.5}}"
        f".s-target{{stroke:{LIGHT.target};stroke-width:1;stroke-dasharray:3 2}}"
        f".s-line{{fill:none;stroke:{LIGHT.faint};stroke-width:1.4;stroke-linejoin:round}}"
    )
    head, inside = svg.split(">", 1)
    return f'{head} xmlns="http://www.w3.org/2000/svg"><style>{style}</style>{inside}'
