"""What was said about one agent, when, by which method and from which days? The kept statements, in the page's sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from floorwalker.apps.people.access import SMALLEST_GROUP
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.adjusting import measures_adjusted
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.cause import Causes
from floorwalker.insight.comparison import Comparison
from floorwalker.insight.fair import whose_gap
from floorwalker.insight.remembered import Told, people_of_team, said_of
from floorwalker.insight.trend import Trends
from floorwalker.stats.levels import Cause
from floorwalker.ui import change_words
from floorwalker.ui import judging_words as words

# Of a cause that is not told to a member of a small team.
WITHHELD = "withheld"


@dataclass(frozen=True)
class Statement:
    """One sentence that was said; verdict: a word that stays the same (of a change its direction, none where there is none)."""

    measure: str
    method: str
    first: date
    last: date
    said_at: datetime
    method_version: int
    measure_version: int
    verdict: str
    sentence: str


def statements_of(
    facts: Snapshot,
    agent: Agent,
    *,
    measure: str | None,
    until: datetime | None,
    leads: bool,
    reader: User | None,
    on: date,
) -> list[Statement]:
    """By measure and method what was said last of the agent, also as whom she was found to be; until: as it stood then.

    leads: whether the reader sees the agent's colleagues too. Who does not, as she herself, reads nothing of a team of few:
    beside her own part it would be theirs. What a target of her own went into is left out for a reader who is not to know
    of one.
    """
    found, own = (
        said_of(facts, agent.keys_of_person(), kpi_id=measure, as_of=until),
        measures_adjusted(agent, reader, on),
    )
    kept = (told for told in found if not (isinstance(told.answer, Comparison) and told.stamp.kpi in own))
    return [one for told in kept for one in _statements(told, leads or people_of_team(facts, told) >= SMALLEST_GROUP)]


def _statements(told: Told, apart: bool) -> Iterator[Statement]:
    stamp = told.stamp
    for verdict, sentence in _said(told, apart):
        yield Statement(
            stamp.kpi,
            str(stamp.method),
            stamp.period.first,
            stamp.period.last,
            stamp.said_at,
            stamp.method_version,
            stamp.kpi_version,
            verdict,
            sentence,
        )


def _said(told: Told, apart: bool) -> Iterator[tuple[str, str]]:
    found = told.answer
    if isinstance(found, Comparison):
        yield from ((str(one.verdict), words.compared(one, found)) for one in found.agents)
    elif isinstance(found, Causes):
        for one in found.agents:
            whose = whose_gap(one, told.beside)
            if apart or whose is Cause.SYSTEMIC:
                yield str(whose), words.cause(one, told.beside)
            else:
                yield WITHHELD, words.cause_of_few(one)
    elif isinstance(found, Trends):
        drifts = [drift for unit in found.units for drift in unit.drifts]
        for drift in drifts:
            yield ("up" if drift.up else "down"), change_words.drifted(drift, found.kpi.unit)
        if not drifts:
            yield "none", change_words.steady()
