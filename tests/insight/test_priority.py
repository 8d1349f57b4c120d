"""Do hours go to people only where a gap is surely theirs, and do teams and processes get what is not?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from floorwalker.estimate import Estimate
from floorwalker.insight import cause, comparison
from floorwalker.insight.blocks import BLOCK_DAYS
from floorwalker.insight.cause import causes_of_read, read_causes
from floorwalker.insight.cells import AgentCells
from floorwalker.insight.comparison import compare_agents, compare_read
from floorwalker.insight.gaps import find_gaps
from floorwalker.insight.objective import (
    Followed,
    Hindrance,
    NoObjective,
    Objective,
    propose_objective,
)
from floorwalker.insight.people_levels import read_people_levels
from floorwalker.insight.priority import FloorPriorities, Rules, said_priorities
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.gains import Candidate, Kind, Learnability, WhyNot
from floorwalker.stats.priority import Priorities
from floorwalker.stats.targets import Gain
from tests.insight.followed import follow
from tests.kpis.memory_facts import MemoryFacts, key
from tests.worlds.world import Floor, World, build

PERIOD = Period(date(2026, 3, 2), date(2026, 3, 29))
FLOOR = build(World(seed=65_001, agents=60, teams=6, week=0.0))
SHARES = build(World(seed=65_002, agents=60, teams=6, week=0.0, kind="share"))
AHT, FCR = "average_handle_time", "first_contact_resolution"


def given(floor: Floor, measure: str) -> AgentCells:
    cells, kpi = floor.cells, find_kpi(measure, catalogue())
    agents = tuple(number.to_bytes(16, "big") for number in range(cells.agents))
    teams = tuple((1000 + int(team)).to_bytes(16, "big") for team in floor.team)
    scale = Scale.RATIO if kpi.unit == "seconds" else Scale.DIFFERENCE
    return AgentCells(
        kpi, scale, cells, agents, teams, tuple((number,) for number in range(cells.strata)), PERIOD.first
    )


def listed(
    monkeypatch: pytest.MonkeyPatch,
    hours: float = 8.0,
    rules: Rules | None = None,
    standards: dict[str, float] | None = None,
    **floors: Floor,
) -> FloorPriorities:
    for asked in (cause, comparison):
        monkeypatch.setattr(asked, "read_newness", lambda _facts, read, *_rest: np.zeros((read.cells.agents, 2)))
    said = []
    for name, floor in (floors or {AHT: FLOOR}).items():
        read = given(floor, name)
        standard = (standards or {}).get(name, read.usual)
        asked_of: Any = (read, None, PERIOD, {})
        compared = compare_read(*asked_of, standard=standard)
        said.append((find_gaps(causes_of_read(*asked_of, standard=standard), compared), compared))
    return said_priorities(said, PERIOD, hours, lambda _one: True, rules)


def agent_of(one: Candidate) -> int:
    assert isinstance(one.of, bytes)
    return int.from_bytes(one.of)


def everybody(found: Priorities) -> list[Candidate]:
    return [one.candidate for one in (*found.chosen, *found.tickets)] + [one.candidate for one in found.others]


def test_hours_go_to_gaps_that_are_surely_personal(monkeypatch: pytest.MonkeyPatch) -> None:
    found = listed(monkeypatch).found
    coached = [one for one in found.chosen if one.kind is Kind.COACH]
    assert coached and sum(one.hours for one in found.chosen) <= 8.0
    own = FLOOR.personal + FLOOR.team_effect[FLOOR.team]
    assert np.mean([own[agent_of(one.candidate)] > 0.03 for one in coached]) >= 0.9
    gains = [one.an_hour for one in found.chosen]
    assert gains == sorted(gains, reverse=True)
    for one in coached:
        low, high = one.range
        assert 0 <= low <= one.gain <= high and not one.candidate.needs_proof and one.candidate.sure >= 0.8
    assert all(one.why in WhyNot for one in found.others)


def test_whoever_is_at_something_already_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = listed(monkeypatch).found
    first = next(one.candidate.of for one in usual.chosen if one.kind is Kind.COACH)
    assert isinstance(first, bytes)
    busy = Rules(open_goals=frozenset([first]))
    found = listed(monkeypatch, rules=busy).found
    assert first not in {one.candidate.of for one in found.chosen}
    assert {one.why for one in found.others if one.candidate.of == first} == {WhyNot.OPEN_GOAL}


def test_what_is_everybodys_is_a_ticket_and_nobodys_coaching(monkeypatch: pytest.MonkeyPatch) -> None:
    found = listed(monkeypatch, standards={AHT: 0.7 * given(FLOOR, AHT).usual}).found
    assert [one.kind for one in found.tickets] == [Kind.PROCESS] and len(found.tickets[0].candidate.gaps) == 60
    coached = {one.candidate.of for one in found.chosen if one.kind is Kind.COACH}
    barred = {one.candidate.of for one in found.others if one.why is WhyNot.NOT_PERSONAL}
    assert len(barred) > 30 and not coached & barred
    assert found.tickets[0].gain > found.gain
    # What is personal stays so, whatever everybody is held against: only people of whom that is sure are coached.
    assert all(not one.candidate.needs_proof for one in found.chosen if one.kind is Kind.COACH)


def test_a_teams_gap_is_one_action_over_its_members(monkeypatch: pytest.MonkeyPatch) -> None:
    troubled = 2
    cells = FLOOR.cells
    factor = np.where(FLOOR.team[cells.agent] == troubled, 1.35, 1.0)
    slow = replace(FLOOR, cells=replace(cells, s1=factor * cells.s1, s2=factor**2 * cells.s2))
    found = listed(monkeypatch, hours=40.0, **{AHT: slow}).found
    teams = [one for one in everybody(found) if one.kind is Kind.TEAM]
    assert {one.of for one in teams if one.barred is None} == {("team", (1000 + troubled).to_bytes(16, "big"))}
    (team,) = (one for one in found.chosen if one.kind is Kind.TEAM)
    assert len(team.candidate.gaps) == int((FLOOR.team == troubled).sum())
    members = {number for number in range(60) if FLOOR.team[number] == troubled}
    barred = {agent_of(one.candidate) for one in found.others if one.why is WhyNot.NOT_PERSONAL}
    assert len(barred & members) >= 0.7 * len(members)


def test_measures_are_weighed_in_seconds_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    found = listed(monkeypatch, hours=20.0, **{AHT: FLOOR, FCR: SHARES})
    assert found.worth == {AHT: 1.0, FCR: pytest.approx(found.contact)} and found.untold == ()
    assert found.contact == pytest.approx(given(FLOOR, AHT).usual, rel=0.1)
    assert {one.about for one in everybody(found.found)} == {AHT, FCR}
    people = [one.candidate.of for one in found.found.chosen]
    assert len(set(people)) == len(people)
    dear = listed(monkeypatch, 20.0, Rules(worth={AHT: 1.0, FCR: 1e6}), **{AHT: FLOOR, FCR: SHARES})
    assert dear.found.chosen[0].candidate.about == FCR


def test_where_nobody_differs_nobody_is_coached(monkeypatch: pytest.MonkeyPatch) -> None:
    calm = build(World(seed=65_003, agents=60, teams=6, shape="none"))
    found = listed(monkeypatch, **{AHT: calm}).found
    assert [one for one in found.chosen if one.kind is not Kind.EVIDENCE] == [] and found.tickets == ()


def test_of_nothing_nothing_is_listed() -> None:
    found = said_priorities([], PERIOD, 8.0, lambda _one: True)
    assert found.untold == () and everybody(found.found) == [] and found.contact == 300.0


def test_what_was_learnt_moves_hours_to_what_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {AHT: FLOOR, FCR: SHARES}
    usual = listed(monkeypatch, 6.0, **both).found
    learnt = {(Kind.COACH, AHT): Learnability(0.02, 0.01), (Kind.COACH, FCR): Learnability(0.6, 0.05)}
    found = listed(monkeypatch, 6.0, Rules(learnt=learnt), **both).found

    def share(some: Priorities) -> float:
        return float(np.mean([one.candidate.about == FCR for one in some.chosen]))

    assert share(found) > share(usual) and share(found) >= 0.8
    least = {one.of: one.gain for one in everybody(usual) if one.about == FCR and one.kind is Kind.COACH}
    more = {one.of: one.gain for one in everybody(found) if one.about == FCR and one.kind is Kind.COACH}
    assert all(more[of] == pytest.approx(0.6 / 0.25 * least[of]) for of in more)


WEEKS = 24
LAST = date(2026, 1, 5) + timedelta(days=7 * WEEKS - 1)


def calls() -> MemoryFacts:
    """Ten people in two queues, 24 weeks of five days with four calls a day; the first takes half as long again."""
    rng = np.random.default_rng(65_004)
    rows = []
    for day in range(7 * WEEKS):
        when = date(2026, 1, 5) + timedelta(days=day)
        for agent in range(10) if when.weekday() < 5 else ():
            for seconds in np.exp(rng.normal(np.log(450 if agent == 0 else 300), 0.3, 1 + rng.poisson(3))):
                rows.append(
                    {
                        "direction": "inbound",
                        "handled": True,
                        "identity_key": f"agent {agent}",
                        "queue_key": f"queue {rng.integers(2)}",
                        "local_day": when,
                        "talk_seconds": float(seconds),
                        "hold_seconds": 0.0,
                        "wrap_up_seconds": 0.0,
                        "transferred_out": False,
                        "entered_at": f"{when}T09:00:00+00:00",
                        "answered_at": f"{when}T09:00:00+00:00",
                        "ended_at": f"{when}T09:20:00+00:00",
                    }
                )
    return MemoryFacts({"segment": rows})


def test_from_facts_to_priorities_and_to_an_objective() -> None:
    facts = calls()
    month = Period(LAST - timedelta(days=BLOCK_DAYS - 1), LAST)
    slow = key("agent 0")
    asked_of = (facts, AHT, month, {})
    causes, compared = read_causes(*asked_of, standard=320.0), compare_agents(*asked_of, standard=320.0)
    assert causes is not None and compared is not None
    found = said_priorities([(find_gaps(causes, compared), compared)], month, 3.0, lambda _one: True)
    assert [(one.candidate.of, one.kind) for one in found.found.chosen] == [(slow, Kind.COACH)]
    first = found.found.chosen[0].candidate
    assert first.gaps[0].mean == pytest.approx(450 * 1.046 - 320, abs=30)
    assert first.gaps[0].contacts == pytest.approx(80 / 28 * 30.4, rel=0.2)
    due = LAST + timedelta(days=84)
    person = read_people_levels(facts, AHT, LAST, {})[slow]
    proposed = propose_objective(AHT, slow, person, LAST, due, causes=causes, gain=Gain(0.2, 0.05**2))
    assert isinstance(proposed, Objective) and isinstance(proposed.baseline, Estimate)
    assert proposed.baseline.value == pytest.approx(450 * 1.046, rel=0.06) and proposed.baseline.n > 400
    assert proposed.peers < proposed.standing.target < proposed.baseline.value
    assert len(proposed.history) == 6, "weeks before anything was seen are no history"
    followed = follow(facts, proposed, LAST)
    assert isinstance(followed, Followed)
    assert followed.standing.probability == pytest.approx(proposed.standing.probability)
    early = date(2026, 1, 5) + timedelta(days=2 * BLOCK_DAYS - 1)
    person = read_people_levels(facts, AHT, early, {})[slow]
    short = propose_objective(AHT, slow, person, early, early + timedelta(days=84), causes=causes)
    assert isinstance(short, NoObjective) and Hindrance.SHORT_HISTORY in short.reasons
