"""Is anybody using this home? Whoever opens it holds a shared lock until its process ends; who moves its database, alone."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from floorwalker.config import Config
from floorwalker.errors import ConfigError

LOCK = ".in-use"
# Kept open until the process ends: the kernel frees a lock with its holder, however that ends.
_held: dict[Path, int] = {}


def hold_home(config: Config, *, alone: bool = False) -> None:
    """Hold the home, with all others or alone; ConfigError where somebody stands against that."""
    path = config.home / LOCK
    if path in _held:
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise (_used(path) if alone else _moving(path)) from error
    _held[path] = descriptor


def _used(path: Path) -> ConfigError:
    return ConfigError(
        "this installation is in use",
        where=str(path.parent),
        found="another command, such as serve, work or load, has it open",
        expected="nobody else while its database is moved",
        mend=f"stop them first; `fuser {path}` names them",
    )


def _moving(path: Path) -> ConfigError:
    return ConfigError(
        "the database of this installation is being moved",
        where=str(path.parent),
        mend="wait until `floorwalker move-database` has ended",
    )
