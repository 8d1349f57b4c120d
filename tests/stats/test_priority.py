"""Do the hours at hand go where they gain most, and is everybody else told why not?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from floorwalker.stats.gains import (
    EVALUATIONS_HOURS,
    Candidate,
    Gap,
    Kind,
    Learnability,
    WhyNot,
    worth_of_looking,
)
from floorwalker.stats.priority import Priorities, prioritise
from tests.worlds.gaps import HOURS, RELIABILITY, WORTH, Array, Gaps, gaps
from tests.worlds.published import hold

CAPACITY = 40.0


def candidates_of(floor: Gaps) -> list[Candidate]:
    """Everybody in every measure, as far as is known."""
    agents, measures = floor.true.shape
    each = (1 - RELIABILITY) / RELIABILITY * 8
    return [
        Candidate(
            Kind.COACH,
            agent,
            measure,
            (gap_of(floor, agent, measure, float(each[measure])),),
            float(stats.norm.sf(0.2, floor.mean[agent, measure], floor.sd[agent, measure])),
            float(HOURS[measure]),
            float(WORTH[measure]),
            Learnability(float(floor.said[measure]), 0.3 * float(floor.said[measure])),
        )
        for agent in range(agents)
        for measure in range(measures)
    ]


def gap_of(floor: Gaps, agent: int, measure: int, one_evaluation: float) -> Gap:
    mean, sd, contacts = (float(of[agent, measure]) for of in (floor.mean, floor.sd, floor.contacts))
    return Gap(mean, sd, contacts, one_evaluation)


def true_gain(floor: Gaps) -> Array:
    return np.asarray(floor.contacts * np.maximum(0.0, floor.true) * floor.learn * WORTH)


def gained(floor: Gaps, an_hour: Array) -> float:
    """What truly comes of a list in the order of some figure: one measure of a person, until the hours are spent."""
    gain, left, seen, total = true_gain(floor), CAPACITY, set(), 0.0
    for place in np.argsort(-an_hour, axis=None):
        agent, measure = divmod(int(place), an_hour.shape[1])
        if agent not in seen and HOURS[measure] <= left:
            seen.add(agent)
            left -= HOURS[measure]
            total += gain[agent, measure]
    return float(total)


def gained_by(floor: Gaps, found: Priorities) -> float:
    """The same of our list; to look gains nothing by itself."""
    gain = true_gain(floor)
    coached = [one.candidate for one in found.chosen if one.kind is Kind.COACH]
    return float(sum(gain[int(str(one.of)), int(str(one.about))] for one in coached))


def shares(seeds: range) -> dict[str, float]:
    """How much of what somebody gains who knows everything, on the mean of some floors."""
    rows = []
    for seed in seeds:
        floor = gaps(seed)
        best = gained(floor, true_gain(floor) / HOURS)
        found = prioritise(candidates_of(floor), CAPACITY)
        worse = (floor.plain > 0.3).sum(axis=1)
        most_missed = np.where(
            floor.plain == floor.plain.max(axis=1, keepdims=True), worse[:, None] + 0.01 * floor.plain, -1
        )
        rows.append(
            [
                gained_by(floor, found) / best,
                gained(floor, floor.plain) / best,
                gained(floor, most_missed) / best,
                gained(floor, floor.mean) / best,
                float(found.gain / 0.6 / gained_by(floor, found)),
            ]
        )
    names = ("ours", "largest_plain_gap", "most_measures_missed", "largest_believed_gap", "said_of_gained")
    return dict(zip(names, np.mean(rows, axis=0).tolist(), strict=True))


def test_hours_go_where_they_gain_small() -> None:
    found = shares(range(63_000, 63_003))
    assert found["ours"] >= 0.75 and found["largest_plain_gap"] <= 0.5


@pytest.mark.slow
def test_hours_go_where_they_gain() -> None:
    found = shares(range(63_100, 63_150))
    assert found["ours"] >= 0.80 and found["largest_plain_gap"] <= 0.45
    assert found["ours"] > max(found["most_measures_missed"], found["largest_believed_gap"])
    hold("priorities", **found)


def coach(of: str, mean: float = 1.0, about: str = "aht", **rest: float) -> Candidate:
    return Candidate(Kind.COACH, of, about, (Gap(mean, 0.2, 100.0),), 0.95, rest.get("hours", 1.0))


def why(found: Priorities) -> dict[tuple[object, object], WhyNot]:
    return {(one.candidate.of, one.candidate.about): one.why for one in found.others}


def test_the_list_ends_with_the_hours_and_says_so() -> None:
    some = [coach(name, mean) for name, mean in (("a", 3.0), ("b", 1.0), ("c", 2.0))]
    found = prioritise(some, 2.0)
    assert [one.candidate.of for one in found.chosen] == ["a", "c"]
    assert why(found) == {("b", "aht"): WhyNot.NO_CAPACITY}
    long = [coach("a", 4.0, hours=1.5), coach("b", 1.0), coach("c", 1.0, hours=0.5)]
    assert [one.candidate.of for one in prioritise(long, 2.0).chosen] == ["a", "c"], "what fits in the rest is taken"
    assert prioritise(some, 0.0).chosen == () and prioritise([], 5.0).chosen == ()


def test_nobody_gets_two_goals_and_of_a_tie_she_chooses() -> None:
    some = [coach("a", 2.0), coach("a", 1.95, "fcr"), coach("a", 1.0, "csat"), coach("b")]
    found = prioritise(some, 9.0)
    assert [(one.candidate.of, one.candidate.about) for one in found.chosen] == [("a", "aht"), ("b", "aht")]
    assert [one.about for one in found.chosen[0].or_else] == ["fcr"] and found.chosen[1].or_else == ()
    assert why(found) == {("a", "fcr"): WhyNot.ONE_AT_A_TIME, ("a", "csat"): WhyNot.ONE_AT_A_TIME}


@pytest.mark.parametrize("barred", [WhyNot.NOT_PERSONAL, WhyNot.OPEN_GOAL, WhyNot.NOT_SURE])
def test_what_is_barred_takes_no_hour(barred: WhyNot) -> None:
    found = prioritise([replace(coach("a", 9.0), barred=barred), coach("b")], 1.0)
    assert [one.candidate.of for one in found.chosen] == ["b"] and why(found) == {("a", "aht"): barred}


def test_without_a_gap_there_is_no_gain() -> None:
    none = replace(coach("a"), gaps=(Gap(-1.0, 0.0, 100.0),))
    assert why(prioritise([none, replace(coach("b"), gaps=())], 5.0)) == {
        ("a", "aht"): WhyNot.NO_GAIN,
        ("b", "aht"): WhyNot.NO_GAIN,
    }


def test_a_team_is_one_action_over_its_members_and_a_process_a_ticket_without_hours() -> None:
    member = Gap(1.0, 0.2, 100.0)
    team = Candidate(Kind.TEAM, "team", "aht", (member,) * 12, 0.9, 2.0)
    process = Candidate(Kind.PROCESS, None, "aht", (member,) * 240, 0.9, 40.0)
    found = prioritise([coach("a"), team, process], 3.0)
    assert [one.candidate.of for one in found.chosen] == ["team", "a"] and found.others == ()
    assert team.gain == pytest.approx(12 * coach("a").gain)
    assert [one.kind for one in found.tickets] == [Kind.PROCESS]
    assert found.tickets[0].gain == pytest.approx(240 * coach("a").gain)
    assert found.gain == pytest.approx(13 * coach("a").gain), "a ticket is nobody's coaching"


def unsure(of: str = "u", one_evaluation: float = 1.0, **rest: float) -> Candidate:
    gap = Gap(rest.get("mean", 0.2), rest.get("sd", 1.0), 100.0, one_evaluation)
    return Candidate(Kind.COACH, of, "quality", (gap,), 0.5, rest.get("hours", 2.0))


def test_where_it_is_open_whether_there_is_a_gap_to_look_comes_first() -> None:
    # Others leave little: acting for the unsure one is just not worth it, looking is.
    others = [coach(f"o{number}", 0.3) for number in range(20)]
    found = prioritise([*others, unsure()], 5.0)
    looking = [one for one in found.chosen if one.kind is Kind.EVIDENCE]
    assert [one.candidate.of for one in looking] == ["u"] and looking[0].hours == EVALUATIONS_HOURS
    assert why(found)["u", "quality"] is WhyNot.EVIDENCE_FIRST
    assert 0.0 < looking[0].gain < looking[0].range[1] and looking[0].range[0] == 0.0
    known = replace(unsure(), sure=0.9)
    assert all(one.kind is Kind.COACH for one in prioritise([*others, known], 5.0).chosen)


def test_nobody_is_coached_for_what_is_not_sure() -> None:
    proof = replace(unsure(), needs_proof=True)
    alone = prioritise([proof], 5.0)
    assert [one.kind for one in alone.chosen] == [Kind.EVIDENCE]
    blind = replace(unsure("b", one_evaluation=np.inf), needs_proof=True)
    found = prioritise([coach("a"), blind], 5.0)
    assert [one.candidate.of for one in found.chosen] == ["a"] and why(found)["b", "quality"] is WhyNot.NOT_SURE
    # To look is worth the more the likelier it is that acting follows.
    worths = [worth_of_looking(replace(proof, sure=sure), 4.0) for sure in (0.3, 0.5, 0.7)]
    assert worths == sorted(worths) and worths[0] < worths[-1]


def test_looking_is_worth_what_it_changes() -> None:
    """By numbers: of 10,000 truths and what three evaluations then say."""
    one, price = unsure(), 6.0
    rng = np.random.default_rng(63_001)
    gap = one.gaps[0]
    theta = rng.normal(gap.mean, gap.sd, 200_000)
    error = (gap.one_evaluation / 3) ** 0.5
    seen = theta + rng.normal(0, error, len(theta))
    kept = gap.sd**2 / (gap.sd**2 + error**2)
    after, left = gap.mean + kept * (seen - gap.mean), (gap.sd**2 * (1 - kept)) ** 0.5
    each = one.learn.mean * one.persistence * gap.contacts
    expected = each * (after * stats.norm.cdf(after / left) + left * stats.norm.pdf(after / left))
    value = np.maximum(0, expected - price * one.hours).mean() - max(0.0, one.gain - price * one.hours)
    assert worth_of_looking(one, price) == pytest.approx(value, rel=0.05)
    assert worth_of_looking(one, 0.0) == pytest.approx(0.0, abs=0.02 * one.gain), "where hours cost nothing, one acts"
    assert worth_of_looking(unsure(one_evaluation=np.inf), price) == 0.0, "nothing can be learnt"
    assert worth_of_looking(unsure(sd=0.0), price) == 0.0, "nothing is open"


@pytest.mark.parametrize(("mean", "sd"), [(1.0, 0.5), (0.0, 1.0), (-2.0, 1.0), (3.0, 0.1)])
def test_the_expected_gain_is_the_integral_over_all_doubt(mean: float, sd: float) -> None:
    one = Candidate(Kind.COACH, "a", "aht", (Gap(mean, sd, 100.0),), 0.9, 1.0)
    value, _ = integrate.quad(lambda x: max(0.0, x) * stats.norm.pdf(x, mean, sd), mean - 9 * sd, mean + 9 * sd)
    assert one.units == pytest.approx(100 * value * 0.25 * 0.6, rel=1e-6)


def test_ranges_hold_what_comes() -> None:
    one = Candidate(Kind.COACH, "a", "aht", (Gap(2.0, 0.6, 100.0),), 0.9, 1.0, learn=Learnability(0.25, 0.06))
    rng = np.random.default_rng(63_002)
    size = np.maximum(0, rng.normal(2.0, 0.6, 100_000)) * 100
    came = size * np.maximum(0, rng.normal(0.25, 0.06, 100_000)) * 0.6
    low, high = one.units_range
    assert low <= one.units <= high
    assert ((low <= came) & (came <= high)).mean() == pytest.approx(0.95, abs=0.015)


def any_candidates(seed: int) -> list[Candidate]:
    rng = np.random.default_rng(seed)
    pairs = [(of, about) for of in range(6) for about in ("aht", "fcr", "csat")]
    some = rng.permutation(len(pairs))[: rng.integers(0, 13)]
    return [
        Candidate(
            Kind.COACH,
            *pairs[number],
            (Gap(float(rng.uniform(-2, 5)), float(rng.choice([0.0, 0.1, 2.0])), float(rng.uniform(0, 500)), 1.0),),
            float(rng.random()),
            float(rng.choice([0.5, 1.0, 2.0])),
        )
        for number in some.tolist()
    ]


@given(st.integers(0, 10**6), st.floats(0, 8))
def test_order_plays_no_part_and_everybody_is_answered(seed: int, hours: float) -> None:
    some = any_candidates(seed)
    found = prioritise(some, hours)
    mixed = list(some)
    Random(seed).shuffle(mixed)
    again = prioritise(mixed, hours)
    assert found.chosen == again.chosen and Counter(map(repr, found.others)) == Counter(map(repr, again.others))
    assert sum(one.hours for one in found.chosen) <= hours
    assert len({one.candidate.of for one in found.chosen}) == len(found.chosen)
    told = [one.candidate for one in found.chosen] + [one.candidate for one in found.others]
    answered = {(one.of, one.about) for one in told}
    assert answered == {(one.of, one.about) for one in some}
    for one in found.chosen:
        low, high = one.range
        assert 0 <= low <= high and one.gain > 0


def test_units_of_worth_change_no_order() -> None:
    floor = gaps(63_003, agents=40)
    some = candidates_of(floor)
    other = [replace(one, worth=60 * one.worth) for one in some]
    first, second = (prioritise(each, 10.0) for each in (some, other))
    assert [one.candidate.of for one in first.chosen] == [one.candidate.of for one in second.chosen]
    assert second.gain == pytest.approx(60 * first.gain)
