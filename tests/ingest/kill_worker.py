"""A load in a process of its own, to be killed at a random moment by the test beside it."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.installation import new_installation

if __name__ == "__main__":
    home = new_installation(Path(sys.argv[1]))
    print("ready", flush=True)
    home.load("asterisk_queue_log", *map(Path, sys.argv[2:]))
