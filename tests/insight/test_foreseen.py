"""Is it told before a roll-out begins what its review could show at best?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorwalker.insight.foreseen import smallest_p

DAY = date(2026, 3, 2)


def in_turn(count: int, weeks: int = 4) -> list[date]:
    return [DAY + timedelta(weeks=weeks * place) for place in range(count)]


def test_as_many_orders_as_there_are_say_how_small_p_can_be() -> None:
    assert smallest_p(in_turn(3), 3) == pytest.approx(1 / 6)
    # Two teams one after the other: the mirrored order says as much.
    assert smallest_p(in_turn(2), 2) == 1.0
    assert smallest_p(in_turn(2), 4) == pytest.approx(1 / 12)
    # Who begins after the last review still waits there: three dates, and two that wait.
    assert smallest_p(in_turn(5), 5) == pytest.approx(1 / 60)
    assert smallest_p(in_turn(12, 1), 24) == 0.001


def test_of_one_alone_and_of_all_at_once_nobody_could_tell() -> None:
    assert smallest_p([DAY], 19) is None and smallest_p([DAY], 20) == 0.05
    assert smallest_p([DAY, DAY], 2) is None and smallest_p([], 9) is None
