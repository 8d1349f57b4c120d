"""Do charts of the floor and of kinds of contact alarm as rarely as was agreed, notice what is there, and say since when?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pytest

from floorwalker.insight.cells import AgentCells
from floorwalker.insight.level import LevelCharts, levels_of_read
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.control_charts import AGENTS_PER_LEADER, days_between_alarms
from tests.worlds.published import hold
from tests.worlds.world import WEEK, WORKING_DAYS, World, build

MEASURE = {"duration": "average_handle_time", "share": "transfer_rate", "survey": "csat_top_box"}
FIRST, DAYS, AT, YEAR = date(2026, 1, 5), 130, 100, 220
WORLD = World(seed=0, agents=80, teams=8, days=DAYS, wander=0.03, weekday=0.02)
KINDS = WORLD.skills * WORLD.kinds_a_skill


def followed(world: World) -> tuple[LevelCharts, np.ndarray]:
    """The charts of that floor, and which kinds of contact changed."""
    floor = build(world)
    cells = floor.cells
    kpi = find_kpi(MEASURE[world.kind], catalogue())
    scale = Scale.RATIO if world.kind == "duration" else Scale.DIFFERENCE
    keys = tuple(number.to_bytes(16, "big") for number in range(cells.agents))
    kinds = tuple((f"queue {one // world.kinds_a_skill}", "voice", f"{one:02}") for one in range(cells.strata))
    return levels_of_read(AgentCells(kpi, scale, cells, keys, (None,) * cells.agents, kinds, FIRST)), floor.harder


def on(place: int) -> date:
    """The day of that number of worked days."""
    return FIRST + timedelta(days=place // WORKING_DAYS * WEEK + place % WORKING_DAYS)


@dataclass(frozen=True)
class Found:
    """False alarms in a year, of a floor's chart and of a kind's; the shares of changes found within forty days; days off."""

    floors: float
    kinds: float
    floor_found: float
    kinds_found: float
    days_off: float


def over(seeds: range, world: World) -> Found:
    """What the charts of many floors say; a changed floor or kind counts as found, every other alarm as false."""
    floor_alarms = kind_alarms = kinds = 0
    floor_found, kinds_found, off = [], [], []
    watched = 0.0
    for seed in seeds:
        found, harder = followed(replace(world, seed=seed))
        assert found.floor is not None
        watched += sum(not day.is_base for day in found.floor.days) / YEAR
        for chart in (found.floor, *found.kinds):
            is_floor = chart.is_floor
            changed = bool(world.moved) if is_floor else bool(harder[int(str(chart.kind))])
            mine = [one for one in chart.drifts if changed and one.up and on(AT) <= one.detected]
            if changed:
                (floor_found if is_floor else kinds_found).append(bool(mine))
                off += [abs((one.began - on(AT)).days) for one in mine[:1]]
            elif is_floor:
                floor_alarms += len(chart.drifts)
            else:
                kind_alarms += len(chart.drifts)
                kinds += 1
    years = watched / len(seeds)
    return Found(
        floor_alarms / max(watched, 1e-9),
        kind_alarms / max(kinds * years, 1e-9),
        float(np.mean(floor_found)) if floor_found else 0.0,
        float(np.mean(kinds_found)) if kinds_found else 0.0,
        float(np.median(off)) if off else 0.0,
    )


def agreed(kinds: int) -> float:
    """How many false alarms a year the budget of three a month gives each chart."""
    return YEAR / days_between_alarms(3.0, 5, max(AGENTS_PER_LEADER, 1 + kinds))


def test_a_change_of_everybody_and_of_one_kind_is_noticed_and_dated() -> None:
    """Two kinds become 12 % longer, or everybody a fifth slower: each is told of by its own chart alone."""
    kinds = over(range(51, 54), replace(WORLD, wander=0.01, harder_kinds=2, harder_from=AT))
    assert kinds.kinds_found >= 0.6 and kinds.days_off <= 7 and kinds.kinds <= 2 * agreed(KINDS)
    floor = over(range(43, 45), replace(WORLD, moved=0.2, moved_from=AT))
    assert floor.floor_found == 1.0 and floor.days_off <= 7 and floor.kinds <= 2 * agreed(KINDS)


def test_a_drawn_day_lies_outside_where_the_change_is_told() -> None:
    found, _ = followed(replace(WORLD, seed=43, moved=0.2, moved_from=AT))
    assert found.floor is not None
    drift = found.floor.drifts[0]
    assert drift.up and drift.worse and drift.size == pytest.approx(0.2 * 330, rel=0.5)
    first = next(day for day in found.floor.days if day.is_outside)
    assert first.day == drift.detected and not any(day.is_outside for day in found.floor.days if day.is_base)
    assert all(day.limit is not None and day.limit > 0 for day in found.floor.days)


def test_few_days_or_few_kinds_give_no_chart() -> None:
    short, _ = followed(replace(WORLD, seed=45, days=55, agents=20, teams=2))
    assert short.floor is None and short.kinds == ()
    few, _ = followed(replace(WORLD, seed=46, days=70, agents=20, teams=2, skills=2, kinds_a_skill=2))
    assert few.floor is not None and few.kinds == ()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["duration", "share", "survey"])
def test_charts_keep_to_the_budget_over_many_floors(kind: str) -> None:
    """Where days wander and weekdays differ; and found is what truly changed."""
    seeds = range(620, 644)
    calm = over(seeds, replace(WORLD, kind=kind))
    assert calm.floors <= 1.5 * agreed(KINDS), "few floors: an alarm more or less weighs much"
    assert calm.kinds <= 1.25 * agreed(KINDS)
    if kind == "duration":
        # Thirty days after the change alone.
        harder = over(range(650, 666), replace(WORLD, harder_kinds=2, harder_from=AT))
        moved = over(range(670, 690), replace(WORLD, moved=0.1, moved_from=AT))
        hold(
            "levels",
            floor_alarms=calm.floors,
            kind_alarms=calm.kinds,
            alarms_agreed=agreed(KINDS),
            kinds_found_12=harder.kinds_found,
            kinds_days_off=harder.days_off,
            floor_found_10=moved.floor_found,
            floor_days_off=moved.days_off,
        )
        assert harder.kinds_found >= 0.6 and harder.days_off <= 5
        assert moved.floor_found >= 0.7 and moved.days_off <= 5
