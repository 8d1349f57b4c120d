"""How would a floor look whose truth is known? Written apart from `sources/simulated`, and modelled otherwise.

Handle times are gamma, Weibull or lognormal with calls that get stuck; agents have a spread of their own, good weeks and bad
days, kinds of contact that suit them, overlapping skills (the able get the hard work), part time; the site drifts for days;
surveys are answered by mood.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from floorwalker.stats.cells import Cells

Array = NDArray[Any]
WORKING_DAYS, WEEK = 5, 7


@dataclass(frozen=True)
class World:
    """What a floor is like; spreads are standard deviations of logarithms of handle times."""

    seed: int
    kind: str = "duration"  # duration, share or survey
    agents: int = 240
    teams: int = 20
    skills: int = 6
    kinds_a_skill: int = 4
    days: int = 20
    calls: str = "gamma"  # gamma, weibull or lognormal
    shape: str = "skewed"  # how true differences lie: skewed, normal, t4, or none at all
    spread: float = 0.12
    team_spread: float = 0.04
    own_spread: float = 0.15
    stuck: float = 0.01
    capped: bool = True  # at the 99.5 % point of each kind, learnt from other contacts of it, as the product does
    undone: bool = True  # and whether judgement is told what lies at the caps
    suits: float = 0.03
    week: float = 0.03
    day: float = 0.05
    site: float = 0.03
    site_memory: float = 0.8
    routing: float = 0.6
    contacts_a_day: float = 30.0
    harder_kinds: int = 0  # so many kinds take 12 % longer from the middle on
    harder_from: int = -1  # from another day on
    wander: float = 0.0  # each kind of contact drifts for days too, as the site does
    weekday: float = 0.0  # each day of the week is somewhat its own
    moved: float = 0.0  # everybody's handle time from the day `moved_from` on
    moved_from: int = 0


@dataclass(frozen=True)
class Floor:
    """The sums that the product sees, and the truth: what each agent's work differs by, larger being worse."""

    cells: Cells
    truth: Array
    personal: Array
    team_effect: Array
    team: Array
    harder: Array


