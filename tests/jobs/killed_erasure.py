"""An erasure that is killed: `python -m tests.jobs.killed_erasure HOME KEY STEP NUMBER` dies before that step, the NUMBERth time."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from floorwalker.facts import erasure
from floorwalker.jobs.rolling import roll_up_days
from tests.installation import new_installation


def die_before(step: str, number: int) -> None:
    """Kill this process where erasure reaches a step for the NUMBERth time."""
    original, reached = getattr(erasure, step), [0]

    def reach(*args: Any, **named: Any) -> Any:
        reached[0] += 1
        if reached[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args, **named)

    setattr(erasure, step, reach)


def main() -> None:
    """Erase, and die in the middle."""
    home, key, step, number = sys.argv[1:]
    die_before(step, int(number))
    erasure.erase(new_installation(Path(home)).lake, {bytes.fromhex(key)}, roll_up_days)


if __name__ == "__main__":
    main()
