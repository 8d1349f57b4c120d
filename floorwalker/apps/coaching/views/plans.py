"""What does somebody want to learn and reach, and how does it feed what team and centre want?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from floorwalker.apps.coaching.developing import (
    add_thing,
    agree_to_plan,
    drop_thing,
    end_plan,
    finish_thing,
    make_plan,
    mark_of_own,
    mark_of_plan,
    open_plan,
    say_in_plan,
)
from floorwalker.apps.coaching.forms.plans import USUAL, LearnedForm, PlanForm, PlanWordsForm, ThingForm
from floorwalker.apps.coaching.levels_shown import read_levels
from floorwalker.apps.coaching.models import DevelopmentPlan, PlanItem
from floorwalker.apps.coaching.seeing import find_person, is_oneself
from floorwalker.apps.coaching.team_level import parts_of_team_level
from floorwalker.apps.coaching.three_levels import read_chains
from floorwalker.apps.people.access import only, today, user_of
from floorwalker.apps.people.models import Agent
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell


@require_http_methods(["GET", "POST"])
def development_plan(request: HttpRequest, agent_id: int) -> HttpResponse:
    """The plan that somebody follows now, with the three levels; or a new one."""
    agent = find_person(user_of(request), agent_id, today())
    plan = open_plan(agent)
    if plan is None:
        return _begin(request, agent)
    form: Any = None
    try:
        form = _act(request, plan) if request.method == "POST" else None
        if request.method == "POST" and form is None:
            return redirect("development_plan", agent.pk)
    except Refused as refused:
        messages.error(request, str(tell(refused)))
        return redirect("development_plan", agent.pk)
    return _page(request, agent, plan, form)


def _begin(request: HttpRequest, agent: Agent) -> HttpResponse:
    user, on = user_of(request), today()
    first = {"from_day": on, "last_day": on + USUAL}
    form = PlanForm(request.POST or None, agent=agent, on=on, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        aims = [form.known[key] for key in given["aims"]]
        days = given["from_day"], given["last_day"] + timedelta(days=1)
        try:
            make_plan(agent, *days, aims, words=given["words"], by=user, at=timezone.now())
            messages.success(request, _("The plan has begun."))
            return redirect("development_plan", agent.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context = {"agent": agent, "form": form, "is_own": is_oneself(user, agent), "past": _past(agent)}
    return render(request, "coaching/begin_plan.html", context, status=422 if form.errors else 200)


def _act(request: HttpRequest, plan: DevelopmentPlan) -> Any:
    """Do what was asked; the form where something is wrong with it."""
    by, at, do = user_of(request), timezone.now(), request.POST.get("do")
    if do == "agree":
        agree_to_plan(plan, seen=request.POST.get("seen"), by=by, at=at)
    elif do == "end":
        end_plan(plan, by=by, at=at)
    elif do == "say":
        said = PlanWordsForm(request.POST)
        if not said.is_valid():
            return said
        seen = request.POST.get("seen")
        return _given_back(said, lambda: say_in_plan(plan, said.cleaned_data["words"], seen=seen, by=by, at=at))
    elif do in ("finish", "drop"):
        return _settle(request, plan, finished=do == "finish")
    else:
        thing = ThingForm(request.POST, plan=plan)
        if not thing.is_valid():
            return thing
        return _given_back(thing, lambda: add_thing(plan, thing.thing, by=by, at=at))
    return None


def _given_back(form: Form, act: Callable[[], object]) -> Form | None:
    """Do it; where it is refused, the form with what was typed and why."""
    try:
        act()
    except Refused as refused:
        form.add_error(None, str(tell(refused)))
        return form
    return None


def _settle(request: HttpRequest, plan: DevelopmentPlan, *, finished: bool) -> Any:
    number, form = request.POST.get("item", ""), LearnedForm(request.POST)
    item = only(plan.items.filter(pk=int(number)).first() if number.isdecimal() else None)
    if not form.is_valid():
        return form
    settle = finish_thing if finished else drop_thing
    settle(item, form.cleaned_data["words"], by=user_of(request), at=timezone.now())
    return None


def _page(request: HttpRequest, agent: Agent, plan: DevelopmentPlan, form: Any) -> HttpResponse:
    user, on = user_of(request), today()
    is_own = is_oneself(user, agent)
    own_words = plan.agent_words if is_own else plan.leader_words
    items: list[PlanItem] = list(plan.items.select_related("objective"))
    thing = form if isinstance(form, ThingForm) else ThingForm(plan=plan, initial={"due_on": on + USUAL / 2})
    context = {
        "agent": agent,
        "plan": plan,
        "is_own": is_own,
        "waits_for_me": (plan.agent_agreed_at if is_own else plan.leader_agreed_at) is None,
        "own_words": form.data.get("words", "") if isinstance(form, PlanWordsForm) else own_words,
        "seen": mark_of_plan(plan),
        "seen_words": mark_of_own(plan, user),
        "open": [one for one in items if one.done_at is None and one.dropped_at is None],
        "over": [one for one in items if one.done_at is not None or one.dropped_at is not None],
        "stands": read_levels(read_chains(agent, on), agent, user, on),
        "team_level": parts_of_team_level(agent, user, on),
        "aims": plan.aims.all(),
        "form": form or thing,
        "thing_form": thing,
        "learned": LearnedForm(),
        "past": _past(agent),
    }
    return render(request, "coaching/plan_of_development.html", context, status=422 if form is not None else 200)


def _past(agent: Agent) -> list[DevelopmentPlan]:
    return list(DevelopmentPlan.objects.filter(agent__in=agent.numbers_of_person()).exclude(ended_at=None))
