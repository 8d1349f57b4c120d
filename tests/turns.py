"""What is asked at this change, where `make slow` asks all of it and each change a part? Another part from day to day.

The day is that of the commit under test, so that one commit is asked the same whenever and wherever it is tested, and that over
a week of changes all is asked. `FLOORWALKER_TESTS_TURN=3` asks what any other day would.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from tests.shared_data import ROOT

T = TypeVar("T")
NAMED = "FLOORWALKER_TESTS_TURN"
DAY_SECONDS = 86_400


@cache
def turn() -> int:
    """The number of the day of the commit under test; 0 where no history tells it."""
    if NAMED in os.environ:
        return int(os.environ[NAMED])
    try:
        told = subprocess.run(
            ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
        ).stdout
    except FileNotFoundError:
        return 0
    return int(told) // DAY_SECONDS if told.strip() else 0


def part_of(those: Sequence[T], parts: int, at: int) -> list[T]:
    """The part whose turn it is, of so many; no part is empty where there is anything at all."""
    return [one for place, one in enumerate(those) if place % min(parts, len(those)) == at % min(parts, len(those))]
