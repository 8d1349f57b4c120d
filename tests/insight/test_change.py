"""Is a change said only where it is more than chance?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from floorwalker.estimate import Estimate, NoEstimate, Reason
from floorwalker.insight.change import Direction, read_change

SHARE = Estimate(0.7, 0.62, 0.77, 140, "wilson", "transfer_rate@1", "share", 0.7)
NOTHING = NoEstimate(Reason.TOO_FEW, 2, "transfer_rate@1", "share")


@pytest.mark.parametrize(
    ("was", "direction"),
    [
        (replace(SHARE, value=0.5, low=0.42, high=0.58), Direction.HIGHER),
        (replace(SHARE, value=0.9, low=0.84, high=0.94), Direction.LOWER),
        (replace(SHARE, value=0.66, low=0.58, high=0.73), Direction.CHANCE),
        (NOTHING, Direction.UNKNOWN),
    ],
)
def test_beyond_chance_or_not(was: Estimate | NoEstimate, direction: Direction) -> None:
    assert read_change(SHARE, was).direction is direction


def test_ranges_that_overlap_may_still_differ_by_more_than_chance() -> None:
    was = replace(SHARE, value=0.58, low=0.5, high=0.66)
    assert was.high is not None and SHARE.low is not None and was.high > SHARE.low
    assert read_change(SHARE, was).direction is Direction.HIGHER


def test_what_was_counted_has_no_chance() -> None:
    counted = Estimate(20, None, None, 20, "counted", "contacts_handled@1", "contacts", 20)
    found = read_change(counted, replace(counted, value=30.0))
    assert found.direction is Direction.COUNTED and found.low is None
