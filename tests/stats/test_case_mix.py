"""Are agents, kinds of contact and days told apart as an exact solution tells them, whatever the order and the numbering?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.stats.case_mix import Scale, fit_case_mix
from floorwalker.stats.cells import Cells
from floorwalker.stats.peers import comparable_groups
from tests.worlds.world import World, build

SMALL = World(seed=7, kind="share", agents=20, teams=3, skills=3, kinds_a_skill=2, days=10)


def shuffled(cells: Cells, seed: int) -> Cells:
    order = np.random.default_rng(seed).permutation(len(cells.n))
    parts = {name: getattr(cells, name)[order] for name in ("agent", "stratum", "day", "n", "s1", "s2")}
    return replace(cells, **parts)


def test_differences_solve_the_equations_of_least_squares() -> None:
    """Residuals add up to nought by agent and by kind of contact; days, drawn towards nought, keep a part of theirs."""
    cells = build(SMALL).cells
    fitted = fit_case_mix(cells, Scale.DIFFERENCE)
    fit = fitted.effect[cells.agent] + fitted.stratum[cells.stratum] + fitted.day[cells.day]
    residual = cells.s1 - cells.n * fit
    assert np.abs(cells.by_agent(residual)).max() < 1e-6
    assert np.abs(cells.by_stratum(residual)).max() < 1e-2
    left = cells.by_day(residual)
    assert (left * fitted.day >= -1e-9).all()


def test_without_other_work_and_days_an_agents_effect_is_her_plain_mean() -> None:
    n = np.array([10.0, 20.0, 30.0])
    s1 = np.array([5.0, 16.0, 3.0])
    cells = Cells(np.arange(3), np.zeros(3, int), np.zeros(3, int), n, s1, s1, 3, 1, 1)
    assert np.allclose(fit_case_mix(cells, Scale.DIFFERENCE).effect, s1 / n, atol=1e-3)


def test_ratios_make_every_agent_and_kind_add_up() -> None:
    """The score equations of quasi-likelihood: relative residuals add up to nought by agent and by kind of contact."""
    cells = build(replace(SMALL, kind="duration", stuck=0.0, capped=False)).cells
    fitted = fit_case_mix(cells, Scale.RATIO)
    mean = np.exp(fitted.effect[cells.agent] + fitted.stratum[cells.stratum] + fitted.day[cells.day])
    residual = cells.s1 / mean - cells.n
    assert np.abs(cells.by_agent(residual) / cells.contacts).max() < 1e-3
    assert np.abs(cells.by_stratum(residual) / cells.mix.sum(axis=0)).max() < 1e-3


@settings(max_examples=15)
@given(st.integers(0, 1000))
def test_order_does_not_matter(seed: int) -> None:
    cells = build(SMALL).cells
    one, other = fit_case_mix(cells, Scale.DIFFERENCE), fit_case_mix(shuffled(cells, seed), Scale.DIFFERENCE)
    assert np.allclose(one.effect, other.effect)
    assert np.allclose(one.own, other.own)


@settings(max_examples=15)
@given(st.integers(0, 1000))
def test_who_is_called_by_which_number_does_not_matter(seed: int) -> None:
    cells = build(SMALL).cells
    names = np.random.default_rng(seed).permutation(cells.agents)
    renamed = fit_case_mix(replace(cells, agent=names[cells.agent]), Scale.DIFFERENCE)
    assert np.allclose(renamed.effect[names], fit_case_mix(cells, Scale.DIFFERENCE).effect)


def test_a_constant_moves_everybody_alike() -> None:
    cells = build(SMALL).cells
    moved = replace(cells, s1=cells.s1 + 3 * cells.n, s2=cells.s2 + 6 * cells.s1 + 9 * cells.n)
    one, other = fit_case_mix(cells, Scale.DIFFERENCE), fit_case_mix(moved, Scale.DIFFERENCE)
    assert np.allclose(other.effect - one.effect, 3, atol=1e-3)
    assert np.allclose(other.own, one.own)


def test_twice_as_long_is_nobodys_difference() -> None:
    cells = build(replace(SMALL, kind="duration")).cells
    assert cells.at_cap is not None
    longer = replace(cells, s1=2 * cells.s1, s2=4 * cells.s2, at_cap=2 * cells.at_cap)
    one, other = fit_case_mix(cells, Scale.RATIO), fit_case_mix(longer, Scale.RATIO)
    assert np.allclose(other.effect - one.effect, np.log(2), atol=1e-3)


def test_caps_do_not_make_agents_look_more_alike() -> None:
    """The same floor with and without caps: what stands at the caps puts back by how much the slow differ from the quick."""
    world = World(41, agents=120, calls="lognormal", shape="normal", own_spread=0.0, stuck=0.0, contacts_a_day=300)
    floors = [build(one) for one in (replace(world, capped=False), replace(world, undone=False), world)]
    whole, shrunk, undone = (fit_case_mix(floor.cells, Scale.RATIO) for floor in floors)
    slopes = [np.polyfit(whole.effect, one.effect, 1)[0] for one in (shrunk, undone)]
    assert slopes[0] < 0.985
    assert slopes[1] == pytest.approx(1, abs=0.005)
    assert np.average(undone.effect, weights=floors[2].cells.contacts) == pytest.approx(
        np.average(shrunk.effect, weights=floors[1].cells.contacts)
    )


@pytest.mark.parametrize("scale", Scale)
@pytest.mark.parametrize("agents", [1, 2, 9])
def test_little_or_nothing_to_tell_apart_gives_numbers_and_no_error(scale: Scale, agents: int) -> None:
    ones = np.ones(agents)
    index = np.arange(agents)
    cells = Cells(index, np.zeros(agents, int), np.zeros(agents, int), ones, ones, ones, agents, 1, 1)
    fitted = fit_case_mix(cells, scale)
    assert np.isfinite(fitted.effect).all()
    assert (fitted.own >= 0).all()


def test_agents_without_a_chain_of_shared_work_are_not_compared() -> None:
    agent = np.array([0, 1, 1, 2, 3, 4, 5])
    stratum = np.array([0, 0, 1, 1, 2, 2, 3])
    n = np.array([20.0, 20, 20, 20, 20, 20, 3])
    cells = Cells(agent, stratum, np.zeros(7, int), n, n, n, 6, 4, 1)
    groups = comparable_groups(cells)
    assert groups[0] == groups[1] == groups[2] != groups[3] == groups[4]
    assert groups[5] == -1


@pytest.mark.parametrize("scale", Scale)
def test_where_everybody_has_a_single_kind_of_contact_ranges_are_those_of_their_contacts(scale: Scale) -> None:
    """What suits whom cannot be told there: that must neither hide nor widen what can be."""
    every = build(replace(SMALL, contacts_a_day=90.0)).cells
    one = every.where(every.stratum == 0).without_empty_strata()
    cells = one.of_agents(np.flatnonzero(one.contacts >= 30))
    assert cells.strata == 1 and cells.agents >= 4
    fitted = fit_case_mix(cells, scale)
    assert fitted.excess.stratum == 0.0
    alone = fitted.spread / cells.contacts
    assert (fitted.own >= alone * (1 - 1e-9)).all() and (fitted.own < 4 * alone).all()
