"""Do summaries add up, in any order, to the summary of everything?"""

from __future__ import annotations

import functools
import itertools
import operator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.stats.summaries import (
    Count,
    Detail,
    Histogram,
    Maximum,
    Mean,
    Proportion,
    Rate,
    Ratio,
    Summary,
    bin_edges,
)

WHOLE = st.integers(0, 1000)
MAKERS: dict[str, st.SearchStrategy[Summary]] = {
    "count": st.builds(Count, WHOLE, WHOLE, WHOLE, WHOLE),
    "proportion": st.builds(Proportion, WHOLE, WHOLE, WHOLE, WHOLE),
    "mean": st.builds(
        Mean, WHOLE, WHOLE, WHOLE, WHOLE, WHOLE, st.none() | st.builds(Detail, WHOLE, WHOLE, WHOLE, WHOLE)
    ),
    "rate": st.builds(Rate, WHOLE, WHOLE, WHOLE, WHOLE, WHOLE),
    "ratio": st.builds(Ratio, WHOLE, WHOLE, WHOLE, WHOLE, WHOLE, WHOLE, WHOLE, WHOLE),
    "maximum": st.builds(Maximum, WHOLE, WHOLE, WHOLE, st.none() | WHOLE),
    "histogram": st.builds(Histogram, WHOLE, WHOLE, WHOLE, st.dictionaries(st.integers(0, 200), st.integers(1, 9))),
}


@pytest.mark.parametrize("kind", MAKERS)
@given(data=st.data())
def test_order_and_grouping_do_not_matter(kind: str, data: st.DataObject) -> None:
    a, b, c = (data.draw(MAKERS[kind]) for _ in range(3))
    add = functools.partial(functools.reduce, operator.add)
    assert add([a, b, c]) == add([c, a, b]) == a + (b + c)
    assert add([a, b]).n == a.n + b.n
    assert add([a, b]).pending == a.pending + b.pending


@pytest.mark.parametrize("maker", [Count, Proportion, Mean, Rate, Ratio, Maximum, Histogram])
def test_nothing_changes_nothing(maker: type[Summary]) -> None:
    assert maker() + maker(seen=3, n=2, pending=1) == maker(seen=3, n=2, pending=1)


def test_a_ratio_is_a_ratio_of_sums() -> None:
    # kpis.md, rule 2: 100 contacts of 300 s and 10 of 900 s make 354.5 s, not the 600 s of a mean of means.
    both = Mean(n=100, s1=30_000) + Mean(n=10, s1=9_000)
    assert both.observed == pytest.approx(354.545454)
    assert (Ratio(n=1, sum_x=1, sum_y=2) + Ratio(n=1, sum_x=9, sum_y=10)).observed == pytest.approx(10 / 12)


def test_bins_cover_the_line_once_and_are_fine_where_thresholds_lie() -> None:
    edges = [bin_edges(index) for index in range(250)]
    assert edges[0] == (0, 0)
    assert all(before[1] == after[0] for before, after in itertools.pairwise(edges))
    assert {high for _, high in edges} >= {*range(121), *range(130, 601, 10), *range(660, 1200, 60)}


def test_whole_seconds_up_to_two_minutes_come_back_exactly() -> None:
    waits = sorted(np.random.default_rng(1).integers(0, 121, 500).tolist())
    bins = {value: waits.count(value) for value in set(waits)}
    histogram = Histogram(n=len(waits), bins=bins)
    assert [histogram.at_rank(rank + 1) for rank in range(len(waits))] == waits


def test_a_rank_in_a_wide_bin_takes_its_share_of_it() -> None:
    histogram = Histogram(n=4, bins={121: 4})  # above 120 s, up to 130 s
    assert [histogram.at_rank(rank) for rank in (1, 2, 3, 4)] == [122.5, 125, 127.5, 130]
    with pytest.raises(ValueError, match="rank 5"):
        histogram.at_rank(5)
