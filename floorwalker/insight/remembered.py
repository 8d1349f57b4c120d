"""What was said of one person last, by whichever key she was judged, and how did that come about?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from floorwalker.facts.snapshot import Snapshot
from floorwalker.facts.statement import NAME
from floorwalker.insight.cause import Causes
from floorwalker.insight.columns import AGENT, Row
from floorwalker.insight.comparison import Comparison, Judged
from floorwalker.insight.scorecard import Period
from floorwalker.insight.statements import READ, Method, Stamp, rows_said
from floorwalker.insight.written import Answer


@dataclass(frozen=True)
class Told:
    """What was said of one agent: the answer cut down to her, and how it came about.

    beside: of an answer that tells whose a gap is, what was said of the figure itself in the same days, if anything.
    """

    agent: bytes
    stamp: Stamp
    answer: Answer
    beside: Judged | None = None


def said_of(
    facts: Snapshot, agents: Collection[bytes], *, kpi_id: str | None = None, as_of: datetime | None = None
) -> list[Told]:
    """By measure and method, what was said last of a person (before `as_of`, where one is given).

    agents: all keys by which she was ever judged. Two of them are told where both were judged at once, as before they were
    found to be one person; else the newest.
    """
    until = None if as_of is None else as_of.date() + timedelta(days=1)
    keys = sorted(agents)
    places = ", ".join(f"${place}" for place in range(4, 4 + len(keys)))
    rows = facts.sql(
        f"from {facts.relation(NAME, None, until)} where subject = $1 and subject_key in ({places})"
        " and ($2 is null or kpi = $2) and ($3 is null or said_at <= $3)"
        " qualify rank() over (partition by kpi, method order by said_at desc, local_day desc) = 1"
        " order by kpi, method, subject_key, place",
        [AGENT, kpi_id, as_of, *keys],
    )
    answers = groupby(rows.to_pylist(), key=lambda row: (row["kpi"], row["method"], row["subject_key"]))
    return list(_beside([_told(list(some)) for _which, some in answers]))


def people_of_team(facts: Snapshot, told: Told) -> int:
    """Of how many people of her own team whose a gap is was told in the same answer: she and her colleagues."""
    given = told.stamp
    teams = [one.team for one in told.answer.agents] if isinstance(told.answer, Causes) else []
    if not teams:
        return 0
    rows = rows_said(facts, given.method, given.kpi, given.period, given.said_at)
    keys, subjects = (rows[name].to_pylist() for name in ("team_key", "subject"))
    return sum(key == teams[0] for key, subject in zip(keys, subjects, strict=True) if subject == AGENT)


def _told(rows: list[Row]) -> Told:
    """Every row repeats what its answer has in common: it may stand for the floor's."""
    row = rows[0]
    method = Method(row["method"])
    given = Stamp(
        method,
        row["method_version"],
        row["kpi"],
        row["kpi_version"],
        Period(row["first_day"], row["local_day"]),
        row["said_at"],
        row["basis"],
        row["sequence"],
    )
    return Told(row["subject_key"], given, READ[method]([{**row, "change": None}, *rows]))


def _beside(found: list[Told]) -> Iterator[Told]:
    compared = {
        (one.agent, one.stamp.kpi, one.stamp.period): one.answer.agents[0]
        for one in found
        if isinstance(one.answer, Comparison)
    }
    for one in found:
        is_cause = one.stamp.method is Method.CAUSE
        yield replace(one, beside=compared.get((one.agent, one.stamp.kpi, one.stamp.period))) if is_cause else one
