"""What was a gap, and whose, when somebody took it on? Written down whole with its versions, and read back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from floorwalker.insight.frozen import Frozen, as_json, from_json
from floorwalker.stats.levels import Cause

# Raised whenever what is written changes its shape; older ones are read for ever.
SHAPE = 1


@dataclass(frozen=True)
class Size:
    """How far from the standard, in the measure's own unit (positive: worse), how sure that it matters, on how many contacts.

    reference: the standard is how the same floor stood before, since nothing was agreed.
    """

    gap: float
    low: float
    high: float
    probability: float
    n: int
    standard: float
    reference: bool


@dataclass(frozen=True)
class TakenGap:
    """The figure as it stood; size: the fair gap, kinds of contact and chance taken out; None where people are not judged by it."""

    figure: Frozen
    size: Size | None = None

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        size = None if self.size is None else asdict(self.size)
        return {"shape": SHAPE, "figure": as_json(self.figure), "size": size}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> TakenGap:
        """What was kept, read back."""
        size = kept["size"]
        return cls(from_json(kept["figure"]), None if size is None else Size(**size))


@dataclass(frozen=True)
class TakenCause:
    """Whose it was said to be: with the probability of each part, the version of the method, when it was said, of which facts.

    kept: it had been said in the night and still held; else it was worked out when it was asked.
    """

    primary: Cause
    system: float
    team: float | None
    personal: float | None
    version: int
    said_at: datetime
    facts: str
    kept: bool

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        found = asdict(self)
        return found | {"shape": SHAPE, "primary": str(self.primary), "said_at": self.said_at.isoformat()}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> TakenCause:
        """What was kept, read back."""
        given = {name: value for name, value in kept.items() if name != "shape"}
        given |= {"primary": Cause(kept["primary"]), "said_at": datetime.fromisoformat(kept["said_at"])}
        return cls(**given)


@dataclass(frozen=True)
class Taken:
    """Gap and cause; cause: None where the measure is none by which people are judged, or nobody has such a contact."""

    gap: TakenGap
    cause: TakenCause | None = None

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is surely not the person's own, but the team's or everybody's."""
        return self.cause is not None and self.cause.primary in (Cause.SYSTEMIC, Cause.TEAM)
