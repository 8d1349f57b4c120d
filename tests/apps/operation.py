"""What is one operation of the API in the matrix of rights?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.apps.rights import LOGGED_IN, Allowed


@dataclass(frozen=True)
class Operation:
    """One operation: by what it concerns, who may; how it is asked, and with what."""

    allowed: Mapping[str, Allowed]
    method: str
    path: str
    given: Mapping[str, Any] = field(default_factory=dict)


def reads(path: str, who: Allowed = LOGGED_IN, /, **given: Any) -> Operation:
    """A question for some, whatever it concerns."""
    return Operation({"": who}, "get", path, given)


def does(path: str, who: Allowed, method: str = "post", /, **given: Any) -> Operation:
    """A change for some, whatever it concerns."""
    return Operation({"": who}, method, path, given)
