"""What has changed, of whom, and what did people make of it? The changes, the charts, the notes and the events on them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.dashboards import trends
from floorwalker.apps.dashboards.actions import note_event, remove_event, write_trend_note
from floorwalker.apps.dashboards.asking import find_measure, on_facts, scope_of
from floorwalker.apps.dashboards.forms import EventForm, TrendNoteForm
from floorwalker.apps.dashboards.levels import read_level_page, sites_of
from floorwalker.apps.dashboards.models import EventKind, FloorEvent, Whose
from floorwalker.apps.dashboards.processes import read_process_changes
from floorwalker.apps.dashboards.views.files import links
from floorwalker.apps.people.access import find_agent, find_team, only, require_figures, today, user_of
from floorwalker.apps.people.looks import note_look
from floorwalker.apps.people.models import Agent, LookAt, Right, Team
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.trend import ALARMS_A_MONTH
from floorwalker.ui.change_words import budget


@require_GET
@on_facts
def changes(request: HttpRequest, facts: Snapshot) -> HttpResponse:
    """Whose way of working has changed lately, beyond what everybody saw?"""
    user = user_of(request)
    require_figures(user, today())
    ends = trends.read_end(request.GET, facts)
    found = trends.read_changes(facts, user, today(), ends.last)
    followed = bool(found) or trends.are_followed(facts, ends.last)
    context = {"ends": ends, "changes": found, "followed": followed, "budget": budget(ALARMS_A_MONTH)}
    context |= {"scope": scope_of(request), "files": links("changes_file", "xlsx", "csv")}
    return render(request, "dashboards/changes.html", context)


@require_GET
@on_facts
def processes(request: HttpRequest, facts: Snapshot) -> HttpResponse:
    """Which kinds of contact have changed for everybody?"""
    require_figures(user_of(request), today())
    ends = trends.read_end(request.GET, facts)
    context = {"ends": ends, "measures": read_process_changes(facts, ends.last), "scope": scope_of(request)}
    context["files"] = links("processes_file", "xlsx", "csv")
    context["sites"] = sites_of(scope_of(request))
    return render(request, "dashboards/processes.html", context)


@require_GET
@on_facts
def level_trend(request: HttpRequest, facts: Snapshot, measure_id: str) -> HttpResponse:
    """Has everybody's level changed, or that of a kind of contact, and since when?"""
    require_figures(user_of(request), today())
    kpi = find_measure(measure_id)
    ends = trends.read_end(request.GET, facts)
    of, site = request.GET.get("of", ""), request.GET.get("site", "")
    context = read_level_page(facts, kpi, ends.last, scope_of(request), of=of, site=site)
    return render(request, "dashboards/level_trend.html", context | {"kpi": kpi, "ends": ends})


@require_GET
@on_facts
def team_trend(request: HttpRequest, facts: Snapshot, team_id: int, measure_id: str) -> HttpResponse:
    """Has a team's way of working changed?"""
    kpi = find_measure(measure_id)
    team = find_team(user_of(request), team_id, today())
    ends = trends.read_end(request.GET, facts)
    context = trends.read_control(facts, kpi, team, ends.last) | {"ends": ends, "form": TrendNoteForm()}
    return render(request, "dashboards/team_trend.html", context)


@require_POST
@on_facts
def agent_trend_note(request: HttpRequest, facts: Snapshot, agent_id: int, measure_id: str) -> HttpResponse:
    """Note what a change of an agent's meant: by whoever may see it, herself among them."""
    agent = find_agent(user_of(request), agent_id, today())
    note_look(agent, LookAt.TREND, by=user_of(request), at=timezone.now())
    return _note(request, facts, agent, measure_id)


@require_POST
@on_facts
def team_trend_note(request: HttpRequest, facts: Snapshot, team_id: int, measure_id: str) -> HttpResponse:
    """Note what a change of a team's meant."""
    return _note(request, facts, find_team(user_of(request), team_id, today()), measure_id)


def _note(request: HttpRequest, facts: Snapshot, about: Agent | Team, measure_id: str) -> HttpResponse:
    kpi = find_measure(measure_id)
    ends = trends.read_end(request.GET, facts)
    found = trends.read_control(facts, kpi, about, ends.last)
    form = TrendNoteForm(request.POST)
    if not form.is_valid():
        return render(request, "dashboards/trend_note.html", found | {"ends": ends, "form": form}, status=422)
    given = form.cleaned_data | {"whose": Whose(form.cleaned_data["whose"])}
    drift = trends.latest_drift(found.get("charted"))
    write_trend_note(kpi.id, about, **given, drift=drift, by=user_of(request), at=timezone.now())
    return redirect(trends.address_of(about, kpi))


@require_http_methods(["GET", "POST"])
def events(request: HttpRequest) -> HttpResponse:
    """What happened on the floor that charts should mark?"""
    user = user_of(request)
    require_figures(user, today())
    form = EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"kind": EventKind(form.cleaned_data["kind"])}
        note_event(**given, by=user, at=timezone.now())
        return redirect("events")
    found = FloorEvent.objects.filter(removed_at=None).select_related("by")
    context = {"form": form, "events": found, "scope": scope_of(request)}
    return render(request, "dashboards/events.html", context, status=422 if form.errors else 200)


@require_POST
def remove_floor_event(request: HttpRequest, event_id: int) -> HttpResponse:
    """Take an event off the charts: one's own, or anybody's for whoever sets targets."""
    user = user_of(request)
    scope = require_figures(user, today())
    mine = {} if scope.may(Right.SET_TARGETS) else {"by": user}
    event = only(FloorEvent.objects.filter(removed_at=None, pk=event_id, **mine).first())
    remove_event(event, by=user, at=timezone.now())
    return redirect("events")
