"""What does one shift tell the next, how is the climate, and who is thanked? One team's pages, and one's own thanks."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.huddles import handing_over, pulsing, thanking
from floorwalker.apps.huddles.access import find_open_team, may_lead, may_read_team, members_of, open_teams
from floorwalker.apps.huddles.celebrating import occasions_to_thank, own_occasions
from floorwalker.apps.huddles.forms.meetings import zone_of
from floorwalker.apps.huddles.forms.sharing import HandOverForm, OpenPulseForm, PulseForm, ThanksForm
from floorwalker.apps.huddles.models import HandOver, Pulse
from floorwalker.apps.people.access import only, own_team, team_of, today, user_of
from floorwalker.apps.people.models import Agent, Right, User
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell

A_WEEK = timedelta(days=7)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, team_id: int) -> HttpResponse:
    """The notes of the last week, with who has read them; and a new one."""
    user, on, at = user_of(request), today(), timezone.now()
    team = find_open_team(user, team_id, on)
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        until = at + timedelta(hours=form.cleaned_data["hours"])
        try:
            handing_over.hand_over(team, form.cleaned_data["words"], until=until, by=user, at=at)
            return redirect("hand_over", team.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    notes = HandOver.objects.filter(team=team, at__gt=at - A_WEEK).select_related("by__agent")
    context = {
        "team": team,
        "form": form,
        "at": at,
        "zone": zone_of(team),
        "leads": may_lead(user, team, on),
        "notes": notes.prefetch_related("readers__by__agent"),
        "read": set(HandOver.objects.filter(team=team, readers__by=user).values_list("pk", flat=True)),
    }
    return render(request, "huddles/hand_over.html", context, status=422 if form.errors else 200)


@require_POST
def read_note(request: HttpRequest, note_id: int) -> HttpResponse:
    """The reader has read it, or takes back her own."""
    user, at = user_of(request), timezone.now()
    note = only(HandOver.objects.select_related("team", "by").filter(pk=note_id).first())
    if not may_read_team(user, note.team, at.date()):
        raise Http404
    if request.POST.get("do") == "take_back":
        handing_over.take_back_note(note, by=user, at=at)
    else:
        handing_over.read_note(note, by=user, at=at)
    return redirect("hand_over", note.team_id)


@require_http_methods(["GET", "POST"])
def climate(request: HttpRequest, team_id: int) -> HttpResponse:
    """The rounds of a team, as far as they may be told; whoever leads it opens one."""
    user, on, at = user_of(request), today(), timezone.now()
    team = find_open_team(user, team_id, on)
    leads = may_lead(user, team, on)
    if request.method == "POST" and not leads:
        raise Http404
    form = OpenPulseForm(request.POST or None, on=on) if leads else None
    if form is not None and form.is_valid():
        try:
            pulsing.open_pulse(team, form.questions, closes_on=form.cleaned_data["closes_on"], by=user, at=at)
            return redirect("climate", team.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    rounds = list(Pulse.objects.filter(team=team).select_related("team"))
    context = {
        "team": team,
        "leads": leads,
        "form": form,
        "open": [one for one in rounds if one.closes_on > on],
        "answers": [one for one in rounds if pulsing.may_answer(user, one, on) and not pulsing.has_answered(user, one)],
        "closed": [(one, pulsing.told_of(one, on)) for one in rounds if one.closes_on <= on],
    }
    return render(request, "huddles/climate.html", context, status=422 if form is not None and form.errors else 200)


@require_http_methods(["GET", "POST"])
def answer_pulse(request: HttpRequest, pulse_id: int) -> HttpResponse:
    """Three questions, once."""
    user, on = user_of(request), today()
    pulse = only(Pulse.objects.select_related("team").filter(pk=pulse_id).first())
    if not pulsing.may_answer(user, pulse, on):
        raise Http404
    if request.method == "POST" and pulsing.has_answered(user, pulse):  # a form that is sent twice
        return _answered_already(request, pulse)
    form = PulseForm(request.POST or None, questions=list(pulse.questions.all()))
    if request.method == "POST" and form.is_valid():
        try:
            pulsing.answer_pulse(pulse, form.values, by=user, at=timezone.now())
            messages.success(request, _("Thank you. It is counted, and your name is nowhere beside it."))
            return redirect("climate", pulse.team_id)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    answered = pulsing.has_answered(user, pulse)
    context = {"pulse": pulse, "form": form, "answered": answered}
    return render(request, "huddles/pulse.html", context, status=422 if form.errors else 200)


def _answered_already(request: HttpRequest, pulse: Pulse) -> HttpResponse:
    messages.info(
        request,
        _("You have answered already. What you answered is kept nowhere, so it cannot be changed either."),
    )
    return redirect("climate", pulse.team_id)


@require_GET
def own_thanks(request: HttpRequest) -> HttpResponse:
    """What was said to the reader; and what customers said of her that does not stand there yet."""
    user = user_of(request)
    praise = [] if user.agent is None else thanking.waiting_praise(user.agent, user.oneself())
    context = {
        "thanks": thanking.own_thanks(user),
        "praise": praise,
        "teams": open_teams(user, today()),
        "bests": own_occasions(user, timezone.now()),
    }
    return render(request, "huddles/thanks.html", context)


@require_GET
def team_thanks(request: HttpRequest, team_id: int) -> HttpResponse:
    """What was said to a team, and to those of it who let it be read."""
    on = today()
    team = find_open_team(user_of(request), team_id, on)
    members = members_of(team, on)
    context: dict[str, object] = {"team": team, "thanks": thanking.thanks_of_team(team, members)}
    context["to_check"] = thanking.to_check(user_of(request), members, on)
    return render(request, "huddles/team_thanks.html", context)


@require_http_methods(["GET", "POST"])
def give_thanks(request: HttpRequest) -> HttpResponse:
    """Say thank you to somebody, or to a team."""
    user, on = user_of(request), today()
    teams, people = open_teams(user, on), _people(user)
    if not teams:
        raise Http404
    form = ThanksForm(request.POST or None, teams=teams, agents=people, initial={"to": request.GET.get("to", "")})
    if request.method == "POST" and form.is_valid():
        try:
            thanking.thank(form.receiver, form.cleaned_data["words"], by=user, at=timezone.now())
            messages.success(request, _("Said. %(name)s reads it now.") % {"name": form.receiver.name})
            return redirect("own_thanks")
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    # Asked for by a link: it reads a year of figures of everybody whom the reader coaches.
    occasions = occasions_to_thank(user, timezone.now()) if "occasions" in request.GET else None
    context = {"form": form, "occasions": occasions, "coaches": user.scope_on(on).may(Right.COACH)}
    return render(request, "huddles/give_thanks.html", context, status=422 if form.errors else 200)


def _people(user: User) -> list[Agent]:
    """Whom the user works with: of her own team, and those whom she coaches; not herself."""
    on, found = today(), Agent.objects.coached_by(user, today())
    own = own_team(user, on)
    if own is not None:
        found = Agent.objects.filter(
            pk__in=[*found.values_list("pk", flat=True), *(one.pk for one in members_of(own, on))]
        )
    return list(found.on_the_floor().exclude(pk__in=user.oneself()))


@require_POST
def share_thanks(request: HttpRequest, thanks_id: int) -> HttpResponse:
    """The receiver lets her team read it, or no longer."""
    user = user_of(request)
    thanks = thanking.find_own(user, thanks_id)
    thanking.share_thanks(thanks, request.POST.get("do") == "share", by=user, at=timezone.now())
    return redirect("own_thanks")


@require_POST
def pass_on_praise(request: HttpRequest, feedback_id: int) -> HttpResponse:
    """What a customer said stands among the thanks from now on."""
    user, on = user_of(request), today()
    feedback = thanking.find_praise(user, feedback_id, on)
    thanking.pass_on(feedback, request.POST.get("words", ""), by=user, at=timezone.now())
    messages.success(request, _("It stands among the thanks now."))
    return redirect("own_thanks")


@require_POST
def check_thanks(request: HttpRequest, thanks_id: int) -> HttpResponse:
    """Another has made sure that no customer can be told from it: the team may read it now."""
    user, on = user_of(request), today()
    thanks = thanking.check_thanks(thanking.find_to_check(user, thanks_id, on), by=user, at=timezone.now())
    team = None if thanks.agent is None else team_of(thanks.agent, on)
    messages.success(request, _("Checked: the team may read it now."))
    return redirect("give_thanks") if team is None else redirect("team_thanks", team.pk)
