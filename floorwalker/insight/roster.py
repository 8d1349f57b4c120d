"""Who belonged to which team on a day?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from floorwalker.kpis.query import Facts

_ROSTER = """
with identity as (
  select identity_key, subject_key from {identity} as i where coalesce(from_day <= $day, true) and coalesce(to_day > $day, true)
), entered as (
  select agent_key, team_key from {membership} as m where coalesce(from_day <= $day, true) and coalesce(to_day > $day, true)
), observed as (
  select coalesce(a.subject_key, o.identity_key) as agent_key, coalesce(t.subject_key, o.observed_team_key) as team_key
  from {observed_membership} as o
  left join identity as a on a.identity_key = o.identity_key
  left join identity as t on t.identity_key = o.observed_team_key
  where coalesce(o.from_day <= $day, true) and coalesce(o.to_day > $day, true)
)
select agent_key, team_key from entered
union
select agent_key, team_key from observed where agent_key not in (select agent_key from entered)
"""


def read_roster(facts: Facts, on: date) -> Mapping[bytes, frozenset[bytes]]:
    """By team key, the keys of the agents who belong to it on that day; what a person entered wins over what data state."""
    relations = {name: facts.relation(name, None, None) for name in ("identity", "membership", "observed_membership")}
    members: defaultdict[bytes, set[bytes]] = defaultdict(set)
    for row in facts.sql(_ROSTER.format(**relations), {"day": on}).to_pylist():
        members[row["team_key"]].add(row["agent_key"])
    return {team: frozenset(agents) for team, agents in members.items()}
