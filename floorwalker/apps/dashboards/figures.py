"""Which figures does a home page begin with? One's own, one's teams', or the centre's, of the last four complete weeks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.dashboards import board
from floorwalker.apps.dashboards.aiming import agreed_for, judged_members, of_members
from floorwalker.apps.dashboards.asking import lake
from floorwalker.apps.dashboards.fairness import (
    JUDGED,
    gaps_of,
    gaps_together,
    judged_measures,
    prepare_gaps,
    read_fair_soon,
    read_fair_whole,
)
from floorwalker.apps.dashboards.hours import Hours, read_hours
from floorwalker.apps.dashboards.models import SavedView
from floorwalker.apps.dashboards.question import Question, read_question
from floorwalker.apps.dashboards.shown import Row
from floorwalker.apps.people.access import own_team
from floorwalker.apps.people.models import Agent, Right, Scope, Team, User, WorkingPattern
from floorwalker.apps.standards.holding import targets_of
from floorwalker.apps.standards.seeing import of_sites
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.fair import fair_line, undecided
from floorwalker.insight.known import known_days
from floorwalker.insight.scorecard import Where, read_line, read_scorecard
from floorwalker.ui import gap_words, words
from floorwalker.ui.parts import Part, Step

OWN, TEAMS, CENTRE, VIEWS = 10, 20, 30, 80
# A leader of more teams sees the boards' list instead.
MOST_TEAMS = 4
# What misses a target by more than chance goes before what merely can be looked at.
MISSES, LOOK = 50, 10


def parts(user: User, at: datetime) -> Iterator[Part]:
    """The figures that the user's roles begin with, nothing before anything is loaded; and the views that she saved."""
    saved = list(SavedView.objects.kept().filter(user=user))
    if saved:
        yield Part(VIEWS, "dashboards/_home_views.html", {"views": saved})
    facts, scope = lake().snapshot(), user.scope_on(at.date())
    known = known_days(facts)
    if known is None:
        return
    question = read_question(QueryDict(), known)
    if scope.agent is not None:
        yield _own(facts, question, scope.agent, user)
    if scope.may(Right.SEE_FIGURES_OF_CENTRE):
        yield _centre(facts, question, scope)
    elif len(scope.teams) <= MOST_TEAMS:
        yield from (_team(facts, question, team, user, at.date()) for team in scope.teams)


def _own(facts: Snapshot, question: Question, agent: Agent, user: User) -> Part:
    agreed = agreed_for(question, user)
    held = agreed.honoured(agent, own_team(user, question.period.last))
    where: Where = {"agent": (bytes(agent.key),)}
    plain = read_line(facts, board.AGENT_MEASURES, question.period, where=where, targets=targets_of(held))
    found = read_fair_soon(facts, question, agreed, {bytes(agent.key): held})
    fair = {} if found is None else found[bytes(agent.key)]
    line = fair_line(plain, fair, targets_of(held)) if found is not None else undecided(plain, JUDGED)
    heads, _silent = board.told(board.columns(board.AGENT_MEASURES, held), line)
    row = board.row(line, heads, agent, board.spans([line], heads), fair=fair)
    address = reverse("agent_page", args=[agent.pk])
    if found is None:
        said = _("How you stand beside others is being worked out now: look again in a minute.")
        step = Step(said, _("Look at my figures"), address, LOOK)
    elif row.below:
        said = _("%(measure)s misses its target by more than chance.") % {
            "measure": words.in_language(row.below[0].column.kpi.name)
        }
        step = Step(said, _("Look at my weeks"), address, MISSES)
    else:
        step = Step(_("Nothing of yours misses a target by more than chance."), _("Look at my figures"), address, LOOK)
    given = {"row": row, "question": question, "agent": agent, "is_being_judged": found is None}
    return Part(OWN, "dashboards/_home_own.html", given, step)


def _team(facts: Snapshot, question: Question, team: Team, user: User, on: date) -> Part:
    branch = Team.objects.filter(pk=team.pk).with_descendants()
    composed = read_team(facts, question, team, user, on, soon=True, branch=branch)
    missing, address = composed["missing"], reverse("team_board", args=[team.pk])
    if composed.get("is_being_judged"):
        said = _("Who of %(team)s needs a look is being worked out now.") % {"team": team}
    else:
        said = ngettext(
            "%(n)d person of %(team)s needs a look.",
            "%(n)d people of %(team)s need a look.",
            missing,
        ) % {"n": missing, "team": team}
    step = Step(said, _("Open the board"), address, MISSES if missing else LOOK)
    far_over = [one for one in _hours_of(facts, question, branch, user, on) if one.workload.is_far_over]
    may_coach = user.scope_on(on).may(Right.COACH)
    given = composed | {"team": team, "question": question, "far_over": far_over, "may_coach": may_coach}
    return Part(TEAMS, "dashboards/_home_team.html", given, step)