def build(world: World) -> Floor:
    """The floor of that seed."""
    rng = np.random.default_rng(world.seed)
    strata = world.skills * world.kinds_a_skill
    team = rng.permutation(np.arange(world.agents) % world.teams)
    none = world.shape == "none"
    personal = np.zeros(world.agents) if none else world.spread * _shape(rng, world.agents, world.shape)
    team_effect = np.zeros(world.teams) if none else rng.normal(0, world.team_spread, world.teams)
    truth = personal + team_effect[team]
    skill = np.repeat(np.arange(world.skills), world.kinds_a_skill)
    base = np.log(300) + rng.normal(0, 0.35, world.skills)[skill] + rng.normal(0, 0.3, strata)
    share = _shares(rng, world, truth, base, skill)
    agent, stratum, day = _contacts(rng, world, share)
    site = _site(rng, world)
    weekly = rng.normal(0, world.week, (world.agents, (world.days - 1) // WORKING_DAYS + 1))
    daily = rng.normal(0, world.day, (world.agents, world.days))
    suits = rng.normal(0, world.suits, (world.agents, strata))
    harder = np.zeros(strata, dtype=bool)
    harder[rng.choice(strata, world.harder_kinds, replace=False)] = True
    passing = weekly[agent, day // WORKING_DAYS] + daily[agent, day] + suits[agent, stratum] + site[day]
    middle = world.days // 2 if world.harder_from < 0 else world.harder_from
    passing = passing + 0.12 * (harder[stratum] & (day >= middle)) + _wandering(world, strata)[stratum, day]
    mix = share.mean(axis=0) / share.mean(axis=0).sum()
    cap = np.full(len(agent), np.inf)
    if world.kind == "duration":
        own = 0.65 * np.exp(rng.normal(0, world.own_spread, world.agents))
        value = _durations(rng, world, base[stratum] + truth[agent] + passing, own[agent])
        kept, told = np.full(len(value), True), truth
        if world.capped:
            others = np.random.default_rng(world.seed + 500_000)
            before = _durations(others, world, base[stratum] + truth[agent], own[agent])
            cap = _caps(before, stratum, strata)[stratum]
    elif world.kind == "share":
        ease = rng.normal(1.1, 0.6, strata)
        chance = special.expit(ease[stratum] - 4 * (truth[agent] + 0.5 * passing))
        value, kept = (rng.random(len(agent)) < chance).astype(float), np.full(len(agent), True)
        told = -(special.expit(ease[None, :] - 4 * truth[:, None]) @ mix)
    else:
        value, kept, told = _surveys(rng, truth, passing, agent, stratum, strata, mix)
    calendar = day // WORKING_DAYS * WEEK + day % WORKING_DAYS
    where = agent[kept], stratum[kept], calendar[kept]
    cells = _summed(*where, np.minimum(value, cap)[kept], world.agents, strata)
    if world.undone and np.isfinite(cap).all():
        beyond = _summed(*where, np.where(value > cap, cap, 0.0)[kept], world.agents, strata)
        cells = replace(cells, at_cap=beyond.s1)
    return Floor(cells, told - told.mean(), personal, team_effect, team, harder)


def _wandering(world: World, strata: int) -> Array:
    """By kind of contact and day what moves it, whoever works: drawn apart, so that floors without it stay what they were."""
    rng = np.random.default_rng((world.seed, 1))
    found = np.zeros((strata, world.days))
    fades, fresh = world.site_memory, np.sqrt(1 - world.site_memory**2)
    shocks = rng.normal(0, world.wander, (strata, world.days))
    found[:, 0] = shocks[:, 0]
    for day in range(1, world.days):
        found[:, day] = fades * found[:, day - 1] + fresh * shocks[:, day]
    found += rng.normal(0, world.weekday, WORKING_DAYS)[np.arange(world.days) % WORKING_DAYS]
    found[:, world.moved_from :] += world.moved
    return found


def _shape(rng: np.random.Generator, count: int, shape: str) -> Array:
    if shape == "t4":
        return rng.standard_t(4, count) / np.sqrt(2)
    return rng.normal(size=count) if shape == "normal" else (rng.gamma(2.0, 1.0, count) - 2) / np.sqrt(2)


def _shares(rng: np.random.Generator, world: World, truth: Array, base: Array, skill: Array) -> Array:
    """Each agent has two to four of the skills; the quicker ones rather the hard ones."""
    hard = np.array([(base - base.mean())[skill == one].mean() for one in range(world.skills)])
    held = np.zeros((world.agents, world.skills))
    for agent in range(world.agents):
        pull = np.sign(truth[agent]) * min(3.0, abs(truth[agent]) / world.spread) * hard / hard.std()
        order = np.argsort(-(rng.gumbel(size=world.skills) - world.routing * pull))
        count = min(int(rng.integers(2, 5)), world.skills)
        held[agent, order[:count]] = rng.uniform(0.3, 1, count)
    strata = len(skill)
    share = held[:, skill] * rng.dirichlet(np.full(strata, 3.0)) * strata
    return np.asarray(share / share.sum(axis=1, keepdims=True))


def _contacts(rng: np.random.Generator, world: World, share: Array) -> tuple[Array, Array, Array]:
    volume = world.contacts_a_day * rng.gamma(6.25, 0.16, world.agents)
    part_time = rng.random(world.agents) < 0.25
    presence = np.where(part_time, rng.uniform(0.4, 0.7, world.agents), 0.93)
    works = rng.random((world.agents, world.days)) < presence[:, None]
    n = rng.poisson(volume[:, None, None] * share[:, :, None] * works[:, None, :])
    agent, stratum, day = np.nonzero(n)
    count = n[agent, stratum, day]
    return np.repeat(agent, count), np.repeat(stratum, count), np.repeat(day, count)


def _site(rng: np.random.Generator, world: World) -> Array:
    shocks, level = rng.normal(0, world.site, world.days), np.zeros(world.days)
    level[0] = shocks[0]
    for day in range(1, world.days):
        level[day] = world.site_memory * level[day - 1] + np.sqrt(1 - world.site_memory**2) * shocks[day]
    return level


def _durations(rng: np.random.Generator, world: World, log_mean: Array, sigma: Array) -> Array:
    variation = np.expm1(sigma**2)
    if world.calls == "lognormal":
        noise = np.exp(sigma * rng.normal(size=len(sigma)) - sigma**2 / 2)
    elif world.calls == "gamma":
        noise = rng.gamma(1 / variation, variation)
    else:
        power = np.sqrt(variation) ** -1.086
        noise = rng.weibull(power) / special.gamma(1 + 1 / power)
    value = np.exp(log_mean) * noise
    return np.where(rng.random(len(value)) < world.stuck, 8 * value, value)


def _caps(value: Array, stratum: Array, strata: int) -> Array:
    some = [value[stratum == one] for one in range(strata)]
    return np.array([np.quantile(one, 0.995) if len(one) else np.inf for one in some])


def _surveys(
    rng: np.random.Generator, truth: Array, passing: Array, agent: Array, stratum: Array, strata: int, mix: Array
) -> tuple[Array, Array, Array]:
    """Whoever is in a bad mood answers more often; the truth is what those who answer would say of the usual work."""
    ease, mood = rng.normal(0.9, 0.4, strata), rng.normal(size=len(agent))
    answers = rng.random(len(agent)) < special.expit(special.logit(0.12) - 0.4 * mood)
    felt = 3.6 + ease[stratum] - 3 * truth[agent] - 0.5 * passing + mood + rng.normal(0, 0.7, len(agent))
    some = np.random.default_rng(1).normal(size=3000)
    weight = special.expit(special.logit(0.12) - 0.4 * some)
    centre = 3.6 + ease[None, :, None] - 3 * truth[:, None, None] + some
    happy = (special.ndtr((centre - 3.5) / 0.7) * weight).sum(axis=-1) / weight.sum()
    return (np.clip(np.round(felt), 1, 5) >= 4).astype(float), answers, -(happy @ mix)


def _summed(agent: Array, stratum: Array, day: Array, value: Array, agents: int, strata: int) -> Cells:
    days = int(day.max()) + 1
    keys, place = np.unique((agent * strata + stratum) * days + day, return_inverse=True)
    rest, when = np.divmod(keys, days)
    who, what = np.divmod(rest, strata)
    n, s1, s2 = np.bincount(place).astype(float), np.bincount(place, value), np.bincount(place, value**2)
    return Cells(who, what, when, n, s1, s2, agents, strata, days)
