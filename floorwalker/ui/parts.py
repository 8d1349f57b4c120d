"""What is a page composed of when several contexts have something to say on it? Parts, each with its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Step:
    """Something that the reader can do next, in a sentence, with the words of its link; the heaviest is shown first."""

    sentence: str
    label: str
    address: str
    weight: int


@dataclass(frozen=True)
class Part:
    """One section of a page: where it stands (low first), its template with what that prints, and the step it proposes."""

    place: int
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    step: Step | None = None
