"""Which key signs sessions and links, and under which names may this server be reached?"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from floorwalker.errors import ConfigError

FILE_NAME = "web-signing.key"
LEAST_LENGTH = 50
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def read_or_make_secret(keys: Path) -> str:
    """The signing key of this installation; made once, readable by its owner alone."""
    path = keys / FILE_NAME
    if not path.exists():
        _make(path)
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < LEAST_LENGTH:
        raise ConfigError(
            "the signing key is damaged",
            where=str(path),
            found=f"{len(secret)} characters",
            expected=f"{LEAST_LENGTH} or more",
            mend="restore it from a backup, or remove it: everybody then has to log in again",
        )
    return secret


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        # A link fails when another process was faster; both then read the same key.
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def hosts_from_environment(environment: Mapping[str, str]) -> list[str]:
    """Host names that are answered: this machine, and what FLOORWALKER_HOSTS lists with commas."""
    more = [name.strip() for name in environment.get("FLOORWALKER_HOSTS", "").split(",")]
    if "*" in more:
        raise ConfigError(
            "every host name would be answered",
            where="FLOORWALKER_HOSTS",
            found="*",
            expected="the names under which this server is reached, with commas",
        )
    return [*LOOPBACK, *(name for name in more if name)]
