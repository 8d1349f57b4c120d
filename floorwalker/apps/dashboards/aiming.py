"""Whose targets hold for the rows of a page? The rule is that of `standards`; here is said what each row is of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.people.access import teams_of
from floorwalker.apps.people.models import Agent, Team
from floorwalker.apps.standards.holding import Agreed, ByMeasure, targets_of
from floorwalker.insight.fair import ByPerson, judged_fairly
from floorwalker.insight.scorecard import Scorecard, held_against

Own = Mapping[bytes, ByMeasure]


def agreed_for(question: Question) -> Agreed:
    """All that is agreed around the period of a question, for the contacts to which it is cut."""
    return Agreed.read(question.period, queue=question.filters.queue, channel=question.filters.channel)


def of_members(agreed: Agreed, agents: Iterable[Agent], team: Team | None) -> Own:
    """By key, what holds for each agent of a board: that of her team on the period's last day, where it is this or below it.

    Whoever has moved on since has figures on this board for the work that she did here: those keep this team's target.
    """
    known = list(agents)
    teams = teams_of(known, agreed.period.last)
    found = {}
    for agent in known:
        own = teams.get(agent.pk)
        is_here = own is not None and (team is None or team.pk in agreed.tree.above(own.pk))
        found[bytes(agent.key)] = agreed.of_agent(agent, own if is_here else team)
    return found


def of_teams(agreed: Agreed, teams: Iterable[Team]) -> Own:
    """By key, what holds for each team."""
    return {bytes(team.key): agreed.of_teams([team]) for team in teams}


def judged(found: Scorecard, own: Own, fair: ByPerson | None = None) -> Scorecard:
    """A board whose rows are held each against its own targets; people as judged fairly, where that is given."""
    targets = {key: targets_of(held) for key, held in own.items()}
    plain = held_against(found, targets)
    return plain if fair is None else judged_fairly(plain, fair, targets)
