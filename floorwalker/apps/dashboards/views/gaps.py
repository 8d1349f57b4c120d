"""Which gap is real, whose is it, and what does it cost?"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from floorwalker.apps.dashboards.asking import common, find_measure, on_facts, scope_of
from floorwalker.apps.dashboards.fairness import JUDGED, judged_measures
from floorwalker.apps.dashboards.gaps import FIRST, read_cuts, read_gaps
from floorwalker.apps.dashboards.hearing import heard_in
from floorwalker.apps.dashboards.views.files import links
from floorwalker.apps.standards.seeing import of_sites
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.nonresponse import listens
from floorwalker.ui import survey_words


@require_GET
@on_facts
def gaps(request: HttpRequest, facts: Snapshot) -> HttpResponse:
    """Which gaps are real, over all measures?"""
    found = read_gaps(request, facts, judged_measures(), first=FIRST, soon=True)
    context = (
        common(request, facts, found["question"], on_teams=scope_of(request).everything) | found | {"comparisons": {}}
    )
    context["files"] = links("gaps_file", "xlsx", "csv")
    return render(request, "dashboards/gaps.html", context)


@require_GET
@on_facts
def measure_gaps(request: HttpRequest, facts: Snapshot, measure_id: str) -> HttpResponse:
    """All gaps of one measure, real or not yet told."""
    kpi = find_measure(measure_id)
    if kpi.id not in JUDGED:
        raise Http404
    found = read_gaps(request, facts, [kpi], soon=True)
    context = (
        common(request, facts, found["question"], on_teams=scope_of(request).everything) | found | {"comparisons": {}}
    )
    question = found["question"]
    context["heard"] = heard_in(facts, [kpi], question, of_sites(question.where, scope_of(request))).get(kpi.id)
    context["alike"] = survey_words.alike() if listens(kpi) else ""
    context["files"] = links("measure_gaps_file", "xlsx", "csv", measure_id=kpi.id)
    context["cuts"] = read_cuts(facts, kpi, found, scope_of(request))
    return render(request, "dashboards/measure_gaps.html", context | {"kpi": kpi})
