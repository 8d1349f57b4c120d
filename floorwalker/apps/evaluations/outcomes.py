"""What befalls agents besides their scores, and does it befall some groups more often? To add an outcome, add a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from floorwalker.apps.evaluations.contacts import facts
from floorwalker.apps.evaluations.membership import members_of
from floorwalker.apps.standards.holding import Agreed
from floorwalker.charts.small import interval_bar
from floorwalker.estimate import Answer
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.cells import compares_people
from floorwalker.insight.comparison import Comparison, compare_agents
from floorwalker.insight.evaluated import last_weeks
from floorwalker.insight.outcomes import (
    Befell,
    Trial,
    agents_evaluated,
    compare_outcomes,
    evaluated_as,
    gaps_named,
    looked_for,
    targets_met,
    usual_work,
)
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Better
from floorwalker.ui import outcome_words

# The width of a row's drawing, in points to either side.
WIDEST = 30.0
COVERED_WEEKS = 13
POINTS = 100.0


@dataclass(frozen=True)
class Read:
    """What outcomes are read from; what several of them need is worked out once."""

    facts: Snapshot
    period: Period

    @cached_property
    def compared(self) -> tuple[Comparison, ...]:
        """Everybody, by every measure of people for which something is agreed."""
        return tuple(self._compared())

    def _compared(self) -> Iterator[Comparison]:
        agreed = Agreed.read(self.period)
        for measure in sorted(agreed.rows):
            kpi = catalogue()[measure]
            if not compares_people(kpi) or kpi.better not in (Better.UP, Better.DOWN):
                continue
            centre = agreed.of_centre().get(measure)
            found = compare_agents(
                self.facts,
                measure,
                self.period,
                {},
                standard=None if centre is None else centre.standard,
                of_teams=agreed.standards_of_teams(measure),
                of_people=agreed.standards_of_people(measure),
            )
            if found is not None:
                yield found


@dataclass(frozen=True)
class Outcome:
    """One of them: its code, and how it is read; what it is called stands in `ui/outcome_words.py`."""

    code: str
    read: Callable[[Read], Sequence[Trial]]


OUTCOMES = (
    Outcome("targets", lambda read: targets_met(read.compared)),
    Outcome("named", lambda read: gaps_named(read.compared)),
    Outcome("fatal", lambda read: evaluated_as(read.facts, read.period, "fatal", "selection = 'random'")),
    Outcome("overturned", lambda read: evaluated_as(read.facts, read.period, "overturned", "disputed")),
    Outcome("looked_for", lambda read: looked_for(read.facts, read.period)),
)


@dataclass(frozen=True)
class OutcomeRow:
    """One outcome of one group, and what is said."""

    outcome: str
    group: str
    found: Befell
    sentence: str
    drawing: str

    @property
    def plain(self) -> Mapping[str, str]:
        """Difference and ratio as they are, each with its range."""
        return outcome_words.figures(self.found.plain)

    @property
    def fair(self) -> Mapping[str, str]:
        """The same among agents alike."""
        return outcome_words.figures(self.found.fair)


@dataclass(frozen=True)
class OutcomesShown:
    """What the page says; untold: outcomes of which nothing may be said of any group."""

    answer: str
    rows: tuple[OutcomeRow, ...]
    untold: tuple[str, ...]


def read_outcomes(facts: Snapshot, period: Period, by: str, members: Mapping[bytes, str] | None) -> tuple[Befell, ...]:
    """Of all agents on the floor; by: how they are grouped, which is no reason to hold like with like then.

    members: None where agents are grouped by their usual work.
    """
    work = usual_work(facts, period)
    tenure = members_of("tenure", period.last)
    kept = {"channel": {key: one[0] for key, one in work.items()}, "shift": {key: one[1] for key, one in work.items()}}
    alike: dict[str, Mapping[bytes, str]] = {"tenure": tenure, **kept}
    group = kept[by] if members is None else members
    within = [named for code, named in alike.items() if code != by]
    agents = set(work) | set(group)
    read = Read(facts, period)
    return compare_outcomes(
        {one.code: one.read(read) for one in OUTCOMES},
        group,
        {agent: "\x1f".join(named.get(agent, "") for named in within) for agent in agents},
    )


def show_outcomes(found: Sequence[Befell], names: Mapping[str, str]) -> OutcomesShown:
    """Those of which anything may be said, by outcome and group."""
    called = outcome_words.names()
    rows = tuple(
        OutcomeRow(
            called[one.outcome], names.get(one.group, one.group), one, outcome_words.sentence(one), _drawing(one)
        )
        for one in found
        if one.plain is not None
    )
    told = {row.found.outcome for row in rows}
    untold = tuple(called[one.code] for one in OUTCOMES if one.code not in told)
    return OutcomesShown(outcome_words.answer(found), rows, untold)


def _drawing(one: Befell) -> str:
    if one.fair is None or one.plain is None:
        return ""
    low, middle, high = (POINTS * value for value in (one.fair.low, one.fair.difference, one.fair.high))
    other = POINTS * one.plain.difference
    return interval_bar(low, middle, high, span=(-WIDEST, WIDEST), target=(0.0,), other=other)


def show_agents_evaluated() -> tuple[Answer, Period] | None:
    """How many of those who handled contacts were evaluated by chance in the last weeks; None before any evaluation."""
    snapshot = facts()
    period = last_weeks(snapshot, COVERED_WEEKS)
    return None if period is None else (agents_evaluated(snapshot, period), period)
