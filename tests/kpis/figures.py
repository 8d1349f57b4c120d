"""Are the figures of two ways of asking the same, everything that a summary holds included?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from floorwalker.kpis.gather import GroupSummary


def same_figures(ours: Sequence[GroupSummary], theirs: Sequence[GroupSummary]) -> None:
    """Fail unless both hold the same groups with the same summaries; sums of fractions may differ in their last digits."""
    assert len(ours) == len(theirs)
    for one, other in zip(figures(ours), figures(theirs), strict=True):
        assert all(_alike(a, b) for a, b in zip(one, other, strict=True)), (one, other)


def figures(found: Sequence[GroupSummary]) -> list[tuple[Any, ...]]:
    """Everything that a summary holds, flat and comparable."""
    return [(g.kpi.id, g.group, *_flat(vars(g.summary) if g.summary else {})) for g in found]


def _flat(fields: dict[str, Any]) -> list[Any]:
    flat: list[Any] = []
    for value in fields.values():
        inner = vars(value) if hasattr(value, "__dataclass_fields__") else None
        flat += _flat(inner) if inner is not None else [value]
    return flat


def _alike(a: Any, b: Any) -> bool:
    return math.isclose(a, b, rel_tol=1e-9) if isinstance(a, float) and isinstance(b, float) else bool(a == b)
