"""People of the small centre whose last year is known: the worst and the best of thirty, with true levels that a seed drew."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from floorwalker.apps.coaching import reaching
from floorwalker.apps.coaching.models import ActionKind, Objective
from floorwalker.apps.coaching.reaching import Expects, Read, Wanted, read_proposal
from floorwalker.insight import people_levels
from floorwalker.insight.cause import Caused, Causes, Share
from floorwalker.insight.cells import AgentCells
from floorwalker.insight.standing import Question
from floorwalker.insight.statements import Method
from floorwalker.insight.waterfall import Waterfall
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.levels import Cause
from tests.apps.conftest import NOW, Floor
from tests.worlds.world import World, build

BLOCKS, BLOCK_DAYS = 13, 28
WORLD = World(seed=64_001, agents=30, teams=3, skills=2, kinds_a_skill=2, days=260, contacts_a_day=8, shape="normal")
FLOOR = build(WORLD)
WORST, BEST = int(np.argsort(FLOOR.truth)[-1]), int(np.argmin(FLOOR.truth))
TODAY = NOW.date()
DUE = TODAY + timedelta(weeks=12)
NO_GAP = Waterfall(0.0, 0.0, 0.0, 0.0, 0.0)


def keys(worst: bytes, best: bytes) -> tuple[bytes, ...]:
    """Of everybody in that world: two of them are people of the centre."""
    made = [b"w" + number.to_bytes(15, "big") for number in range(WORLD.agents)]
    made[WORST], made[BEST] = worst, best
    return tuple(made)


def know_a_year(monkeypatch: pytest.MonkeyPatch, floor: Floor, primary: Cause = Cause.PERSONAL) -> None:
    """From here on the first agent is the worst of thirty in every measure, the mate the best; the gap is of that cause."""
    known = floor.lake.snapshot().days("segment")
    assert known is not None
    names = keys(bytes(floor.agents[0].key), bytes(floor.agents[2].key))
    first = min(known[1], TODAY) - timedelta(days=BLOCKS * BLOCK_DAYS - 1)

    def read(_facts: object, measure: str, *_asked: object) -> AgentCells:
        kpi = catalogue()[measure]
        return AgentCells(kpi, Scale.RATIO, FLOOR.cells, names, (None,) * 30, ((),) * FLOOR.cells.strata, first)

    kept_or_new = reaching.said._kept_or_new

    def whose(facts: Any, question: Question, where: Any, rules: Any) -> Any:
        if question.method is not Method.CAUSE:
            return kept_or_new(facts, question, where, rules)
        people = (
            Caused(key, None, 99, primary, 0.0, 0.0, 0.9, NO_GAP, Share(key, 1.0, 0.0, 2.0, 0.9)) for key in names
        )
        return Causes(question.kpi, 300.0, False, 0.05, None, (), tuple(people), ())

    # What was read of the true facts, or in another test, is no part of this year.
    monkeypatch.setattr(reaching.said, "_kept", OrderedDict())
    monkeypatch.setattr(people_levels, "read_cells", read)
    monkeypatch.setattr(reaching.said, "_kept_or_new", whose)


def a_wish(**more: object) -> Wanted:
    """Calls that take less time, by twelve weeks from now, by coaching."""
    given = Wanted("average_handle_time", DUE, "Two sessions on searching the notes", ActionKind.COACHING, Expects.HALF)
    return replace(given, **more)  # type: ignore[arg-type]


def read_wish(floor: Floor, wanted: Wanted, number: int = 0) -> Read:
    """What the figures say to it."""
    return read_proposal(floor.lake.snapshot(), floor.agents[number], wanted, TODAY)


Propose = Callable[..., Objective]


def form_of(wanted: Wanted, do: str = "look") -> dict[str, object]:
    """The same as the page sends it."""
    return {
        "measure": wanted.measure,
        "due_on": wanted.due_on.isoformat(),
        "action": wanted.action,
        "action_kind": str(wanted.action_kind),
        "expects": str(wanted.expects),
        "review_weeks": wanted.review_weeks,
        "do": do,
    }


def on(day: date) -> str:
    """As pages write it."""
    return f"{day.day} {day:%b %Y}"
