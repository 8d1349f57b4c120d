"""Is an answer made once, kept while there is room, and never taken for another's?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from floorwalker.facts.memory import Memory


class Maker:
    """Makes an answer, and counts how often."""

    def __init__(self, answer: str = "answer") -> None:
        self.answer, self.times = answer, 0

    def __call__(self) -> str:
        self.times += 1
        return self.answer


def test_the_same_question_is_answered_once() -> None:
    memory, one, other = Memory(), Maker("one"), Maker("other")
    for _ in range(3):
        assert memory.recall("a", one, len) == "one"
        assert memory.recall("b", other, len) == "other"
    assert (one.times, other.times) == (1, 1)


def test_what_was_asked_longest_ago_makes_room() -> None:
    memory, makers = Memory(room_bytes=40), {key: Maker("x" * 10) for key in "abcde"}
    for key in "abcd":
        memory.recall(key, makers[key], len)
    memory.recall("a", makers["a"], len)
    memory.recall("e", makers["e"], len)
    for key in "acde":
        memory.recall(key, makers[key], len)
    assert {key: maker.times for key, maker in makers.items()} == dict.fromkeys("abcde", 1)
    memory.recall("b", makers["b"], len)
    assert makers["b"].times == 2


def test_an_answer_that_would_drive_out_the_others_is_not_kept() -> None:
    memory, small, large = Memory(room_bytes=40), Maker("x" * 10), Maker("x" * 11)
    for _ in range(2):
        memory.recall("small", small, len)
        assert memory.recall("large", large, len) == "x" * 11
    assert (small.times, large.times) == (1, 2)


def test_those_who_ask_at_once_wait_for_the_first() -> None:
    memory, begun, go_on = Memory(), Event(), Event()
    maker = Maker()

    def slowly() -> str:
        assert not begun.is_set(), "a second one makes it too"
        begun.set()
        assert go_on.wait(10)
        return maker()

    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(memory.recall, "a", slowly, len)
        assert begun.wait(10)
        others = [threads.submit(memory.recall, "a", slowly, len) for _ in range(3)]
        go_on.set()
        assert {one.result(10) for one in (first, *others)} == {"answer"}
    assert maker.times == 1


def test_what_failed_is_tried_again_by_the_next() -> None:
    memory, maker = Memory(), Maker()

    def fail() -> str:
        raise ValueError("no memory left")

    with pytest.raises(ValueError, match="no memory left"):
        memory.recall("a", fail, len)
    assert memory.recall("a", maker, len) == "answer"


def test_many_threads_never_get_each_others_answers() -> None:
    memory, together = Memory(room_bytes=200), Barrier(8)

    def ask(number: int) -> bool:
        together.wait(10)
        return all(
            memory.recall(key, lambda key=key: f"answer {key:04}", len) == f"answer {key:04}"  # type: ignore[misc]
            for turn in range(200)
            for key in [(number * 7 + turn) % 60]
        )

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(8)))
