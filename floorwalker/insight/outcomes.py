"""What befalls agents, and does it befall one group more often than the others? Targets met, gaps named, what evaluators decide.

Every outcome is rows of what did or did not happen to an agent. Differences and ratios are told as they are, and among agents
with the same work, time here and time of day. All outcomes and groups of a page share one chance in twenty of standing out
wrongly. Groups are told so that nobody is found in them (`stats/disparities.py`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from floorwalker.estimate import Answer
from floorwalker.facts.tables import EVALUATION, SEGMENT
from floorwalker.insight.appeals import share_of
from floorwalker.insight.comparison import Comparison, Lack
from floorwalker.insight.groups import time_of_day
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.definition import Better
from floorwalker.kpis.dimensions import literal
from floorwalker.kpis.query import Facts
from floorwalker.kpis.resolve import Resolver, read_dated
from floorwalker.stats.cells import Index
from floorwalker.stats.disparities import Contrast, Happened, fair_contrast, groups_to_tell, plain_contrast

WRONGLY = 0.05
AGENTS_EVALUATED = "agents_evaluated@1"
SHOWN = "purpose = 'official' and released_at is not null"


@dataclass(frozen=True)
class Trial:
    """To one agent something happened or did not; work: among what it is fair to compare, besides who the agent is."""

    agent: bytes
    happened: bool
    work: str = ""


@dataclass(frozen=True)
class Befell:
    """One outcome of one group: as it is, and among agents alike; None where nothing may be said."""

    outcome: str
    group: str
    plain: Contrast | None
    fair: Contrast | None

    @property
    def is_signal(self) -> bool:
        """Whether it is more than chance among agents alike, all outcomes and groups together."""
        return self.fair is not None and not self.fair.low <= 0 <= self.fair.high


def compare_outcomes(
    trials: Mapping[str, Sequence[Trial]], members: Mapping[bytes, str], alike: Mapping[bytes, str]
) -> tuple[Befell, ...]:
    """By outcome what happened. members: by agent the group; alike: by agent what she is compared within (time here, of day)."""
    names = sorted(set(members.values()))
    read = {code: _numbered(rows, members, names, alike) for code, rows in trials.items() if rows}
    told = {code: groups_to_tell(rows, group) for code, (rows, group) in read.items()}
    # Of two groups the one is the other's mirror.
    tried = sum(1 if len(some) == 2 else len(some) for some in told.values())
    level = 1 - WRONGLY / max(1, tried)
    return tuple(
        _befell(code, name, number, *read[code], told[code], level) if code in read else Befell(code, name, None, None)
        for code in trials
        for number, name in enumerate(names)
    )


def _befell(code: str, name: str, number: int, rows: Happened, group: Index, told: list[int], level: float) -> Befell:
    if number not in told:
        return Befell(code, name, None, None)
    kept = rows.of(np.isin(group[rows.agent], told))
    inside = group[kept.agent] == number
    return Befell(code, name, plain_contrast(kept, inside, level), fair_contrast(kept, inside, level))


def _numbered(
    rows: Sequence[Trial], members: Mapping[bytes, str], names: Sequence[str], alike: Mapping[bytes, str]
) -> tuple[Happened, Index]:
    agents = sorted({one.agent for one in rows})
    place = {agent: number for number, agent in enumerate(agents)}
    number = {name: at for at, name in enumerate(names)}
    among = [f"{one.work}\x1f{alike.get(one.agent, '')}" for one in rows]
    happened = Happened(
        np.array([one.happened for one in rows], dtype=bool),
        np.array([place[one.agent] for one in rows], dtype=np.int64),
        np.unique(among, return_inverse=True)[1].astype(np.int64),
    )
    group = [number[members[agent]] if agent in members else -1 for agent in agents]
    return happened, np.array(group, dtype=np.int64)


def targets_met(compared: Sequence[Comparison]) -> list[Trial]:
    """By measure and agent whether the plain figure reaches what was agreed with the centre, her team or her alone."""
    return [
        Trial(one.agent, _met(one.raw, standard, found.kpi.better), found.kpi.id)
        for found in compared
        for one in found.agents
        for standard in [found.standard if one.standard is None else one.standard]
        if standard is not None and not {Lack.FEW_CONTACTS, Lack.FEW_DAYS} & set(one.lacks)
    ]


def _met(value: float, standard: float, better: Better) -> bool:
    return value >= standard if better is Better.UP else value <= standard


def gaps_named(compared: Sequence[Comparison]) -> list[Trial]:
    """By agent whether any measure names her, after case mix and chance."""
    known = {one.agent for found in compared for one in found.agents}
    named = {one.agent for found in compared for one in found.agents if one.flagged}
    return [Trial(agent, agent in named) for agent in sorted(known)]


def evaluated_as(facts: Facts, period: Period, event: str, among: str) -> list[Trial]:
    """By official evaluation that was shown, of those among which it could be, whether the event came; among the same queue
    and channel. Both are conditions on the columns of the table."""
    query = (
        f"select {_agent(facts, 'quality_score')} as agent, ({event}) as happened,"
        " concat_ws(chr(31), hex(c.queue_key), c.channel) as work"
        f" from {_rows(facts, EVALUATION.name, period, f'{SHOWN} and {among}')} c {_joins(facts, 'quality_score')}"
        " order by c.evaluation_key"
    )
    rows = facts.sql(query).to_pylist()
    return [
        Trial(row["agent"], row["happened"], row["work"]) for row in rows if None not in (row["agent"], row["happened"])
    ]


def looked_for(facts: Facts, period: Period) -> list[Trial]:
    """By agent who handled contacts, whether any of them was evaluated because of what was known of it."""
    targeted = _agents(
        facts, "quality_score", EVALUATION.name, period, "purpose = 'official' and selection = 'targeted'"
    )
    at_work = _agents(facts, "quality_coverage", SEGMENT.name, period, "handled")
    return [Trial(agent, agent in targeted) for agent in sorted(at_work)]


def evaluated_by_chance(facts: Facts, period: Period) -> list[Trial]:
    """By agent who handled contacts, whether any official evaluation of one that chance chose was shown, with a score."""
    by_chance = _agents(
        facts, "quality_score", EVALUATION.name, period, f"{SHOWN} and selection = 'random' and score is not null"
    )
    at_work = _agents(facts, "quality_coverage", SEGMENT.name, period, "handled")
    return [Trial(agent, agent in by_chance) for agent in sorted(at_work)]


def agents_evaluated(facts: Facts, period: Period) -> Answer:
    """The share of agents who handled contacts of whom chance chose one at least that was scored and shown.

    Of a whole period alone: agents of one week and of another are the same people, so that no two such shares add up.
    """
    found = evaluated_by_chance(facts, period)
    return share_of(sum(one.happened for one in found), len(found), AGENTS_EVALUATED)


def usual_work(facts: Facts, period: Period) -> dict[bytes, tuple[str, str]]:
    """By agent the channel, and the time of day, at which most of the contacts were handled; of equals the first by name."""
    query = (
        f"select {_agent(facts, 'quality_coverage')} as agent, coalesce(c.channel, '') as channel, c.local_minute as minute,"
        f" count(*) as n from {_rows(facts, SEGMENT.name, period, 'handled')} c {_joins(facts, 'quality_coverage')}"
        " group by 1, 2, 3"
    )
    channels: defaultdict[bytes, Counter[str]] = defaultdict(Counter)
    times: defaultdict[bytes, Counter[str]] = defaultdict(Counter)
    for row in facts.sql(query).to_pylist():
        if row["agent"] is not None and row["minute"] is not None:
            channels[row["agent"]][row["channel"]] += row["n"]
            times[row["agent"]][time_of_day(row["minute"])] += row["n"]
    return {agent: (_commonest(channels[agent]), _commonest(times[agent])) for agent in channels}


def _commonest(often: Counter[str]) -> str:
    return min(often, key=lambda name: (-often[name], name))


def _agents(facts: Facts, kpi: str, table: str, period: Period, among: str) -> set[bytes]:
    query = f"select distinct {_agent(facts, kpi)} as agent from {_rows(facts, table, period, among)} c {_joins(facts, kpi)}"
    return {row["agent"] for row in facts.sql(query).to_pylist() if row["agent"] is not None}


def _rows(facts: Facts, table: str, period: Period, among: str) -> str:
    relation = facts.relation(table, period.first, period.last)
    days = f"local_day between {literal(period.first)} and {literal(period.last)}"
    return f"(select * from {relation} where {days} and identity_key is not null and {among})"


def _resolver(facts: Facts, kpi: str) -> Resolver:
    return Resolver(facts, read_dated(facts), find_kpi(kpi, catalogue()).attribution.column)


def _agent(facts: Facts, kpi: str) -> str:
    return _resolver(facts, kpi).expression("agent")


def _joins(facts: Facts, kpi: str) -> str:
    return " ".join(_resolver(facts, kpi).joins(["agent"]))
