"""Is it told when starters had come so far, where that is known, and that nobody can tell where it is not?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest

from floorwalker.errors import KpiError
from floorwalker.insight.cells import AgentCells
from floorwalker.insight.competence import Lack, Speed, competence_of_read, read_competence
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.cells import Array, Cells
from tests.insight.test_starters import FIRST, facts
from tests.kpis.memory_facts import key
from tests.worlds.world import World, build

AGENTS, STARTERS, DAYS, TEAMS = 60, 14, 140, 5
PERIOD = Period(date(2026, 1, 5), date(2026, 1, 5) + timedelta(days=DAYS * 7 // 5 - 1))
# All of them are followed for eleven weeks or more, and none of them counts as established before the end.
BEGAN = np.where(np.arange(AGENTS) < STARTERS, 21 + 7 * np.arange(AGENTS), np.nan)


@cache
def floor() -> tuple[Cells, Array]:
    made = build(
        World(seed=91_001, agents=AGENTS, teams=TEAMS, skills=2, kinds_a_skill=2, days=DAYS, contacts_a_day=6.0)
    )
    return made.cells, made.team


def told(gap: float, weeks: float, *, began: Array = BEGAN, teams: frozenset[bytes] | None = None) -> Speed:
    """What is told where starters are that much slower at first (a logarithm), which fades to 37 % in so many weeks."""
    cells, team = floor()
    since = cells.day - began[cells.agent]
    cells, since = cells.where(~(since < 0)), since[~(since < 0)]
    longer = np.where(np.isnan(since), 1.0, np.exp(gap * np.exp(-np.nan_to_num(since) / (7 * weeks))))
    at_cap = None if cells.at_cap is None else cells.at_cap * longer
    cells = replace(cells, s1=cells.s1 * longer, s2=cells.s2 * longer**2, at_cap=at_cap)
    kpi = find_kpi("average_handle_time", catalogue())
    agents = tuple(key(str(number)) for number in range(AGENTS))
    at_home = tuple(key(f"team {number}") for number in team.tolist())
    read = AgentCells(kpi, Scale.RATIO, cells, agents, at_home, ((),) * cells.strata, PERIOD.first)
    return competence_of_read(read, PERIOD, began, teams)


def test_starters_who_learn_in_weeks_are_told_in_weeks() -> None:
    said = told(0.8, 5.0)
    assert (said.began, said.followed, said.established, said.lack) == (STARTERS, STARTERS, AGENTS - STARTERS, None)
    assert said.found is not None
    # 0.8 exp(-t / 5) is as much as nine in ten established people are off (the band) after so many weeks.
    truth = 5 * np.log(0.8 / np.log1p(said.band)) + 1
    assert said.found.low_week <= truth <= said.found.high_week
    assert 0.12 < said.band < 0.25
    assert said.found.waiting[0] > 0.9 > said.found.waiting[-1]


def test_starters_who_do_not_learn_are_never_said_to_have_come_so_far() -> None:
    said = told(0.8, 10_000.0)
    assert said.found is not None
    assert np.isinf(said.found.median) and np.isinf(said.found.high_week) and said.found.low_week > 15
    assert said.found.waiting[-1] > 0.7


def test_starters_who_are_as_quick_as_others_are_there_at_once() -> None:
    found = told(0.0, 1.0).found
    assert found is not None and found.median == 1


def test_of_too_few_starters_or_established_people_nobody_can_tell() -> None:
    few = told(0.8, 5.0, began=np.where(np.arange(AGENTS) < 7, BEGAN, np.nan))
    assert (few.found, few.lack, few.began) == (None, Lack.TOO_FEW_STARTERS, 7)
    everybody_new = told(0.8, 5.0, began=np.where(np.arange(AGENTS) < 55, 20.0, np.nan))
    assert (everybody_new.found, everybody_new.lack) == (None, Lack.TOO_FEW_ESTABLISHED)


def test_of_some_teams_their_starters_alone_are_told_and_held_against_everybody_who_is_long_there() -> None:
    _cells, team = floor()
    some = frozenset({key(f"team {int(team[0])}")})
    said = told(0.8, 5.0, teams=some)
    assert said.began == int((team[:STARTERS] == team[0]).sum()) < 8
    assert said.established == AGENTS - STARTERS and said.lack is Lack.TOO_FEW_STARTERS


def test_who_began_is_read_from_the_facts() -> None:
    period = Period(FIRST, FIRST + timedelta(days=111))
    begin = {agent: 28 + 5 * agent for agent in range(8)}
    known = facts(begin, begin)
    said = read_competence(known, "average_speed_of_answer", period, {})
    assert said.found is not None
    assert (said.began, said.followed, said.established) == (8, 8, 12)
    # Waits of 20 seconds, half as long again in the first days: a nine-in-ten colleague is never so far off.
    assert said.found.waiting[0] > 0.5 and said.found.low_week > 1
    with pytest.raises(KpiError):
        read_competence(known, "abandonment_rate", period, {})
