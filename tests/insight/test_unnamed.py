"""Is nobody who may not be named known by the number of her contacts, nor by being the only one without a name?"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.insight.funnel import Funnel, Group, Limits, Place, Point
from floorwalker.insight.unnamed import without_marks
from floorwalker.kpis.catalogue import catalogue

KPI = catalogue()["average_handle_time"]
LIMITS = tuple(Limits(float(n), -1 / n, 1 / n, -2 / n, 2 / n) for n in (10, 100, 1000, 10_000))


def point(number: int, n: int, reliability: float) -> Point:
    return Point(number.to_bytes(16, "big"), None, n, number / 100, -0.5, 0.5, Place.WITHIN, reliability)


def drawn(points: list[Point], smallest: int = 4) -> tuple[list[Point], int]:
    found, undrawn = without_marks(Funnel(KPI, (Group(tuple(points), LIMITS),), 0, 0), smallest)
    return list(found.points), undrawn


@given(st.lists(st.tuples(st.integers(20, 5000), st.sampled_from([0.5, 0.9])), max_size=40))
def test_every_number_of_contacts_without_a_name_is_that_of_four(people: list[tuple[int, float]]) -> None:
    points = [point(number, n, reliability) for number, (n, reliability) in enumerate(people)]
    found, undrawn = drawn(points)
    named = [one for one in points if one.may_be_named]
    assert [one for one in found if one.may_be_named] == named, "whoever may be named stands where she stood"
    unnamed = [one for one in found if not one.may_be_named]
    assert all(count >= 4 for count in Counter(one.n for one in unnamed).values())
    assert len(unnamed) + undrawn == len(points) - len(named)
    assert undrawn < 4 and not (undrawn and unnamed)
    before = {one.agent: one for one in points}
    for one in unnamed:
        assert (one.off, one.place) == (before[one.agent].off, before[one.agent].place)
    # Lines of her own days would tell who it is: all of a band have the band's.
    assert len({(one.low, one.high) for one in unnamed}) == len({one.n for one in unnamed})


@pytest.mark.parametrize("unnamed", [1, 3])
def test_who_would_be_known_by_elimination_is_not_drawn(unnamed: int) -> None:
    points = [point(number, 500, 0.9) for number in range(6)]
    points += [point(6 + number, 40, 0.5) for number in range(unnamed)]
    found, undrawn = drawn(points)
    assert (len(found), undrawn) == (6, unnamed)


def test_a_band_stands_at_a_number_that_people_would_say() -> None:
    found, _undrawn = drawn(
        [point(number, n, 0.1) for number, n in enumerate([21, 33, 1234, 1240, 1277, 1290, 22, 25])]
    )
    assert sorted({one.n for one in found}) == [24, 1300]
    assert {round(one.high, 4) for one in found if one.n == 1300} == {0.001}
