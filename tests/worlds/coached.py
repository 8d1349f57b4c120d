"""Coaching with known truth: levels that drift, figures with chance in them, and leaders who choose whom to coach in several ways.

Levels differ by one standard deviation between agents; more is better. An agent's figure of a block is her level and the
chance of her contacts, of which some have many more than others. Nothing here is drawn as the method thinks it (it knows
neither sizes nor shapes), except that levels are normal; `tails`, `drift_kept` and `leaving` make that wrong as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from floorwalker.stats.cells import Array, Index
from floorwalker.stats.coaching import Chosen, Coaching, Effect, Look, Mode, NoEffect, Why
from floorwalker.stats.effects import coaching_effect, in_own_scale
from floorwalker.stats.level_covariance import Blocks, level_covariance

AGENTS, COACHED, TEAMS = 240, 24, 20
HISTORY, SHOWN, WINDOW = 12, 3, 1
# A week's washout, then blocks to weeks 4, 8 and 12.
AFTER = np.array([0.25, 1.25, 2.25]) + HISTORY
RULES = ("worst", "of the worst 48", "private knowledge", "private and a dip")


@dataclass(frozen=True)
class World:
    """What a floor is like: `dip` is the standard deviation of passing dips."""

    reliability: float = 0.6
    volume_spread: float = 0.8
    drift: float = 0.08
    dip: float = 0.0
    team: float = 0.0
    tails: float = 0.0
    leaving: float = 0.0


@dataclass(frozen=True)
class Floor:
    """levels, figures and variances: (agents, blocks), the last three after the decision; team: (agents,)."""

    levels: Array
    figures: Array
    variance: Array
    team: Index
    rng: np.random.Generator

    def record(self, blocks: int) -> Array:
        """What the page shows of each agent: the mean of her last blocks."""
        last = slice(HISTORY - blocks, HISTORY)
        weight = 1 / self.variance[:, last]
        return np.asarray((weight * self.figures[:, last]).sum(axis=1) / weight.sum(axis=1))


def make_floor(seed: int, world: World) -> Floor:
    """One floor without coaching."""
    rng = np.random.default_rng([4_100, seed])
    blocks = HISTORY + len(AFTER)
    team = rng.permutation(np.arange(AGENTS) % TEAMS)
    lasting = rng.normal(size=(AGENTS, 1)) + world.team * rng.normal(size=TEAMS)[team][:, None]
    steps = world.drift * rng.normal(size=(AGENTS, blocks))
    steps[:, HISTORY] *= 1.25**0.5
    levels = lasting + np.cumsum(steps, axis=1) + _dips(rng, blocks, world.dip)
    noise = (1 - world.reliability) / world.reliability
    volume = np.exp(world.volume_spread * rng.normal(size=(AGENTS, 1)) - world.volume_spread**2 / 2)
    variance = np.repeat(noise / volume, blocks, axis=1)
    chance = rng.standard_t(world.tails, (AGENTS, blocks)) if world.tails else rng.normal(size=(AGENTS, blocks))
    return Floor(levels, levels + chance * np.sqrt(variance), variance, team, rng)


def _dips(rng: np.random.Generator, blocks: int, size: float, kept: float = 0.5) -> Array:
    dips = size * rng.normal(size=(AGENTS, blocks))
    for block in range(1, blocks):
        dips[:, block] = kept * dips[:, block - 1] + (1 - kept**2) ** 0.5 * dips[:, block]
    return dips


def choose(floor: Floor, rule: str, window: int = WINDOW, coached: int = COACHED) -> Chosen:
    """Whom a leader coaches. With private knowledge she weighs what the page shows and how the agent truly is just now alike."""
    score = floor.record(window)
    if rule.startswith("private"):
        score = score + floor.levels[:, HISTORY - 1]
    if rule == "of the worst 48":
        return _drawn(floor, np.argsort(score)[: 2 * coached], coached)
    return _marked(np.argsort(score)[:coached])


def pool_of(floor: Floor, rule: str, window: int = WINDOW) -> tuple[Chosen, Chosen]:
    """48 whom the same leader thinks equally urgent, and the 24 of them whom a lot sends first."""
    pool = choose(floor, "worst" if rule == "of the worst 48" else rule, window, 2 * COACHED)
    return pool, _drawn(floor, np.flatnonzero(pool), COACHED)


def _drawn(floor: Floor, among: Index, count: int) -> Chosen:
    return _marked(floor.rng.choice(among, count, replace=False))


def _marked(places: Index) -> Chosen:
    found = np.zeros(AGENTS, dtype=bool)
    found[places] = True
    return found


def coach(floor: Floor, chosen: Chosen, effect: float | tuple[float, ...], shown: int | None = SHOWN) -> Coaching:
    """What is asked of a floor on which these were coached. effect: what each block afterwards gains."""
    gained = floor.figures[:, HISTORY:] + np.multiply.outer(chosen, np.broadcast_to(effect, len(AFTER)))
    return Coaching(
        Blocks(floor.figures[:, :HISTORY], floor.variance[:, :HISTORY], np.arange(HISTORY, dtype=float)),
        Blocks(gained, floor.variance[:, HISTORY:], AFTER),
        chosen,
        shown,
    )


LOOKS = (Look.WEEK_4, Look.WEEK_8, Look.WEEK_12)
HOW = ("recent", "year", "lot")


@dataclass(frozen=True)
class Trials:
    """What was found where nothing was gained: (runs, looks). A gain only moves both estimates by itself.

    refused: on how many floors more nothing was said, since the coached lay too far from everybody else.
    """

    record: Array
    record_error: Array
    profile: Array
    profile_error: Array
    low: Array
    high: Array
    naive: Array
    looks: tuple[Look, ...]
    refused: int = 0

    def works(self, mode: Mode, gain: float) -> Array:
        """On what share of floors the rule of a mode says "works", by each look."""
        record, profile = (self.record + gain) / self.record_error, (self.profile + gain) / self.profile_error
        said = np.array(
            [
                [mode.works(look, record[run, place], profile[run, place]) for place, look in enumerate(self.looks)]
                for run in range(len(record))
            ]
        )
        return np.asarray(np.logical_or.accumulate(said, axis=1).mean(axis=0))

    @property
    def covered(self) -> Array:
        return np.asarray(((self.low <= 0) & (self.high >= 0)).mean(axis=0))


def tried(
    seeds: range,
    rule: str,
    how: str,
    world: World | None = None,
    coached: int = COACHED,
    looks: tuple[Look, ...] = LOOKS,
) -> Trials:
    """Leaders of a rule on many floors. how: "recent", as the page shows; "year", by the whole record; "lot", of those 48."""
    world = World(dip=0.5 if rule.endswith("dip") else 0.0) if world is None else world
    told = [_seen(_asked(seed, rule, how, world, coached), looks) for seed in seeds]
    rows = [row for row in told if row is not None]
    record, record_error, profile, profile_error, low, high, naive = np.moveaxis(np.array(rows), 2, 0)
    refused = len(told) - len(rows)
    return Trials(record, record_error, profile, profile_error, low, high, naive, looks, refused)


def _asked(seed: int, rule: str, how: str, world: World, coached: int) -> Coaching:
    floor = make_floor(seed, world)
    if how == "lot":
        pool, drawn = pool_of(floor, rule)
        return replace(coach(floor, drawn, 0.0), pool=pool)
    return coach(floor, choose(floor, rule, HISTORY if how == "year" else WINDOW, coached), 0.0)


def _seen(asked: Coaching, looks: tuple[Look, ...]) -> list[list[float]] | None:
    levels = level_covariance(in_own_scale(asked)[0].history)
    said = [coaching_effect(asked, look, levels) for look in looks]
    if any(isinstance(one, NoEffect) and one.why is Why.EXTRAPOLATED for one in said):
        return None
    return [_figures(one, naive_z(asked, look.blocks)) for one, look in zip(said, looks, strict=True)]


def _figures(found: Effect | NoEffect, naive: float) -> list[float]:
    assert isinstance(found, Effect), found
    errors = (found.cautious / found.z_record, found.by_profile / found.z_profile)
    return [found.cautious, errors[0], found.by_profile, errors[1], found.low, found.high, naive]


def naive_z(asked: Coaching, blocks: int) -> float:
    """What is done elsewhere: the coached agents' mean after less before, by its own scatter, of which one person has none."""
    if asked.coached.sum() < 2:
        return float("nan")
    before, after = asked.history, asked.after
    change = (after.value[:, :blocks].mean(axis=1) - before.value[:, -WINDOW:].mean(axis=1))[asked.coached]
    return float(change.mean() / (change.std(ddof=1) / len(change) ** 0.5))
