"""What of coaching waits for a leader, what for whoever is coached, and how is a talk asked for, proposed and planned?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.coaching import proposing
from floorwalker.apps.coaching.alongside import ask_colleague
from floorwalker.apps.coaching.forms.sessions import AskForm, PlanForm, ProposeForm, SupportForm
from floorwalker.apps.coaching.listing_sessions import mine, waiting_for
from floorwalker.apps.coaching.models import CoachingProposal
from floorwalker.apps.coaching.planning import plan_session
from floorwalker.apps.coaching.seeing_sessions import colleagues, find_proposal, people_to_choose, teams_to_choose
from floorwalker.apps.people.access import only, require, today, user_of
from floorwalker.apps.people.models import Right
from floorwalker.errors import Refused


@require_GET
def coaching(request: HttpRequest) -> HttpResponse:
    """Who could be coached, and what is to be held and followed up? For those who coach."""
    user, at = user_of(request), timezone.now()
    require(user, Right.COACH, at.date())
    return render(request, "coaching/coaching.html", {"waiting": waiting_for(user, at), "on": at.date()})


@require_GET
def my_coaching(request: HttpRequest) -> HttpResponse:
    """What did I agree on, and what is planned with me? For whoever is coached, or learns with a colleague."""
    user, at = user_of(request), timezone.now()
    return render(request, "coaching/mine.html", {"mine": mine(user, at), "on": at.date()})


@require_http_methods(["GET", "POST"])
def ask_for_coaching(request: HttpRequest) -> HttpResponse:
    """Ask for a talk about one's own work."""
    user = user_of(request)
    own = only(user.agent).person
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            proposing.ask_for_coaching(own, given["because"], given["measure"], by=user, at=timezone.now())
            messages.success(request, _("You have asked. Your leader finds it in the list of proposals."))
            return redirect("my_coaching")
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "coaching/ask.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def propose_coaching(request: HttpRequest) -> HttpResponse:
    """Say who could be coached, and why."""
    user, on = user_of(request), today()
    require(user, Right.COACH, on)
    people = people_to_choose(user, on, _number(request, "team"), _chosen(request))
    agent = next((one for one in people if one.pk == _number(request, "agent")), None)
    form = ProposeForm(request.POST or None, people=people, agent=agent)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            proposing.propose_with_reason(
                given["agent"], given["because"], given["measure"], by=user, at=timezone.now()
            )
            messages.success(request, _("It stands in the list of proposals."))
            return redirect("coaching")
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "teams": teams_to_choose(user, on), "team": _number(request, "team")}
    return render(request, "coaching/propose.html", context, status=422 if form.errors else 200)


@require_POST
def decline_coaching(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Say why no talk follows from a proposal."""
    user = user_of(request)
    proposal = find_proposal(user, proposal_id, today())
    try:
        proposing.decline_proposal(proposal, request.POST.get("because", ""), by=user, at=timezone.now())
        messages.success(request, _("It is declined, and the reason stays with it."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("coaching")


@require_http_methods(["GET", "POST"])
def plan_coaching(request: HttpRequest) -> HttpResponse:
    """With whom, about what, when?"""
    user, on = user_of(request), today()
    require(user, Right.COACH, on)
    number = _number(request, "proposal")
    proposal = None if number is None else find_proposal(user, number, on)
    if request.method == "GET" and proposal is not None and proposal.closed_at is not None:
        messages.error(request, _("Something has become of this proposal already."))
        return redirect("coaching")
    chosen = _chosen(request) if proposal is None else [proposal.agent_id, *_chosen(request)]
    people = people_to_choose(user, on, _number(request, "team"), chosen)
    form = PlanForm(request.POST or None, people=people, proposal=proposal, initial=_begun(proposal, chosen))
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_session(form.plan, by=user, at=timezone.now())
            messages.success(
                request, _("It is planned. Whoever takes part is asked to write down first how they see it.")
            )
            return redirect("prepare_session", made.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "proposal": proposal, "teams": teams_to_choose(user, on), "team": _number(request, "team")}
    return render(request, "coaching/plan.html", context, status=422 if form.errors else 200)


def _begun(proposal: CoachingProposal | None, chosen: list[int]) -> dict[str, object]:
    begun: dict[str, object] = {"people": chosen}
    if proposal is not None:
        begun |= {"measure": proposal.measure, "topic": proposal.because}
    return begun


@require_http_methods(["GET", "POST"])
def ask_for_support(request: HttpRequest) -> HttpResponse:
    """Learn with a colleague: buddying, shadowing, listening side by side, observing."""
    user, on = user_of(request), today()
    own = only(user.agent).person
    form = SupportForm(request.POST or None, people=colleagues(user, on), own=own)
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_colleague(form.wish, by=user, at=timezone.now())
            messages.success(request, _("You have asked. It is agreed once your colleague says yes."))
            return redirect("coaching_session", made.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "coaching/support.html", {"form": form}, status=422 if form.errors else 200)


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name) or request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _chosen(request: HttpRequest) -> list[int]:
    """The people who are in the address or in the form already."""
    given = [*request.GET.getlist("agent"), *request.POST.getlist("people"), *request.POST.getlist("agent")]
    return [int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 10]
