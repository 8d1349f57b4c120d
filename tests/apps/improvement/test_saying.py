"""Is what lies on the good side of a standard said without a sign, and as no gap?"""

from __future__ import annotations

import pytest

from floorwalker.apps.improvement.saying import size_said
from floorwalker.apps.improvement.taken import Size
from floorwalker.kpis.catalogue import catalogue


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-0.009, 0.001, "better by 0.4 points (likely from 0.1 points worse to 0.9 points better)"),
        (-0.009, -0.001, "better by 0.4 points (likely by 0.1 points to 0.9 points)"),
    ],
)
def test_better_than_agreed_is_no_gap_and_has_no_sign(low: float, high: float, said: str) -> None:
    size = Size(gap=-0.004, low=low, high=high, probability=0.2, n=900, standard=0.1, reference=False)
    told = size_said(size, catalogue()["transfer_rate"])
    assert told == f"There is no gap for the worse: {said}."
