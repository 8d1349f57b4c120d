"""What does each measure mean, what does it say, and what do we aim for?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from floorwalker.apps.dashboards import board
from floorwalker.apps.dashboards.asking import asked, common, find_measure, known_days, lake, scope_of, today, user_of
from floorwalker.apps.dashboards.forms import TargetForm
from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.people.access import require
from floorwalker.apps.people.models import Right, Scope
from floorwalker.apps.standards.actions import set_target
from floorwalker.apps.standards.models import Target
from floorwalker.facts.lake import Snapshot
from floorwalker.insight.rows import read_rows
from floorwalker.insight.scorecard import Where, read_line
from floorwalker.kpis.catalogue import catalogue, formula
from floorwalker.kpis.definition import Attribution, Kpi


@require_GET
def measures(request: HttpRequest) -> HttpResponse:
    """What is measured here, and what does each measure mean?"""
    found: dict[str, list[Kpi]] = {table: [] for table in headings()}
    for kpi in sorted(catalogue().values(), key=lambda kpi: kpi.name):
        found[kpi.table.name].append(kpi)
    groups = [(headings()[table], kpis) for table, kpis in found.items() if kpis]
    return render(request, "dashboards/measures.html", {"groups": groups})


def headings() -> dict[str, str]:
    """By the table that a measure counts, what its measures are about."""
    return {
        "contact": _("Customers: waiting, answered, resolved"),
        "segment": _("Handling contacts"),
        "survey": _("What customers say"),
        "alert": _("Ringing"),
        "state_interval": _("Time at work"),
    }


@require_GET
def measure_page(request: HttpRequest, measure_id: str, form: TargetForm | None = None) -> HttpResponse:
    """What does this measure mean, what does it say, and which rows are behind it?"""
    kpi = find_measure(measure_id)
    scope = scope_of(request)
    facts = lake().snapshot()
    context: dict[str, Any] = {"kpi": kpi, "formula": formula(kpi), "scope": scope}
    if known_days(facts) is not None:
        context |= _measured(request, kpi, scope, facts)
    if scope.may(Right.SET_TARGETS) and kpi.better in ("up", "down"):
        context["form"] = form or TargetForm(kpi=kpi, initial={"from_day": today()})
        context["targets"] = Target.objects.filter(measure=kpi.id).order_by("-from_day")
    return render(request, "dashboards/measure.html", context, status=422 if form else 200)


def _measured(request: HttpRequest, kpi: Kpi, scope: Scope, facts: Snapshot) -> dict[str, Any]:
    question = asked(request, facts)
    where = _allowed(kpi, scope, question)
    context = common(request, question, scope)
    if where is None:
        return context
    targets = board.targets_from(Target.objects.by_measure(question.period.last))
    line = read_line(facts, (kpi.id,), question.period, where=where, targets=targets)
    target = targets[kpi.id].value if kpi.id in targets else None
    cell = line.cells[kpi.id]
    context |= {"cell": cell, "target": target, "behind": read_rows(facts, kpi, question.period, where)}
    if len(cell.weeks) >= board.FEWEST_WEEKS:
        context["chart"] = board.draw_trend(kpi, line, target)
    return context


def _allowed(kpi: Kpi, scope: Scope, question: Question) -> Where | None:
    """Whose figure the reader sees: the centre's, the teams' that she leads, or her own; None where there is none."""
    if scope.may(Right.SEE_FIGURES_OF_CENTRE):
        sites = tuple(bytes(site.key) for site in scope.sites)
        return {**question.where, "site": sites} if sites else question.where
    if kpi.attribution is Attribution.NONE:
        return None
    if scope.teams:
        return {**question.where, "team": tuple(bytes(team.key) for team in scope.teams)}
    return {**question.where, "agent": (bytes(scope.agent.key),)} if scope.agent else None


@require_POST
def set_measure_target(request: HttpRequest, measure_id: str) -> HttpResponse:
    """Aim for a value from a day on."""
    kpi = find_measure(measure_id)
    user = user_of(request)
    require(user, Right.SET_TARGETS, today())
    form = TargetForm(request.POST, kpi=kpi)
    if not form.is_valid():
        request.method = "GET"
        return measure_page(request, measure_id, form)
    set_target(kpi.id, form.cleaned_data["value"], from_day=form.cleaned_data["from_day"], by=user, at=timezone.now())
    return redirect("measure_page", measure_id)
