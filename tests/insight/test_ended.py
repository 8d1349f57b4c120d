"""Does an objective end by the reading of which its chance was told, and does what it cost count?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from floorwalker.estimate import Estimate, NoEstimate, Reason
from floorwalker.insight.ended import Ended, fell_beyond, how_it_ended, is_beyond_luck
from floorwalker.insight.objective import Followed
from floorwalker.insight.person_level import Standing
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.targets import Gain, Outlook, Progress, reach_probability

AHT, FCR = catalogue()["average_handle_time"], catalogue()["first_contact_resolution"]
DUE = date(2026, 9, 30)


def read(value: float, low: float, high: float) -> Estimate:
    return Estimate(value, low, high, 200, "reading", AHT.stamp, AHT.unit, value)


def followed(reading: Estimate | NoEstimate, on: date = DUE) -> Followed:
    now = Estimate(95.0, 88.0, 102.0, 900, "local_level", AHT.stamp, AHT.unit, 96.0)
    return Followed(AHT, b"a", on, DUE, now, Standing(90.0, 0.4, 0.3, Progress.AT_RISK, ()), (), reading)


@pytest.mark.parametrize(
    ("reading", "fell", "ended"),
    [
        (read(89.0, 84.0, 94.0), False, Ended.REACHED),
        (read(90.0, 85.0, 95.0), None, Ended.REACHED),
        (read(91.0, 86.0, 96.0), False, Ended.NOT_REACHED),
        (read(80.0, 78.0, 82.0), True, Ended.AT_A_COST),
        (read(91.0, 86.0, 96.0), True, Ended.NOT_REACHED),
        (NoEstimate(Reason.NO_DATA, 0, AHT.stamp, AHT.unit), None, Ended.CANNOT_TELL),
    ],
)
def test_it_ends_by_the_reading_and_its_cost(reading: Estimate | NoEstimate, fell: bool | None, ended: Ended) -> None:
    assert how_it_ended(90.0, followed(reading), fell) is ended


def test_before_its_day_nothing_has_ended() -> None:
    assert how_it_ended(90.0, followed(read(80.0, 78.0, 82.0), date(2026, 9, 29)), False) is Ended.CANNOT_TELL
    assert how_it_ended(90.0, None, None) is Ended.CANNOT_TELL


def test_luck_is_told_beside_it() -> None:
    assert not is_beyond_luck(AHT, 90.0, read(89.0, 84.0, 94.0))
    assert is_beyond_luck(AHT, 90.0, read(80.0, 76.0, 84.0)) and is_beyond_luck(AHT, 90.0, read(99.0, 95.0, 103.0))


def test_the_limit_is_on_the_worse_side() -> None:
    resolved = replace(read(0.70, 0.66, 0.74), unit="share")
    assert fell_beyond(FCR, 0.72, resolved) is True and fell_beyond(FCR, 0.68, resolved) is False
    assert fell_beyond(FCR, None, resolved) is None
    assert fell_beyond(FCR, 0.72, NoEstimate(Reason.TOO_FEW, 2, FCR.stamp, FCR.unit)) is None


def test_so_many_end_as_reached_as_was_told() -> None:
    """A target told to be met with six in ten is, in the long run; by a whole range beyond it, far fewer would be."""
    rng, luck = np.random.default_rng(66_001), 16.0
    outlook = Outlook(100.0, 25.0, 4.0, luck, Gain(6.0, 9.0), more_is_better=False)
    target = outlook.reached_at(0.6, 3.0)
    mean, variance = outlook.forecast(3.0)
    readings = rng.normal(mean, variance**0.5, 2000)
    half = 1.96 * luck**0.5
    ends = [how_it_ended(target, followed(read(one, one - half, one + half)), False) for one in readings.tolist()]
    met = np.mean([one is Ended.REACHED for one in ends])
    assert met == pytest.approx(reach_probability(outlook, 3.0, target), abs=0.035)
    assert np.mean(readings + half <= target) < 0.35, "the stricter end would have broken what was told"
