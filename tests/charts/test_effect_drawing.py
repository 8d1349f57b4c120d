"""Is what changed drawn part by part, the action's with its range, and are the parts those that were told?"""

from __future__ import annotations

from xml.etree import ElementTree

from floorwalker.charts.effect import Step, effect_chart
from floorwalker.charts.render import draw
from floorwalker.charts.theme import LIGHT

STEPS = (
    Step("What changed", 0.084),
    Step("Would have come back by itself", 0.051),
    Step("Happened to everybody", 0.012),
    Step("The action", 0.021, -0.012, 0.054),
)
ROWS = [
    {"name": "What changed", "size": 8.4, "is_action": False},
    {"name": "Would have come back by itself", "size": 5.1, "is_action": False},
    {"name": "Happened to everybody", "size": 1.2, "is_action": False},
    {"name": "The action", "size": 2.1, "is_action": True, "low": -1.2, "high": 5.4},
]


def test_the_golden_definition() -> None:
    chart = effect_chart(STEPS, in_percent=True, better="plus is better", theme=LIGHT)
    bars, nought, likely = chart["layer"]
    assert chart["data"]["values"] == ROWS and likely["data"]["values"] == ROWS[-1:]
    assert (chart["height"], bars["mark"]["type"], nought["encoding"]["x"]["datum"]) == (160, "bar", 0)
    assert bars["encoding"]["color"]["condition"]["value"] == LIGHT.main
    assert (likely["encoding"]["x"]["field"], likely["encoding"]["x2"]["field"]) == ("low", "high")
    assert bars["encoding"]["y"]["sort"] is None and bars["encoding"]["x"]["axis"]["title"] == "plus is better"


def test_it_is_drawn_with_every_name() -> None:
    svg = draw(lambda theme: effect_chart(STEPS, in_percent=True, better="plus is better", theme=theme)).light
    ElementTree.fromstring(svg)
    assert all(step.name in svg for step in STEPS)


def test_other_units_are_told_as_they_are() -> None:
    rows = effect_chart(STEPS, in_percent=False, better="", theme=LIGHT)["data"]["values"]
    assert [row["size"] for row in rows] == [0.084, 0.051, 0.012, 0.021]
