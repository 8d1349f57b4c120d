"""What could be done, what is done, and who begins?"""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from floorwalker.apps.improvement.access import find_carried_cycle
from floorwalker.apps.improvement.drawing import draw_lot, draw_order
from floorwalker.apps.improvement.foreseeing import foreseen
from floorwalker.apps.improvement.forms import LotForm, OptionForm, PlanForm
from floorwalker.apps.improvement.models import Cycle, Stage
from floorwalker.apps.improvement.options import consider
from floorwalker.apps.improvement.planning import LEAST_OPTIONS, plan_cycle
from floorwalker.apps.improvement.reaching import people_in_reach, teams_in_reach, urgent_people
from floorwalker.apps.improvement.saying import measure_said
from floorwalker.apps.improvement.shown import read_shown, show_options
from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Agent, Team
from floorwalker.errors import Refused
from floorwalker.insight.urgency import LEAST_BEGIN, LEAST_POOL
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui.refusal_words import tell


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """The options, and the plan once there are two."""
    user, on, at = user_of(request), today(), timezone.now()
    found = find_carried_cycle(user, cycle_id, on)
    if found.stage != Stage.PLAN:
        if request.method == "POST":
            words = request.POST.get("words", "").strip() if request.POST.get("do") == "consider" else ""
            lost = _("Your option is not kept: “%(words)s”") % {"words": words} if words else ""
            messages.error(request, f"{_('It is planned already.')} {lost}".strip())
        return redirect("cycle", found.pk)
    doing = request.POST.get("do", "")
    option = OptionForm(request.POST if doing == "consider" else None, auto_id="option_%s")
    people, teams = people_in_reach(found, user, on), teams_in_reach(found, user, on)
    first = [] if found.lot is None else list(found.lot.entries.filter(first=True).values_list("agent", flat=True))
    given = request.POST if doing == "plan" else None
    form = PlanForm(given, cycle=found, on=on, people=people, teams=teams, first=first)
    try:
        if option.is_bound and option.is_valid():
            consider(found, option.said, by=user, at=at)
            return redirect("plan_cycle", found.pk)
        if form.is_bound and form.is_valid():
            plan_cycle(found, form.plan, by=user, at=at)
            messages.success(request, _("It is planned. Nothing of how people were chosen changes any more."))
            return redirect("cycle", found.pk)
    except Refused as refused:
        (option if option.is_bound else form).add_error(None, str(tell(refused)))
    bound = option if option.is_bound else form
    context = _context(found, people, teams) | {"option": option, "plan": form, "form": bound}
    return render(request, "improvement/plan.html", context, status=422 if bound.errors else 200)


def _context(cycle: Cycle, people: list[Agent], teams: list[Team]) -> dict[str, object]:
    kpi = catalogue().get(cycle.measure)
    named = {team.pk: team for team in teams}
    drawn = [] if cycle.drawn_order is None else cycle.drawn_order["order"]
    order = [named.get(pk, pk) for pk in drawn]
    return {
        "cycle": cycle,
        "measure": measure_said(cycle.measure),
        "options": show_options(cycle.options.all(), read_shown(cycle, len(people), today())),
        "is_enough": cycle.options.count() >= LEAST_OPTIONS,
        "is_of_efficiency": kpi is not None and kpi.is_of_efficiency,
        "order": order,
        "foreseen": foreseen(cycle, [named[pk] for pk in drawn if pk in named] or teams, today()),
        "teams": teams,
        "lot": cycle.lot,
        "lot_first": 0 if cycle.lot is None else cycle.lot.entries.filter(first=True).count(),
        "lot_waits": 0 if cycle.lot is None else cycle.lot.entries.filter(first=False).count(),
        "lot_form": LotForm(initial={"begin": LEAST_BEGIN, "begins_on": today()}, auto_id="lot_%s")
        if len(people) >= LEAST_POOL
        else None,
    }


@require_POST
def draw_teams(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Let chance say in which order the teams begin."""
    user, on = user_of(request), today()
    found = find_carried_cycle(user, cycle_id, on)
    wanted = set(request.POST.getlist("team"))
    teams = [team for team in teams_in_reach(found, user, on) if str(team.pk) in wanted]
    try:
        draw_order(found, teams, by=user, at=timezone.now())
        messages.success(request, _("Chance has said who begins first."))
    except Refused as refused:
        messages.error(request, str(tell(refused)))
    return redirect("plan_cycle", found.pk)


@require_POST
def draw_people(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Let chance say who of those who are equally urgent begins now."""
    user, on, at = user_of(request), today(), timezone.now()
    found = find_carried_cycle(user, cycle_id, on)
    form = LotForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say how many begin, and on which day."))
        return redirect("plan_cycle", found.pk)
    try:
        _draw(found, request, form, at)
        messages.success(request, _("Chance has said who begins now. The others wait until after the last review."))
    except Refused as refused:
        messages.error(request, str(tell(refused)))
    return redirect("plan_cycle", found.pk)


def _draw(cycle: Cycle, request: HttpRequest, form: LotForm, at: datetime) -> None:
    user = user_of(request)
    people = people_in_reach(cycle, user, at.date())
    urgent = urgent_people(cycle, lake().snapshot(), people, form.cleaned_data["begin"])
    pool = [agent for agent in people if bytes(agent.key) in urgent.pool]
    draw_lot(cycle, pool, urgent.begin, form.cleaned_data["begins_on"], by=user, at=at)
