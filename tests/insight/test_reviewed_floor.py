"""From the source to the look: on simulated floors of 65 weeks, is the gamer a trade-off, and what only comes back never praised?

The floor is simulated as any source would tell it, loaded, measured, and asked about: twenty people, of whom one hurries contacts
away for the last thirteen weeks, and two whose record was poor when nothing was done with them.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from floorwalker.facts.keys import fact_key
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.cells import read_cells
from floorwalker.insight.effect import estimate_effect
from floorwalker.insight.planned import Asked
from floorwalker.insight.reviewed import Verdict
from floorwalker.insight.scorecard import Period
from tests.installation import MAIN, new_installation

HANDLE, SETTLED = "average_handle_time", "first_contact_resolution"
AFTERWARDS = datetime(2028, 1, 1, tzinfo=UTC)
DAYS, AGENTS, SEEDS = 455, 20, range(1, 11)
PRAISED = (Verdict.IMPROVED, Verdict.NOT_RULED_OUT, Verdict.TRADE_OFF)


def load_floor(folder: Path, seed: int) -> tuple[Snapshot, list[dict[str, Any]]]:
    """The facts of one floor, and what is true of it."""
    home, truth = new_installation(folder / "home"), folder / "truth.json"
    settings = {"agents": AGENTS, "days": DAYS, "seed": seed, "truth": "reviewed", "truth_file": truth}
    # All of it had happened: what is not known yet would be pending.
    home.load("simulated", settings={name: str(value) for name, value in settings.items()}, at=AFTERWARDS)
    return home.snapshot, json.loads(truth.read_text())["planted"]


def verdict(facts: Snapshot, people: list[bytes], on: date) -> Verdict:
    known = facts.days("segment")
    assert known is not None
    asked = Asked(HANDLE, dict.fromkeys(people, on), on, (SETTLED,))
    return estimate_effect(facts, asked, known[1], {}).verdict


def worst_of(facts: Snapshot, on: date, but: set[bytes]) -> list[bytes]:
    """The two whose handle time was longest in the last four weeks, of those with whom nothing was done."""
    read = read_cells(facts, HANDLE, Period(on - timedelta(days=28), on - timedelta(days=1)), {})
    assert read is not None
    record = read.cells.values / np.maximum(read.cells.contacts, 1.0)
    order = np.argsort(-record).tolist()
    return [
        read.agents[place] for place in order if read.cells.contacts[place] >= 100 and read.agents[place] not in but
    ][:2]


def of_floor(folder: Path, seed: int) -> tuple[Verdict, Verdict]:
    """What is said of the gamer, and of whom nothing was done with."""
    facts, planted = load_floor(folder, seed)
    key = {name: fact_key("simulated", MAIN.code, "agent", name) for one in planted for name in one.get("agents", ())}
    gamed = next(one for one in planted if one["kind"] == "handle_time_gamed")
    on = date.fromisoformat(gamed["on"])
    gamer = [key[name] for name in gamed["agents"]]
    return verdict(facts, gamer, on), verdict(facts, worst_of(facts, on, set(key.values())), on)


@pytest.mark.slow
def test_ten_small_floors_from_the_source_to_the_look(tmp_path: Path) -> None:
    gamed, nothing = Counter[Verdict](), Counter[Verdict]()
    for seed in SEEDS:
        of_gamer, of_nothing = of_floor(tmp_path / str(seed), seed)
        gamed[of_gamer] += 1
        nothing[of_nothing] += 1
    assert gamed[Verdict.TRADE_OFF] >= 0.9 * len(SEEDS), gamed
    assert not any(nothing[one] for one in PRAISED), nothing
