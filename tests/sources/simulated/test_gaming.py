"""Does a floor that is to be reviewed coach early enough, and plant somebody who games handle time, as its truth says?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np

from floorwalker.sources.simulated.floor import build_floor
from floorwalker.sources.simulated.parameters import Parameters, read_parameters
from floorwalker.sources.simulated.planted import REVIEW_DAYS, bearing_on

ASKED = {"agents": "60", "days": "455", "seed": "4", "truth": "reviewed"}


def test_whoever_games_handle_time_settles_less_from_the_day_on() -> None:
    parameters = read_parameters(ASKED)
    floor = build_floor(parameters)
    gaming = floor.plants.gaming
    assert gaming is not None and gaming.day == 455 - REVIEW_DAYS
    site, person = gaming.person
    roster = floor.rosters[site]
    before, after = (bearing_on(floor.plants, roster, day) for day in (gaming.day - 1, gaming.day))
    assert after.pace[person] / before.pace[person] < 0.65
    assert after.resolution[person] - before.resolution[person] < -0.2
    coached = {number for one in floor.plants.coachings for place, number in one.people if place == site}
    others = np.setdiff1d(np.arange(roster.size), [person, *coached])
    assert np.allclose(after.resolution[others], before.resolution[others], atol=0.01)


def test_the_truth_names_her_and_the_day() -> None:
    parameters = read_parameters(ASKED)
    planted: Any = build_floor(parameters).truth()["planted"]
    kinds = {one["kind"]: one for one in planted}
    on = (parameters.end - timedelta(days=REVIEW_DAYS)).isoformat()
    assert kinds["handle_time_gamed"]["on"] == kinds["coaching_that_works"]["on"] == on
    assert kinds["handle_time_gamed"]["agents"][0] not in kinds["coaching_that_works"]["agents"]


def test_a_floor_as_before_has_nobody_who_games() -> None:
    assert build_floor(Parameters(agents=60, days=455, seed=4)).plants.gaming is None
