"""Will I get there? The objectives of a person, how one is proposed and agreed, and how each stands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.coaching import objective_words
from floorwalker.apps.coaching.agreeing import agree, end, propose
from floorwalker.apps.coaching.checking import check_in
from floorwalker.apps.coaching.figuring import surest_own_gap
from floorwalker.apps.coaching.forms.objectives import (
    USUAL,
    CheckInForm,
    EndObjectiveForm,
    ProposeForm,
    measures_of_people,
)
from floorwalker.apps.coaching.looking_through import look_through
from floorwalker.apps.coaching.models import Objective, ObjectiveState
from floorwalker.apps.coaching.reaching import Read, Wanted, read_proposal, stand_on
from floorwalker.apps.coaching.seeing import find_objective, find_person, is_oneself
from floorwalker.apps.coaching.showing_objectives import draw_fan, show
from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Agent
from floorwalker.errors import KpiError, Refused
from floorwalker.ui.refusal_words import tell


@require_GET
def my_objectives(request: HttpRequest) -> HttpResponse:
    """One's own."""
    user = user_of(request)
    if user.agent is None:
        raise Http404
    return _listed(request, user.agent.person)


@require_GET
def objectives(request: HttpRequest, agent_id: int) -> HttpResponse:
    """What somebody wants to reach, and what became of what she wanted before."""
    return _listed(request, find_person(user_of(request), agent_id, today()))


def _listed(request: HttpRequest, agent: Agent) -> HttpResponse:
    found = Objective.objects.filter(agent__in=agent.numbers_of_person()).prefetch_related("check_ins")
    shown = [show(one) for one in found]
    states = [(one, ObjectiveState(one.objective.state)) for one in shown]
    context = {
        "agent": agent,
        "is_own": is_oneself(user_of(request), agent),
        "open": [one for one, state in states if state.is_open],
        "past": [one for one, state in reversed(states) if not state.is_open],
    }
    return render(request, "coaching/objectives.html", context)


@require_GET
def objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    """One objective: will it be reached?"""
    found = find_objective(user_of(request), objective_id, today())
    return _page(request, found)


def _page(request: HttpRequest, found: Objective, form: Any = None, ending: Any = None) -> HttpResponse:
    user, agent = user_of(request), found.agent
    is_own = agent is not None and is_oneself(user, agent)
    said_yes = found.agent_agreed_at if is_own else found.leader_agreed_at
    context = {
        "shown": show(found),
        "agent": agent,
        "is_own": is_own,
        "waits_for_me": found.state == ObjectiveState.PROPOSED and said_yes is None,
        "is_open": ObjectiveState(found.state).is_open,
        "form": form or CheckInForm(),
        "ending": ending or EndObjectiveForm(),
        "replaced_by": Objective.objects.filter(replaces=found).first(),
    }
    wrong = bool((form and form.errors) or (ending and ending.errors))
    return render(request, "coaching/objective.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
def propose_objective(request: HttpRequest, agent_id: int) -> HttpResponse:
    """Look at what can be aimed at, with its chance; then propose it."""
    user, on = user_of(request), today()
    agent = find_person(user, agent_id, on)
    old = _to_replace(request, agent)
    form = ProposeForm(request.POST or None, agent=agent, on=on, initial=_first(request, agent, old))
    wanted = form.wanted(old) if request.method == "POST" and form.is_valid() else None
    read = None if wanted is None else _read(agent, wanted, form)
    if wanted is not None and read is not None and read.proposal and request.POST.get("do") == "propose":
        try:
            made = propose(agent, wanted, read, by=user, at=timezone.now())
            messages.success(request, _("It is proposed, and holds once the other of you has said yes."))
            return redirect("objective", made.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context: dict[str, Any] = {"agent": agent, "form": form, "is_own": is_oneself(user, agent), "old": old}
    context |= {} if read is None or wanted is None else _looked_at(read, wanted, agent)
    if request.method == "GET" and "look" in request.GET:
        names = [name for name, _label in measures_of_people()]
        context["through"] = look_through(stand_on(lake().snapshot(), agent, on, old), names, on + USUAL, on)
    return render(request, "coaching/propose_objective.html", context, status=422 if form.errors else 200)


def _first(request: HttpRequest, agent: Agent, old: Objective | None) -> dict[str, Any]:
    """What the form begins with: as it was, else the measure that was asked for, else the one of her surest own gap."""
    found: dict[str, Any] = {"due_on": today() + USUAL}
    if request.method == "POST":
        return found
    asked = request.GET.get("measure")
    if old is None:
        return found | {"measure": asked or surest_own_gap(agent, user_of(request))}
    return found | {
        "measure": asked or old.measure,
        "action": old.action,
        "action_kind": old.action_kind,
        "aim": old.aim_id,
    }


def _to_replace(request: HttpRequest, agent: Agent) -> Objective | None:
    asked = request.GET.get("replaces", "")
    if not asked.isdecimal():
        return None
    return Objective.objects.open().filter(agent__in=agent.numbers_of_person(), pk=int(asked)).first()


def _read(agent: Agent, wanted: Wanted, form: ProposeForm) -> Read | None:
    try:
        return read_proposal(lake().snapshot(), agent, wanted, today())
    except KpiError as error:
        form.add_error("measure", str(tell(error)))
        return None


def _looked_at(read: Read, wanted: Wanted, agent: Agent) -> dict[str, Any]:
    """What the figures propose; or why nothing can be agreed on."""
    proposal, kpi = read.proposal, read.kpi
    if proposal is None:
        return {"read": read, "hindered": list(objective_words.hindered(read, agent, today()))}
    drawn = Objective(target=proposal.target, stretch=proposal.stretch)
    return {
        "read": read,
        "proposal": proposal,
        "sentence": objective_words.proposed(kpi, proposal.baseline.value, proposal.standing, wanted.due_on),
        "assumed": objective_words.expectation(wanted.expects),
        "read_how": objective_words.read_how(kpi, proposal.reading_days, proposal.expected),
        "fan": draw_fan(kpi, proposal.history[-3:], proposal.standing.fan, drawn),
    }


@require_POST
def agree_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Say yes."""
    found = find_objective(user_of(request), objective_id, today())
    try:
        agree(found, by=user_of(request), at=timezone.now())
        messages.success(request, _("Both have agreed: it holds from today on."))
    except Refused as refused:
        messages.error(request, str(tell(refused)))
    return redirect(reverse("objective", args=[found.pk]))


@require_POST
def end_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Say no, or end it early."""
    found = find_objective(user_of(request), objective_id, today())
    ending = EndObjectiveForm(request.POST)
    if ending.is_valid():
        try:
            end(found, ending.cleaned_data["because"], by=user_of(request), at=timezone.now())
            return redirect("objective", found.pk)
        except Refused as refused:
            ending.add_error(None, str(tell(refused)))
    return _page(request, found, ending=ending)


@require_POST
def check_in_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    """How does it go? What is said is kept with the figure and the chance of the day."""
    found = find_objective(user_of(request), objective_id, today())
    form = CheckInForm(request.POST)
    if form.is_valid():
        try:
            check_in(found, form.cleaned_data["said"], lake().snapshot(), by=user_of(request), at=timezone.now())
            return redirect("objective", found.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    return _page(request, found, form=form)
