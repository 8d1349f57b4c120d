"""How does each answer become rows of table `statement`, and such rows the same answer again? Every figure exactly.

An answer is written as columns. The floor comes first; all that the answer has in common is repeated in every row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from floorwalker.insight.cause import Caused, Causes, Share
from floorwalker.insight.columns import AGENT, FLOOR, TEAM, Columns, Row, capped_of, kpi_of
from floorwalker.insight.comparison import Comparison, Judged, Lack, Verdict
from floorwalker.insight.process import Processes
from floorwalker.insight.trend import Trends
from floorwalker.insight.waterfall import Waterfall
from floorwalker.insight.written_changes import write_processes, write_trends
from floorwalker.stats.levels import Cause

Answer: TypeAlias = Comparison | Causes | Trends | Processes


def write(found: Answer) -> Columns:
    """The rows of an answer, without what tells when and how it was asked."""
    rows = _written(found)
    if found.capped is not None:
        told = found.capped
        rows.fill(capped=told.contacts, capped_of=told.all, cap_seconds=told.seconds)
    return rows


def _written(found: Answer) -> Columns:
    if isinstance(found, Comparison):
        return _write_comparison(found)
    if isinstance(found, Causes):
        return _write_causes(found)
    return write_trends(found) if isinstance(found, Trends) else write_processes(found)


# who differs


def _write_comparison(found: Comparison) -> Columns:
    rows, some = Columns(), found.agents
    rows.add(1, subject=[FLOOR], n=[sum(one.n for one in some)], standard=[found.standard])
    rows.add(
        len(some),
        subject=[AGENT] * len(some),
        subject_key=[one.agent for one in some],
        team_key=[one.team for one in some],
        verdict=[str(one.verdict) for one in some],
        probability=[one.probability_below for one in some],
        flagged=[one.flagged for one in some],
        n=[one.n for one in some],
        raw=[one.raw for one in some],
        adjusted=[one.adjusted for one in some],
        low=[one.low for one in some],
        high=[one.high for one in some],
        reliability=[one.reliability for one in some],
        needed=[one.needed for one in some],
        starter=[one.starter for one in some],
        lacks=[[str(lack) for lack in one.lacks] for one in some],
        standard=[one.standard for one in some],
        beyond_cap=[one.beyond or None for one in some],
    )
    rows.fill(delta=found.delta)
    return rows


def comparison(rows: Sequence[Row]) -> Comparison:
    """The comparison that these rows are."""
    floor, *others = rows
    agents = tuple(
        Judged(
            row["subject_key"],
            row["team_key"],
            row["n"],
            row["raw"],
            row["adjusted"],
            row["low"],
            row["high"],
            row["reliability"],
            row["probability"],
            row["flagged"],
            Verdict(row["verdict"]),
            tuple(map(Lack, row["lacks"])),
            row["needed"],
            bool(row["starter"]),
            row["standard"],
            row["beyond_cap"] or 0,
        )
        for row in others
    )
    return Comparison(kpi_of(floor), agents, floor["delta"], floor["standard"], capped_of(floor))


# whose a gap is


def _write_causes(found: Causes) -> Columns:
    rows, some = Columns(), found.agents
    rows.add(1, subject=[FLOOR], n=[sum(one.n for one in some)], **_shares([found.site]))
    rows.add(len(found.teams), subject=[TEAM] * len(found.teams), **_shares(found.teams))
    rows.add(
        len(some),
        subject=[AGENT] * len(some),
        subject_key=[one.agent for one in some],
        team_key=[one.team for one in some],
        verdict=[str(one.primary) for one in some],
        probability=[_rests_on(one) for one in some],
        n=[one.n for one in some],
        change=[one.own.gap for one in some],
        low=[one.own.low for one in some],
        high=[one.own.high for one in some],
        p_system=[one.p_system for one in some],
        p_team=[one.p_team for one in some],
        p_personal=[one.p_personal for one in some],
        part_mix=[one.waterfall.mix for one in some],
        part_system=[one.waterfall.system for one in some],
        part_team=[one.waterfall.team for one in some],
        part_personal=[one.waterfall.personal for one in some],
        part_noise=[one.waterfall.noise for one in some],
    )
    rows.add(
        len(found.unplaced),
        subject=[AGENT] * len(found.unplaced),
        subject_key=[key for key, _lack in found.unplaced],
        verdict=[str(Cause.NOT_ENOUGH_DATA)] * len(found.unplaced),
        lacks=[[str(lack)] for _key, lack in found.unplaced],
    )
    rows.fill(standard=found.standard, is_reference=found.reference, delta=found.delta)
    return rows


def _shares(some: Sequence[Share | None]) -> dict[str, list[Any]]:
    return {
        "subject_key": [one and one.key for one in some],
        "change": [one and one.gap for one in some],
        "low": [one and one.low for one in some],
        "high": [one and one.high for one in some],
        "probability": [one and one.probability for one in some],
        "reliability": [one and one.reliability for one in some],
    }


def _rests_on(one: Caused) -> float:
    """The probability of the part that is named; where none is, of the likeliest."""
    parts = {Cause.SYSTEMIC: one.p_system, Cause.TEAM: one.p_team, Cause.PERSONAL: one.p_personal}
    return parts.get(one.primary, max(parts.values()))


def causes(rows: Sequence[Row]) -> Causes:
    """The causes that these rows are."""
    floor = rows[0]
    of = {kind: list(some) for kind, some in _by_subject(rows[1:])}
    agents = [row for row in of.get(AGENT, []) if not row["lacks"]]
    return Causes(
        kpi_of(floor),
        floor["standard"],
        floor["is_reference"],
        floor["delta"],
        None if floor["change"] is None else _share(floor),
        tuple(map(_share, of.get(TEAM, []))),
        tuple(map(_caused, agents)),
        tuple((row["subject_key"], Lack(row["lacks"][0])) for row in of.get(AGENT, []) if row["lacks"]),
        capped_of(floor),
    )


def _by_subject(rows: Iterable[Row]) -> Iterator[tuple[str, Iterator[Row]]]:
    return groupby(rows, key=lambda row: str(row["subject"]))


def _share(row: Row) -> Share:
    return Share(row["subject_key"], row["change"], row["low"], row["high"], row["probability"], row["reliability"])


def _caused(row: Row) -> Caused:
    parts = (row[f"part_{name}"] for name in ("mix", "system", "team", "personal", "noise"))
    return Caused(
        row["subject_key"],
        row["team_key"],
        row["n"],
        Cause(row["verdict"]),
        row["p_system"],
        row["p_team"],
        row["p_personal"],
        Waterfall(*parts),
        Share(row["subject_key"], row["change"], row["low"], row["high"], row["p_personal"]),
    )
