"""What has a team set itself, how is a goal set and ended, and how does each stand?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.huddles import goal_words
from floorwalker.apps.huddles.access import find_goal, find_open_team, may_lead
from floorwalker.apps.huddles.forms.goals import EndGoalForm, GoalForm
from floorwalker.apps.huddles.models import TeamGoal
from floorwalker.apps.huddles.setting_goals import WantedGoal, check_goal, end_goal, read_beginning, set_goal
from floorwalker.apps.huddles.showing_goals import draw_start, show_goal, show_goals
from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Team
from floorwalker.apps.standards.seeing import branch_of
from floorwalker.errors import Refused
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui.refusal_words import tell
from floorwalker.ui.whole_numbers import whole_number

# So many of those that are over stand in the list.
MOST = 20


@require_GET
def team_goals(request: HttpRequest, team_id: int) -> HttpResponse:
    """What the team works for, and what came of the goals before."""
    user, on, at = user_of(request), today(), timezone.now()
    team = find_open_team(user, team_id, on)
    every, facts = TeamGoal.objects.filter(team=team).select_related("team"), lake().snapshot()
    context = {
        "team": team,
        "leads": may_lead(user, team, on),
        "open": show_goals(every.open(), facts, at),
        "over": show_goals(every.exclude(ended_at=None).order_by("-ended_at", "-pk")[:MOST], facts, at),
    }
    return render(request, "huddles/goals.html", context)


@require_http_methods(["GET", "POST"])
def new_team_goal(request: HttpRequest, team_id: int) -> HttpResponse:
    """Look at where the team stands and what luck does; then set the goal."""
    user, on, at = user_of(request), today(), timezone.now()
    team = find_open_team(user, team_id, on)
    if not may_lead(user, team, on):
        raise Http404
    old = _to_replace(request, team)
    form = GoalForm(request.POST or None, team=team, at=at, initial=_first(request, old))
    context: dict[str, Any] = {"team": team, "form": form, "old": old}
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted(old)
        try:
            # What is set is what was looked at: whoever has typed another target meanwhile looks at that one first.
            if request.POST.get("do") == "set" and request.POST.get("looked_at") == _as_looked_at(wanted):
                made = set_goal(team, wanted, lake().snapshot(), by=user, at=at)
                messages.success(request, _("The goal is set."))
                return redirect("team_goal", made.pk)
            context |= _looked_at(team, wanted)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    return render(request, "huddles/new_goal.html", context, status=422 if form.errors else 200)


def _to_replace(request: HttpRequest, team: Team) -> TeamGoal | None:
    asked = whole_number(request.GET.get("replaces", ""))
    return TeamGoal.objects.open().filter(team=team, pk=asked).first() if asked else None


def _first(request: HttpRequest, old: TeamGoal | None) -> dict[str, Any]:
    """What the form begins with: the goal that is replaced, else the measure that was asked for."""
    if old is None:
        return {"measure": request.GET.get("measure", "")}
    return {"measure": old.measure, "words": old.words, "aim": old.aim_id}


def _as_looked_at(wanted: WantedGoal) -> str:
    """That of which luck was told."""
    return f"{wanted.measure} {wanted.target!r} {wanted.weeks}"


def _looked_at(team: Team, wanted: WantedGoal) -> dict[str, Any]:
    """Where the team stands in that measure, and what luck does; refused is what could not be set."""
    at = timezone.now()
    start = read_beginning(branch_of(team), wanted, lake().snapshot(), at)
    if start is None or not start.can_begin:
        return {"start": start, "hindered": goal_words.not_begun(start)}
    check_goal(team, wanted, start, at)
    kpi = catalogue()[wanted.measure]
    return {
        "start": start,
        "looked_at": _as_looked_at(wanted),
        "first_on": wanted.days(at.date())[0],
        "due_on": wanted.days(at.date())[1],
        "leaves": goal_words.chance_leaves(kpi, start.low, start.high),
        "luck": goal_words.by_luck(start.chance),
        "counter": catalogue().get(kpi.counter_measure or "") if start.counter is not None else None,
        "drawing": draw_start(start, wanted.target),
    }


@require_GET
def team_goal(request: HttpRequest, goal_id: int) -> HttpResponse:
    """The page of one goal."""
    return _page_of(request, find_goal(user_of(request), goal_id, today()))


@require_POST
def end_team_goal(request: HttpRequest, goal_id: int) -> HttpResponse:
    """It ends before its day, with a word."""
    user = user_of(request)
    goal = find_goal(user, goal_id, today(), leading=True)
    form = EndGoalForm(request.POST)
    if form.is_valid():
        try:
            end_goal(goal, form.cleaned_data["because"], by=user, at=timezone.now())
            return redirect("team_goal", goal.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    return _page_of(request, goal, form)


def _page_of(request: HttpRequest, goal: TeamGoal, ending: EndGoalForm | None = None) -> HttpResponse:
    leads = may_lead(user_of(request), goal.team, today())
    context = {
        "shown": show_goal(goal, lake().snapshot(), timezone.now()),
        "team": goal.team,
        "leads": leads,
        "ending": (ending or EndGoalForm()) if leads and goal.is_open else None,
        "there": [] if goal.meeting is None else goal.meeting.attendances.filter(there=True).count(),
        "replaced_by": TeamGoal.objects.filter(replaces=goal).first(),
    }
    return render(request, "huddles/goal.html", context, status=422 if ending is not None and ending.errors else 200)
