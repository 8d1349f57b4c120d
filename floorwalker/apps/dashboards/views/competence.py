"""After how many weeks do starters do what established colleagues do? One page for each measure by which people are compared."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards.asking import asked, common, find_measure, on_facts
from floorwalker.apps.dashboards.competence import began_within, read_speed, shown
from floorwalker.apps.people.access import user_of
from floorwalker.facts.snapshot import Snapshot


@require_GET
@on_facts
def measure_competence(request: HttpRequest, facts: Snapshot, measure_id: str) -> HttpResponse:
    """The curve of those who began within a year, its sentence and its table; nobody is told alone."""
    kpi = find_measure(measure_id)
    question = asked(request, facts)
    found = shown(read_speed(facts, kpi, question, user_of(request)))
    context = common(request, facts, question) | found
    context |= {"kpi": kpi, "comparisons": {}, "began": began_within(question)}
    return render(request, "dashboards/measure_competence.html", context)
