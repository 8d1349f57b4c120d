"""Who lies further from the usual than chance would put her? The page of one measure's funnel."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards.asking import asked, common, find_measure, on_facts
from floorwalker.apps.dashboards.funnels import read_funnel_of
from floorwalker.apps.people.access import user_of
from floorwalker.facts.snapshot import Snapshot


@require_GET
@on_facts
def measure_funnel(request: HttpRequest, facts: Snapshot, measure_id: str) -> HttpResponse:
    """Volume against figure, of everybody whom the reader may see; the measure's page takes it in on demand."""
    kpi = find_measure(measure_id)
    question = asked(request, facts, on_teams=True)
    found = read_funnel_of(facts, kpi, question, user_of(request))
    context = common(request, facts, question, on_teams=True) | found | {"kpi": kpi, "comparisons": {}}
    return render(request, "dashboards/measure_funnel.html", context)
