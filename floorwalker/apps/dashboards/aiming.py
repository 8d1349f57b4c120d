"""Whose targets hold for the rows of a page? The rule is that of `standards`; here is said what each row is of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.people.access import teams_of
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.apps.standards.holding import Agreed, ByMeasure, targets_of
from floorwalker.insight.fair import ByPerson, Fair, judged_fairly
from floorwalker.insight.judgement import WITHHELD, State
from floorwalker.insight.scorecard import Cell, Line, Scorecard, held_against

Own = Mapping[bytes, ByMeasure]


def agreed_for(question: Question, reader: User | None = None) -> Agreed:
    """All that is agreed around the period of a question, for the contacts to which it is cut.

    reader: who may be shown what was agreed with single people, as far as her role lets her; None: nobody is.
    """
    return Agreed.read(question.period, queue=question.filters.queue, channel=question.filters.channel, reader=reader)


@dataclass(frozen=True)
class Members:
    """By key, what holds for each agent of a board: as the reader may know it, and as her figures are held in truth."""

    shown: Own
    honoured: Own

    @classmethod
    def of(cls, agreed: Agreed, teams: Mapping[Agent, Team | None]) -> Members:
        """Of agents, each with the team whose targets hold for her."""
        return cls(
            {bytes(agent.key): agreed.of_agent(agent, team) for agent, team in teams.items()},
            {bytes(agent.key): agreed.honoured(agent, team) for agent, team in teams.items()},
        )

    def without(self, measures: Collection[str]) -> Members:
        """The same without some measures."""

        def cut(own: Own) -> Own:
            return {key: {name: one for name, one in by.items() if name not in measures} for key, by in own.items()}

        return Members(cut(self.shown), cut(self.honoured))


def of_members(agreed: Agreed, agents: Iterable[Agent], team: Team | None) -> Members:
    """What holds for each agent of a board: that of her team on the period's last day, where it is this or below it.

    Whoever has moved on since has figures on this board for the work that she did here: those keep this team's target.
    """
    known = list(agents)
    teams = teams_of(known, agreed.period.last)
    found: dict[Agent, Team | None] = {}
    for agent in known:
        own = teams.get(agent.pk)
        is_here = own is not None and (team is None or team.pk in agreed.tree.above(own.pk))
        found[agent] = own if is_here else team
    return Members.of(agreed, found)


def of_teams(agreed: Agreed, teams: Iterable[Team]) -> Own:
    """By key, what holds for each team."""
    return {bytes(team.key): agreed.of_teams([team]) for team in teams}


def judged_members(
    found: Scorecard, members: Members, agreed: Agreed, fair: ByPerson | None = None
) -> tuple[Scorecard, ByPerson]:
    """A board whose people are held each against her own targets, and what may be said of each.

    Where somebody has a target of which the reader is not to know, nobody's figure in that measure is marked as met or
    missed, and nobody is named: of people who all miss their team's target by far, the one who is not named would be she.
    """
    true, told = judged(found, members.honoured, fair), fair or {}
    if not agreed.withheld:
        return true, told
    as_known = held_against(found, {key: targets_of(held) for key, held in members.shown.items()})
    lines = tuple(
        replace(line, cells={**line.cells, **_withheld(known, agreed.withheld)})
        for line, known in zip(true.lines, as_known.lines, strict=True)
    )
    return replace(true, lines=lines), _without(told, agreed.withheld)


def judged_person(
    line: Line, agent: Agent, team: Team | None, agreed: Agreed, reader: User, fair: ByPerson | None = None
) -> tuple[Line, Mapping[str, Fair]]:
    """The line of one person, held as on the board of her team; she herself is told all of it."""
    key, open_to_her = bytes(agent.key), replace(agreed, withheld=frozenset())
    alone = Scorecard((replace(line, subject=key),), line)
    members = Members.of(agreed, {agent: team})
    shown, told = judged_members(alone, members, open_to_her if reader.agent_id == agent.pk else agreed, fair)
    return shown.lines[0], told.get(key, {})


def _withheld(line: Line, measures: Collection[str]) -> dict[str, Cell]:
    """The cells of these measures, as held against what the reader may know of, without how they stand to it."""
    return {
        name: cell if cell.state is State.NO_TARGET else replace(cell, state=State.NO_TARGET, told=WITHHELD)
        for name, cell in line.cells.items()
        if name in measures
    }


def _without(fair: ByPerson, measures: Collection[str]) -> ByPerson:
    return {
        key: {name: one for name, one in by_measure.items() if name not in measures} for key, by_measure in fair.items()
    }


def judged(found: Scorecard, own: Own, fair: ByPerson | None = None) -> Scorecard:
    """A board whose rows are held each against its own targets; people as judged fairly, where that is given."""
    targets = {key: targets_of(held) for key, held in own.items()}
    plain = held_against(found, targets)
    return plain if fair is None else judged_fairly(plain, fair, targets)
