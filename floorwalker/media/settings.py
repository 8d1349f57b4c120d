"""Where do this installation's recordings lie, and what do their names say? As floorwalker.toml tells it.

Set by whoever runs the machine and by nobody in a browser: a path is a door to its files.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from floorwalker.errors import ConfigError
from floorwalker.sign_on import FILE_NAME

TABLE = "recordings"
GROUPS = frozenset({"contact", "agent", "time"})
TEXTS = frozenset({"folder", "pattern", "time", "zone", "source", "origin", "metadata"})
KNOWN = TEXTS | {"fields", "tolerance_seconds", "lanes"}
SPEAKERS = ("agent", "customer")
EPOCH = "epoch"
LONGEST_NAME = 60
USUAL_TOLERANCE_SECONDS = 30
MOST_TOLERANCE_SECONDS = 900


@dataclass(frozen=True)
class StoreSettings:
    """One store of recordings, `[recordings.NAME]` of floorwalker.toml.

    folder: where they lie. pattern: searched in each file's name below it; its groups `contact`, `agent` and `time` say
    whose and which contact it is. time: how a time is written (strptime; `epoch`: seconds of Unix time; nothing: ISO 8601),
    in `zone` where it names none itself. source, origin: of which load the contacts are; nothing: of any.
    metadata: the ending of a side file, which stands in place of the recording's own; fields: where in it what stands.
    tolerance_seconds: by how much a recording may begin before its contact does, or after its answer.
    lanes: who is heard on each lane of a sound, the left first: agent, customer; empty where nobody says.
    """

    name: str
    folder: Path
    pattern: re.Pattern[str] | None = None
    time: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    source: str = ""
    origin: str = ""
    metadata: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    tolerance_seconds: int = USUAL_TOLERANCE_SECONDS
    lanes: tuple[str, ...] = ()


def read_stores(home: Path) -> dict[str, StoreSettings]:
    """The stores of this installation by their names; empty where none is set up."""
    path = home / FILE_NAME
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8")).get(TABLE, {})
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError("the settings cannot be read", where=str(path), found=str(error), expected="TOML") from error
    if not isinstance(said, dict) or not all(isinstance(one, dict) for one in said.values()):
        raise ConfigError(
            "stores of recordings have names",
            where=f"{path}, [{TABLE}]",
            found=repr(said),
            expected=f"a table for each, such as [{TABLE}.calls]",
        )
    return {name: _store(name, one, f"{path}, [{TABLE}.{name}]") for name, one in said.items()}


def _store(name: str, said: Mapping[str, Any], where: str) -> StoreSettings:
    if len(name) > LONGEST_NAME or not re.fullmatch(r"[\w-]+", name):
        raise ConfigError(
            "a store of recordings cannot have that name",
            where=where,
            found=name,
            expected=f"letters, figures and hyphens, {LONGEST_NAME} at most",
        )
    _check_known(said, where)
    folder = Path(said.get("folder", ""))
    if not folder.is_absolute():
        raise ConfigError(
            "the folder of a store is missing or not whole",
            where=where,
            found=f"folder = {said.get('folder', '')!r}",
            expected="a whole path, such as /srv/recordings",
        )
    given = {
        key: said[key] for key in ("time", "source", "origin", "metadata", "fields", "tolerance_seconds") if key in said
    }
    store = StoreSettings(
        name,
        folder,
        _pattern(said.get("pattern"), where),
        zone=_zone(said.get("zone"), where),
        lanes=tuple(said.get("lanes", ())),
        **given,
    )
    if store.pattern is None and not store.metadata:
        raise ConfigError(
            "nothing says whose a recording is",
            where=where,
            expected="a pattern with the groups contact, agent or time; or metadata with its fields",
        )
    return store


def _check_known(said: Mapping[str, Any], where: str) -> None:
    strange = sorted(said.keys() - KNOWN)
    if strange:
        raise ConfigError(
            "nobody knows this setting", where=where, found=", ".join(strange), expected=", ".join(sorted(KNOWN))
        )
    for key in TEXTS & said.keys():
        if not isinstance(said[key], str):
            raise ConfigError(f"{key} cannot be used", where=where, found=repr(said[key]), expected="text in quotes")
    if not said.get("metadata", ".json").startswith("."):
        raise ConfigError("metadata is an ending", where=where, found=said["metadata"], expected="such as .json")
    fields = said.get("fields", {})
    if (
        not isinstance(fields, dict)
        or not fields.keys() <= GROUPS
        or not all(isinstance(v, str) for v in fields.values())
    ):
        raise ConfigError(
            "the fields cannot be used",
            where=where,
            found=repr(fields),
            expected=f"of {', '.join(sorted(GROUPS))}, each with its path in the side file, such as Agent.Username",
        )
    lanes = said.get("lanes", [])
    if not isinstance(lanes, list) or len(lanes) > len(SPEAKERS) or any(one not in SPEAKERS for one in lanes):
        raise ConfigError("the lanes cannot be used", where=where, found=repr(lanes), expected='["agent", "customer"]')
    seconds = said.get("tolerance_seconds", USUAL_TOLERANCE_SECONDS)
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 <= seconds <= MOST_TOLERANCE_SECONDS:
        raise ConfigError(
            "tolerance_seconds cannot be used",
            where=where,
            found=repr(seconds),
            expected=f"a whole number, 0 to {MOST_TOLERANCE_SECONDS}",
        )


def _pattern(said: str | None, where: str) -> re.Pattern[str] | None:
    if said is None:
        return None
    try:
        pattern = re.compile(said)
    except re.error as error:
        raise ConfigError("the pattern cannot be read", where=where, found=f"{said}: {error}") from error
    if not pattern.groupindex.keys() <= GROUPS or not pattern.groupindex.keys() & GROUPS:
        raise ConfigError(
            "the pattern does not say what its parts are",
            where=where,
            found=", ".join(pattern.groupindex) or "no named group",
            expected="named groups (?P<contact>...), (?P<agent>...), (?P<time>...), one of them or more",
        )
    return pattern


def _zone(said: str | None, where: str) -> ZoneInfo:
    try:
        return ZoneInfo(said or "UTC")
    except (KeyError, ValueError, OSError) as error:
        raise ConfigError(
            "there is no such time zone", where=where, found=str(said), expected="such as Europe/London"
        ) from error
