"""Is chance asked only about those whom the figures cannot tell apart, and only where a lot shows something?"""

from __future__ import annotations

from typing import cast

import pytest

from floorwalker.insight.cause import Caused, Share
from floorwalker.insight.urgency import equally_urgent
from floorwalker.stats.levels import Cause


def person(number: int, gap: float, half: float, probability: float = 0.9) -> Caused:
    key = bytes([number]) * 16
    own = Share(key, gap, gap - half, gap + half, probability)
    given = {"agent": key, "team": None, "n": 100, "primary": Cause.PERSONAL, "p_system": 0.1, "p_team": 0.1}
    return cast(Caused, Caused(**given, p_personal=probability, waterfall=None, own=own))  # type: ignore[arg-type]


def test_those_who_surely_lie_beyond_or_short_of_the_line_are_not_in_the_lot() -> None:
    people = [person(1, 9.0, 0.5), *(person(n, 5.0 + n / 100, 2.0) for n in range(2, 62)), person(62, 0.2, 0.1)]
    found = equally_urgent(people, 30)
    assert len(found.pool) == 60 and people[0].agent not in found.pool and people[-1].agent not in found.pool
    assert found.begin == 29 and found.is_offered


@pytest.mark.parametrize(("how_many", "begin", "offered"), [(48, 24, True), (47, 24, False), (60, 23, False)])
def test_a_lot_needs_twenty_four_who_begin_and_as_many_who_wait(how_many: int, begin: int, offered: bool) -> None:
    people = [person(n, 5.0, 2.0) for n in range(how_many)]
    assert equally_urgent(people, begin).is_offered is offered


def test_whoever_may_have_no_gap_at_all_is_not_asked_about() -> None:
    people = [person(n, 5.0, 2.0) for n in range(30)] + [person(n, 4.0, 9.0, 0.1) for n in range(30, 90)]
    assert len(equally_urgent(people, 24).pool) == 30
    assert equally_urgent(people, 30).pool == () and equally_urgent([], 24).pool == ()
