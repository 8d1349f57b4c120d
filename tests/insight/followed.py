"""How does a proposed objective stand later, asked as the night asks: by what is kept of it?"""

from __future__ import annotations

from datetime import date

from floorwalker.insight.following import follow_all
from floorwalker.insight.objective import Followed, NoObjective, Objective, Promised
from floorwalker.kpis.query import Facts


def follow(facts: Facts, agreed: Objective, on: date, target: float | None = None) -> Followed | NoObjective | None:
    """On that day; target: the one that was agreed instead of the proposed one."""
    aim = agreed.target if target is None else target
    days, gain = (agreed.on, agreed.due), agreed.gain
    kept = Promised(agreed.kpi, agreed.agent, *days, aim, agreed.level, agreed.reading_days, gain)
    ((_kept, found),) = follow_all(facts, [kept], on, {})
    return found
