"""How do the figures of one person, her team and the centre stand beside each other, in what she works for?

The same measure and the same four weeks at each level, on one scale: what she does is a part of both. A level that the reader may
not see is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from floorwalker.apps.coaching.figuring import WEEKS_JUDGED
from floorwalker.apps.coaching.three_levels import Chain
from floorwalker.apps.people.access import team_of
from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.seeing import where_of
from floorwalker.charts.small import interval_bar
from floorwalker.estimate import Answer, Estimate
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.known import WEEK, known_days, last_complete_week
from floorwalker.insight.scorecard import Asked, Period, Where, read_lines
from floorwalker.kpis.catalogue import catalogue

PERSON, TEAM, CENTRE = "person", "team", "centre"


@dataclass(frozen=True)
class Level:
    """A figure of one level; bar: as drawn, with a tick at what was agreed; empty where there is no figure."""

    answer: Answer
    bar: str


@dataclass(frozen=True)
class Stands:
    """One objective with what it feeds, and by level how its measure stands; nothing where the reader may not see it."""

    chain: Chain
    levels: Mapping[str, Level]

    @property
    def person(self) -> Level | None:
        """Her own."""
        return self.levels.get(PERSON)

    @property
    def team(self) -> Level | None:
        """Her team's."""
        return self.levels.get(TEAM)

    @property
    def centre(self) -> Level | None:
        """Everybody's."""
        return self.levels.get(CENTRE)


def read_levels(chains: Sequence[Chain], agent: Agent, reader: User, on: date) -> list[Stands]:
    """Each of them with its figures; without any before anything is loaded."""
    facts = lake().snapshot()
    known = known_days(facts)
    measures = tuple(dict.fromkeys(one.objective.measure for one in chains if one.objective.measure in catalogue()))
    if known is None or not measures:
        return [Stands(one, {}) for one in chains]
    last = last_complete_week(Period(*known))
    read = _read(
        facts, measures, Period(last - timedelta(days=WEEK * WEEKS_JUDGED - 1), last), _places(agent, reader, on)
    )
    return [Stands(one, _levels(one, read)) for one in chains]


def _places(agent: Agent, reader: User, on: date) -> dict[str, Where]:
    """Whose contacts are those of each level, as far as the reader may see their figures."""
    scope, team = reader.scope_on(on), team_of(agent, on)
    of_team = None if team is None else where_of(team, scope)
    found: dict[str, Where | None] = {PERSON: {"agent": agent.keys_of_person()}, TEAM: of_team}
    found[CENTRE] = where_of(None, scope)
    return {level: where for level, where in found.items() if where is not None}


def _read(
    facts: Snapshot, measures: tuple[str, ...], period: Period, places: Mapping[str, Where]
) -> dict[str, dict[str, Answer]]:
    """By measure and level the answer; all levels in one pass."""
    asked = [Asked(measures, None, where, weeks=0) for where in places.values()]
    lines = [found[None].cells for found in read_lines(facts, period, asked, targets={})]
    return {name: {level: cells[name].answer for level, cells in zip(places, lines, strict=True)} for name in measures}


def _levels(chain: Chain, read: Mapping[str, Mapping[str, Answer]]) -> dict[str, Level]:
    answers, target = read.get(chain.objective.measure, {}), chain.objective.target
    told = [one for one in answers.values() if isinstance(one, Estimate)]
    bounds = [bound for one in told for bound in (one.low, one.value, one.high) if bound is not None]
    span = (min([*bounds, target]), max([*bounds, target]))
    return {level: Level(one, _bar(one, span, target if level == PERSON else None)) for level, one in answers.items()}


def _bar(answer: Answer, span: tuple[float, float], target: float | None) -> str:
    if not isinstance(answer, Estimate):
        return ""
    low = answer.value if answer.low is None else answer.low
    high = answer.value if answer.high is None else answer.high
    return interval_bar(low, answer.value, high, span=span, target=() if target is None else (target,))
