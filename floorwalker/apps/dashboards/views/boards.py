"""How do the centre and its teams stand, and who needs a look?"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards import board
from floorwalker.apps.dashboards.asking import asked, common, members_today, on_facts, today, user_of
from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.people.access import Scope, find_team, scope_for
from floorwalker.apps.people.models import Agent, Team
from floorwalker.apps.standards.models import Target
from floorwalker.facts.lake import Snapshot
from floorwalker.insight.scorecard import Scorecard, Where, read_scorecard


@require_GET
@on_facts
def centre(request: HttpRequest, facts: Snapshot) -> HttpResponse:
    """How does the centre stand, and each of its teams?"""
    scope = scope_for(user_of(request), today())
    if not scope.everything:
        raise Http404
    question = asked(request, facts)
    targets = board.targets_from(Target.objects.by_measure(question.period.last))
    heads, tiles = (board.columns(measures, targets) for measures in (board.AGENT_MEASURES, board.CENTRE_MEASURES))
    found = read_scorecard(
        facts,
        board.AGENT_MEASURES,
        question.period,
        by="team",
        where=question.where,
        targets=targets,
        also=board.CENTRE_MEASURES,
    )
    subjects = {bytes(team.key): team for team in Team.objects.all()}
    context = _board(request, question, scope, heads, found, subjects, _("The centre"))
    tiles = board.told(tiles, found.whole)[0]
    context["tiles"] = board.row(found.whole, tiles, _("The centre"), board.spans([found.whole], tiles))
    return render(request, "dashboards/centre.html", context)


@require_GET
@on_facts
def team_board(request: HttpRequest, facts: Snapshot, team_id: int) -> HttpResponse:
    """Who in this team needs me, and for what?"""
    team = find_team(user_of(request), team_id, today())
    scope = scope_for(user_of(request), today())
    question = asked(request, facts)
    targets = board.targets_from(Target.objects.by_measure(question.period.last))
    heads = board.columns(board.AGENT_MEASURES, targets)
    where: Where = {**question.where, "team": (bytes(team.key),)}
    found = read_scorecard(facts, board.AGENT_MEASURES, question.period, by="agent", where=where, targets=targets)
    keys = {line.subject for line in found.lines}
    present = keys if scope.everything else keys & members_today(facts).get(bytes(team.key), frozenset())
    subjects = {bytes(agent.key): agent for agent in Agent.objects.filter(key__in=present)}
    context = _board(request, question, scope, heads, found, subjects, team)
    context["moved_on"] = len(keys) - len(present)
    return render(request, "dashboards/team_board.html", context)


@require_GET
@on_facts
def without_team(request: HttpRequest, facts: Snapshot) -> HttpResponse:
    """How do the agents stand who are in no team yet?"""
    scope = scope_for(user_of(request), today())
    if not scope.everything:
        raise Http404
    question = asked(request, facts)
    placed = frozenset[bytes]().union(*members_today(facts).values())
    subjects = {bytes(agent.key): agent for agent in Agent.objects.all() if bytes(agent.key) not in placed}
    targets = board.targets_from(Target.objects.by_measure(question.period.last))
    where: Where = {**question.where, "agent": tuple(subjects)}
    found = read_scorecard(facts, board.AGENT_MEASURES, question.period, by="agent", where=where, targets=targets)
    heads = board.columns(board.AGENT_MEASURES, targets)
    context = _board(request, question, scope, heads, found, subjects, _("No team yet"))
    return render(request, "dashboards/team_board.html", context | {"without_team": True})


def _board(
    request: HttpRequest,
    question: Question,
    scope: Scope,
    heads: tuple[board.Column, ...],
    found: Scorecard,
    subjects: dict[bytes, Any],
    title: Any,
) -> dict[str, Any]:
    heads, silent = board.told(heads, found.whole)
    lines = [*found.lines, *([found.unplaced] if found.unplaced else [])]
    spans = board.spans([*lines, found.whole], heads)
    rows = board.rows(found.lines, heads, subjects, spans)
    first, others = board.needs(rows)
    return common(request, question, scope) | {
        "heads": heads,
        "silent": silent,
        "rows": rows,
        "whole": board.row(found.whole, heads, title, spans),
        "unplaced": board.row(found.unplaced, heads, _("No team yet"), spans) if found.unplaced else None,
        "standing": board.standing(found, heads),
        "below": first,
        "also_below": others,
        "missing": len(first) + len(others),
        "judged": found.judged,
        "by_chance": found.expected_by_chance,
        "title": title,
    }
