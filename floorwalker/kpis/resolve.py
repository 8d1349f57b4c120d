"""Who was it, on that day? How do an identity, a queue and a team of the source become those that people know?

Facts and roll-ups hold only what the source calls somebody. The joins here read the dated dimensions of the lake; a
table that says nothing is left out, so that a centre without corrections pays nothing for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from floorwalker.kpis.dimensions import Value, literal
from floorwalker.kpis.query import Facts, KpiQuery
from floorwalker.kpis.recalling import recall


@dataclass(frozen=True)
class Dated:
    """Which dated dimensions say anything."""

    identity_kinds: frozenset[str]
    has_membership: bool
    has_observed: bool
    queue_parameters: frozenset[str]
    # The measures that have caps, by id and version, and the days on which any cap begins or ends.
    capped: frozenset[tuple[str, int]] = frozenset()
    cap_edges: tuple[date, ...] = ()


NOTHING_DATED = Dated(frozenset(), has_membership=False, has_observed=False, queue_parameters=frozenset())


def read_dated(facts: Facts) -> Dated:
    """Ask the lake which dated dimensions hold rows."""
    caps = _dimension(facts, "cap")
    statement = f"""select
          (select list(distinct kind) from {_dimension(facts, "identity")}) as kinds,
          exists (select 1 from {_dimension(facts, "membership")}) as member,
          exists (select 1 from {_dimension(facts, "observed_membership")}) as observed,
          (select list(distinct name) from {_dimension(facts, "queue_parameter")}) as names,
          (select list(distinct (kpi, kpi_version)) from {caps}) as capped,
          (select list(distinct day) from (select unnest([from_day, to_day]) as day from {caps}) where day is not null) as edges"""
    return recall(facts, statement, lambda: _said(facts.sql(statement).to_pylist()[0]), lambda _dated: len(statement))


def _said(row: dict[str, Any]) -> Dated:
    return Dated(
        frozenset(row["kinds"] or ()),
        row["member"],
        row["observed"],
        frozenset(row["names"] or ()),
        frozenset(tuple(one.values()) for one in row["capped"] or ()),
        tuple(sorted(row["edges"] or ())),
    )


def _dimension(facts: Facts, name: str) -> str:
    return facts.relation(name, None, None)


def on_day(alias: str, day: str) -> str:
    """Whether a half-open dated row holds on that day; null ends are open."""
    return f"({alias}.from_day is null or {day} >= {alias}.from_day) and ({alias}.to_day is null or {day} < {alias}.to_day)"


@dataclass(frozen=True)
class Resolver:
    """Writes the joins and expressions for agent, team and queue over cells with the alias `c`."""

    facts: Facts
    dated: Dated
    agent_column: str | None

    def cells(self, dimension: str) -> tuple[str, ...]:
        """The cell columns that one of these dimensions needs; days only where something is dated."""
        agent = (self.agent_column,) if self.agent_column else ()
        is_dated = self.dated.identity_kinds or self.dated.has_membership or self.dated.has_observed
        day = ("local_day",) if is_dated else ()
        return {
            "agent": (*agent, *day),
            "team": (*agent, "observed_team_key", *day),
            "queue": ("queue_key", *day),
        }[dimension]

    def expression(self, dimension: str) -> str:
        """The key of the agent, team or queue."""
        if dimension == "queue":
            return self._resolved("queue", "c.queue_key")
        agent = f'c."{self.agent_column}"'
        return self._resolved("agent", agent) if dimension == "agent" else self._team()

    def joins(self, dimensions: Sequence[str]) -> list[str]:
        """The joins that the expressions of these dimensions read."""
        joins = []
        if "queue" in dimensions:
            joins += self._identity("queue", "c.queue_key")
        if "agent" in dimensions or "team" in dimensions:
            joins += self._identity("agent", f'c."{self.agent_column}"')
        if "team" in dimensions:
            joins += self._team_joins()
        return joins

    def _resolved(self, kind: str, raw: str) -> str:
        return f"coalesce(of_{kind}.subject_key, {raw})" if kind in self.dated.identity_kinds else raw

    def _identity(self, kind: str, raw: str) -> list[str]:
        if kind not in self.dated.identity_kinds:
            return []
        known = f"(select * from {_dimension(self.facts, 'identity')} where kind = '{kind}')"
        return [
            f"left join {known} of_{kind} on of_{kind}.identity_key = {raw} and {on_day(f'of_{kind}', 'c.local_day')}"
        ]

    def _stated_team(self) -> str:
        return (
            "coalesce(c.observed_team_key, observed.observed_team_key)"
            if self.dated.has_observed
            else "c.observed_team_key"
        )

    def _team(self) -> str:
        stated = self._resolved("team", self._stated_team())
        return f"coalesce(entered.team_key, {stated})" if self.dated.has_membership else stated

    def _team_joins(self) -> list[str]:
        joins = []
        if self.dated.has_membership:
            agent = self.expression("agent")
            joins.append(
                f"left join {_dimension(self.facts, 'membership')} entered on entered.agent_key = {agent}"
                f" and {on_day('entered', 'c.local_day')}"
            )
        if self.dated.has_observed:
            joins.append(
                f"left join {_dimension(self.facts, 'observed_membership')} observed"
                f' on observed.identity_key = c."{self.agent_column}" and {on_day("observed", "c.local_day")}'
            )
        return joins + self._identity("team", self._stated_team())


def candidates(query: KpiQuery, facts: Facts, agent_columns: Sequence[str]) -> list[str]:
    """Conditions on fact rows (alias `f`) that every row of the asked agents, teams and queues meets on some day.

    They only spare work; the dated answer is decided later, over cells.
    """
    identity = _dimension(facts, "identity")
    conditions = []
    for name in ("agent", "queue"):
        wanted = query.where.get(name)
        if wanted and None not in wanted:
            columns = agent_columns if name == "agent" else ("queue_key",)
            raw = f"{_keys(wanted)} union select identity_key from {identity} where subject_key in ({_keys(wanted)})"
            conditions.append(" or ".join(f'f."{column}" in ({raw})' for column in columns))
    teams = query.where.get("team")
    if teams and None not in teams:
        conditions.append(_team_candidates(facts, _keys(teams), agent_columns))
    return [f"({condition})" for condition in conditions if condition]


def _team_candidates(facts: Facts, teams: str, agent_columns: Sequence[str]) -> str:
    identity = _dimension(facts, "identity")
    raw_teams = f"{teams} union select identity_key from {identity} where subject_key in ({teams})"
    members = f"select agent_key from {_dimension(facts, 'membership')} where team_key in ({teams})"
    raw = (
        f"{members} union select identity_key from {identity} where subject_key in ({members})"
        f" union select identity_key from {_dimension(facts, 'observed_membership')} where observed_team_key in ({raw_teams})"
    )
    return " or ".join(
        [f"f.observed_team_key in ({raw_teams})", *(f'f."{column}" in ({raw})' for column in agent_columns)]
    )


def _keys(values: Sequence[Value]) -> str:
    return "select unnest([" + ", ".join(literal(value) for value in values) + "])"
