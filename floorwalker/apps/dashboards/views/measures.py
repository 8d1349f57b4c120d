"""What does each measure mean, what does it say, and what do we aim for?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards import board
from floorwalker.apps.dashboards.aiming import agreed_for
from floorwalker.apps.dashboards.asking import asked, common, find_measure, lake, on_facts, scope_of
from floorwalker.apps.dashboards.funnels import sees_funnels
from floorwalker.apps.dashboards.hearing import heard_in
from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.dashboards.reading import Figure, Figures, weeks_of
from floorwalker.apps.dashboards.shown import FEWEST_WEEKS
from floorwalker.apps.dashboards.sorting import sorted_behind, sorted_weeks
from floorwalker.apps.dashboards.views.files import hand_out, links
from floorwalker.apps.people.access import team_of, today, user_of
from floorwalker.apps.people.models import Agent, Right, Scope
from floorwalker.apps.standards.holding import Agreed, ByMeasure, targets_of
from floorwalker.apps.standards.listing import When, listed
from floorwalker.apps.standards.saying import notes_on
from floorwalker.apps.standards.seeing import of_sites
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.cells import compares_people
from floorwalker.insight.judgement import verdict
from floorwalker.insight.known import known_days
from floorwalker.insight.rows import RowsBehind, read_rows
from floorwalker.insight.scorecard import Where, read_line
from floorwalker.kpis.catalogue import catalogue, formula
from floorwalker.kpis.definition import Attribution, Better, Kpi
from floorwalker.ui import words


@require_GET
def measures(request: HttpRequest) -> HttpResponse:
    """What is measured here, and what does each measure mean?"""
    found: dict[str, list[Kpi]] = {table: [] for table in headings()}
    for kpi in sorted(catalogue().values(), key=lambda kpi: words.in_language(kpi.name)):
        found[kpi.table.name].append(kpi)
    groups = [(headings()[table], kpis) for table, kpis in found.items() if kpis]
    return render(request, "dashboards/measures.html", {"groups": groups})


def headings() -> dict[str, str]:
    """By the table that a measure counts, what its measures are about."""
    return {
        "contact": _("Customers: waiting, answered, resolved"),
        "segment": _("Handling contacts"),
        "survey": _("What customers say"),
        "evaluation": _("Quality of contacts"),
        "reading": _("Standards read and understood"),
        "commitment": _("What was to be done about it"),
        "alert": _("Ringing"),
        "state_interval": _("Time at work"),
    }


@require_GET
def measure_page(request: HttpRequest, measure_id: str) -> HttpResponse:
    """What does this measure mean, what does it say, and which rows are behind it?"""
    kpi = find_measure(measure_id)
    scope = scope_of(request)
    facts = lake().snapshot()
    context: dict[str, Any] = {"kpi": kpi, "formula": formula(kpi), "scope": scope}
    if known_days(facts) is not None:
        found = _measure(request, kpi, scope, facts)
        context |= common(request, facts, found.question, on_teams=_on_teams(scope)) | dict(found.context)
        if found.figures:
            context["behind"] = _behind(request, kpi, scope, facts, found.question)
            context["has_funnel"] = compares_people(kpi) and sees_funnels(scope)
            context["files"] = links("measure_file", measure_id=kpi.id)
            context["heard"] = heard_in(facts, [kpi], found.question, _allowed(kpi, scope, found.question) or {})
    rows = listed(user_of(request), today(), measure=kpi.id)
    context["targets"] = [row for row in rows if row.when is not When.PAST]
    context["may_aim"] = scope.may(Right.SET_TARGETS) and kpi.better is not Better.CONTEXT
    return render(request, "dashboards/measure.html", context)


@require_GET
@on_facts
def measure_file(request: HttpRequest, facts: Snapshot, measure_id: str, form: str) -> HttpResponse:
    """The same as a file; where the measure says nothing to the reader there is none."""
    found = read_measure(request, facts, measure_id)
    if not found.figures:
        raise Http404
    return hand_out(request, found, form)


def read_measure(request: HttpRequest, facts: Snapshot, measure_id: str) -> Figures:
    """What a measure's page shows; no figures where it says nothing to the reader."""
    return _measure(request, find_measure(measure_id), scope_of(request), facts)


