"""How long is kept what must not be kept for ever? As `[retention]` in floorwalker.toml says; without it nothing goes.

Figures are no part of it: they hold keys and no names. Days, and not deletions, are what somebody decides: what is older goes
each night.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from floorwalker.errors import ConfigError
from floorwalker.sign_on import FILE_NAME

TABLE = "retention"
KNOWN = ("recordings_days", "survey_days")
LEAST_DAYS, MOST_DAYS = 1, 36_525


@dataclass(frozen=True)
class Retention:
    """After how many days what goes; None: it stays.

    recordings: references to sounds, screens and transcripts together, with waveforms, listens and marks. A transcript says
    which numbers are silent in its sound, so that neither outlives the other. surveys: words of customers, links and hashes
    of addresses; what they scored stays.
    """

    recordings: int | None = None
    surveys: int | None = None


def read_retention(home: Path) -> Retention:
    """What whoever runs the machine has decided."""
    path = home / FILE_NAME
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8")).get(TABLE, {})
    except FileNotFoundError:
        return Retention()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError("the settings cannot be read", where=str(path), found=str(error), expected="TOML") from error
    where = f"{path}, [{TABLE}]"
    strange = sorted(said.keys() - set(KNOWN)) if isinstance(said, dict) else [repr(said)]
    if strange:
        raise ConfigError("nobody knows this setting", where=where, found=", ".join(strange), expected=", ".join(KNOWN))
    for name, days in said.items():
        if not isinstance(days, int) or isinstance(days, bool) or not LEAST_DAYS <= days <= MOST_DAYS:
            raise ConfigError(
                f"{name} cannot be used", where=where, found=repr(days), expected=f"days, {LEAST_DAYS} to {MOST_DAYS}"
            )
    return Retention(said.get("recordings_days"), said.get("survey_days"))
