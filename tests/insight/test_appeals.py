"""Is what appeals teach counted by question, with what chance alone could do?"""

from __future__ import annotations

import pytest

from floorwalker.estimate import Estimate, NoEstimate
from floorwalker.insight.appeals import Case, overturned_by_question, share_of


def test_each_question_is_counted_among_the_appeals_against_it():
    cases = [Case(["a", "b"], ["a", "c"]), Case(["a"], ()), Case(["b", "b"], ["b"]), Case(["a"], ["a"])]
    found = [(one.question, one.appealed, one.rate.value) for one in overturned_by_question(cases)]
    assert found == [("a", 3, pytest.approx(2 / 3)), ("b", 2, 0.5)]


def test_a_share_has_its_range_and_nothing_has_none():
    found = share_of(4, 5)
    # Wilson's interval of four in five: 37.6 to 96.4 % (kpis.md, measure 46).
    assert isinstance(found, Estimate) and (round(found.low, 3), round(found.high, 3)) == (0.376, 0.964)
    assert isinstance(share_of(0, 0), NoEstimate)
