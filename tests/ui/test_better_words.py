"""Is a gain said without a sign, and never as better and worse at once?"""

from __future__ import annotations

from floorwalker.ui.better_words import gain, gain_between


def test_a_gain_is_better_or_worse_by_so_much() -> None:
    assert gain(0.084, "share") == "better by 8.4 points" and gain(-0.021, "share") == "worse by 2.1 points"
    assert gain(0.031, "ratio") == "better by 3.1%" and gain(-1.5, "score") == "worse by 1.50"
    assert gain(None, "share") == "–" and gain(-0.0001, "share") == gain(0.0, "score") == "no different"


def test_a_range_says_on_which_side_it_lies() -> None:
    assert gain_between(0.012, 0.156, "share") == "better by 1.2 to 15.6 points"
    assert gain_between(-0.06, -0.02, "share") == "worse by 2.0 to 6.0 points"
    assert gain_between(-0.02, 0.031, "share") == "from 2.0 points worse to 3.1 points better"
    assert gain_between(-0.02, 0.031, "ratio") == "from 2.0% worse to 3.1% better"
    # What is written as nought lies on neither side.
    assert gain_between(-0.0001, 0.031, "ratio") == "better by 0.0 to 3.1%"
    assert gain_between(-0.031, 0.0, "ratio") == "worse by 0.0 to 3.1%"
    assert gain_between(0.0, 0.0001, "ratio") == "no different" and gain_between(None, 0.1, "ratio") == "–"
