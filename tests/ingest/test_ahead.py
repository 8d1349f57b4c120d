"""Is the next item made while this one is used, and does nothing else change?"""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from floorwalker.ingest.ahead import one_ahead


def test_the_same_items_in_the_same_order() -> None:
    assert list(one_ahead(iter(range(5)))) == [0, 1, 2, 3, 4]
    assert list(one_ahead(iter(()))) == []


def test_nothing_is_an_item_too() -> None:
    assert list(one_ahead(iter([None, 1, None]))) == [None, 1, None]


def test_the_next_is_made_while_this_one_is_used() -> None:
    made_second = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        made_second.set()
        yield 2

    for item in one_ahead(items()):
        assert made_second.wait(10) or item == 2


def test_no_more_than_one_is_made_ahead() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for item in range(10):
            made.append(item)
            yield item

    using = one_ahead(items())
    assert next(using) == 0
    using.close()
    assert len(made) <= 2


def test_an_error_comes_where_its_item_would() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("the second is damaged")

    using = one_ahead(items())
    assert next(using) == 1
    with pytest.raises(ValueError, match="damaged"):
        next(using)
