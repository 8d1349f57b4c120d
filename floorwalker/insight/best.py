"""Is somebody's figure of four weeks better than all of her own before, by more than chance? Her own scale, and nobody else's.

Four weeks are held against each of the blocks of four weeks in the year before, one by one, and must beat every one of them
beyond chance. Whoever has not changed passes all of these tests at once more rarely than any single one of them (each is wrong
in 2.5 % on that side), so that no correction for their number is needed. Her kinds of contact are not taken out: it is told of
the work as it came. Handle time is no feat, and is not among the measures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from floorwalker.estimate import Answer, Estimate
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.change import Direction, read_change
from floorwalker.insight.scorecard import Period
from floorwalker.insight.standing import last_complete_day
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Better, Kpi
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import run_together

MEASURES = ("first_contact_resolution", "csat_top_box", "transfer_rate", "ring_no_answer_rate")
BLOCK = timedelta(days=28)
# A year, the newest block first; with fewer figures before it nothing is a best.
BLOCKS, LEAST_BEFORE = 13, 3


@dataclass(frozen=True)
class Best:
    """One personal best: the figure of four weeks with its range, and the best of those before it."""

    agent: bytes
    kpi: Kpi
    period: Period
    now: Estimate
    before: Estimate
    blocks: int


def is_best(now: Answer, before: Sequence[Answer], better: Better) -> Estimate | None:
    """The best of those before, where the present one beats every one of them beyond chance; else None."""
    wanted = {Better.UP: Direction.HIGHER, Better.DOWN: Direction.LOWER}.get(better)
    known = [one for one in before if isinstance(one, Estimate)]
    if wanted is None or not isinstance(now, Estimate) or len(known) < LEAST_BEFORE:
        return None
    if any(read_change(now, one).direction is not wanted for one in known):
        return None
    return max(known, key=lambda one: one.value if better is Better.UP else -one.value)


def read_bests(facts: Snapshot, people: Mapping[bytes, bytes], at: datetime) -> list[Best]:
    """The personal bests of the last four complete weeks. people: by every key that somebody was known by, her own key.

    Several keys of one person are one figure only where the lake holds them as one: else the newest stands alone.
    """
    tables = {catalogue()[name].table.name for name in MEASURES}
    last = last_complete_day(facts, tables, at)
    if last is None or not people:
        return []
    blocks = _blocks(last - timedelta(days=(last.weekday() + 1) % 7))
    where = {"agent": tuple(sorted(people))}
    asked = [KpiQuery(MEASURES, one.first, one.last, ("agent",), where) for one in blocks]
    answers: list[dict[tuple[bytes, str], Answer]] = []
    for rows in run_together(asked, facts):
        found = ((row.group["agent"], row.kpi, row.answer) for row in rows)
        answers.append({(agent, kpi): answer for agent, kpi, answer in found if isinstance(agent, bytes)})
    return [best for key in sorted(answers[0]) for best in _best(key, answers, blocks[0], people)]


def _best(
    key: tuple[bytes, str],
    answers: Sequence[Mapping[tuple[bytes, str], Answer]],
    period: Period,
    people: Mapping[bytes, bytes],
) -> list[Best]:
    kpi, now = catalogue()[key[1]], answers[0][key]
    before = [one[key] for one in answers[1:] if key in one]
    beaten = is_best(now, before, kpi.better)
    if beaten is None or not isinstance(now, Estimate):
        return []
    blocks = sum(isinstance(one, Estimate) for one in before)
    return [Best(people[key[0]], kpi, period, now, beaten, blocks)]


def _blocks(last: date) -> list[Period]:
    """Blocks of four whole weeks that end with that Sunday, the newest first."""
    ends = [last - number * BLOCK for number in range(BLOCKS)]
    return [Period(end - BLOCK + timedelta(days=1), end) for end in ends]
