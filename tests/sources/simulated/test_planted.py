"""Can what was planted be found again in the rows, by simple arithmetic, and is nothing else there?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.sources.simulated.simulated_floor import Ran


@pytest.fixture(scope="module")
def handled(planted: Ran) -> pd.DataFrame:
    return adjusted(planted)


def adjusted(ran: Ran) -> pd.DataFrame:
    """Segments with the log of their handle time against the mean of their own queue and reason on that day's side."""
    segment = ran.frame("segment")
    segment["day"] = segment.entered_at.dt.tz_convert("Europe/London").dt.strftime("%Y-%m-%d")
    segment["handle"] = segment.talk_seconds + segment.hold_seconds + segment.wrap_up_seconds
    segment["log"] = np.log(segment.handle)
    return segment


def change(rows: pd.DataFrame, mine: Any, on: str, measure: str) -> float:
    """How much more a measure changed on that day for these rows than for the others, within queue, reason and agent."""
    after = rows.day >= on
    strata = rows.groupby(["queue", "reason", after])[measure].transform(lambda column: column - column[~mine].mean())
    by_agent = strata[mine].groupby([rows.agent[mine], after[mine]]).mean().unstack()
    return float((by_agent[True] - by_agent[False]).mean())


def test_true_coaching_shortens_times(planted: Ran, handled: pd.DataFrame) -> None:
    coaching = next(one for one in planted.planted("coaching_that_works") if one["measure"] == "average_handle_time")
    assert len(coaching["agents"]) >= 4
    mine = handled.agent.isin(coaching["agents"])
    found = change(handled, mine, coaching["on"], "log")
    assert found == pytest.approx(coaching["log_handle_time"], abs=0.03)


def test_true_coaching_settles_more(planted: Ran) -> None:
    coaching = next(
        one for one in planted.planted("coaching_that_works") if one["measure"] == "first_contact_resolution"
    )
    contact = planted.frame("contact").sort_values("entered_at")
    contact = contact[contact.first_in_chain & contact.customer.notna()].copy()
    contact["day"] = contact.entered_at.dt.strftime("%Y-%m-%d")
    gap = contact.groupby(["customer", "reason"]).entered_at.diff(-1).dt.total_seconds().abs() / 86_400
    contact["settled"] = (~(gap < 7)).astype(float)
    seen = contact[contact.handled & (contact.entered_at < contact.entered_at.max() - pd.Timedelta(days=8))]
    seen = seen.rename(columns={"first_agent": "agent_"}).assign(agent=lambda rows: rows.answered_by)
    found = change(seen, seen.agent.isin(coaching["agents"]), coaching["on"], "settled")
    # A contact that is not settled returns in three cases of four.
    assert found == pytest.approx(0.75 * coaching["resolution_points"] / 100, abs=0.03)


def test_seeming_coaching_looks_like_success_and_is_chance(planted: Ran) -> None:
    seeming = planted.planted("coaching_that_only_seems_to_work")[0]
    survey = planted.frame("survey")
    given = survey[survey.score.notna()]
    on = pd.Timestamp(seeming["on"], tz="Europe/London")
    before = given[(given.answered_at < on) & (given.answered_at >= on - pd.Timedelta(days=14))]
    mine = below_queues(before, seeming["agents"])
    record = {one["agent"]: one["distance_from_queue_mean"] for one in seeming["record"]}
    assert mine.to_dict() == pytest.approx(record, abs=1e-4)
    afterwards = below_queues(given[given.answered_at >= on], seeming["agents"])
    assert seeming["effect"] == 0.0
    assert afterwards.mean() - mine.mean() > 0.15
    effects = {one["agent"]: one["effects"]["satisfaction"] for one in planted.truth["agents"]}
    # They are less bad than their record said: the rest of it was luck.
    assert np.mean([effects[agent] for agent in seeming["agents"]]) > mine.mean()


def below_queues(answers: pd.DataFrame, agents: list[str]) -> pd.Series:
    """By agent, the mean distance of the answers from the mean of their queue."""
    distance = answers.score - answers.groupby("queue").score.transform("mean")
    means: pd.Series = distance.groupby(answers.agent).mean()[agents]
    return means


