"""Is what was read last kept for who asks for the same, and forgotten as soon as something else is asked?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from floorwalker.insight import read_once as reading
from floorwalker.insight.scorecard import Period


def test_the_same_is_read_once_and_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    made: list[str] = []

    def read_together(_facts: Any, kpi_ids: Sequence[str], _period: Period, _where: Any) -> dict[str, Any]:
        asked.append(tuple(kpi_ids))
        return {name: lambda name=name: made.append(name) for name in kpi_ids}

    monkeypatch.setattr(reading, "read_together", read_together)
    facts: Any = object()
    read, period = reading.read_once(), Period(date(2026, 1, 5), date(2026, 6, 28))
    for _ in range(2):
        read(facts, ["a", "b"], period, {})["a"]()
    assert (asked, made) == ([("a", "b")], ["a"])
    read(facts, ["a"], period, {})["a"]()
    read(facts, ["a", "b"], period, {})["a"]()
    assert asked == [("a", "b"), ("a",), ("a", "b")] and made == ["a"] * 3, "no more than one reading is held"
    read(object(), ["a", "b"], period, {})  # type: ignore[arg-type]
    assert len(asked) == 4, "other facts are read anew"