def _measure(request: HttpRequest, kpi: Kpi, scope: Scope, facts: Snapshot) -> Figures:
    question = asked(request, facts, on_teams=_on_teams(scope))
    found = Figures("measure", words.in_language(kpi.name), f"measure:{kpi.id}", question, ())
    where = _allowed(kpi, scope, question)
    if where is None:
        return found
    held = _held(scope, agreed_for(question, user_of(request))).get(kpi.id)
    targets = {} if held is None else targets_of({kpi.id: held})
    line = read_line(facts, (kpi.id,), question.period, where=where, targets=targets, beside=question.beside)
    cell, whose = line.cells[kpi.id], _whose(scope)
    chart = board.draw_trend(kpi, line, held) if len(cell.weeks) >= FEWEST_WEEKS else None
    weeks = sorted_weeks(cell.weeks, question.sort)
    context: dict[str, Any] = {"cell": cell, "held": held, "whose": whose, "chart": chart, "weeks": weeks}
    context |= {"verdict": verdict(cell.answer, targets.get(kpi.id)), "target_notes": notes_on([(kpi, held)])}
    figures = (
        Figure(whose, kpi, question.period, cell, held),
        *weeks_of(whose, kpi, cell, question.period.last),
    )
    return replace(found, figures=figures, context=context, chart=chart, agent=_only_agent(scope))


def _behind(request: HttpRequest, kpi: Kpi, scope: Scope, facts: Snapshot, question: Question) -> RowsBehind:
    behind = read_rows(facts, kpi, question.period, _allowed(kpi, scope, question) or {})
    return sorted_behind(behind, request.GET.get("rows", ""))


def _on_teams(scope: Scope) -> bool:
    """Whether the figure is of people whom the reader may see one by one, so that a band of them gives nobody away."""
    return scope.everything or (bool(scope.teams) and not scope.may(Right.SEE_FIGURES_OF_CENTRE))


def _whose(scope: Scope) -> str:
    """Whose figure it is, in words."""
    if scope.may(Right.SEE_FIGURES_OF_CENTRE):
        return ", ".join(site.name for site in scope.sites) or _("The centre")
    if scope.everything:
        return _("Everybody")
    if scope.teams:
        return ", ".join(team.name for team in scope.teams)
    return "" if scope.agent is None else scope.agent.name


def _held(scope: Scope, agreed: Agreed) -> ByMeasure:
    """What holds for the row of which the reader sees the figure."""
    if scope.may(Right.SEE_FIGURES_OF_CENTRE):
        return agreed.of_centre(scope.sites)
    if scope.everything or (scope.agent is None and not scope.teams):
        return agreed.of_centre()
    if scope.teams or scope.agent is None:
        return agreed.of_teams(scope.teams)
    return agreed.of_agent(scope.agent, team_of(scope.agent.person, agreed.period.last))


def _only_agent(scope: Scope) -> Agent | None:
    is_of_many = scope.may(Right.SEE_FIGURES_OF_CENTRE) or scope.everything or bool(scope.teams)
    return None if is_of_many else scope.agent


def _allowed(kpi: Kpi, scope: Scope, question: Question) -> Where | None:
    """Whose figure the reader sees: the centre's, everybody's, the teams' that she leads, or her own; None where there is none."""
    if scope.may(Right.SEE_FIGURES_OF_CENTRE):
        return of_sites(question.where, scope)
    if kpi.attribution is Attribution.NONE:
        return None
    if scope.everything:
        return question.where
    if scope.teams:
        return {**question.where, "team": tuple(bytes(team.key) for team in scope.teams)}
    return {**question.where, "agent": (bytes(scope.agent.key),)} if scope.agent else None
