"""Do our methods agree with those of statsmodels where both answer the same question?

Ours weigh what is uncertain where statsmodels takes one best value: they agree closely where data are plenty and balanced,
and are held to the same numbers wherever the mathematics is the same.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.meta_analysis import combine_effects

from floorwalker.stats.case_mix import Scale, fit_case_mix
from floorwalker.stats.cells import Cells
from floorwalker.stats.levels import split_levels
from floorwalker.stats.resolution import life_table
from floorwalker.stats.shrinkage import Errors, shrink


def test_shrinkage_from_daily_sums_is_that_of_a_mixed_model_over_single_contacts() -> None:
    agents, strata, days, each = 48, 4, 10, 3
    rng = np.random.default_rng(311)
    agent, stratum, day = (
        part.ravel() for part in np.meshgrid(range(agents), range(strata), range(days), indexing="ij")
    )
    personal, kinds = rng.normal(0, 4, agents), rng.normal(70, 8, strata)
    score = personal[agent, None] + kinds[stratum, None] + rng.normal(0, 20, (len(agent), each))
    cells = Cells(
        agent,
        stratum,
        day // 5 * 7 + day % 5,
        np.full(len(agent), float(each)),
        score.sum(axis=1),
        (score**2).sum(axis=1),
        agents,
        strata,
        12,
    )
    fitted = fit_case_mix(cells, Scale.DIFFERENCE)
    ours = shrink(fitted.effect, Errors(fitted.own, fitted.shared - fitted.shared.mean(axis=0)))
    single = pd.DataFrame(
        {"score": score.ravel(), "agent": np.repeat(agent, each), "stratum": np.repeat(stratum, each)}
    )
    model = smf.mixedlm("score ~ C(stratum)", single, groups="agent").fit()
    theirs = np.array([float(model.random_effects[one].iloc[0]) for one in range(agents)])
    assert np.corrcoef(ours.difference.centre, theirs)[0, 1] >= 0.999
    assert (
        np.abs(ours.difference.centre - (theirs - theirs.mean())).max()
        <= 0.25 * np.sqrt(ours.difference.variance).min()
    )
    # Ours is the mean over all likely values, to the right of the likeliest.
    assert ours.true_variance == pytest.approx(float(model.cov_re.iloc[0, 0]), rel=0.12)
    stratum_effect = model.fe_params.to_numpy()
    theirs_strata = np.concatenate([[0.0], stratum_effect[1:]])
    assert fitted.stratum - fitted.stratum[0] == pytest.approx(theirs_strata, abs=1e-2)


def test_true_variance_and_reliability_are_those_of_paule_and_mandel() -> None:
    agents = 400
    rng = np.random.default_rng(312)
    error = rng.uniform(0.02, 0.06, agents) ** 2
    effect = rng.normal(0, 0.08, agents) + rng.normal(0, np.sqrt(error))
    theirs = combine_effects(effect, error, method_re="iterated").tau2
    ours = shrink(effect, Errors(error, np.zeros((agents, 1))))
    assert ours.true_variance == pytest.approx(theirs, rel=0.06)
    assert ours.reliability == pytest.approx(theirs / (theirs + error), abs=0.02)


def test_where_nobody_differs_both_say_so() -> None:
    agents = 400
    rng = np.random.default_rng(313)
    error = rng.uniform(0.02, 0.06, agents) ** 2
    effect = rng.normal(0, np.sqrt(error) * 0.9)
    ours = shrink(effect, Errors(error, np.zeros((agents, 1))))
    assert combine_effects(effect, error, method_re="iterated").tau2 == 0.0
    assert ours.true_variance <= 0.05 * float(error.mean())


def test_teams_and_people_are_told_apart_as_by_a_nested_mixed_model() -> None:
    teams, each, contacts, noise = 12, 4, 150, 60.0
    agents = teams * each
    rng = np.random.default_rng(314)
    team = np.repeat(np.arange(teams), each)
    truth = rng.normal(0, 9, teams)[team] + rng.normal(0, 6, agents)
    value = truth[:, None] + rng.normal(0, noise, (agents, contacts))
    levels = split_levels(
        value.mean(axis=1), Errors(np.full(agents, noise**2 / contacts), np.zeros((agents, 1))), team, 0.0, 1e-6, teams
    )
    single = pd.DataFrame(
        {
            "value": value.ravel(),
            "agent": np.repeat(np.arange(agents), contacts),
            "team": np.repeat(team, contacts),
        }
    )
    model = smf.mixedlm("value ~ 1", single, groups="team", vc_formula={"agent": "0 + C(agent)"}, re_formula="1").fit()
    of_team = np.array([float(model.random_effects[one].iloc[0]) for one in range(teams)])
    of_agent = np.concatenate([model.random_effects[one].iloc[1:].to_numpy() for one in range(teams)])
    assert np.corrcoef(levels.teams.centre, of_team)[0, 1] >= 0.998
    assert np.corrcoef(levels.personal.centre, of_agent)[0, 1] >= 0.99
    assert np.abs(levels.teams.centre - (of_team - of_team.mean())).max() <= 0.5 * np.sqrt(levels.teams.variance).min()
    assert np.abs(levels.personal.centre - of_agent).max() <= 0.6 * np.sqrt(levels.personal.variance).min()


def test_the_life_table_is_that_of_single_contacts() -> None:
    rng = np.random.default_rng(315)
    # Whole days, watched through lag 7 to 28; background so late that it plays no part.
    watched_for, lag = rng.integers(3, 29, 3000), rng.geometric(0.06, 3000) - 1
    lags = np.arange(29)[:, None]
    watched = ((lag >= lags) & (watched_for >= lags)).sum(axis=1).astype(float)
    failed = ((lag == lags) & (watched_for >= lags)).sum(axis=1).astype(float)
    ours = life_table(watched, failed, window=7)
    came_back = lag <= watched_for
    theirs = SurvfuncRight(np.where(came_back, lag, watched_for), came_back.astype(int))
    place = int(np.searchsorted(theirs.surv_times, 7))
    assert ours is not None and theirs.surv_times[place] == 7
    assert ours.plain == pytest.approx(float(theirs.surv_prob[place]), rel=1e-12)
    assert ours.error / (ours.resolved / ours.plain) == pytest.approx(float(theirs.surv_prob_se[place]), rel=1e-9)
