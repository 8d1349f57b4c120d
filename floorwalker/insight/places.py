"""At which site did each agent do most of her work in a period?"""

from __future__ import annotations

from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.gather import plan_gathering
from floorwalker.kpis.query import Facts, KpiQuery


def site_of(facts: Facts, kpi_id: str, period: Period, where: Where) -> dict[bytes, bytes | None]:
    """By agent; whoever has no contact of the measure is missing."""
    query = KpiQuery((kpi_id,), period.first, period.last, ("agent", "site"), where)
    found = plan_gathering([query], facts).columns()[0].get(kpi_id)
    most: dict[bytes, tuple[float, bytes | None]] = {}
    for (agent, site), n in zip(found.groups(), found.sums("n"), strict=True) if found is not None else ():
        if isinstance(agent, bytes) and n > most.get(agent, (0.0, None))[0]:
            most[agent] = (float(n), site if isinstance(site, bytes) else None)
    return {agent: site for agent, (_n, site) in most.items()}