def _hours_of(facts: Snapshot, question: Question, branch: Sequence[Team], user: User, on: date) -> list[Hours]:
    agents = Agent.objects.on_the_floor().visible_to(user, on).in_teams(branch, on)
    if not WorkingPattern.objects.filter(agent__in=agents).exists():
        return []
    return read_hours(facts, agents, question.period)


def read_team(
    facts: Snapshot,
    question: Question,
    team: Team,
    user: User,
    on: date,
    *,
    soon: bool = False,
    branch: Sequence[Team] = (),
) -> dict[str, Any]:
    """The board of a team and those below it: everybody whom the reader may see on that day, and how many have moved on.

    soon: where people are not judged yet in that period and it would take long, plain figures that name nobody. branch: the team
    with those below it, where they were read already.
    """
    agreed = agreed_for(question, user)
    held = agreed.of_teams([team])
    branch = branch or Team.objects.filter(pk=team.pk).with_descendants()
    where: Where = {**question.where, "team": tuple(bytes(one.key) for one in branch)}
    found = read_scorecard(
        facts,
        board.AGENT_MEASURES,
        question.period,
        by="agent",
        where=where,
        targets=targets_of(held),
        beside=question.beside,
    )
    keys = {line.subject for line in found.lines if line.subject is not None}
    subjects = {bytes(agent.key): agent for agent in Agent.objects.visible_to(user, on).filter(key__in=keys)}
    members = of_members(agreed, subjects.values(), team)
    heads = board.columns(board.AGENT_MEASURES, held)
    gone = {"moved_on": len(keys) - len(subjects)}
    fair = (read_fair_soon if soon else read_fair_whole)(facts, question, agreed, members.honoured)
    if fair is None:
        plain = members.without(JUDGED)
        shown, _untold = judged_members(found, plain, agreed)
        composed = board.compose(shown, heads, subjects, team, plain.shown, {})
        return composed | gone | {"is_being_judged": True, "of_all": []}
    shown, told = judged_members(found, members, agreed, fair)
    composed = board.compose(shown, heads, subjects, team, members.shown, told)
    return composed | gone | {"of_all": gaps_together(fair, bytes(team.key))}


def _centre(facts: Snapshot, question: Question, scope: Scope) -> Part:
    agreed = agreed_for(question)
    held = agreed.of_centre(scope.sites)
    where, targets = of_sites({}, scope), targets_of(held)
    line = read_line(facts, board.CENTRE_MEASURES, question.period, where=where, targets=targets)
    heads, _silent = board.told(board.columns(board.CENTRE_MEASURES, held), line)
    row = board.row(line, heads, _("The centre"), board.spans([line], heads))
    kpis = judged_measures()
    # On a large floor that is worked out first: the page of gaps, where they stand, says so.
    are_told = prepare_gaps(facts, question, where, agreed, scope.sites, kpis)
    found = ((kpi, gaps_of(facts, kpi, question, where, agreed, scope.sites)) for kpi in (kpis if are_told else ()))
    real = {kpi.id: (kpi, len(gaps.real)) for kpi, gaps in found if gaps is not None and gaps.real}
    count, measures = sum(count for _kpi, count in real.values()), [kpi for kpi, _count in real.values()]
    stands_out = gap_words.overall(count, measures, told=True)
    given = {"row": row, "question": question, "sites": scope.sites, "is_being_judged": not are_told}
    given["may_coach"] = scope.may(Right.COACH)
    return Part(CENTRE, "dashboards/_home_centre.html", given, _step_of_centre(row, stands_out if real else ""))


def _step_of_centre(row: Row, stands_out: str) -> Step:
    """What a manager looks at first: gaps that are real, else a target that the centre misses, else the teams."""
    if stands_out:
        return Step(stands_out, _("See which"), reverse("gaps"), MISSES)
    if not row.below:
        return Step(_("The centre misses no target by more than chance."), _("See the teams"), reverse("centre"), LOOK)
    said = _("%(measure)s of the centre misses its target by more than chance.")
    said %= {"measure": words.in_language(row.below[0].column.kpi.name)}
    return Step(said, _("See the teams"), reverse("centre"), MISSES)
