"""Would the same question be answered from other facts today? A digest of all that an answer rests on.

Facts are told by the files of the judged days, which are never changed in place: a load that brings other days leaves them
as they are. Where a measure looks at what became of a contact later, its files change with every later contact; then the
rows themselves are told, by key and by the load that wrote them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.reference import REFERENCE_DAYS
from floorwalker.insight.scorecard import Period
from floorwalker.insight.starters import records_from
from floorwalker.insight.statements import Method
from floorwalker.insight.trend import ALARMS_A_MONTH
from floorwalker.kpis.caps import NAME as CAPS
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.dimensions import literal
from floorwalker.kpis.expression import COMPLETE_THROUGH
from floorwalker.kpis.measures import Measure

# Who belonged where, by the column whose first row counts for all earlier days too.
DATED = {"identity": "identity_key", "membership": "agent_key", "observed_membership": "identity_key"}
REMEMBERED = 256
HALF = 24


@dataclass(frozen=True)
class Rules:
    """What figures are held against: the centre's standard, teams' and people's own, the smallest gap, false alarms borne."""

    standard: float | None = None
    of_teams: Mapping[bytes, float] = field(default_factory=dict)
    of_people: Mapping[bytes, float] = field(default_factory=dict)
    delta: float | None = None
    alarms_a_month: float = ALARMS_A_MONTH

    def told(self, method: Method) -> tuple[object, ...]:
        """Those that this method heeds."""
        if method is Method.TREND:
            return (self.alarms_a_month,)
        if method is Method.PROCESS:
            return ()
        if method is Method.CAUSE:
            return self.standard, self.delta
        return self.standard, self.delta, *sorted(self.of_teams.items()), *sorted(self.of_people.items())


def basis_of(facts: Snapshot, method: Method, kpi: Kpi, period: Period, rules: Rules) -> str:
    """The digest: equal where nothing has changed that the answer would show. Its first half tells rules, the other facts."""
    read = period
    if method in (Method.COMPARISON, Method.CAUSE):
        # How the floor stood before, and who was there long ago.
        read = Period(min(period.first - timedelta(days=REFERENCE_DAYS), records_from(period)), period.last)
    asked = [method, method.version, kpi.stamp, period.first, period.last, rules.told(method)]
    # Pages ask it of every measure at each opening, while the files of a year are the same until the next load.
    known = _remembered_whole(
        (*_state_of(facts), method, kpi.stamp, read), lambda: _half(_known(facts, method, kpi, read))
    )
    return f"{_half(asked)}-{known}"


def _state_of(facts: Snapshot) -> tuple[object, ...]:
    current = facts.current
    return facts.lake.path, frozenset(current.tables.items()), frozenset(current.completeness.items())


def _known(facts: Snapshot, method: Method, kpi: Kpi, read: Period) -> list[object]:
    known = [*_facts_told(facts, kpi, read), *(_dated_told(facts, name, read) for name in DATED)]
    if method in (Method.COMPARISON, Method.CAUSE):
        known.append(_small_told(facts, "employment"))
    known += [_small_told(facts, "site"), _small_told(facts, "queue_parameter") if _has_own(kpi) else ""]
    known += [_caps_told(facts, kpi, read)] if Measure(kpi, detail=True).has_detail else []
    return known


def same_rules(one: str, other: str) -> bool:
    """Whether two digests differ by their facts alone."""
    return one.split("-")[0] == other.split("-")[0]


def _half(parts: Sequence[object]) -> str:
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:HALF]


def _has_own(kpi: Kpi) -> bool:
    """Whether queues may have parameters of their own."""
    return any(parameter.queue for parameter in kpi.parameters.values())


def _facts_told(facts: Snapshot, kpi: Kpi, period: Period) -> Iterator[object]:
    table = kpi.table
    files = sorted(Path(file.path).name for file in facts.day_files(table.name, period.first, period.last))
    looks_ahead = not kpi.mentions.isdisjoint({column.name for column in table.columns if column.derived})
    yield (
        _remembered((facts.lake.path, table.name, *files), lambda: _rows_told(facts, kpi, period))
        if looks_ahead
        else files
    )
    if COMPLETE_THROUGH in kpi.mentions:
        # What is pending settles as time goes by: told by the day.
        yield [(source, at.date()) for source, at in sorted(facts.current.completeness.items())]


def _rows_told(facts: Snapshot, kpi: Kpi, period: Period) -> tuple[object, ...]:
    key, relation = kpi.table.key, facts.relation(kpi.table.name, period.first, period.last)
    row = facts.sql(
        f"select count(*) as n, sum(hash({key}, load_id)::hugeint)::varchar as told from {relation}"
        f" where local_day between {literal(period.first)} and {literal(period.last)}"
    ).to_pylist()[0]
    return row["n"], row["told"]


def _dated_told(facts: Snapshot, name: str, period: Period) -> object:
    """The rows of a dated table that matter for these days: what begins later changes nothing, unless it is somebody's first."""
    version = facts.current.tables.get(name, -1)
    return _remembered((facts.lake.path, name, version, period), lambda: _digest(facts, _within(facts, name, period)))


def _within(facts: Snapshot, name: str, period: Period) -> str:
    first, after = literal(period.first), literal(period.last + timedelta(days=1))
    return (
        f"select * replace (least(greatest(from_day, {first}), {after}) as from_day, least(coalesce(to_day, {after}), {after})"
        f" as to_day) from {facts.relation(name)}"
        f" qualify coalesce(from_day < {after}, true)"
        f" or row_number() over (partition by {DATED[name]} order by from_day nulls first) = 1"
    )


def _caps_told(facts: Snapshot, kpi: Kpi, period: Period) -> object:
    """What capped the measure on these days; a cap that begins later, or was found again, changes nothing."""
    version, first, last = facts.current.tables.get(CAPS, -1), literal(period.first), literal(period.last)
    rows = (
        f"select queue_key, channel, reason, value, greatest(from_day, {first}), least(to_day, {last} + 1) from"
        f" {facts.relation(CAPS)} where kpi = {literal(kpi.id)} and kpi_version = {kpi.version}"
        f" and coalesce(from_day <= {last}, true) and coalesce(to_day > {first}, true)"
    )
    return _remembered((facts.lake.path, CAPS, version, kpi.stamp, period), lambda: _digest(facts, rows))


def _small_told(facts: Snapshot, name: str) -> object:
    version = facts.current.tables.get(name, -1)
    return _remembered((facts.lake.path, name, version), lambda: _digest(facts, f"from {facts.relation(name)}"))


def _digest(facts: Snapshot, query: str) -> str:
    rows = facts.sql(f"select * from ({query}) order by all")
    return sha256(repr(rows.to_pydict()).encode()).hexdigest()


class _Memory:
    """What this process has worked out already, by what it rests on."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.known: OrderedDict[object, object] = OrderedDict()

    def __call__(self, key: tuple[object, ...], work_out: Callable[[], Any]) -> Any:
        with self.guard:
            if key in self.known:
                self.known.move_to_end(key)
                return self.known[key]
        found = work_out()
        with self.guard:
            self.known[key] = found
            while len(self.known) > REMEMBERED:
                self.known.popitem(last=False)
        return found


_remembered = _Memory()
_remembered_whole = _Memory()
