"""Is an objective the person's own: from where she stands at the same work, and refused where it would be luck or the system's?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from floorwalker.errors import KpiError
from floorwalker.estimate import Estimate, NoEstimate
from floorwalker.insight import people_levels
from floorwalker.insight.blocks import BLOCK_DAYS
from floorwalker.insight.cause import Caused, Causes, Share
from floorwalker.insight.cells import AgentCells
from floorwalker.insight.history import BLOCKS, RECENT, History, histories_of_read
from floorwalker.insight.objective import (
    Followed,
    Hindrance,
    NoObjective,
    Objective,
    propose_objective,
)
from floorwalker.insight.people_levels import read_people_levels
from floorwalker.insight.scorecard import Period
from floorwalker.insight.waterfall import Waterfall
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.cells import Cells
from floorwalker.stats.levels import Cause
from floorwalker.stats.targets import Gain, Progress
from tests.insight.followed import follow
from tests.worlds.world import World, build

FIRST = date(2025, 3, 3)
YEAR = Period(FIRST, FIRST + timedelta(days=BLOCKS * BLOCK_DAYS - 1))
ON, DUE = YEAR.last, YEAR.last + timedelta(days=84)
# People work on five days of seven; contacts are few, so that a year is made in no time.
WORLD = World(seed=64_001, agents=30, teams=3, skills=2, kinds_a_skill=2, days=260, contacts_a_day=8, shape="normal")
FLOOR = build(WORLD)
PLAN = Gain(0.15, 0.03**2)
FLAT = Waterfall(0.0, 0.0, 0.0, 0.0, 0.0)


def key(number: int) -> bytes:
    return number.to_bytes(16, "big")


def read_of(cells: Cells, measure: str = "average_handle_time") -> AgentCells:
    kpi = find_kpi(measure, catalogue())
    scale = Scale.RATIO if kpi.unit == "seconds" else Scale.DIFFERENCE
    agents = tuple(key(number) for number in range(cells.agents))
    return AgentCells(kpi, scale, cells, agents, (None,) * cells.agents, ((),) * cells.strata, FIRST)


def history_of(read: AgentCells) -> History:
    """Of those who can all be compared with one another."""
    (found,) = histories_of_read(read, YEAR)
    return found


READ = read_of(FLOOR.cells)
FOUND = history_of(READ)
WORST = int(np.argsort(FLOOR.truth)[-3])
BEST = int(np.argmin(FLOOR.truth))


def causes(primary: Cause = Cause.PERSONAL) -> Causes:
    of_people = (
        Caused(key(number), None, 99, primary, 0.0, 0.0, 0.9, FLAT, Share(key(number), 1.0, 0.0, 2.0, 0.9))
        for number in range(FLOOR.cells.agents)
    )
    return Causes(READ.kpi, 300.0, False, 0.05, None, (), tuple(of_people), ())


def propose(
    monkeypatch: pytest.MonkeyPatch,
    agent: int,
    read: AgentCells | None = READ,
    gain: Gain | None = PLAN,
    whose: Causes | None = None,
) -> Objective | NoObjective:
    monkeypatch.setattr(people_levels, "read_cells", lambda *_asked: read)
    person = read_people_levels(None, "", ON, {}).get(key(agent))  # type: ignore[arg-type]
    measure = READ.kpi.id if read is None else read.kpi.id
    return propose_objective(measure, key(agent), person, ON, DUE, causes=whose or causes(), gain=gain)


def test_blocks_follow_what_people_truly_are() -> None:
    assert FOUND.effect.shape == (30, BLOCKS) and FOUND.blocks[-1].last == YEAR.last
    mean = np.nanmean(FOUND.effect, axis=1)
    assert np.corrcoef(mean, FLOOR.truth)[0, 1] > 0.9
    off = (FOUND.effect - (FLOOR.truth - FLOOR.truth.mean())[:, None]) ** 2 / FOUND.error
    assert np.nanmean(off) == pytest.approx(1.0, abs=0.35), "luck is as large as is said"
    late = FOUND.effect[:, -RECENT:]
    assert np.average(np.nan_to_num(late), weights=FOUND.contacts[:, -RECENT:]) == pytest.approx(0.0, abs=1e-9)


def test_what_moved_everybody_is_nobodys() -> None:
    moved = build(replace(WORLD, moved=0.2, moved_from=180))
    found = history_of(read_of(moved.cells))
    for one in (found, FOUND):
        steps = np.nanmean(one.effect[:, 9:], axis=1) - np.nanmean(one.effect[:, :9], axis=1)
        assert abs(float(steps.mean())) < 0.02
    assert found.level > 1.15 * FOUND.level, "the level that targets stand on is that of late"


def test_who_comes_and_goes_moves_nobody_else() -> None:
    """The slowest third is there in the first half only."""
    gone = np.isin(FLOOR.cells.agent, np.argsort(FLOOR.truth)[-10:]) & (FLOOR.cells.day >= 182)
    found = history_of(read_of(FLOOR.cells.where(~gone)))
    stay = np.argsort(FLOOR.truth)[:-10]
    steps = np.nanmean(found.effect[stay][:, 7:], axis=1) - np.nanmean(found.effect[stay][:, :6], axis=1)
    assert abs(float(steps.mean())) < 0.02


def test_a_proposal_holds_all_that_makes_it_smart(monkeypatch: pytest.MonkeyPatch) -> None:
    found = propose(monkeypatch, WORST)
    assert isinstance(found, Objective)
    baseline, standing = found.baseline, found.standing
    assert baseline.low is not None and baseline.high is not None and baseline.method == "local_level"
    truth = found.level * np.exp(FLOOR.truth[WORST] - FLOOR.truth.mean())
    assert baseline.low - 5 < truth < baseline.high + 5
    assert found.peers <= standing.target < baseline.value, "less is better, and never beyond three in four colleagues"
    assert standing.probability > standing.without_plan and standing.probability >= 0.6 - 1e-9
    assert standing.state is Progress.ON_TRACK and standing.target == round(standing.target), "seconds are said whole"
    assert found.stretch is None or found.stretch < standing.target
    assert found.reading_days % BLOCK_DAYS == 0 and found.expected >= 20
    assert standing.fan[0].day == ON and standing.fan[-1].day == DUE
    widths = [np.log(one.outer_high / one.outer_low) for one in standing.fan]
    assert all(one.outer_low < one.inner_low < one.middle < one.inner_high < one.outer_high for one in standing.fan)
    assert widths[-1] > widths[0] and len(found.history) == BLOCKS


def test_an_untried_action_promises_nothing_so_nothing_is_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = propose(monkeypatch, WORST, gain=None)
    assert isinstance(found, NoObjective) and found.reasons == (Hindrance.WITHIN_NOISE,)
    assert isinstance(found.estimate, Estimate) and found.tried is not None


def test_who_does_better_than_three_in_four_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = propose(monkeypatch, BEST)
    assert isinstance(found, NoObjective) and found.reasons == (Hindrance.BEYOND_COLLEAGUES,)


def test_where_it_is_everybodys_nobody_gets_an_objective(monkeypatch: pytest.MonkeyPatch) -> None:
    found = propose(monkeypatch, WORST, whose=causes(Cause.SYSTEMIC))
    assert isinstance(found, NoObjective) and found.reasons == (Hindrance.SYSTEMIC,)
    found = propose(monkeypatch, WORST, whose=causes(Cause.TEAM))
    assert isinstance(found, NoObjective) and found.reasons == (Hindrance.TEAMS,)


def only(cells: Cells, agent: int, kept: np.ndarray) -> AgentCells:
    return read_of(cells.where((cells.agent != agent) | kept))


def test_short_histories_and_new_work_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = FLOOR.cells
    late = only(cells, WORST, cells.day >= (BLOCKS - 2) * BLOCK_DAYS)
    found = propose(monkeypatch, WORST, late)
    assert isinstance(found, NoObjective)
    assert set(found.reasons) <= {Hindrance.SHORT_HISTORY, Hindrance.CHANGED_WORK} and found.reasons
    own = np.flatnonzero(cells.mix[WORST])
    some, others = own[: len(own) // 2], own[len(own) // 2 :]
    recent = cells.day >= (BLOCKS - RECENT) * BLOCK_DAYS
    kinds = np.where(recent, np.isin(cells.stratum, others), np.isin(cells.stratum, some))
    found = propose(monkeypatch, WORST, only(cells, WORST, kinds))
    assert isinstance(found, NoObjective) and Hindrance.CHANGED_WORK in found.reasons


def test_of_nobody_and_of_next_to_nothing_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = propose(monkeypatch, 999)
    assert isinstance(unknown, NoObjective) and unknown.reasons == (Hindrance.NO_COLLEAGUES,)
    assert isinstance(unknown.estimate, NoEstimate) and unknown.history == ()
    few = FLOOR.cells.where(FLOOR.cells.agent < 4)
    alone = propose(monkeypatch, 1, read_of(few))
    assert isinstance(alone, NoObjective) and alone.reasons == (Hindrance.NO_DATA,)
    assert isinstance(propose(monkeypatch, 1, None), NoObjective)


def test_on_the_way_the_rest_of_the_gain_still_comes_and_everybodys_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    agreed = propose(monkeypatch, WORST)
    assert isinstance(agreed, Objective)
    monkeypatch.setattr(people_levels, "read_cells", lambda *_asked: READ)
    same = follow(None, agreed, ON)  # type: ignore[arg-type]
    assert isinstance(same, Followed) and same.now == agreed.baseline
    assert same.standing.probability == pytest.approx(agreed.standing.probability)
    # Had everything become slower for everybody, nobody's standing would change.
    slower = replace(FLOOR.cells, s1=1.3 * FLOOR.cells.s1, s2=1.69 * FLOOR.cells.s2)
    monkeypatch.setattr(people_levels, "read_cells", lambda *_asked: read_of(replace(slower, at_cap=None)))
    moved = follow(None, agreed, ON)  # type: ignore[arg-type]
    assert isinstance(moved, Followed) and moved.now.value == pytest.approx(same.now.value, rel=0.02)
    monkeypatch.setattr(people_levels, "read_cells", lambda *_asked: READ)
    chances = [
        found.standing.probability
        for target in (agreed.baseline.value * 1.2, agreed.standing.target, agreed.peers * 0.6)
        if isinstance(found := follow(None, agreed, ON, target), Followed)  # type: ignore[arg-type]
    ]
    assert chances == sorted(chances, reverse=True) and chances[-1] < 0.2 < 0.9 < chances[0]
    assert isinstance(found, Followed) and found.standing.state is Progress.ASK


def test_shares_keep_within_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    world = replace(WORLD, kind="share", contacts_a_day=6)
    read = read_of(build(world).cells, "first_contact_resolution")
    found = propose(monkeypatch, int(np.argmax(build(world).truth)), read, Gain(0.1, 0.02**2))
    assert isinstance(found, Objective)
    assert found.baseline.value < found.standing.target <= found.peers <= 1.0
    assert 200 * found.standing.target == pytest.approx(round(200 * found.standing.target)), "in half points"
    assert all(0.0 <= one.outer_low <= one.outer_high <= 1.0 for one in found.standing.fan)


@pytest.mark.parametrize("measure", ["contacts_handled", "service_level"])
def test_of_what_belongs_to_nobody_or_has_no_better_side_there_is_no_objective(measure: str) -> None:
    with pytest.raises(KpiError, match="no measure of an objective"):
        propose_objective(measure, key(1), None, ON, DUE, causes=None)
