"""Does a plan say how many evaluations are needed by the same numbers as the page of evaluators, and whose they are?"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from floorwalker.apps.evaluations.models import Every, SamplingPlan
from floorwalker.apps.evaluations.sampling_words import by_what, how_many, needed
from floorwalker.insight.evaluators import (
    DELTA,
    LEAST_RELIABILITY,
    TELLING,
    USUALLY,
    Differing,
    EvaluatorFound,
    Panel,
)
from floorwalker.stats.agreement import Agreement
from floorwalker.stats.evaluators import Variances

OWN = Variances(agent=9.0, evaluator=16.0, pair=4.0, contact=106.0)
PLAN = SamplingPlan(quota=4, every=Every.WEEK)


def panel_of(evaluations: int) -> Panel:
    none = cast(Agreement, None)
    one = EvaluatorFound(b"quill", evaluations, 0, None, None, None, None, False, none)
    return Panel((one,), (), none, OWN, 0.0, DELTA)


@pytest.mark.parametrize(
    ("evaluations", "whose"), [(TELLING - 1, "what is usual elsewhere"), (TELLING, "of this centre")]
)
def test_from_two_hundred_on_the_centre_s_own_evaluations_tell(evaluations: int, whose: str) -> None:
    panel = panel_of(evaluations)
    assert panel.differing == (Differing(OWN, is_own=True) if evaluations >= TELLING else USUALLY)
    steps = {one.reliability: one.evaluations for one in needed(PLAN, panel.differing)}
    assert panel.needed == steps["70%"] and f"about {panel.needed} evaluations" in how_many(PLAN, panel.differing)
    assert whose in by_what(panel.differing)


def test_the_usual_is_sixteen_and_agents_closer_together_take_more() -> None:
    assert USUALLY.needed(LEAST_RELIABILITY) == 16
    own = Differing(OWN, is_own=True).needed(LEAST_RELIABILITY)
    assert own is not None and own > 16


def test_where_agents_do_not_differ_no_number_is_enough_and_none_is_told() -> None:
    alike = Differing(replace(OWN, agent=0.0), is_own=True)
    assert needed(PLAN, alike) == []
    assert "no number of them would place one above another" in how_many(PLAN, alike)
    assert "takes about" not in how_many(PLAN, alike)