def test_process_change_is_in_one_reason_with_everybody(planted: Ran, handled: pd.DataFrame) -> None:
    change_made = planted.planted("process_change")[0]
    special = {agent for one in planted.truth["planted"] for agent in [*one.get("agents", ()), one.get("agent")]}
    plain = handled[~handled.agent.isin(special | starters(planted))]
    after = plain.day >= change_made["on"]
    means = np.log(plain.talk_seconds).groupby([plain.reason, plain.agent, after]).mean().unstack()
    count = plain.groupby(["reason", "agent", after]).size().unstack()
    weight = 1 / (1 / count[False] + 1 / count[True])
    grown = (weight * (means[True] - means[False])).groupby("reason").sum() / weight.groupby("reason").sum()
    others = grown.drop(change_made["reason"])
    assert grown[change_made["reason"]] - others.median() == pytest.approx(np.log(change_made["talk_factor"]), abs=0.04)
    assert others.abs().max() < 0.08


def starters(ran: Ran) -> set[str]:
    """Those who are still learning during the floor."""
    return {one["agent"] for one in ran.truth["agents"] if one["first_day"] > "2025-06-01"}


def test_team_problem_is_in_one_teams_wrap_up(planted: Ran, handled: pd.DataFrame) -> None:
    problem = planted.planted("team_problem")[0]
    after = handled.day >= problem["on"]
    means = np.log(handled.wrap_up_seconds).groupby([handled.team, after]).mean().unstack()
    grown = means[True] - means[False]
    others = grown.drop(problem["team"])
    assert grown[problem["team"]] - others.mean() == pytest.approx(np.log(problem["wrap_up_factor"]), abs=0.06)
    assert others.abs().max() < 0.08


def test_early_hang_up_shows_in_short_contacts_that_return(planted: Ran, handled: pd.DataFrame) -> None:
    early = planted.planted("early_hang_up")[0]
    voice = handled[handled.channel != "email"]
    short = (voice.talk_seconds < 56) & (voice.ended_by == "agent")
    by_agent = short.groupby(voice.agent).mean()
    assert by_agent[early["agent"]] == pytest.approx(early["share"], abs=0.05)
    assert by_agent.drop(early["agent"]).max() < 0.05


def test_people_differ_as_the_truth_says(planted: Ran, handled: pd.DataFrame) -> None:
    before = handled[handled.day < planted.planted("coaching_that_works")[0]["on"]]
    log = before.log - before.groupby(["queue", "reason"]).log.transform("mean")
    # Agent and kind of work by turns, since the quick are given the hard work.
    for _ in range(10):
        agent = log.groupby(before.agent).transform("mean")
        log = before.log - (before.log - agent).groupby([before.queue, before.reason]).transform("mean")
    seen = log.groupby(before.agent).mean()
    truth = {one["agent"]: one for one in planted.truth["agents"]}
    plain = [
        agent
        for agent in seen.index
        if truth[agent]["first_day"] < "2025-06-01" and agent != planted.planted("early_hang_up")[0]["agent"]
    ]
    effects = np.array([truth[agent]["effects"]["log_handle_time"] for agent in plain])
    assert len(plain) > 40
    assert np.corrcoef(seen[plain], effects)[0, 1] > 0.95
    assert np.polyfit(effects, seen[plain], 1)[0] == pytest.approx(1.0, abs=0.12)


def test_starters_learn_leavers_leave_and_movers_move(planted: Ran, handled: pd.DataFrame) -> None:
    agents = planted.truth["agents"]
    starters = [one for one in agents if one["starts_during"]]
    leavers = [one for one in agents if one["last_day"] is not None]
    assert starters
    assert leavers
    seen = handled.groupby("agent").day.agg(["min", "max"])
    for one in starters:
        assert one["agent"] not in seen.index or seen.loc[one["agent"], "min"] >= one["first_day"]
    for one in leavers:
        assert one["agent"] not in seen.index or seen.loc[one["agent"], "max"] <= one["last_day"]
    for move in planted.truth["moves"]:
        mine = handled[handled.agent == move["agent"]]
        assert set(mine[mine.day < move["on"]].team) == {move["from_team"]}
        assert set(mine[mine.day >= move["on"]].team) == {move["to_team"]}


def test_floor_without_truths_has_none(alike: Ran) -> None:
    assert alike.truth["planted"] == []
    assert all(set(one["effects"].values()) == {0.0} for one in alike.truth["agents"])
    assert alike.truth["learning"] is None
    rows = adjusted(alike)
    rows["residual"] = rows.log - rows.groupby(["queue", "reason"]).log.transform("mean")
    by_week = rows.groupby(["agent", pd.to_datetime(rows.day).dt.strftime("%G-%V")]).residual.agg(["mean", "size"])
    by_week = by_week[by_week["size"] > 50]["mean"].unstack()
    # Between people no more than their own weeks vary: a variance ratio near 1.
    within = by_week.var(axis=1).mean() / by_week.notna().sum(axis=1).mean()
    assert by_week.mean(axis=1).var() / within == pytest.approx(1.0, abs=0.5)
