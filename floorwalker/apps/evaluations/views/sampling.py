"""By which plans are contacts drawn, what did each draw hold, and how does an evaluator begin what was drawn for her?"""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.evaluations import drawing, planning, sampling_words
from floorwalker.apps.evaluations.access import find_draw, find_drawn, find_plan
from floorwalker.apps.evaluations.models import Every, SamplingPlan
from floorwalker.apps.evaluations.outcomes import show_agents_evaluated
from floorwalker.apps.evaluations.panel import differing
from floorwalker.apps.evaluations.passing_on import for_nobody, left_in
from floorwalker.apps.evaluations.plan_forms import PlanForm
from floorwalker.apps.evaluations.populations import own_teams
from floorwalker.apps.evaluations.proving import prove_draw
from floorwalker.apps.evaluations.tallies import tallies_of
from floorwalker.apps.people.access import only, require, today, user_of
from floorwalker.apps.people.models import Right, Team
from floorwalker.errors import Refused
from floorwalker.ui import words
from floorwalker.ui.whole_numbers import whole_number


@require_http_methods(["GET", "POST"])
def sampling_plans(request: HttpRequest) -> HttpResponse:
    """Which contacts are to be evaluated, and how many of each agent?"""
    user, on = user_of(request), today()
    require(user, Right.MANAGE_FORMS, on)
    form = PlanForm(request.POST or None, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("sampling_plan", planning.make_plan(form.asked, by=user, at=timezone.now()).pk)
        except Refused as refused:  # told beside what was typed
            form.add_error(None, str(refused))
    plans = SamplingPlan.objects.select_related("form").annotate(drawn=Count("draws"))
    context = {"plans": plans, "form": form, "covered": show_agents_evaluated()}
    return render(request, "evaluations/plans.html", context, status=422 if form.errors else 200)


@require_GET
def sampling_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """How many do we need, who evaluates, and what was drawn?"""
    plan = find_plan(user_of(request), plan_id, today())
    first, last = plan.ended_before(today())
    draws, spread = list(plan.draws.annotate(contacts=Count("drawn"))), differing()
    context = {
        "plan": plan,
        "of": {"teams": list(plan.teams.all()), "queues": list(plan.queues.all())},
        "evaluators": [
            (one, own_teams(one, today()))
            for one in plan.evaluators.select_related("user__agent").prefetch_related("own")
        ],
        "tallies": tallies_of(plan),
        "draws": draws,
        "how_many": sampling_words.how_many(plan, spread),
        "needed": sampling_words.needed(plan, spread),
        "by_what": sampling_words.by_what(spread),
        "to_draw": (first, last)
        if plan.is_to_draw(first, last) and not any(one.first_day == first for one in draws)
        else None,
        "versions": plan.versions,
        "teams": Team.objects.all(),
    }
    return render(request, "evaluations/plan.html", context)


@require_http_methods(["GET", "POST"])
def change_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """What is to be otherwise from the next week or month on? What was drawn so far stays as it was drawn."""
    user, on = user_of(request), today()
    plan = find_plan(user, plan_id, on)
    if plan.to_day is not None:
        return redirect("sampling_plan", plan_id)
    form = PlanForm(request.POST or None, on=on, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            made = planning.change_plan(plan, form.asked, by=user, at=timezone.now())
            messages.success(request, _("It holds from %(day)s on.") % {"day": words.day(made.from_day)})
            return redirect("sampling_plan", made.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    every = Every.MONTH if form["every"].value() == Every.MONTH else Every.WEEK
    begins = {one: planning.begins_on(plan, one, on) for one in Every}
    otherwise = begins[Every.WEEK if every == Every.MONTH else Every.MONTH]
    context = {"plan": plan, "form": form, "begins": begins[every], "otherwise": otherwise}
    return render(request, "evaluations/change_plan.html", context, status=422 if form.errors else 200)


@require_POST
def draw_now(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Draw the last week or month that was over."""
    user = user_of(request)
    plan = find_plan(user, plan_id, today())
    try:
        made = drawing.draw_plan(plan, by=user, at=timezone.now())
    except Refused as refused:  # told beside the plan, where it can be mended
        messages.error(request, str(refused))
        return redirect("sampling_plan", plan_id)
    return redirect("sampling_draw", made.pk)


@require_POST
def give_teams(request: HttpRequest, plan_id: int, evaluator_id: int) -> HttpResponse:
    """Say whose teams are an evaluator's own."""
    user = user_of(request)
    one = only(find_plan(user, plan_id, today()).evaluators.filter(pk=evaluator_id).first())
    numbers = [whole_number(text) for text in request.POST.getlist("teams")]
    planning.give_teams(one, list(Team.objects.filter(pk__in=numbers)), by=user, at=timezone.now())
    messages.success(request, _("Noted. It holds from the next draw on."))
    return redirect("sampling_plan", plan_id)


@require_POST
def end_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Let a plan draw nothing any more from tomorrow on."""
    user = user_of(request)
    planning.end_plan(find_plan(user, plan_id, today()), on=today() + timedelta(days=1), by=user, at=timezone.now())
    return redirect("sampling_plan", plan_id)


@require_GET
def sampling_draw(request: HttpRequest, draw_id: int) -> HttpResponse:
    """Was this draw made as it says, and what became of its contacts?"""
    made = find_draw(user_of(request), draw_id, today())
    proof, left = prove_draw(made), left_in(made, today())
    stays = for_nobody(made, left, today())
    context = {
        "draw": made,
        "proof": proof,
        "proved": sampling_words.proved(proof),
        "tallies": tallies_of(made.plan, made),
        "passed_on": made.drawn.exclude(by_lot=None).select_related("agent", "by_lot", "evaluator"),
        "stays": len(stays),
        "goes_on": len(left) - len(stays),
        "aside": made.drawn.exclude(set_aside_at=None).select_related("agent", "set_aside_by"),
    }
    return render(request, "evaluations/draw.html", context)


@require_POST
def begin_drawn(request: HttpRequest, drawn_id: int) -> HttpResponse:
    """Begin what was drawn for oneself."""
    user = user_of(request)
    made = drawing.begin_drawn(find_drawn(user, drawn_id, today()), by=user, at=timezone.now())
    return redirect("mark_evaluation" if made.submitted_at is None else "evaluation", made.pk)


@require_POST
def set_aside_drawn(request: HttpRequest, drawn_id: int) -> HttpResponse:
    """Let a drawn contact be, with a reason."""
    user = user_of(request)
    drawing.set_aside(find_drawn(user, drawn_id, today()), request.POST.get("why", ""), by=user, at=timezone.now())
    messages.success(request, _("Set aside. It stays to be seen that it was drawn, and why nobody marked it."))
    return redirect("my_queue")
