"""Has every contact its chance and no other, can a draw be repeated, and do weighted means tell of the whole floor?"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.stats.cells import Array
from floorwalker.stats.evaluators import Variances
from floorwalker.stats.sampling import (
    Contacts,
    draw,
    evaluations_needed,
    lot,
    range_of,
    systematic,
    weighted_mean,
)


def contacts(agents: list[int], *, seed: int = 1) -> Contacts:
    """So many contacts of each agent, of three channels and four reasons, over four weeks of minutes."""
    rng = np.random.default_rng(seed)
    agent = np.repeat(np.arange(len(agents)), agents)
    n = len(agent)
    return Contacts(
        key=np.array([f"{number:032x}" for number in range(n)], dtype="U32"),
        agent=agent,
        channel=np.array(["chat", "email", "voice"])[rng.integers(0, 3, n)],
        reason=np.array(["bill", "leak", "meter", "move"])[rng.integers(0, 4, n)],
        at=rng.integers(0, 4 * 7 * 1440, n),
    )


def rows(of: Contacts, keep: Array) -> Contacts:
    return Contacts(of.key[keep], of.agent[keep], of.channel[keep], of.reason[keep], of.at[keep])


@given(among=st.integers(1, 60), quota=st.integers(1, 70))
def test_every_place_has_exactly_the_same_chance(among: int, quota: int) -> None:
    taken = Counter[int]()
    for start in range(among):
        places = systematic(among, quota, start)
        assert len(set(places.tolist())) == len(places) == min(quota, among)
        taken.update(places.tolist())
    # Over all starts, of which each is as likely, every place is taken as often: the chance is quota/among, not about it.
    assert taken == dict.fromkeys(range(among), min(quota, among))


@settings(max_examples=25)
@given(
    agents=st.lists(st.integers(0, 40), min_size=1, max_size=8),
    quota=st.integers(1, 12),
    seed=st.text("0123456789abcdef", min_size=1, max_size=16),
    shuffle=st.integers(0, 99),
)
def test_a_draw_depends_on_contacts_and_seed_alone(agents: list[int], quota: int, seed: str, shuffle: int) -> None:
    found = contacts(agents)
    mixed = rows(found, np.random.default_rng(shuffle).permutation(len(found.key)))
    one, other = draw(found, quota, seed), draw(mixed, quota, seed)
    assert found.key[one.row].tolist() == mixed.key[other.row].tolist()
    assert found.digest == mixed.digest
    n = np.bincount(found.agent, minlength=len(agents))
    drawn = np.bincount(found.agent[one.row], minlength=len(agents))
    assert drawn.tolist() == np.minimum(n, quota).tolist()
    assert one.probability.tolist() == np.minimum(1, quota / n[found.agent[one.row]]).tolist()


def test_what_is_known_of_another_agent_does_not_change_what_is_drawn_of_one() -> None:
    alone, both = contacts([50]), contacts([50, 30])
    of_first = rows(both, np.flatnonzero(both.agent == 0))
    drawn = draw(rows(both, np.arange(80)), 5, "s")
    first = drawn.row[both.agent[drawn.row] == 0]
    assert both.key[first].tolist() == of_first.key[draw(of_first, 5, "s").row].tolist()
    assert len(draw(alone, 5, "s").row) == 5


@pytest.mark.parametrize("column", ["key", "agent", "channel", "reason", "at"])
def test_the_digest_notices_a_correction_of_anything(column: str) -> None:
    found = contacts([20, 20])
    changed = {name: getattr(found, name).copy() for name in ("key", "agent", "channel", "reason", "at")}
    changed[column][3] = changed[column][30] if column != "key" else "f" * 32
    changed[column][3] = changed[column][3] if column != "at" else found.at[3] + 1
    if column in ("channel", "reason"):
        changed[column][3] = "other"
    assert Contacts(**changed).digest != found.digest


def test_a_sample_spreads_over_kinds_hours_and_weeks() -> None:
    found = contacts([240] * 60, seed=4)
    drawn = draw(found, 12, "seed").row
    for agent in range(60):
        hers = drawn[found.agent[drawn] == agent]
        shares = Counter(found.channel[hers].tolist())
        of_all = Counter(found.channel[found.agent == agent].tolist())
        # Twelve of 240: of a channel with 80 contacts four are drawn, give or take one at either end of its stretch.
        assert all(abs(shares[name] - of_all[name] / 20) < 2 for name in of_all)
    # Starts differ from agent to agent: over the floor hours and weeks come as they are.
    hours = np.bincount(found.at[drawn] // 60 % 24 // 6, minlength=4) / len(drawn)
    weeks = np.bincount(found.at[drawn] // (7 * 1440), minlength=4) / len(drawn)
    assert np.abs(hours - 0.25).max() < 0.05
    assert np.abs(weeks - 0.25).max() < 0.05


def test_weighted_means_tell_of_the_whole_floor_and_plain_ones_do_not() -> None:
    rng = np.random.default_rng(11)
    volume = rng.integers(10, 400, 40)
    found = contacts(volume.tolist(), seed=5)
    # The busier an agent, the lower her scores; and long contacts, which somebody targets, are worse still.
    long = rng.random(len(found.key)) < 0.1
    score = 90 - volume[found.agent] / 20 - 25 * long + rng.normal(0, 5, len(found.key))
    truth = score.mean()
    weighted, plain, with_targeted = [], [], []
    for number in range(80):
        drawn = draw(found, 8, f"seed {number}")
        # Targeted draws are added to the sample and take nothing from it: left out, it is as if they had not been made.
        targeted = np.setdiff1d(np.flatnonzero(long), drawn.row)[:60]
        picked = np.concatenate([drawn.row, targeted])
        random = slice(len(drawn.row))
        # What goes wrong where they are taken for random ones of the same agents.
        chance = np.minimum(1, 8 / volume[found.agent[picked]])
        assert chance[random].tolist() == drawn.probability.tolist()
        weighted.append(weighted_mean(score[drawn.row], drawn.probability))
        plain.append(score[drawn.row].mean())
        with_targeted.append(weighted_mean(score[picked], chance))
    error = np.std(weighted) / np.sqrt(len(weighted))
    assert abs(np.mean(weighted) - truth) < 3 * error + 0.05
    assert np.mean(plain) - truth > 1.5
    assert truth - np.mean(with_targeted) > 1.5


def test_seven_sixteen_and_twenty_eight_are_needed() -> None:
    assert [evaluations_needed(reliability) for reliability in (0.5, 0.7, 0.8)] == [7, 16, 28]
    assert evaluations_needed(0.7, Variances(0.0, 1.0, 1.0, 50.0)) is None
    # Four evaluations place an agent within ten points to either side; four times as many within half of that.
    assert range_of(4) == pytest.approx(10.28, abs=0.01)
    assert range_of(16) == pytest.approx(range_of(4) / 2)


def test_lots_are_even_and_repeat() -> None:
    lots = np.array([lot("seed", number) for number in range(4000)])
    assert np.abs(np.histogram(lots, 10, (0, 1))[0] - 400).max() < 90
    assert lot("seed", 7) == lots[7] != lot("other", 7)
