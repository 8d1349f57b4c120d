"""Is every contact given by lot, evenly, never to whom it may not be, and one in four outside the evaluator's own teams?"""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.stats.assigning import NOBODY, assign


@settings(max_examples=40)
@given(
    teams=st.lists(st.integers(0, 5), min_size=1, max_size=80),
    owners=st.lists(st.integers(0, 5), min_size=2, max_size=6),
    outside=st.floats(0.25, 0.9),
    shuffle=st.integers(0, 99),
)
def test_nobody_marks_mostly_her_own(teams: list[int], owners: list[int], outside: float, shuffle: int) -> None:
    team = np.array(teams)
    own = team[:, None] == np.array(owners)
    may = np.ones_like(own)
    keys = [f"contact {number}" for number in range(len(team))]
    lots = assign(keys, may, own, outside=outside, twice=0.1, seed="s")
    assert (lots.first != NOBODY).all()
    if len(set(owners)) > 1:  # somebody else may mark every contact
        for evaluator in range(len(owners)):
            hers = lots.first == evaluator
            assert own[hers, evaluator].sum() <= (1 - outside) * hers.sum() + 1e-9
    again = lots.second != NOBODY
    assert again.sum() == round(0.1 * len(team))
    assert (lots.second[again] != lots.first[again]).all()
    # By contact, not by row: the same whatever the order.
    mixed = np.random.default_rng(shuffle).permutation(len(team))
    other = assign([keys[row] for row in mixed], may[mixed], own[mixed], outside=outside, twice=0.1, seed="s")
    assert other.first.tolist() == lots.first[mixed].tolist()
    assert other.second.tolist() == lots.second[mixed].tolist()


def test_nobody_gets_what_she_may_not_mark_even_where_shares_suffer() -> None:
    own = np.array([[True, False]] * 10)
    may = np.array([[True, False]] * 9 + [[False, False]])
    lots = assign([str(number) for number in range(10)], may, own, outside=0.25, twice=0.5, seed="s")
    assert lots.first.tolist() == [0] * 9 + [NOBODY]
    assert lots.second.tolist() == [NOBODY] * 10


def test_work_is_shared_evenly_where_it_can_be() -> None:
    own = np.zeros((100, 4), dtype=bool)
    lots = assign([str(number) for number in range(100)], ~own, own, outside=0.25, twice=0.2, seed="s")
    assert np.bincount(lots.first).tolist() == [25] * 4
    assert np.bincount(lots.second[lots.second >= 0]).tolist() == [5] * 4
