"""By which rule are customers chosen, which contacts were handed in, and what came of each?"""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.surveys import planning
from floorwalker.apps.surveys.access import find_plan, require_managing
from floorwalker.apps.surveys.choices import fates_of, latest_choices
from floorwalker.apps.surveys.contacts import known_sources
from floorwalker.apps.surveys.deciding import decide_waiting
from floorwalker.apps.surveys.forms import Contacts, NewPlan, PlanForm, rule_of
from floorwalker.apps.surveys.inviting import ROWS_PER_ACTION, receive_contacts
from floorwalker.apps.surveys.models import Fate, Plan
from floorwalker.apps.surveys.reading_lists import read_list
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell

CHOICES_PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def survey_plans(request: HttpRequest) -> HttpResponse:
    """All plans, and a new one."""
    user = user_of(request)
    require_managing(user, today())
    form = NewPlan(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = planning.make_plan(
                said["name"], said["survey"], form.rule, queues=said["queues"], by=user, at=timezone.now()
            )
            return redirect("survey_plan", made.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    plans = Plan.objects.select_related("survey")
    return render(request, "surveys/plans.html", {"form": form, "plans": plans}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def survey_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """One plan: what came of the contacts that were handed in, and its rule."""
    user = user_of(request)
    plan = find_plan(user, plan_id, today())
    form = PlanForm(request.POST or None, initial=rule_of(plan))
    if request.method == "POST" and form.is_valid():
        try:
            planning.change_plan(plan, form.rule, queues=form.cleaned_data["queues"], by=user, at=timezone.now())
            messages.success(request, _("From now on this rule holds. What was decided before stays."))
            return redirect("survey_plan", plan.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context = {"plan": plan, "form": form, "fates": fates_of(plan)}
    return render(request, "surveys/plan.html", context, status=422 if form.errors else 200)


@require_POST
def end_survey_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Ask nobody more by this plan."""
    user = user_of(request)
    plan = planning.end_plan(find_plan(user, plan_id, today()), by=user, at=timezone.now())
    messages.success(request, _("By “%(name)s” nobody is asked any more.") % {"name": plan})
    return redirect("survey_plans")


@require_http_methods(["GET", "POST"])
def survey_contacts(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Hand in contacts after which customers may be asked; the system chooses."""
    user = user_of(request)
    plan = find_plan(user, plan_id, today())
    form = Contacts(known_sources(), request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, (source, origin) = form.cleaned_data["file"], form.system_chosen
        try:
            given = read_list(file.read(), file.name)
            batch = receive_contacts(plan, given, source=source, origin=origin, by=user, at=timezone.now())
            if len(given) <= ROWS_PER_ACTION:
                # Long lists are the worker's: nobody waits for them.
                decide_waiting(timezone.now(), batch)
            said = ngettext("%(n)d contact was handed in.", "%(n)d contacts were handed in.", len(given))
            messages.success(request, said % {"n": len(given)})
            return redirect("survey_plan", plan.pk)
        except Refused as refused:
            form.add_error("file", str(tell(refused)))
    return render(request, "surveys/contacts.html", {"form": form, "plan": plan}, status=422 if form.errors else 200)


@require_GET
def survey_choices(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Each contact that was handed in, and why it was drawn or not: enough to draw again and find the same."""
    plan = find_plan(user_of(request), plan_id, today())
    fate = request.GET.get("fate", "")
    page = Paginator(latest_choices(plan, fate), CHOICES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"plan": plan, "page": page, "fate": fate, "fates": Fate.choices}
    return render(request, "surveys/choices.html", context)
