"""Are misses counted by question and by cause, each of as many as were judged?"""

from __future__ import annotations

import pytest

from floorwalker.insight.misses import Marks, count_misses


def test_misses_are_counted_by_question_and_cause():
    found = count_misses(
        [
            Marks(["greet", "check"], {"check": "system"}),
            Marks(["greet", "check"], {"check": "agent", "greet": "agent"}),
            Marks(["check"], {"check": "system"}),
        ]
    )
    assert found.marked == 3
    assert [(one.question, one.misses, one.causes) for one in found.questions] == [
        ("check", 3, (("system", 2), ("agent", 1))),
        ("greet", 1, (("agent", 1),)),
    ]
    assert [one.rate.value for one in found.questions] == [1.0, pytest.approx(0.5)]
    assert found.causes == (("system", 2), ("agent", 2))


def test_nothing_marked_is_nothing_found():
    found = count_misses([])
    assert (found.marked, found.questions, found.causes) == (0, (), ())
