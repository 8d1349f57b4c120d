"""What decides an answer, so that who asks the same again is told at once?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Sequence
from typing import Protocol, TypeVar, runtime_checkable

from floorwalker.facts.memory import Memory
from floorwalker.kpis.query import Facts, KpiQuery

T = TypeVar("T")


@runtime_checkable
class Remembering(Protocol):
    """What a lake offers besides whose relations name files that nothing changes: a statement has one answer for ever."""

    @property
    def memory(self) -> Memory: ...


def recall(facts: Facts, key: Hashable, make: Callable[[], T], weigh: Callable[[T], int]) -> T:
    """The answer of that key where these facts remember any, else made anew."""
    return facts.memory.recall(key, make, weigh) if isinstance(facts, Remembering) else make()


def key_of(queries: Sequence[KpiQuery], statements: Sequence[str]) -> Hashable:
    """Questions and the statements that answer them: what of the lake decides the answer stands in those, file by file."""
    asked = tuple(
        (query.kpis, query.first_day, query.last_day, query.by, tuple(query.where.items())) for query in queries
    )
    return asked, hashlib.blake2b("\x1f".join(statements).encode(), digest_size=16).digest()
