"""Is the clearest evidence called the clearest?"""

from __future__ import annotations

import math

import pytest

from floorwalker.estimate import Answer, Estimate, NoEstimate, Reason
from floorwalker.insight.judgement import Target, clearance

AIM = Target(low=0.8)


def share(low: float, high: float) -> Estimate:
    return Estimate((low + high) / 2, low, high, 50, "wilson", "k@1", "share", (low + high) / 2)


@pytest.mark.parametrize(
    ("answer", "clear"),
    [
        (share(0.75, 0.85), 0.0),
        (share(0.6, 0.7), 1.0),
        (share(0.9, 0.95), 2.0),
        (share(0.7, 0.7), math.inf),
        (share(0.8, 0.8), 0.0),
        (NoEstimate(Reason.TOO_FEW, 2, "k@1", "share"), 0.0),
        (Estimate(5, None, None, 5, "counted", "k@1", "contacts", 5), 0.0),
    ],
)
def test_clearance_is_told_in_widths_of_the_interval(answer: Answer, clear: float) -> None:
    assert clearance(answer, AIM) == pytest.approx(clear)
    assert clearance(answer, None) == 0.0
