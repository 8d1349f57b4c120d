"""Are the intervals those of the textbooks, and do they hold the truth as often as they say?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from floorwalker.stats.intervals import (
    UNBOUNDED,
    Interval,
    poisson_interval,
    quantile,
    quantile_interval,
    ratio_interval,
    t_interval,
    wilson_interval,
)
from floorwalker.stats.summaries import Histogram, Mean, Proportion, Rate, Ratio

RUNS = 2000


def _near(interval: Interval, low: float, high: float, tolerance: float = 5e-4) -> bool:
    return interval.low == pytest.approx(low, abs=tolerance) and interval.high == pytest.approx(high, abs=tolerance)


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def _holds(interval: Interval, truth: float) -> bool:
    low = -math.inf if interval.low is None else interval.low
    high = math.inf if interval.high is None else interval.high
    return low <= truth <= high


def test_wilson_on_published_figures() -> None:
    # kpis.md 46: four of five evaluations passed 37.6 to 96.4 %, 45 of 50 78.6 to 95.7 %.
    assert _near(wilson_interval(Proportion(n=5, events=4)), 0.376, 0.964)
    assert _near(wilson_interval(Proportion(n=50, events=45)), 0.786, 0.957)
    # Newcombe 1998, Statistics in Medicine 17, 857-872, table I: 81/263, 15/148, 0/20, 1/29.
    assert _near(wilson_interval(Proportion(n=263, events=81)), 0.2553, 0.3662, 1e-4)
    assert _near(wilson_interval(Proportion(n=148, events=15)), 0.0624, 0.1605, 1e-4)
    assert _near(wilson_interval(Proportion(n=20, events=0)), 0.0, 0.1611, 1e-4)
    assert _near(wilson_interval(Proportion(n=29, events=1)), 0.0061, 0.1718, 1e-4)
    assert wilson_interval(Proportion(n=7, events=7)).high == 1.0


def test_t_is_that_of_the_sample() -> None:
    values = np.array([17.0, 25.0, 3.0, 9.0, 31.0])
    expected = stats.t.interval(0.95, 4, values.mean(), stats.sem(values))
    found = t_interval(Mean(n=5, s1=float(values.sum()), s2=float((values**2).sum())))
    assert _near(found, *expected, tolerance=1e-9)


def test_poisson_on_published_figures() -> None:
    # Garwood 1936: 5 events 1.6235 to 11.6683; none 0 to 3.6889.
    assert _near(poisson_interval(Rate(events=5, exposure=1)), 1.6235, 11.6683)
    assert _near(poisson_interval(Rate(events=0, exposure=2)), 0, 3.6889 / 2)


def test_too_little_has_no_bounds() -> None:
    assert wilson_interval(Proportion()) == UNBOUNDED
    assert t_interval(Mean(n=1, s1=5, s2=25)) == UNBOUNDED
    assert poisson_interval(Rate()) == UNBOUNDED
    assert ratio_interval(Ratio(n=1, sum_x=1, sum_y=2)) == UNBOUNDED
    assert quantile(Histogram(), 0.5) is None
    assert quantile_interval(Histogram(n=3, bins={5: 3}), 0.5) == UNBOUNDED


def test_equal_values_have_no_spread() -> None:
    assert t_interval(Mean(n=3, s1=0.3, s2=0.03)) == Interval(pytest.approx(0.1), pytest.approx(0.1))


def test_median_ranks_are_those_of_the_binomial() -> None:
    # David and Nagaraja: of 20 values the 6th and the 15th hold the median with at least 95 %.
    histogram = Histogram(n=20, bins=dict.fromkeys(range(1, 21), 1))
    assert quantile_interval(histogram, 0.5) == Interval(6, 15)
    assert quantile(histogram, 0.9) == 18
    assert quantile_interval(histogram, 0.9).high is None


@pytest.mark.parametrize(("n", "share"), [(20, 0.1), (80, 0.83), (300, 0.5)])
def test_wilson_holds_the_truth_about_as_often_as_it_says(n: int, share: float) -> None:
    events = np.random.default_rng(7).binomial(n, share, RUNS)
    held = [_holds(wilson_interval(Proportion(n=n, events=int(k))), share) for k in events]
    assert 0.92 <= _share(held) <= 0.99


def test_t_holds_the_truth_of_skewed_handle_times() -> None:
    draws = np.random.default_rng(8).gamma(4, 75, (RUNS, 40))
    held = [_holds(t_interval(Mean(n=40, s1=row.sum(), s2=(row**2).sum())), 300) for row in draws]
    assert 0.92 <= _share(held) <= 0.97


def test_poisson_never_holds_less_than_it_says() -> None:
    events = np.random.default_rng(9).poisson(6.5, RUNS)
    held = [_holds(poisson_interval(Rate(events=int(k), exposure=2)), 3.25) for k in events]
    assert _share(held) >= 0.95


def test_ratio_holds_the_truth_over_days_of_agents() -> None:
    random = np.random.default_rng(10)
    logged = random.uniform(4, 9, (RUNS, 40))
    busy = logged * random.beta(8, 2, (RUNS, 40))
    held = [
        _holds(ratio_interval(Ratio(40, 40, 0, x.sum(), y.sum(), (x * x).sum(), (x * y).sum(), (y * y).sum())), 0.8)
        for x, y in zip(busy, logged, strict=True)
    ]
    assert 0.92 <= _share(held) <= 0.97


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_quantiles_hold_the_truth_whatever_the_shape(share: float) -> None:
    draws = np.ceil(np.random.default_rng(11).exponential(30, (RUNS, 120))).astype(int)
    truth = math.ceil(-30 * math.log(1 - share))
    held = []
    for row in draws:
        values, counts = np.unique(np.minimum(row, 120), return_counts=True)
        histogram = Histogram(n=120, bins=dict(zip(values.tolist(), counts.tolist(), strict=True)))
        held.append(_holds(quantile_interval(histogram, share), truth))
    assert _share(held) >= 0.95


def test_more_data_narrows() -> None:
    def width(interval: Interval) -> float:
        assert interval.low is not None and interval.high is not None
        return interval.high - interval.low

    widths = [width(wilson_interval(Proportion(n=n, events=n // 2))) for n in (10, 100, 1000)]
    assert widths == sorted(widths, reverse=True)
