"""Do charts alarm as rarely as was agreed, notice what is there, and say since when?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from floorwalker.stats.cells import Array
from floorwalker.stats.control_charts import (
    chart,
    days_between_alarms,
    find_signals,
    limit_for,
    run_length,
    standardise,
)
from tests.worlds.published import hold

BASE, YEAR = 60, 220
AGENTS = 120


@dataclass(frozen=True)
class Found:
    """Alarms on the worse side by an unchanged agent and year; the share of changed agents noticed in 40 days; dates."""

    false_alarms: float
    noticed: float
    days_off: float


def floor(seed: int, days: int, *, shift: float = 0.0, at: int = 0, outage: int | None = None) -> tuple[Array, Array]:
    """Daily means of logarithms: people, a site that drifts for days, good weeks, bad days, contacts one by one."""
    rng = np.random.default_rng(seed)
    n = rng.poisson(rng.gamma(6, 5, AGENTS)[:, None] * (rng.random((AGENTS, days)) < 0.93)).astype(float)
    site = np.zeros(days)
    for day in range(1, days):
        site[day] = 0.8 * site[day - 1] + 0.6 * rng.normal(0, 0.03)
    weeks = np.repeat(rng.normal(0, 0.03, (AGENTS, days // 5 + 1)), 5, axis=1)[:, :days]
    noise = rng.normal(0, 0.05, (AGENTS, days)) + rng.normal(size=(AGENTS, days)) * 0.65 / np.sqrt(np.maximum(n, 1))
    mean = rng.normal(0, 0.12, AGENTS)[:, None] + site + weeks + noise
    if outage is not None:
        mean[:, outage : outage + 5] += 0.25
    mean[: AGENTS // 4, at:] += shift
    return np.where(n > 0, mean, np.nan), n


def follow(seeds: range, days: int, *, shift: float = 0.0, at: int = 0, outage: int | None = None) -> Found:
    alarms, noticed, off = 0, [], []
    changed = set(range(AGENTS // 4)) if shift else set()
    for seed in seeds:
        mean, n = floor(seed, days, shift=shift, at=at, outage=outage)
        series = standardise(mean, n, BASE)
        signals = [one for one in find_signals(series, chart(series, 420, BASE), n) if one.up]
        alarms += sum(one.unit not in changed for one in signals)
        for unit in changed:
            first = next((one for one in signals if one.unit == unit and at <= one.detected < at + 40), None)
            noticed.append(first is not None)
            off += [abs(first.began - at)] if first else []
    years = len(seeds) * (AGENTS - len(changed)) * (days - BASE) / YEAR
    return Found(alarms / years, float(np.mean(noticed)) if noticed else 0.0, float(np.median(off)) if off else 0.0)


def weekly_alarms(seeds: range, days: int) -> float:
    """What is done elsewhere: alarms by agent and year of "5 % up on the week before", where nobody changed."""
    alarms = 0
    for seed in seeds:
        mean, n = floor(seed, days)
        weight = np.where(np.isfinite(mean), n, 0.0)[:, BASE:]
        parts = (AGENTS, -1, 5)
        weeks = (np.nan_to_num(mean[:, BASE:]) * weight).reshape(parts).sum(axis=2) / np.maximum(
            weight.reshape(parts).sum(axis=2), 1
        )
        alarms += int((np.diff(weeks, axis=1) > np.log(1.05)).sum())
    return alarms / (len(seeds) * AGENTS * (days - BASE) / YEAR)


@pytest.mark.parametrize(("days", "limit"), [(250, 2.55), (420, 2.75), (1260, 3.14)])
def test_limits_are_those_of_the_published_run_lengths(days: float, limit: float) -> None:
    assert limit_for(days) == pytest.approx(limit, abs=0.006)
    assert run_length(0.1, limit_for(days)) == pytest.approx(days, rel=0.001)


def test_run_lengths_agree_with_a_published_table() -> None:
    """Lucas and Saccucci 1990, table 3: weight .1, limit 2.814: 500 days unchanged, 10.3 at a shift of one."""
    assert run_length(0.1, 2.814) == pytest.approx(500, rel=0.01)
    assert run_length(0.1, 2.814, 1.0) == pytest.approx(10.3, rel=0.01)


def test_a_leaders_budget_sets_the_run_length() -> None:
    assert days_between_alarms(3, 5) == 420


def test_alarms_of_nobodys_change_keep_to_the_budget() -> None:
    assert follow(range(71_000, 71_006), 300).false_alarms <= 1.25 * YEAR / (2 * 420)


def test_an_outage_is_nobodys_change() -> None:
    calm, hit = (follow(range(72_000, 72_004), 200, outage=outage) for outage in (None, 120))
    assert hit.false_alarms <= calm.false_alarms + 0.05


def test_a_change_is_noticed_and_dated() -> None:
    found = follow(range(73_000, 73_004), 160, shift=0.15, at=100)
    assert found.noticed >= 0.85
    assert found.days_off <= 5


@pytest.mark.slow
def test_charts_keep_their_promises_over_many_floors() -> None:
    false = follow(range(74_000, 74_040), 300).false_alarms
    smaller, larger = (follow(range(75_000, 75_030), 160, shift=shift, at=100) for shift in (0.10, 0.15))
    elsewhere = weekly_alarms(range(74_000, 74_010), 300)
    hold(
        "charts",
        alarms=false,
        alarms_agreed=YEAR / 840,
        alarms_elsewhere=elsewhere,
        found_10=smaller.noticed,
        found_15=larger.noticed,
    )
    assert false <= 1.1 * YEAR / (2 * 420)
    assert smaller.noticed >= 0.55
    assert larger.noticed >= 0.86


@pytest.mark.parametrize("days", [1, 2, BASE, BASE + 1])
def test_little_to_follow_gives_no_alarm_and_no_error(days: int) -> None:
    mean, n = np.zeros((3, days)), np.full((3, days), 5.0)
    series = standardise(mean, n, min(BASE, days))
    assert find_signals(series, chart(series, 420, min(BASE, days)), n) == []
