"""Which answers need not be worked out again? Those about files that nothing changes, as long as there is room for them.

The lake's files are written once and named anew by whoever replaces them. What was read by a statement that names its
files is therefore true as long as anybody asks by that statement: a load, a move or another limit makes another one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar

ROOM_BYTES = 96 * 2**20
# One answer that takes more of the room than this would drive out all that pages ask for.
LARGEST_SHARE = 0.25

T = TypeVar("T")


class Memory:
    """Answers of one process, shared by its threads; those that nobody has asked for longest make room for new ones."""

    def __init__(self, room_bytes: int = ROOM_BYTES) -> None:
        self._room = room_bytes
        self._taken = 0
        self._held: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._making: dict[Hashable, Future[Any]] = {}
        self._guard = Lock()

    def recall(self, key: Hashable, make: Callable[[], T], weigh: Callable[[T], int]) -> T:
        """The answer of that key, made by one caller while the others who ask for it wait. weigh: its bytes, roughly."""
        with self._guard:
            if key in self._held:
                self._held.move_to_end(key)
                found: T = self._held[key][0]
                return found
            waiting = self._making.get(key)
            if waiting is None:
                mine = self._making[key] = Future()
        if waiting is not None:
            awaited: T = waiting.result()
            return awaited
        return self._make(key, make, weigh, mine)

    def _make(self, key: Hashable, make: Callable[[], T], weigh: Callable[[T], int], mine: Future[Any]) -> T:
        try:
            answer = make()
            weight = weigh(answer)
        except BaseException as error:
            with self._guard:
                del self._making[key]
            mine.set_exception(error)
            raise
        with self._guard:
            del self._making[key]
            self._keep(key, answer, weight)
        mine.set_result(answer)
        return answer

    def _keep(self, key: Hashable, answer: object, weight: int) -> None:
        if weight > self._room * LARGEST_SHARE:
            return
        self._held[key] = answer, weight
        self._taken += weight
        while self._taken > self._room:
            _oldest, (_answer, given_back) = self._held.popitem(last=False)
            self._taken -= given_back
