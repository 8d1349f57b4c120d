"""What does a planned review find of an action, and how is it kept so that it can be read again years later?

All changes are gains: above nought is better, whichever side of the measure is the better one. Of durations they are shares of
the figure (0.05: five per cent shorter), of everything else the measure's own unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from floorwalker.insight import joint as other_actions
from floorwalker.insight.joint import Joint, is_joint
from floorwalker.kpis.definition import Kpi
from floorwalker.stats.case_mix import Scale

# Raised whenever what is written changes its shape; older ones are read for ever.
SHAPE = 1


class Verdict(StrEnum):
    """What an action is called at a review."""

    IMPROVED = "improved"
    NOT_RULED_OUT = "not_ruled_out"  # improved, but a guardrail may have lost what matters
    JOINT = "joint"  # it worked, with other actions in the same weeks: none of them claims it alone
    TRADE_OFF = "trade_off"
    NO_PROVEN_EFFECT = "no_proven_effect"
    ONLY_LOOKED = "only_looked"  # a planned look on the way to the one review that judges
    NOT_YET = "not_yet"  # the first review is still to come
    CANNOT_TELL = "cannot_tell"


class Guarded(StrEnum):
    """What became of a measure that must not get worse."""

    WORSE = "worse"
    CLEAR = "clear"
    NOT_RULED_OUT = "not_ruled_out"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OfGuardrail:
    """One guardrail: the gain in it and its range, the loss that would matter; nothing but the reason where none is told."""

    kpi: str
    kpi_version: int
    unit: str
    state: Guarded
    margin: float
    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Change:
    """The effect and its range; naive_change = value + regression_to_mean + common_change.

    cautious: by the record alone; minimum_detectable: what would be found four times in five; by_block: value and range in
    each block since, whether it lasts; is_conclusive: nothing alike was seen before anybody was treated. None where a way of
    judging does not tell it.
    """

    value: float
    low: float | None
    high: float | None
    cautious: float | None
    naive_change: float
    regression_to_mean: float | None
    common_change: float
    minimum_detectable: float | None
    by_block: tuple[tuple[float, float, float], ...] = ()
    is_conclusive: bool = True


@dataclass(frozen=True)
class Reviewed:
    """What is told at the review of a week, or why nothing is.

    mode: how those treated were chosen, or which roll-out it was; unit: "ratio" where gains are shares of the figure, else the
    measure's; treated: how many of those asked about could be told, of asked; others: who they were held against; review_on: the
    next review; first, last: the days that were read; joint: other actions on the same measure in the same weeks.
    """

    kpi: str
    kpi_version: int
    method_version: int
    unit: str
    verdict: Verdict
    mode: str
    week: int | None
    due_on: date
    review_on: date | None
    first: date
    last: date
    asked: int
    treated: int
    others: int
    change: Change | None
    guardrails: tuple[OfGuardrail, ...] = ()
    reason: str | None = None
    joint: tuple[Joint, ...] = ()


def jointly(found: Reviewed, others: tuple[Joint, ...]) -> Reviewed:
    """The same where those treated had other actions on the measure in the same weeks: what worked is nobody's alone."""
    is_shared = is_joint(others, found.treated) and found.verdict in (Verdict.IMPROVED, Verdict.NOT_RULED_OUT)
    return replace(found, joint=others, verdict=Verdict.JOINT if is_shared else found.verdict)


def gains(scale: Scale, sign: float, gain: float) -> float:
    """A gain on the scale of effects as it is told. sign: 1 where more is worse."""
    if scale is Scale.DIFFERENCE:
        return gain
    return float(-sign * np.expm1(np.clip(-sign * gain, -20, 20)))


def unit_of(kpi: Kpi, scale: Scale) -> str:
    """In what gains are told."""
    return "ratio" if scale is Scale.RATIO else kpi.unit


_FLAT = (
    "value",
    "low",
    "high",
    "cautious",
    "naive_change",
    "regression_to_mean",
    "common_change",
    "minimum_detectable",
)


def as_json(found: Reviewed) -> dict[str, Any]:
    """As it is kept and printed: everything that was found, in one flat object; without words."""
    change = found.change
    told: dict[str, Any] = {"verdict": str(found.verdict), "mode": found.mode}
    told |= {name: None if change is None else getattr(change, name) for name in _FLAT}
    told["joint"] = [other_actions.as_json(one) for one in found.joint]
    told["guardrails"] = [asdict(one) | {"state": str(one.state)} for one in found.guardrails]
    told |= {name: getattr(found, name) for name in ("unit", "week", "asked", "treated", "others", "reason")}
    told["by_block"] = [] if change is None else [list(one) for one in change.by_block]
    told["is_conclusive"] = None if change is None else change.is_conclusive
    days = {"due_on": found.due_on, "review_on": found.review_on, "first": found.first, "last": found.last}
    told |= {name: None if day is None else day.isoformat() for name, day in days.items()}
    versions = {"kpi": found.kpi, "kpi_version": found.kpi_version, "method_version": found.method_version}
    return told | versions | {"shape": SHAPE}


def from_json(kept: Mapping[str, Any]) -> Reviewed:
    """What was kept, read back. Raises ValueError naming what is missing: nothing but `as_json` writes it."""
    try:
        blocks = tuple((float(value), float(low), float(high)) for value, low, high in kept["by_block"])
        change = None
        if kept["value"] is not None:
            change = Change(
                **{name: kept[name] for name in _FLAT}, by_block=blocks, is_conclusive=kept["is_conclusive"]
            )
        days: dict[str, Any] = {name: _day(kept[name]) for name in ("due_on", "first", "last")}
        plain = ("kpi", "kpi_version", "method_version", "unit", "mode", "week", "asked", "treated", "others", "reason")
        return Reviewed(
            **{name: kept[name] for name in plain},
            **days,
            verdict=Verdict(kept["verdict"]),
            review_on=None if kept["review_on"] is None else _day(kept["review_on"]),
            change=change,
            # What was kept before there were joint effects says nothing of them.
            joint=tuple(other_actions.from_json(one) for one in kept.get("joint", ())),
            guardrails=tuple(OfGuardrail(**{**one, "state": Guarded(one["state"])}) for one in kept["guardrails"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"a kept review is not whole: {error}") from error


def _day(text: str) -> date:
    return date.fromisoformat(text)
