"""Do charts of rare events keep to their budget, notice what is there, and leave out what hit everybody?"""

from __future__ import annotations

import numpy as np
import pytest

from floorwalker.stats.cells import Array
from floorwalker.stats.rare_events import expected_events, find_rises, limit_for, run_length
from tests.worlds.published import hold

BASE, DAYS, YEAR, AGENTS, CHANGED, AT = 60, 300, 220, 120, 30, 160
APART = 420.0


def floor(seed: int, rate: float, *, times: float = 1.0, outage: bool = False) -> tuple[Array, Array, Array]:
    """Events, contacts and what kinds alone would give: people of rates of their own, days better and worse."""
    rng = np.random.default_rng(seed)
    n = rng.poisson(rng.gamma(6, 5, AGENTS)[:, None] * (rng.random((AGENTS, DAYS)) < 0.93)).astype(float)
    chance = rate * np.exp(rng.normal(0, 0.4, AGENTS))[:, None] * rng.gamma(8, 1 / 8, (AGENTS, DAYS))
    chance[:CHANGED, AT:] *= times
    if outage:
        chance[:, 120:125] *= 4
    return rng.binomial(n.astype(int), np.minimum(chance, 1)).astype(float), n, n * rate


def alarms(seeds: range, rate: float, *, times: float = 1.0, outage: bool = False) -> tuple[float, float]:
    """Alarms of an unchanged agent in a year; the share of changed ones noticed within forty days."""
    false, noticed = 0, []
    changed = CHANGED if times > 1 else 0
    for seed in seeds:
        found = find_rises(*floor(seed, rate, times=times, outage=outage), BASE, APART)
        false += sum(one.unit >= changed for one in found)
        seen = {one.unit for one in found if AT <= one.detected < AT + 40}
        noticed += [unit in seen for unit in range(changed)]
    years = len(seeds) * (AGENTS - changed) * (DAYS - BASE) / YEAR
    return false / years, float(np.mean(noticed)) if noticed else 0.0


@pytest.mark.parametrize("expected", [0.02, 0.4, 2.0])
def test_limits_let_an_unchanged_unit_alarm_as_rarely_as_was_agreed(expected: float) -> None:
    limit = limit_for(APART, expected)
    assert run_length(limit, expected) == pytest.approx(APART, rel=0.02)
    events = np.random.default_rng(1).poisson(expected, (600, 4000))
    sums, first = np.zeros(600), np.full(600, 4000.0)
    for day in range(4000):
        sums = np.maximum(0, sums + events[:, day] * np.log(2) - expected)
        first[(sums >= limit) & (first == 4000)] = day + 1
    assert first.mean() == pytest.approx(APART, rel=0.12)


def test_rises_are_noticed_and_others_are_left_alone() -> None:
    false, _ = alarms(range(610_000, 610_002), 0.005)
    assert false <= 1.4 * YEAR / APART
    _, noticed = alarms(range(611_000, 611_002), 0.01, times=3)
    assert noticed >= 0.7
    calm, hit = (alarms(range(612_000, 612_002), 0.01, outage=outage)[0] for outage in (False, True))
    assert hit <= calm + 0.15


@pytest.mark.slow
def test_charts_of_rare_events_keep_their_promises_over_many_floors() -> None:
    false, outage = (alarms(range(613_000, 613_020), 0.005, outage=hit)[0] for hit in (False, True))
    _, double = alarms(range(614_000, 614_020), 0.005, times=2)
    _, triple = alarms(range(615_000, 615_020), 0.005, times=3)
    hold("rare", alarms=false, alarms_agreed=YEAR / APART, alarms_outage=outage, found_2=double, found_3=triple)
    assert false <= 1.2 * YEAR / APART
    assert outage <= 1.2 * YEAR / APART
    assert triple >= 0.65


def test_what_is_expected_follows_the_kinds_the_person_and_everybody() -> None:
    events, _n, usual = floor(616, 0.02)
    expected = expected_events(events, usual, BASE)
    assert expected.sum() == pytest.approx(events.sum(), rel=0.1)
    often = events[:, :BASE].sum(axis=1).argmax()
    assert expected[often, BASE:].sum() > 1.3 * usual[often, BASE:].sum()


@pytest.mark.parametrize("rate", [0.0, 0.001])
def test_where_nothing_happens_there_is_no_alarm_and_no_error(rate: float) -> None:
    events = np.zeros((3, 80))
    assert find_rises(events, np.full((3, 80), 5.0), np.full((3, 80), 5.0 * rate), BASE, APART) == []
