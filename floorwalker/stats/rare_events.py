"""Do rare events, such as complaints or transfers to the wrong queue, come more often than they did?

Of an event that happens once in two hundred contacts a day's share says nothing. Each contact adds a little to a sum: down
where it did not happen, up where it did, and more so where it was not to be expected; the sum never falls below nought, and
alarms at a limit. What is to be expected of each contact is its kind's, the person's own and everybody's of late
(S. H. Steiner, R. J. Cook, V. T. Farewell and T. Treasure, Biostatistics 1 (2000), 441-452). The limit keeps to the run
length that a leader's budget of false alarms allows; it comes from a Markov chain, as that of the other charts does.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import gammaln, pdtrik

from floorwalker.stats.cells import Array
from floorwalker.stats.control_charts import GUARD_DAYS, Signal

# The chart is set to notice that the odds have doubled.
ODDS = 2.0
STATES = 120
# What everybody saw: in so many last days, drawn by so many events to the level of a longer past.
LATE_DAYS, LONG_DAYS, DRAWN = 3, 40, 20.0
LEAST_EXPECTED, LEAST_RATE = 1e-9, 1e-4


def scores(events: Array, expected: Array, odds: float = ODDS) -> Array:
    """What each day adds: log-likelihood of doubled odds against usual ones, for rare events. events, expected: (units, days)."""
    return np.asarray(events * np.log(odds) - expected * (odds - 1))


def run_length(limit: float, expected: float, odds: float = ODDS, states: int = STATES) -> float:
    """The mean number of days until the sum of a unit with so many expected events a day reaches the limit."""
    width = limit / states
    # Poisson, by its formula: scipy.stats alone takes longer to import than all of this takes to run.
    counts = np.arange(int(np.ceil(pdtrik(1 - 1e-12, expected))) + 2)
    chances = np.exp(counts * np.log(expected) - expected - gammaln(counts + 1))
    sizes = counts * np.log(odds)
    target = np.arange(states)[:, None] * width + sizes[None, :] - expected * (odds - 1)
    place = np.clip(target / width, 0, states)
    # A place between two states is shared by them, so that slow drifts are not lost.
    lower = np.floor(place).astype(int)
    upper = np.minimum(lower + 1, states)
    share = np.where(lower < states, place - lower, 0.0)
    moves, start = np.zeros((states, states + 1)), np.arange(states)[:, None]
    np.add.at(moves, (start, lower), chances * (1 - share))
    np.add.at(moves, (start, upper), chances * share)
    days = np.linalg.solve(np.eye(states) - moves[:, :states], np.ones(states))
    return float(days[0])


@lru_cache(maxsize=256)
def limit_for(days_between_alarms: float, expected: float, odds: float = ODDS) -> float:
    """The limit at which an unchanged unit alarms once in so many days, on average."""

    def beyond(limit: float) -> float:
        return float(np.log(run_length(limit, expected, odds) / days_between_alarms))

    low, high = 0.05, 12.0
    if beyond(low) > 0:
        return low
    return float(brentq(beyond, low, high, xtol=1e-2))


def expected_events(events: Array, usual: Array, base_days: int) -> Array:
    """What is to be expected of each unit on each day: from its kinds of contact, its own past and everybody's last days.

    events: (units, days); usual: what the kinds of contact alone would give. A unit's own rate is learnt on from all days but
    the latest twenty: a change must not hide itself.
    """
    everybody = _everybody(events, usual)
    usual = np.maximum(usual * everybody, 0.0)
    seen, said = np.cumsum(events, axis=1), np.maximum(np.cumsum(usual, axis=1), LEAST_EXPECTED)
    last = np.maximum(np.arange(events.shape[1]) - GUARD_DAYS, base_days) - 1
    strength = _strength(seen[:, base_days - 1], said[:, base_days - 1])
    # One event more than was seen: what is not known of a unit's rate must not alarm.
    return np.asarray((seen[:, last] + strength + 1) / (said[:, last] + strength) * usual)


def _everybody(events: Array, usual: Array) -> Array:
    """How many times as often as usual it happened to all together in the last days, drawn to the level before."""
    seen, said = (np.concatenate([[0.0], np.cumsum(values.sum(axis=0))]) for values in (events, usual))
    day = np.arange(1, events.shape[1] + 1)
    late, long = (np.maximum(day - days, 0) for days in (LATE_DAYS, LONG_DAYS))
    level = (seen[day] - seen[long] + 1) / np.maximum(said[day] - said[long] + 1, LEAST_EXPECTED)
    return np.asarray(
        (seen[day] - seen[late] + DRAWN * level) / np.maximum(said[day] - said[late] + DRAWN, LEAST_EXPECTED)
    )


def _strength(seen: Array, said: Array) -> float:
    """By how many expected events a unit's own rate is drawn to all others': rates differ as a gamma does (moments)."""
    squares = (seen - said) ** 2 - said
    between = float(squares.sum() / (said**2).sum())
    return 1 / max(between, 1e-4)


def dispersion(events: Array, expected: Array) -> float:
    """How many times more days scatter than rare events alone would; 1 at least."""
    told = expected > LEAST_EXPECTED
    squares = float(((events - expected)[told] ** 2).sum())
    return max(1.0, squares / float(expected[told].sum())) if told.any() else 1.0


def find_rises(events: Array, n: Array, usual: Array, base_days: int, days_between_alarms: float) -> list[Signal]:
    """Each unit's alarms, dated to where the sum last left nought; size: by how much the share rose since then.

    events, n, usual: (units, days) events, contacts, and what the kinds of contact alone would give. After an alarm the sum
    begins again at nought.
    """
    expected = expected_events(events, usual, base_days)
    wider = dispersion(events[:, :base_days], expected[:, :base_days])
    score = scores(events, expected) / wider
    mean = expected[:, base_days:].mean(axis=1) / wider
    limits = np.array([limit_for(days_between_alarms, _rounded(float(one))) for one in mean])
    found: list[Signal] = []
    last, began = np.zeros(len(events)), np.full(len(events), base_days)
    for day in range(base_days, events.shape[1]):
        began = np.where(last <= 0, day, began)
        last = np.maximum(0.0, last + score[:, day])
        for unit in np.flatnonzero(last >= limits):
            since = slice(began[unit], day + 1)
            more = float((events - expected)[unit, since].sum() / max(n[unit, since].sum(), 1.0))
            found.append(Signal(int(unit), int(began[unit]), day, more, up=True))
            last[unit] = 0.0
    return found


def _rounded(expected: float) -> float:
    """Limits are made for a few rates only; neighbours share theirs."""
    return float(np.exp(np.round(np.log(max(expected, LEAST_RATE)) * 4) / 4))
