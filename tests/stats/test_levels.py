"""Is a gap laid at the right door: the person's, the team's, everybody's, or nobody's yet?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from scipy.stats import t as student

from floorwalker.stats.case_mix import Scale, fit_case_mix
from floorwalker.stats.levels import Cause, name_causes, split_levels
from floorwalker.stats.shrinkage import Errors
from floorwalker.stats.site_series import long_run_variance
from tests.worlds.published import hold
from tests.worlds.world import Floor, World, build

AHT = float(np.log(1.05))


@dataclass
class Verdicts:
    """Over several floors: whom "personal" was said of, wrongly by the largest true part; what was found of what is there.

    missed: who misses the usual level by the gap that matters; wrongly, where the largest part is not the person's.
    teams_there: teams whose true part is beyond twice the gap that matters.
    """

    personal: int = 0
    wrong: int = 0
    found: int = 0
    there: int = 0
    missed: int = 0
    missed_wrongly: int = 0
    systemic: int = 0
    floors: int = 0
    teams_named: int = 0
    teams_wrong: int = 0
    teams_found: int = 0
    teams_there: int = 0
    team_ranges_right: int = 0


def of_workers(floor: Floor) -> Floor:
    """The floor without those who happened to have no contact at all."""
    some = np.flatnonzero(floor.cells.contacts)
    people = {name: getattr(floor, name)[some] for name in ("truth", "personal", "team")}
    return replace(floor, cells=floor.cells.of_agents(some), **people)


def decide(seeds: range, *, system: float = 0.0, bad_teams: int = 0, shape: str = "skewed") -> Verdicts:
    """Judge floors on which everybody is slower by `system`, and the first teams by another 12 %."""
    told = Verdicts()
    teams = 20
    for seed in seeds:
        floor = of_workers(build(World(seed=seed, agents=240, teams=teams, shape=shape)))
        agents = floor.cells.agents
        fitted = fit_case_mix(floor.cells, Scale.RATIO)
        worse = np.where(np.arange(teams) < bad_teams, 0.12, 0.0)
        effect = fitted.effect + system + worse[floor.team]
        shared = fitted.shared - fitted.shared.mean(axis=0)
        usual = np.average(fitted.effect, weights=floor.cells.contacts)
        site = long_run_variance(fitted.day[floor.cells.by_day(floor.cells.n) > 0]) / 20
        levels = split_levels(effect, Errors(fitted.own, shared), floor.team, usual, site, teams)
        causes, probability = name_causes(levels, AHT)
        personal = floor.personal - floor.personal.mean()
        team = floor.team_effect + worse
        parts = np.stack(
            [np.full(agents, system + worse[floor.team].mean()), (team - team.mean())[floor.team], personal]
        )
        said = np.array([cause is Cause.PERSONAL for cause in causes])
        told.personal += int(said.sum())
        told.wrong += int((said & (parts.argmax(axis=0) != 2)).sum())
        sums = floor.cells.by_agent(floor.cells.s1) * np.exp(system + worse[floor.team])
        missed = np.log(sums / floor.cells.contacts / (floor.cells.s1.sum() / floor.cells.n.sum())) > AHT
        told.missed += int(missed.sum())
        told.missed_wrongly += int((missed & (parts.argmax(axis=0) != 2)).sum())
        told.there += int((personal > AHT).sum())
        told.found += int(((personal > AHT) & (probability[:, 2] >= 0.8)).sum())
        told.systemic += int(probability[0, 0] >= 0.8)
        told.floors += 1
        part = team - np.bincount(floor.team, minlength=teams) / agents @ team
        of_team, low, high = levels.teams.beyond(AHT), levels.teams.quantile(0.025), levels.teams.quantile(0.975)
        told.teams_named += int((of_team >= 0.8).sum())
        told.teams_wrong += int(((of_team >= 0.8) & (part <= AHT)).sum())
        told.teams_there += int((part > 2 * AHT).sum())
        told.teams_found += int(((part > 2 * AHT) & (of_team >= 0.8)).sum())
        told.team_ranges_right += int(((low <= part) & (part <= high)).sum())
    return told


def test_people_are_hardly_ever_blamed_for_what_is_not_theirs() -> None:
    told = decide(range(61_000, 61_005))
    assert told.personal > 50
    assert told.wrong / told.personal <= 0.09
    assert told.found / told.there >= 0.45
    assert told.systemic == 0


def test_what_everybody_suffers_from_is_called_systemic() -> None:
    told = decide(range(62_000, 62_005), system=0.12)
    assert told.systemic == told.floors
    assert told.wrong / max(1, told.personal) <= 0.12


def test_a_bad_team_is_found() -> None:
    told = decide(range(163_000, 163_005), bad_teams=3)
    assert told.teams_found / told.teams_there >= 0.35
    assert told.teams_wrong <= 3


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["skewed", "normal", "t4"])
def test_doors_are_told_apart_on_many_floors(shape: str) -> None:
    plain, everybody, team = (
        decide(range(164_000, 164_100), shape=shape),
        decide(range(165_000, 165_100), system=0.09, shape=shape),
        decide(range(166_000, 166_100), bad_teams=3, shape=shape),
    )
    for name, told in (("plain", plain), ("everybody", everybody), ("team", team)):
        hold(
            f"causes-{name}-{shape}",
            wrong=told.wrong / told.personal,
            wrong_elsewhere=told.missed_wrongly / told.missed,
            found=told.found / told.there,
            teams_found=told.teams_found / max(1, told.teams_there),
            teams_wrong=told.teams_wrong / max(1, told.teams_named),
            systemic=told.systemic / told.floors,
        )
    assert plain.wrong / plain.personal <= 0.06
    assert team.wrong / team.personal <= 0.07
    assert everybody.systemic / everybody.floors >= 0.90
    assert team.teams_found / team.teams_there >= 0.65
    assert team.teams_wrong / team.teams_named <= 0.125
    assert team.team_ranges_right / (20 * team.floors) >= 0.91


def test_the_parts_of_believed_gaps_are_measured_from_the_standard() -> None:
    rng = np.random.default_rng(8)
    effect = np.concatenate([rng.normal(0.3, 0.02, 20), rng.normal(0.1, 0.02, 20)])
    team = np.repeat([0, 1], 20)
    levels = split_levels(effect, Errors(np.full(40, 4e-4), np.zeros((40, 1))), team, 0.1, 1e-6)
    assert levels.site.centre[0] == pytest.approx(0.1, abs=0.01)
    assert levels.teams.centre == pytest.approx([0.1, -0.1], abs=0.02)
    total = levels.site.centre[0] + levels.teams.centre[team] + levels.personal.centre
    assert total == pytest.approx(effect - 0.1, abs=0.04)


@pytest.mark.parametrize("agents", [1, 2, 8])
def test_hardly_anybody_gives_no_verdict_and_no_error(agents: int) -> None:
    errors = Errors(np.full(agents, 1.0), np.zeros((agents, 1)))
    levels = split_levels(np.zeros(agents), errors, np.zeros(agents, dtype=np.int64), 0.0, 1.0)
    causes, probability = name_causes(levels, AHT)
    assert set(causes) <= {Cause.NONE, Cause.NOT_ENOUGH_DATA}
    assert np.isfinite(probability).all()


@pytest.mark.parametrize("agents", [16, 80])
@pytest.mark.parametrize("teams", [2, 3])
def test_of_few_teams_the_range_is_students_of_the_plain_difference(teams: int, agents: int) -> None:
    """W. S. Gosset's range of a contrast of means: how far such teams truly differ nobody can learn, so none is drawn in."""
    rng = np.random.default_rng(17)
    team = np.arange(agents) % teams
    effect = rng.normal(0.0, 0.1, agents) + np.where(team == 0, 0.12, 0.0)
    levels = split_levels(effect, Errors(np.full(agents, 1e-6), np.zeros((agents, 1))), team, 0.0, 1e-6)
    size = np.bincount(team)
    mean = np.bincount(team, effect) / size
    own = effect - mean[team]
    variance = float(own @ own) / (agents - teams)
    weight = np.eye(teams) - size / agents
    plain = weight @ mean
    half = student.ppf(0.975, agents - teams) * np.sqrt(weight**2 @ (variance / size))
    assert levels.teams.centre == pytest.approx(plain, abs=0.002)
    assert levels.teams.quantile(0.975) - plain == pytest.approx(half, rel=0.1)
    assert plain - levels.teams.quantile(0.025) == pytest.approx(half, rel=0.1)
    assert levels.teams.centre[team] + levels.personal.centre == pytest.approx(effect - effect.mean(), abs=0.01)


def test_ranges_of_few_teams_hold_the_truth() -> None:
    rng = np.random.default_rng(18)
    held = []
    for _floor in range(200):
        team, errors = np.repeat([0, 1, 2], 12), np.full(36, 0.04**2)
        truth = rng.normal(0.0, 0.05, 3)
        effect = truth[team] + rng.normal(0.0, 0.08, 36) + rng.normal(0.0, 0.04, 36)
        teams = split_levels(effect, Errors(errors, np.zeros((36, 1))), team, 0.0, 1e-6).teams
        low, high = teams.quantile(0.025), teams.quantile(0.975)
        held.append((low <= truth - truth.mean()) & (truth - truth.mean() <= high))
    assert 0.92 <= np.mean(held) <= 0.985
