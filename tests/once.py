"""How is what takes seconds to build made once in a run? The first process that asks makes it, the others wait and copy it.

Each worker of a run, and each process of tests that one of them starts, is a process of its own: what a fixture keeps for its
session is made anew in each of them. What is made here lies in a folder that all of them know (tests/home.py).
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.home import SHARED

WHOLE = ".whole"


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name, filled by `make` where nobody has; for reading and copying only."""
    made = Path(os.environ[SHARED]) / name
    with made.with_name(f".{name}.making").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / WHOLE).exists():
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir()
            make(made)
            (made / WHOLE).touch()
    return made


def copied(made: Path, folder: Path) -> Path:
    """A copy of what was made, in that folder; settings in it name the copy's own files."""
    shutil.copytree(made, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(WHOLE))
    for written in folder.rglob("floorwalker.toml"):
        written.write_text(written.read_text().replace(str(made), str(folder)))
    return folder
