"""Do waits and abandonment come out of staffing and patience as queueing theory says they must?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from floorwalker.sources.simulated.queueing import (
    FOR_EVER_MILLISECONDS,
    NO_ANSWER_MILLISECONDS,
    Desks,
    Happened,
    Visits,
    run_queues,
)

CALLS = 100_000
BETWEEN_CALLS, HANDLE, PATIENCE = 18_000, 180_000, 120_000
LATER = 1 << 40


def visits(entered: list[int], born: int | None = None, **given: list[int]) -> Visits:
    count = len(entered)
    plain: dict[str, list[int]] = {
        "queue": [0] * count,
        "patience": [FOR_EVER_MILLISECONDS] * count,
        "ring": [0] * count,
        "talk": [60_000] * count,
        "hold": [0] * count,
        "wrap_up": [0] * count,
        "missed_rings": [0] * count,
        "child": [-1] * count,
        "cut_talk": [20_000] * count,
    }
    columns: dict[str, Any] = plain | given
    return Visits(born=count if born is None else born, entered=entered, cut_draw=[0.5] * count, **columns)


def desks(people: int, duties: list[list[tuple[int, int]]] | None = None, **given: list[float]) -> Desks:
    return Desks(
        group=[0] * people,
        begins=[0] * people,
        duties=duties or [[(LATER, 0)] for _ in range(people)],
        pace=given.get("pace", [1.0] * people),
        wrap_up_pace=[1.0] * people,
        cut_share=given.get("cut_share", [0.0] * people),
    )


def erlang_a(people: int) -> Happened:
    rng = np.random.default_rng(20)
    entered = np.cumsum(rng.exponential(BETWEEN_CALLS, CALLS)).astype(int).tolist()
    calls = visits(
        entered,
        talk=rng.exponential(HANDLE, CALLS).astype(int).tolist(),
        patience=rng.exponential(PATIENCE, CALLS).astype(int).tolist(),
    )
    return run_queues(calls, desks(people), ((0,),), 1)


@pytest.mark.parametrize(
    ("people", "abandoned", "answered_in_20"), [(12, 0.0616, 0.826), (13, 0.0384, 0.889), (14, 0.0228, 0.933)]
)
def test_erlang_a(people: int, abandoned: float, answered_in_20: float) -> None:
    happened = erlang_a(people)
    left = np.array(happened.left) >= 0
    answered = np.array(happened.answered)
    wait = answered - np.array(happened.entered)
    assert left.mean() == pytest.approx(abandoned, abs=0.004)
    assert ((answered >= 0) & (wait <= 20_000)).mean() == pytest.approx(answered_in_20, abs=0.008)


def test_more_people_mean_shorter_waits() -> None:
    waits = []
    for people in (11, 12, 14, 17):
        happened = erlang_a(people)
        answered = np.array(happened.answered)
        waits.append((answered - np.array(happened.entered))[answered >= 0].mean())
    assert waits == sorted(waits, reverse=True)
    assert waits[0] > 3 * waits[-1]


def test_longest_free_answers_first() -> None:
    happened = run_queues(visits([1_000, 100_000, 130_000]), desks(2), ((0,),), 1)
    # Desk 0 was rung first; both are free at 100 s, desk 1 for longer.
    assert happened.agent == [0, 1, 0]


def test_first_come_first_served() -> None:
    happened = run_queues(visits([1_000, 2_000, 3_000]), desks(1), ((0,),), 1)
    assert happened.answered == [1_000, 61_000, 121_000]
    assert happened.gone == [LATER]


def test_impatient_leaves_at_the_end_of_patience() -> None:
    calls = visits([1_000, 2_000, 3_000], patience=[10**6, 5_000, 10**6])
    happened = run_queues(calls, desks(1), ((0,),), 1)
    assert happened.left == [-1, 7_000, -1]
    assert happened.answered == [1_000, -1, 61_000]


def test_live_work_goes_before_mail_that_waited_longer() -> None:
    calls = visits([1_000, 2_000, 50_000], queue=[0, 1, 0], patience=[10**6, FOR_EVER_MILLISECONDS, 10**6])
    happened = run_queues(calls, desks(1), ((0, 1),), 2)
    assert happened.answered == [1_000, 121_000, 61_000]


def test_skills_decide_who_may_answer() -> None:
    people = Desks([0, 1], [0, 0], [[(LATER, 0)], [(LATER, 0)]], [1.0, 1.0], [1.0, 1.0], [0.0, 0.0])
    happened = run_queues(visits([1_000, 2_000, 3_000], queue=[1, 1, 0]), people, ((0,), (0, 1)), 2)
    assert happened.agent == [1, 1, 0]
    assert happened.answered == [1_000, 61_000, 3_000]


def test_unheard_ringing_returns_the_call_to_the_head_of_its_queue() -> None:
    calls = visits([1_000, 2_000], missed_rings=[1, 0])
    happened = run_queues(calls, desks(1), ((0,),), 1)
    heard = 1_000 + NO_ANSWER_MILLISECONDS
    assert happened.unheard == [(0, 0, heard, NO_ANSWER_MILLISECONDS, False)]
    assert happened.answered == [heard, heard + 60_000]


def test_customer_gives_up_while_it_rings() -> None:
    calls = visits([1_000, 1_500], ring=[8_000, 1_000], patience=[3_000, 10**6])
    happened = run_queues(calls, desks(1), ((0,),), 1)
    assert happened.left == [4_000, -1]
    assert happened.unheard == [(0, 0, 4_000, 3_000, True)]
    assert happened.answered == [-1, 5_000]


def test_transfer_enters_the_other_queue_when_the_talk_ends() -> None:
    calls = visits([1_000, 0], queue=[0, 1], child=[1, -1], wrap_up=[30_000, 0], born=1)
    people = Desks([0, 1], [0, 0], [[(LATER, 0)], [(LATER, 0)]], [1.0, 1.0], [1.0, 1.0], [0.0, 0.0])
    happened = run_queues(calls, people, ((0,), (1,)), 2)
    assert happened.entered == [1_000, 61_000]
    assert happened.answered == [1_000, 61_000]
    assert happened.agent == [0, 1]


def test_duty_waits_for_the_end_of_the_contact_and_nobody_is_called_from_it() -> None:
    duties = [[(30_000, 600_000), (900_000, 0)]]
    happened = run_queues(visits([1_000, 70_000, 950_000]), desks(1, duties), ((0,),), 1)
    assert happened.done == [(0, 0, 61_000, 661_000)]
    assert happened.answered == [1_000, 661_000, -1]
    assert happened.gone == [900_000]


def test_early_hang_up_follows_the_share_and_spoils_no_transfer() -> None:
    calls = visits([1_000, 200_000, 0], child=[2, -1, -1], born=2)
    happened = run_queues(calls, desks(1, cut_share=[0.9]), ((0,),), 1)
    assert happened.cut == [1, 1, 0]
    assert happened.talked == [20_000, 20_000, -1]
    assert happened.answered == [1_000, 200_000, -1]


def test_mail_still_waits_when_everybody_has_gone() -> None:
    happened = run_queues(visits([1_000], patience=[FOR_EVER_MILLISECONDS]), desks(0), ((0,),), 1)
    assert (happened.agent, happened.left) == ([-1], [-1])
