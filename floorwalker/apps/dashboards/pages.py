"""What does a page about the centre, a team or an agent hold? Asked alike for the page, its files and the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from floorwalker.apps.dashboards import board
from floorwalker.apps.dashboards.aiming import Members, Own, agreed_for, judged, judged_members, judged_person, of_teams
from floorwalker.apps.dashboards.asking import asked, scope_of
from floorwalker.apps.dashboards.fairness import JUDGED, read_fair, read_fair_soon, read_fair_whole
from floorwalker.apps.dashboards.figures import read_team
from floorwalker.apps.dashboards.hearing import heard_in
from floorwalker.apps.dashboards.made import made_of, whose
from floorwalker.apps.dashboards.opened import note_board, note_opened
from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.dashboards.reading import Figures, beside_as_row, of_board, of_rows, of_weeks
from floorwalker.apps.dashboards.shown import Column, Row
from floorwalker.apps.dashboards.sorting import sorted_rows
from floorwalker.apps.people.access import SMALLEST_GROUP, find_team, leads_agent, require, team_of, today, user_of
from floorwalker.apps.people.models import Agent, Right, Scope, Team
from floorwalker.apps.standards.holding import targets_of
from floorwalker.apps.standards.seeing import of_sites
from floorwalker.estimate import Answer
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.discretion import read_own_beside_group
from floorwalker.insight.fair import undecided
from floorwalker.insight.scorecard import (
    SPARKLINE_WEEKS,
    Asked,
    Line,
    Scorecard,
    Targets,
    Where,
    read_lines,
    read_scorecard,
    with_weeks,
)

# So many teams are read at once; a centre of more turns the page.
MOST_TEAMS = 50


def read_centre_page(request: HttpRequest, facts: Snapshot, *, paged: bool = False) -> Figures:
    """How the centre stands, and each of its teams; paged: so many of them as one reads at once."""
    scope = require(user_of(request), Right.SEE_FIGURES_OF_CENTRE, today())
    # A band of tenure may be one person in a team: it is for those who may see each of them.
    question = asked(request, facts, on_teams=scope.everything)
    agreed = agreed_for(question)
    held = agreed.of_centre(scope.sites)
    heads, tiles = (board.columns(measures, held) for measures in (board.AGENT_MEASURES, board.CENTRE_MEASURES))
    subjects = {bytes(team.key): team for team in Team.objects.all()}
    is_large = paged and len(subjects) > MOST_TEAMS
    where = of_sites(question.where, scope)
    plain = read_scorecard(
        facts,
        board.AGENT_MEASURES,
        question.period,
        by="team",
        where=where,
        targets=targets_of(held),
        also=board.CENTRE_MEASURES,
        beside=question.beside,
        weeks=0 if is_large else SPARKLINE_WEEKS,
    )
    own = of_teams(agreed, subjects.values())
    found = judged(plain, own)
    context = _in_order(board.compose(found, heads, subjects, _("The centre"), own, {}), question)
    if is_large:
        page = Paginator(context["rows"], MOST_TEAMS).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": _of_page(page, found, facts, question, where, context["heads"], own)}
    tiles = board.told(tiles, found.whole)[0]
    if not scope.everything:
        context["closed"] = {team.pk for team in subjects.values()} - {team.pk for team in scope.teams}
    context["tiles"] = board.row(found.whole, tiles, _("The centre"), board.spans([found.whole], tiles))
    more = [figure for figure in of_rows([context["tiles"]], question) if figure.kpi.id not in board.AGENT_MEASURES]
    figures = (*more, *of_board(context, question))
    return Figures("centre", _("The centre"), "centre", question, figures, context)


def _of_page(
    page: Page[Row],
    found: Scorecard,
    facts: Snapshot,
    question: Question,
    where: Where,
    heads: Sequence[Column],
    own: Own,
) -> list[Row]:
    """The teams of one page of a large centre, with their weeks; bars on the scale of all teams."""
    teams = {bytes(row.subject.key): row.subject for row in page}
    by_key = {line.subject: line for line in found.lines}
    lines = [by_key[key] for key in teams]
    told = with_weeks(facts, lines, board.AGENT_MEASURES, question.period, by="team", where=where)
    scale = board.spans([*found.lines, found.whole], heads, own=own.values())
    rows = {bytes(row.subject.key): row for row in board.rows(told, heads, teams, scale, own, {})}
    return [rows[key] for key in teams]


def read_team_page(request: HttpRequest, facts: Snapshot, team_id: int, *, soon: bool = False) -> Figures:
    """Who in a team needs somebody, and for what; soon: see `read_team`."""
    team = find_team(user_of(request), team_id, today())
    question = asked(request, facts, on_teams=True)
    context = _in_order(read_team(facts, question, team, user_of(request), today(), soon=soon), question)
    note_board(facts, question, context["rows"], board.AGENT_MEASURES, user_of(request))
    return Figures("team", team.name, f"team:{team.pk}", question, of_board(context, question), context)


def read_without_team(request: HttpRequest, facts: Snapshot) -> Figures:
    """How those stand who are in no team yet."""
    scope = require(user_of(request), Right.SEE_FIGURES_OF_AGENTS, today())
    if not scope.everything:
        raise Http404
    question = asked(request, facts)
    subjects = {bytes(agent.key): agent for agent in Agent.objects.on_the_floor().without_team(today())}
    agreed = agreed_for(question, user_of(request))
    held = agreed.of_nobodys_team(subjects.values())
    where: Where = {**question.where, "agent": tuple(subjects)}
    found = read_scorecard(
        facts,
        board.AGENT_MEASURES,
        question.period,
        by="agent",
        where=where,
        targets=targets_of(held),
        beside=question.beside,
    )
    heads = board.columns(board.AGENT_MEASURES, held)
    members = Members.of(agreed, dict.fromkeys(subjects.values()))
    shown, fair = judged_members(found, members, agreed, read_fair(facts, question, agreed, members.honoured))
    context = _in_order(board.compose(shown, heads, subjects, _("No team yet"), members.shown, fair), question)
    note_board(facts, question, context["rows"], board.AGENT_MEASURES, user_of(request))
    return Figures("team", _("No team yet"), "team:none", question, of_board(context, question), context)


def read_agent_page(request: HttpRequest, facts: Snapshot, agent: Agent, *, soon: bool = False) -> Figures:
    """How an agent is doing, beside the team where that gives nobody away.

    soon: where people are not judged yet in that period and it would take long, plain figures that meet and miss nothing.
    """
    team, scope = team_of(agent, today()), scope_of(request)
    question = asked(request, facts)
    agreed, of_day = agreed_for(question, user_of(request)), team_of(agent, question.period.last)
    note_opened(facts, question, agent, board.AGENT_MEASURES, user_of(request))
    held = agreed.of_agent(agent, of_day)
    plain, beside = _agent_and_team(facts, question, agent, team, scope, targets_of(held))
    honoured = {bytes(agent.key): agreed.honoured(agent, of_day)}
    found = (read_fair_soon if soon else read_fair_whole)(facts, question, agreed, honoured)
    line, fair = judged_person(plain, agent, of_day, agreed, user_of(request), found)
    line = line if found is not None else undecided(line, JUDGED)
    heads, silent = board.told(board.columns(board.AGENT_MEASURES, held), line)
    row = board.row(line, heads, agent, board.spans([line], heads, beside), beside, fair=fair)
    group = beside_as_row(heads, beside)
    leads = leads_agent(scope, team)
    apart = {name: leads or one.people_of_team >= SMALLEST_GROUP for name, one in fair.items()}
    context = {
        "heard": heard_in(
            facts, [head.kpi for head in heads], question, {**question.where, "agent": (bytes(agent.key),)}
        ),
        "made": {name: made_of(one, apart=apart[name]) for name, one in fair.items()},
        "whose": {name: whose(one, apart=apart[name]) for name, one in fair.items()},
        "agent": agent,
        "row": row,
        "team": team,
        "beside": beside,
        "silent": silent,
        "withheld": team is not None and any(head.kpi.id not in beside for head in heads),
        "own": scope.agent is not None and scope.agent.pk == agent.pk,
        "smallest": SMALLEST_GROUP,
        "is_being_judged": found is None,
        **board.compared([row]),
    }
    figures = (*of_rows([row, *([group] if group else [])], question), *of_weeks(row, question.period.last))
    return Figures("agent", agent.name, f"agent:{agent.pk}", question, figures, context, agent=agent)


def _agent_and_team(
    facts: Snapshot, question: Question, agent: Agent, team: Team | None, scope: Scope, targets: Targets
) -> tuple[Line, Mapping[str, Answer]]:
    """The agent's line, and the team's figures beside it: to its leader all, to the member those that give nobody away."""
    names, period = board.AGENT_MEASURES, question.period
    own = Asked(names, None, {**question.where, "agent": (bytes(agent.key),)}, beside=question.beside)
    if team is not None and leads_agent(scope, team):
        group = Asked(names, None, {**question.where, "team": (bytes(team.key),)}, weeks=0)
        found, beside = read_lines(facts, period, [own, group], targets=targets)
        return found[None], {name: cell.answer for name, cell in beside[None].cells.items()}
    if team is None or question.where:
        return read_lines(facts, period, [own], targets=targets)[0][None], {}
    return read_own_beside_group(facts, own, period, bytes(team.key), targets=targets, smallest=SMALLEST_GROUP)


def _in_order(composed: dict[str, Any], question: Question) -> dict[str, Any]:
    """A board with its rows in the order that was asked for; people: whether these are people, who are never ranked."""
    rows = sorted_rows(composed["rows"], question.sort)
    return composed | {"rows": rows, "people": any(isinstance(row.subject, Agent) for row in rows)}
