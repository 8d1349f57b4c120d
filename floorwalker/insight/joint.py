"""Which other actions on the same measure had those treated in the same weeks? What changed is then of all of them together.

Nothing in the figures says which of two actions in the same weeks did it. Each by itself would claim the whole gain, and whoever
learns from reviews would learn it twice: so neither claims it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

# An action that fewer than one in ten of those treated had as well cannot have made much of what all of them gained.
SHARED_FROM = 0.1


@dataclass(frozen=True)
class Joint:
    """One other action. number: by which it is kept; kind: as a code; begins: its first day; shared: how many treated had it."""

    number: int
    kind: str
    begins: date
    shared: int


def is_joint(others: Collection[Joint], treated: int) -> bool:
    """Whether what was gained is of several actions together, and not to be told of one."""
    return sum(one.shared for one in others) >= max(SHARED_FROM * treated, 1)


def as_json(one: Joint) -> dict[str, Any]:
    """As it is kept."""
    return {"number": one.number, "kind": one.kind, "begins": one.begins.isoformat(), "shared": one.shared}


def from_json(kept: Mapping[str, Any]) -> Joint:
    """What was kept, read back."""
    return Joint(kept["number"], kept["kind"], date.fromisoformat(kept["begins"]), kept["shared"])
