"""Are drawings whole, within their frame, in both themes, and free of what the page's policy forbids?"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest

from floorwalker.charts.competence import competence_chart, weeks_of
from floorwalker.charts.fan import fan_chart, fan_rows
from floorwalker.charts.funnel import funnel_chart
from floorwalker.charts.render import draw
from floorwalker.charts.small import WIDTH, banded_line, interval_bar, sparkline
from floorwalker.charts.theme import DARK, LIGHT
from floorwalker.charts.trend import trend_chart
from floorwalker.estimate import Estimate, NoEstimate, Reason
from floorwalker.insight.funnel import Group, Limits, Place
from floorwalker.insight.funnel import Point as FunnelPoint
from floorwalker.insight.person_level import Dated, Seen
from floorwalker.insight.scorecard import Point
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.competence import Competence

WEEKS = [
    Point(date(2026, 1, 5) + timedelta(days=7 * i), Estimate(0.5 + i / 50, 0.4, 0.8, 40, "wilson", "k@1", "share", 0.5))
    for i in range(11)
]
SILENT = Point(date(2026, 3, 23), NoEstimate(Reason.TOO_FEW, 2, "k@1", "share"))


def places(svg: str, name: str) -> list[float]:
    return [float(found) for found in re.findall(rf'\b{name}="([-\d.]+)"', svg)]


@pytest.mark.parametrize("target", [(), (0.2,), (0.9,), (5.0,), (0.4, 0.7)])
def test_an_interval_stays_within_its_frame(target: tuple[float, ...]) -> None:
    svg = interval_bar(0.4, 0.5, 0.6, span=(0.3, 0.8), target=target)
    ElementTree.fromstring(svg)
    across = [x for name in ("x1", "x2", "cx") for x in places(svg, name)]
    assert all(0 <= x <= WIDTH for x in across)
    low, high = places(svg, "x1")[-1], places(svg, "x2")[-1]
    assert low < places(svg, "cx")[0] < high
    assert svg.count("i-target") == len(target)


def test_equal_bounds_are_drawn_in_the_middle() -> None:
    assert places(interval_bar(0.5, 0.5, 0.5, span=(0.5, 0.5), target=()), "cx") == [WIDTH / 2]


def test_a_sparkline_needs_two_weeks_and_leaves_gaps_out() -> None:
    assert sparkline([0.5], target=()) == "" and sparkline([None, 0.5, None], target=(0.5,)) == ""
    svg = sparkline([0.2, None, 0.6, 0.4], target=(0.3,))
    points = re.findall(r'points="([^"]+)"', svg)[0].split()
    assert len(points) == 3
    heights = [float(point.split(",")[1]) for point in points]
    assert heights[1] < heights[2] < heights[0]
    assert "s-target" in svg and "s-target" not in sparkline([0.2, 0.6], target=(0.9,))


def test_the_band_of_weeks_holds_their_line_and_reaches_as_far_as_their_ranges() -> None:
    assert banded_line([(0.5, 0.4, 0.6), None], target=()) == ""
    root = ElementTree.fromstring(
        banded_line([(0.5, 0.4, 0.6), None, (0.7, 0.5, 0.9), (0.6, None, None)], target=(0.8,))
    )
    (band,), (line,), (tick,) = root.findall("polygon"), root.findall("polyline"), root.findall("line")
    edge, path = ([tuple(map(float, at.split(","))) for at in one.attrib["points"].split()] for one in (band, line))
    above, below = edge[:3], edge[:2:-1]
    assert [x for x, _y in path] == [x for x, _y in above] == [x for x, _y in below] and len(edge) == 6
    assert all(high <= value <= low for (_, high), (_, value), (_, low) in zip(above, path, below, strict=True))
    assert above[1][1] < above[0][1] and below[0][1] > below[1][1], "higher figures are drawn higher"
    assert above[2] == path[2] == below[2], "what has no range has no band"
    assert above[1][1] < float(tick.attrib["y1"]) < path[1][1]


def test_a_trend_is_drawn_in_both_themes_as_wide_as_its_place() -> None:
    drawn = draw(
        lambda theme: trend_chart([*WEEKS, SILENT], unit="share", label="Resolved", target=(0.6,), theme=theme)
    )
    for svg, theme in ((drawn.light, LIGHT), (drawn.dark, DARK)):
        ElementTree.fromstring(svg)
        head = svg.split(">", 1)[0]
        assert "viewBox" in head and not re.search(r'\s(width|height)="', head)
        assert not re.search(r"\sstyle=|<style|<script", svg)
        assert theme.main.lower() in svg.lower() and "Resolved" in svg
    assert json.loads(drawn.definition)["config"] != json.loads(drawn.dark_definition)["config"]


def test_a_week_without_an_answer_is_not_drawn_as_a_figure() -> None:
    values = trend_chart([*WEEKS, SILENT], unit="share", label="", target=(), theme=LIGHT)["data"]["values"]
    assert len(values) == len(WEEKS) and all(None not in row.values() for row in values)


def test_the_order_of_adding_up_makes_no_other_drawing() -> None:
    def weeks(value: float) -> list[Point]:
        return [Point(p.week, Estimate(value, 0.1, 0.9, 40, "t", "k@1", "share", value)) for p in WEEKS]

    one, other, more = (
        trend_chart(weeks(value), unit="share", label="", target=(), theme=LIGHT)
        for value in (0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1, 0.600001)
    )
    assert one == other != more


def test_long_durations_are_labelled_in_minutes_and_seconds() -> None:
    long = [Point(p.week, Estimate(300 + i, 280, 320, 40, "t", "k@1", "seconds", 300)) for i, p in enumerate(WEEKS)]
    svg = draw(lambda theme: trend_chart(long, unit="seconds", label="", target=(), theme=theme)).light
    assert re.search(r">5:\d\d<", svg)


def test_shares_that_hardly_move_have_no_label_twice() -> None:
    near = [Point(p.week, Estimate(0.03, 0.022, 0.041, 40, "wilson", "k@1", "share", 3)) for p in WEEKS]
    svg = draw(lambda theme: trend_chart(near, unit="share", label="", target=(0.035,), theme=theme)).light
    labels = re.findall(r">([\d.]+%)<", svg)
    assert len(labels) > 2 and len(set(labels)) == len(labels)


def test_weeks_are_labelled_by_their_own_first_day_wherever_it_is_drawn() -> None:
    drawn = draw(lambda theme: trend_chart(WEEKS, unit="share", label="", target=(), theme=theme)).light
    labels = re.findall(r">(\d+ [A-Z][a-z]{2})<", drawn)
    days = [point.week for point in WEEKS][::-2][::-1]
    assert labels == [f"{day.day} {day:%b}" for day in days]


@pytest.mark.parametrize(("low", "high"), [(400.0, 580.0), (130.0, 150.0), (5000.0, 90000.0)])
def test_durations_are_marked_where_people_count(low: float, high: float) -> None:
    weeks = [Point(p.week, Estimate(low, low, high, 40, "t", "k@1", "seconds", low)) for p in WEEKS]
    chart = trend_chart(weeks, unit="seconds", label="", target=(), theme=LIGHT)
    ticks = chart["layer"][0]["encoding"]["y"]["axis"]["values"]
    steps = {second - first for first, second in pairwise(ticks)}
    assert len(steps) == 1 and 3 <= len(ticks) <= 9 and ticks[0] <= low and ticks[-1] >= high
    assert all(60 % step == 0 or step % 60 == 0 for step in steps)


@pytest.mark.parametrize("measure", ["average_handle_time", "csat_top_box"])
def test_a_funnel_is_drawn_with_every_point_and_both_lines_and_no_name(measure: str) -> None:
    kpi = catalogue()[measure]
    points = [
        FunnelPoint(bytes(16), None, 40 * n, 0.1 * n - 0.2, -0.1, 0.1, place, 0.9) for n, place in enumerate(Place, 1)
    ]
    limits = [Limits(n, -3 / n, 3 / n, -5 / n, 5 / n) for n in (20.0, 60.0, 140.0)]
    drawn = draw(
        lambda theme: funnel_chart(Group(tuple(points), tuple(limits)), kpi, contacts="Seen", off="Off", theme=theme)
    )
    for svg, theme in ((drawn.light, LIGHT), (drawn.dark, DARK)):
        ElementTree.fromstring(svg)
        assert "viewBox" in svg.split(">", 1)[0] and not re.search(r"\sstyle=|<style|<script", svg)
        assert theme.target.lower() in svg.lower() and theme.main.lower() in svg.lower()
        assert "Seen" in svg and "Off" in svg
    shown = json.loads(drawn.definition)["data"]["values"]
    assert [set(one) for one in shown] == [{"n", "off", "place"}] * 3
    assert shown[0]["off"] == pytest.approx(-10.0), "of shares points, of durations per cent"


def test_a_curve_of_starters_goes_down_in_steps_within_its_range() -> None:
    curve = np.array([1.0, 0.7, 0.4, 0.4])
    found = Competence(curve, curve - 0.1, curve, np.array([9, 9, 6, 0]), 3.0, 2.0, 3.0, 9, 3)
    drawn = draw(lambda theme: competence_chart(found, week="Week", waiting="Waiting", theme=theme))
    for svg, theme in ((drawn.light, LIGHT), (drawn.dark, DARK)):
        ElementTree.fromstring(svg)
        assert "viewBox" in svg.split(">", 1)[0] and not re.search(r"\sstyle=|<style|<script", svg)
        assert theme.target.lower() in svg.lower() and theme.main.lower() in svg.lower()
        assert "Week" in svg and "Waiting" in svg
    shown = json.loads(drawn.definition)["data"]["values"]
    assert [one["waiting"] for one in shown] == [1.0, 1.0, 0.7, 0.4], (
        "from the first day, as far as anybody was followed"
    )
    assert [one.at_risk for one in weeks_of(found)] == [9, 9, 6]


FOUR_WEEKS = [
    Seen(date(2026, 1, 4) + timedelta(days=28 * i), *((None,) * 3 if i == 1 else (400 - 5 * i, 380, 420)), 90)
    for i in range(5)
]
AHEAD = [
    Dated(FOUR_WEEKS[-1].last + timedelta(days=7 * i), 380 - 2 * i, 375 - 4 * i, 386 + i, 370 - 6 * i, 392 + 3 * i)
    for i in range(9)
]


@pytest.mark.parametrize("stretch", [None, 340.0])
def test_a_fan_is_drawn_with_its_past_its_bands_and_the_target(stretch: float | None) -> None:
    kpi = catalogue()["average_handle_time"]
    drawn = draw(
        lambda theme: fan_chart(FOUR_WEEKS, AHEAD, kpi, label="Took", target=360.0, stretch=stretch, theme=theme)
    )
    for svg, theme in ((drawn.light, LIGHT), (drawn.dark, DARK)):
        ElementTree.fromstring(svg)
        assert "viewBox" in svg.split(">", 1)[0] and not re.search(r"\sstyle=|<style|<script", svg)
        assert theme.target.lower() in svg.lower() and theme.main.lower() in svg.lower()
        assert "Took" in svg and re.search(r">6:\d\d<", svg)
        assert len(re.findall(rf'stroke="{theme.target}"', svg, re.IGNORECASE)) == (1 if stretch is None else 2)
    layers = json.loads(drawn.definition)["layer"]
    shown = [layer["data"]["values"] for layer in layers]
    assert len(shown[0]) == len(AHEAD) and all(len(row) == 6 for row in shown[0])
    assert len(shown[4]) == len(FOUR_WEEKS) - 1, "four weeks without a figure are no figure"
    golden = [(layer["mark"]["type"], sorted(layer["encoding"])) for layer in layers[:6]]
    assert golden == [
        ("area", ["x", "y", "y2"]),
        ("area", ["x", "y", "y2"]),
        ("line", ["x", "y"]),
        ("rule", ["x", "y", "y2"]),
        ("line", ["x", "y"]),
        ("rule", ["y"]),
    ]


def test_a_fans_table_holds_what_is_drawn() -> None:
    rows = fan_rows(FOUR_WEEKS, AHEAD)
    assert [day for day, *_rest in rows] == [one.last for one in FOUR_WEEKS] + [one.day for one in AHEAD]
    assert rows[1][1:] == (None, None, None, 90) and rows[-1] == (AHEAD[-1].day, 364, 322, 416, None)


def test_a_fan_of_shares_and_one_without_a_past() -> None:
    ahead = [Dated(AHEAD[0].day, 0.9, 0.88, 0.92, 0.86, 0.94)]
    drawn = draw(
        lambda theme: fan_chart(
            [], ahead, catalogue()["csat_top_box"], label="", target=0.91, stretch=None, theme=theme
        )
    )
    assert re.search(r">\d\d%<", drawn.light)


def test_a_name_cannot_leave_its_place_in_the_drawing() -> None:
    drawn = draw(lambda theme: trend_chart(WEEKS, unit="share", label="</svg><script>", target=(), theme=theme))
    assert "<script" not in drawn.light
