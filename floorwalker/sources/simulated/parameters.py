"""What may be asked of a simulated floor, and is it possible?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

from floorwalker.errors import SourceError
from floorwalker.ingest.source import Setting

Value = TypeVar("Value", int, float, date)

LEAST_AGENTS, MOST_AGENTS = 2, 10_000
MOST_DAYS = 3_660

SETTINGS = (
    Setting("agents", "people employed at any time, 2 to 10000", "60"),
    Setting("days", "calendar days simulated, 1 to 3660", "182"),
    Setting("seed", "whole number that decides every draw; the same seed gives the same floor", "1"),
    Setting("start", "first day, YYYY-MM-DD", "2026-01-05"),
    Setting(
        "truth",
        "planted: people differ and truths are planted; reviewed: the same, coaching 13 weeks before the end and somebody who games"
        " handle time from then on; none: everybody is alike and nothing is planted",
        "planted",
        ("planted", "reviewed", "none"),
    ),
    Setting("truth_file", "where to write what is true of the floor, as JSON; without it nothing is written"),
    Setting("load", "work offered against what the staff is made for: 1 is normal, 1.2 a fifth too much", "1"),
)


@dataclass(frozen=True)
class Parameters:
    """Everything that decides a floor: equal parameters give equal rows."""

    agents: int = 60
    days: int = 182
    seed: int = 1
    start: date = date(2026, 1, 5)
    planted: bool = True
    load: float = 1.0
    reviewed: bool = False

    @property
    def end(self) -> date:
        """The first day after the floor."""
        return self.start + timedelta(days=self.days)

    def day(self, number: int) -> date:
        """The date of the day with that number, 0 first."""
        return self.start + timedelta(days=number)

    def rng(self, *place: int) -> np.random.Generator:
        """The random numbers of one place (purpose, site, day ...), whatever was drawn elsewhere."""
        return np.random.default_rng([self.seed, *place])

    def as_json(self) -> dict[str, object]:
        """The parameters as plain values."""
        return {**asdict(self), "start": self.start.isoformat()}


def read_parameters(settings: Mapping[str, str]) -> Parameters:
    """The parameters from `--set` values; one that cannot be used raises SourceError with what it may be."""
    plain = Parameters()
    return Parameters(
        agents=_read(settings, "agents", str(plain.agents), int, LEAST_AGENTS, MOST_AGENTS),
        days=_read(settings, "days", str(plain.days), int, 1, MOST_DAYS),
        seed=_read(settings, "seed", str(plain.seed), int, 0, 2**63 - 1),
        start=_read(settings, "start", plain.start.isoformat(), date.fromisoformat, date(1990, 1, 1), date(2090, 1, 1)),
        planted=settings.get("truth", "planted") != "none",
        reviewed=settings.get("truth") == "reviewed",
        load=_read(settings, "load", str(plain.load), float, 0.1, 3.0),
    )


def _read(
    settings: Mapping[str, str], name: str, plain: str, kind: Callable[[str], Value], least: Value, most: Value
) -> Value:
    text = settings.get(name, plain)
    try:
        value = kind(text)
    except ValueError as error:
        raise _cannot_be(name, text, least, most) from error
    if not least <= value <= most:
        raise _cannot_be(name, text, least, most)
    return value


def _cannot_be(name: str, text: str, least: object, most: object) -> SourceError:
    return SourceError(
        f"{name} cannot be {text!r}",
        where=f"--set {name}={text}",
        found=text,
        expected=f"{least} to {most}",
        mend=f"leave {name} out for the usual floor",
    )
