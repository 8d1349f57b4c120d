"""What does first contact resolution cost: to ask for, and to keep its column current with every load? Target 3.

Without the column every question would have to look at each customer's contacts in order: that query is timed beside it.
"""

from __future__ import annotations

from functools import partial

from bench.findings import Result, Setting, compare
from bench.floor import open_floor
from bench.measures import RESOLUTION_COLUMNS, TimedFacts, bare_scan
from bench.rounds import Contestant, take_turns
from bench.sizes import Size
from floorwalker.facts.snapshot import Snapshot
from floorwalker.kpis.gather import summarise
from floorwalker.kpis.query import KpiQuery

MEASURE = "first_contact_resolution"
SCAN = "bare scan of its columns, year"
_WINDOW = """
with gap as (
  select first_agent, handled, first_in_chain, promised_callback,
    lead(entered_at) over same - entered_at as next, entered_at - lag(entered_at) over same as previous
  from {contact} as c where direction = 'inbound' and customer_key is not null
  window same as (partition by customer_key, reason order by entered_at, chain_key)
)
select first_agent, count(*) as n, count(*) filter (where next is null or next > interval 7 day) as events
from gap where handled and first_in_chain is not false and promised_callback is not true
  and (previous is null or previous > interval 7 day) group by 1
"""


def run(size: Size, setting: Setting) -> Result:
    """A year of first contact resolution by agent."""
    floor = open_floor(setting.folder, size.agents, size.days, setting.say)
    facts = floor.snapshot()
    year = floor.first_day, floor.last_day
    asked: dict[str, Contestant] = {
        SCAN: partial(bare_scan, facts, {"contact": RESOLUTION_COLUMNS}, *year),
        "facts": partial(summarise, KpiQuery((MEASURE,), *year, ("agent",), use_rollups=False), TimedFacts(facts)),
        "roll-ups": partial(summarise, KpiQuery((MEASURE,), *year, ("agent",)), TimedFacts(facts)),
        "window query": partial(_by_window, facts),
    }
    timings = take_turns(asked, size.rounds, setting.say)
    what = "first contact resolution of a year by agent"
    findings = tuple(
        compare(
            "3",
            f"{what}, {told}: against the bare scan of its columns",
            (way, timings[way]),
            (SCAN, timings[SCAN]),
            limit,
            profiled=asked[way],
        )
        for way, told, limit in (
            ("facts", "from facts", 1.0),
            ("roll-ups", "from roll-ups", 1.0),
            ("window query", "by a window query without the column", None),
        )
    )
    return Result("First contact resolution", findings, timings)


def _by_window(facts: Snapshot) -> None:
    facts.sql(_WINDOW.format(contact=facts.relation("contact")))
