"""Whose judgement is measured? A very large centre, its facts written straight into the lake and rolled up by the product.

Ten thousand agents are more than the simulator makes in the time that a run may take: here one SELECT makes the rows of a
table. What is done with them, roll-ups and all, is the product's own.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from bench.floor import much_memory
from bench.rounds import Say
from floorwalker.config import Config
from floorwalker.facts.current import Current, commit_current, read_current
from floorwalker.facts.keys import fact_key, site_key
from floorwalker.facts.lake import Lake
from floorwalker.facts.relations import DAY, DIMENSIONS, sql_type
from floorwalker.facts.tables import ALERT, CONTACT, SEGMENT, SURVEY, Table
from floorwalker.facts.writing import commit_files
from floorwalker.jobs.rolling import roll_up_all

FIRST_DAY = date(2025, 1, 6)
WHOLE = "whole.json"
TEAM_SIZE, CONTACTS_A_DAY = 14, 40
# Ten queues, four reasons and five bands of the day: two hundred kinds of contact.
QUEUES, REASONS = 10, 4
STRATA = QUEUES * REASONS * 5

# One row for each contact of each agent on five days of seven; u0 to u6 are evenly spread and always the same.
_DRAWN = """
 select a, d, k, {uniform},
  date '{first}' + d::integer as local_day,
  (240 + (a * 4 % 16) * 60 + (u5 * 479))::smallint as local_minute,
  (a * 7 + floor(u3 * 3)::integer) % {queues} as queue, floor(u4 * {reasons})::integer as reason
 from (select range as a from range({agents})) cross join (select range as d from range({days}))
 cross join (select range as k from range({contacts}))
 where (a + d) % 7 < 5
