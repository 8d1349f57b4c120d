"""What of a team as a whole is worth a word this week: gaps and changes that were judged fairly, and nothing of anybody in it?

Only what was kept is read: a page that is opened in the morning works nothing out. What is said of a team of few would be said
of each of them: of fewer people than that there is nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from floorwalker.facts.snapshot import Snapshot
from floorwalker.facts.statement import NAME
from floorwalker.insight.cause import Share
from floorwalker.insight.columns import AGENT, CHANGED, FLOOR, TEAM, Row, kpi_of
from floorwalker.insight.comparison import SURE
from floorwalker.insight.gaps import Gap, Sureness, Whose
from floorwalker.insight.scorecard import Period
from floorwalker.insight.statements import Method
from floorwalker.insight.trend import Drift
from floorwalker.kpis.definition import Kpi

# Of fewer people a team's figure says too much of each.
LEAST_PEOPLE = 4
# A judgement that is older says nothing of this week; a change is told in the week in which it was noticed, and the next.
STALE, NEWS = timedelta(days=14), timedelta(days=14)


@dataclass(frozen=True)
class OfTeam:
    """One thing: a gap of the team's or of everybody's, or a change of the team's way of working."""

    kpi: Kpi
    period: Period
    said_at: datetime
    gap: Gap | None = None
    drift: Drift | None = None


def said_of_team(facts: Snapshot, team: bytes, on: date) -> list[OfTeam]:
    """What was said last of the team, those first that are surest; nothing where too few people are in it."""
    if facts.days(NAME) is None:
        return []
    rows = _newest(facts, team, on)
    people = {row["kpi"]: (row["people"], row["contacts"]) for row in _people(facts, team, on)}
    found = [one for row in rows for one in _read(row, *people.get(row["kpi"], (0, 0)))]
    return sorted(
        found, key=lambda one: (one.gap is None, -(one.gap.share.probability if one.gap else 0.0), one.kpi.id)
    )


def _newest(facts: Snapshot, team: bytes, on: date) -> list[Row]:
    """Of each measure the newest row of the team, and of the floor it works on, by each of the two methods."""
    rows = facts.sql(
        f"from {facts.relation(NAME, on - STALE, on + timedelta(days=1))} where method in ($2, $3)"
        " and ((subject = $4 and subject_key = $1) or (subject = $5 and method = $2))"
        " qualify rank() over (partition by kpi, method, subject order by said_at desc, local_day desc) = 1"
        " order by kpi, method, subject, place",
        [team, str(Method.CAUSE), str(Method.TREND), TEAM, FLOOR],
    )
    return list(rows.to_pylist())


def _people(facts: Snapshot, team: bytes, on: date) -> list[Row]:
    """By measure, how many people of the team were judged, and on how many contacts."""
    rows = facts.sql(
        f"select kpi, count(*) as people, sum(n) as contacts from (from {facts.relation(NAME, on - STALE, on + timedelta(days=1))}"
        " where method = $2 and subject = $3 and team_key = $1 and lacks is null"
        " qualify rank() over (partition by kpi order by said_at desc, local_day desc) = 1) group by kpi",
        [team, str(Method.CAUSE), AGENT],
    )
    return list(rows.to_pylist())


def _read(row: Row, people: int, contacts: int) -> list[OfTeam]:
    if people < LEAST_PEOPLE:
        return []
    about = kpi_of(row), Period(row["first_day"], row["local_day"]), row["said_at"]
    if row["method"] == Method.TREND:
        drift = _drift(row)
        return [] if drift is None else [OfTeam(*about, drift=drift)]
    gap = _gap(row, contacts)
    return [] if gap is None else [OfTeam(*about, gap=gap)]


def _drift(row: Row) -> Drift | None:
    if row["verdict"] != CHANGED or row["detected"] < row["local_day"] - NEWS:
        return None
    return Drift(row["began"], row["detected"], row["up"], row["worse"], row["change"])


def _gap(row: Row, contacts: int) -> Gap | None:
    """For the worse, and as sure as people are named with."""
    if row["change"] is None or row["change"] <= 0 or (row["probability"] or 0.0) < SURE:
        return None
    whose = Whose.SYSTEM if row["subject"] == FLOOR else Whose.TEAM
    key = None if whose is Whose.SYSTEM else row["subject_key"]
    n = row["n"] if whose is Whose.SYSTEM else contacts
    share = Share(key, row["change"], row["low"], row["high"], row["probability"], row["reliability"])
    return Gap(whose, key, share, n or 0, Sureness.REAL)
