"""What may be said about a measure: a value with its uncertainty, or a reason why there is none?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a measure has no estimate."""

    NO_DATA = "no_data"
    TOO_FEW = "too_few"
    PENDING = "pending"
    NOT_MEASURABLE = "not_measurable"
    NOT_DEFINED_FOR_SPLIT = "not_defined_for_split"


@dataclass(frozen=True)
class Estimate:
    """A measured value and how far it can be trusted.

    value, low, high: in the definition's unit (shares 0 to 1, durations in seconds); low and high are the bounds of a
    95 % interval, or None where the figure was counted and not estimated.
    n: observations behind it; pending: observations whose outcome is not known yet, in no other figure.
    observed: the plain quotient, before any adjustment; method: how the interval was made; definition: "id@version".
    """

    value: float
    low: float | None
    high: float | None
    n: int
    method: str
    definition: str
    unit: str
    observed: float
    pending: int = 0


@dataclass(frozen=True)
class NoEstimate:
    """The reason why there is no estimate, with what was seen all the same."""

    reason: Reason
    n: int
    definition: str
    unit: str
    observed: float | None = None
    pending: int = 0


Answer = Estimate | NoEstimate
