"""What of an objective is kept, so that it can be followed later and shown again exactly as it was when both agreed?

What is drawn and told of it (baseline, history, fan, chances) is written down with the versions that made it; a later method
may follow it, and never says that something else was agreed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from floorwalker.estimate import Estimate
from floorwalker.insight.objective import VERSION, Followed, Objective, Promised
from floorwalker.insight.person_level import Dated, Seen, Standing
from floorwalker.kpis.definition import Kpi
from floorwalker.stats.targets import Gain, Progress

# Raised whenever what is written changes its shape; older ones are read for ever.
SHAPE = 1


@dataclass(frozen=True)
class Kept:
    """How it stood on a day: the figure, the standing to the target with its fan, and what was seen before.

    facts: by which state of the facts; method: the version of this module's statements; reading: what was read of the last days,
    where something was; none of what was only proposed.
    """

    on: date
    now: Estimate
    standing: Standing
    history: tuple[Seen, ...]
    said_at: datetime
    facts: str
    method: int
    reading: Estimate | None = None


def baseline_as_json(proposed: Objective, *, at: datetime, facts: str) -> dict[str, Any]:
    """How it stood when it was proposed."""
    return _kept(proposed.on, proposed.baseline, proposed.standing, proposed.history, at, facts)


def followed_as_json(followed: Followed, *, at: datetime, facts: str) -> dict[str, Any]:
    """How it stood on a later day."""
    kept = _kept(followed.on, followed.now, followed.standing, followed.history, at, facts)
    return kept | ({"reading": asdict(followed.reading)} if isinstance(followed.reading, Estimate) else {})


def forecast_as_json(proposed: Objective) -> dict[str, Any]:
    """What it takes to follow it: the level at which the target stands, over how many days it is read, and the plan's gain."""
    return {
        "shape": SHAPE,
        "on": proposed.on.isoformat(),
        "level": proposed.level,
        "reading_days": proposed.reading_days,
        "gain": [proposed.gain.mean, proposed.gain.variance],
        "peers": proposed.peers,
    }


def promised(kpi: Kpi, agent: bytes, due: date, target: float, forecast: Mapping[str, Any]) -> Promised:
    """What was agreed, to be followed. ValueError where something is missing: nothing but `forecast_as_json` writes it."""
    try:
        on, gain = date.fromisoformat(forecast["on"]), Gain(*forecast["gain"])
        return Promised(kpi, agent, on, due, target, forecast["level"], forecast["reading_days"], gain)
    except (KeyError, TypeError) as error:
        raise ValueError(f"a kept objective is not whole: {error}") from error


def from_json(kept: Mapping[str, Any]) -> Kept:
    """How it stood, read back. ValueError where something is missing: nothing but this module writes it."""
    try:
        standing = kept["standing"]
        fan = tuple(Dated(**one | {"day": date.fromisoformat(one["day"])}) for one in standing["fan"])
        return Kept(
            date.fromisoformat(kept["on"]),
            Estimate(**kept["now"]),
            Standing(**standing | {"fan": fan, "state": Progress(standing["state"])}),
            tuple(Seen(**one | {"last": date.fromisoformat(one["last"])}) for one in kept["history"]),
            datetime.fromisoformat(kept["said_at"]),
            kept["facts"],
            kept["method"],
            Estimate(**kept["reading"]) if "reading" in kept else None,
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"a kept standing is not whole: {error}") from error


def _kept(
    on: date, now: Estimate, standing: Standing, history: tuple[Seen, ...], at: datetime, facts: str
) -> dict[str, Any]:
    fan = [asdict(one) | {"day": one.day.isoformat()} for one in standing.fan]
    return {
        "shape": SHAPE,
        "method": VERSION,
        "on": on.isoformat(),
        "now": asdict(now),
        "standing": asdict(standing) | {"state": str(standing.state), "fan": fan},
        "history": [asdict(one) | {"last": one.last.isoformat()} for one in history],
        "said_at": at.isoformat(),
        "facts": facts,
    }