"""
_UNIFORM = ", ".join(
    f"(hash(((a * 1000 + d) * 1000 + k) * 8 + {n}) >> 11)::double / 9007199254740992 as u{n}" for n in range(7)
)


def open_large_floor(folder: Path, agents: int, days: int, say: Say) -> Config:
    """The home of that centre, made when it is not there yet."""
    home = folder / f"large-{agents}-agents-{days}-days"
    config = Config.from_environment({"FLOORWALKER_HOME": str(home)})
    if not (home / WHOLE).exists():
        shutil.rmtree(home, ignore_errors=True)
        lake = Lake(replace(config, memory_limit_megabytes=much_memory()).prepare())
        rows = _make(lake, agents, days, say)
        lake.engine.close()
        (home / WHOLE).write_text(json.dumps(rows))
    return config


def _make(lake: Lake, agents: int, days: int, say: Say) -> dict[str, int]:
    lake.publish(lambda: _dimensions(agents))
    drawn = _DRAWN.format(
        uniform=_UNIFORM,
        first=FIRST_DAY,
        agents=agents,
        days=days,
        contacts=CONTACTS_A_DAY,
        queues=QUEUES,
        reasons=REASONS,
    )
    rows: dict[str, int] = {}
    with lake.writing():
        current = read_current(lake.path)
        for table in (CONTACT, SEGMENT, ALERT, SURVEY):
            say(f"writing {table.name} of {agents} agents")
            current, rows[table.name] = _write(lake, table, drawn, current)
        through = datetime.combine(FIRST_DAY + timedelta(days=days), datetime.min.time(), UTC)
        commit_current(lake.path, current.with_completeness("bench", "bench", through))
    say("rolling up")
    roll_up_all(lake)
    return rows


def _dimensions(agents: int) -> dict[str, pa.Table]:
    keys = [_key("agent", number) for number in range(agents)]
    nothing: list[None] = [None] * agents
    teams = [fact_key("", "", "team", str(number // TEAM_SIZE)) for number in range(agents)]
    return {
        "site": pa.table([[site_key("Main")], ["Main"], ["UTC"], ["GB"]], schema=DIMENSIONS["site"]),
        "identity": pa.table([keys, ["agent"] * agents, keys, nothing, nothing], schema=DIMENSIONS["identity"]),
        "membership": pa.table([keys, teams, nothing, nothing], schema=DIMENSIONS["membership"]),
    }


def _key(kind: str, number: int) -> bytes:
    return fact_key("bench", "bench", kind, str(number))


def _write(lake: Lake, table: Table, drawn: str, current: Current) -> tuple[Current, int]:
    """All rows of one table, day by day into its partitions."""
    values = {**_common(), **_OWN[table.name]}
    values[table.key] = f"unhex(md5('{table.name}' || (a * 1000000 + d * 1000 + k)))"
    columns = ", ".join(
        f'({values.get(c.name, "null")})::{sql_type(c.type)} as "{c.name}"' for c in table.columns if c.name != DAY
    )
    keys = "(select range as a, fact_key('bench', 'bench', 'agent', range::varchar) as agent_key from range(100000)) as agents"
    query = f"select {columns}, local_day from ({drawn}) join {keys} using (a) where {_AMONG.get(table.name, 'true')}"
    files = lake.engine.write(query, lake.table_path(table.name), by=DAY)
    return commit_files(lake, table.name, files, query, current, by=DAY), sum(file.rows for file in files)


def _common() -> dict[str, str]:
    """What rows of every table have."""
    queues = " ".join(f"when {n} then unhex('{_key('queue', n).hex()}')" for n in range(QUEUES))
    return {
        "source": "'bench'",
        "origin": "'bench'",
        "load_id": "'20250301T000000.000000Z-0000'",
        "site_key": f"unhex('{site_key('Main').hex()}')",
        "queue_key": f"case queue {queues} end",
        "channel": "'voice'",
        "direction": "'inbound'",
        "reason": "'reason ' || reason",
        "identity_key": "agent_key",
        "local_minute": "local_minute",
        "handled": "true",
    }


# How an agent and a kind of contact differ from the usual, as logarithms; both sums are about as large as on real floors.
_AGENT = "((hash(a) >> 11)::double / 9007199254740992 - 0.5) * 0.5"
_KIND = "((hash(queue * 100 + reason) >> 11)::double / 9007199254740992 - 0.5) * 0.8"
_NORMAL = "sqrt(-2 * ln(greatest(u0, 1e-12))) * cos(2 * pi() * u1)"
_ENTERED = "(local_day::timestamp + to_minutes(local_minute::bigint)) at time zone 'UTC'"
_RESOLVED = f"u2 < 0.75 + 0.2 * ({_AGENT})"

_AMONG = {SURVEY.name: "u6 < 0.1"}
_OWN: Mapping[str, Mapping[str, str]] = {
    CONTACT.name: {
        "first_in_chain": "true",
        "customer_key": "unhex(md5((hash((a * 1000 + d) * 1000 + k) % 1000000)::varchar))",
        "entered_at": _ENTERED,
        "wait_seconds": "10 * u1",
        "outcome": "'answered'",
        "answered_by": "agent_key",
        "first_agent": "agent_key",
        "last_agent": "agent_key",
        "resolved": _RESOLVED,
        "next_same_reason_seconds": f"case when not ({_RESOLVED}) then 86400 end",
        "next_any_reason_seconds": f"case when not ({_RESOLVED}) then 86400 end",
    },
    SEGMENT.name: {
        "entered_at": _ENTERED,
        "talk_seconds": f"exp(5.3 + 0.6 * ({_NORMAL}) + {_AGENT} + {_KIND})",
        "hold_seconds": "case when u2 < 0.2 then 60 * u3 else 0 end",
        "wrap_up_seconds": f"exp(3.5 + 0.4 * ({_NORMAL}) + {_AGENT})",
        "transferred_out": f"u4 < 0.05 + 0.1 * ({_AGENT})",
    },
    ALERT.name: {
        "rang_at": _ENTERED,
        "ring_seconds": "5 * u1",
        "outcome": f"case when u2 < 0.04 + 0.1 * ({_AGENT}) then 'no_answer' else 'answered' end",
    },
    SURVEY.name: {
        "contact_at": _ENTERED,
        "invited_at": _ENTERED,
        "answered_at": f"case when u5 < 0.7 then {_ENTERED} end",
        "score": f"case when u5 < 0.7 then least(5, greatest(1, round(4 + {_NORMAL} + 2 * ({_AGENT})))) end",
        "scale_least": "1",
        "scale_most": "5",
    },
}
