"""What is the gap, whose is it, and shall it be taken on?"""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from floorwalker.apps.improvement.access import improvable_processes, improvable_teams
from floorwalker.apps.improvement.asking import Begun, read_begun
from floorwalker.apps.improvement.finding import has_figures, take
from floorwalker.apps.improvement.forms import ChooseForm, OpenForm
from floorwalker.apps.improvement.opening import needs_words, open_cycle, refusal_of
from floorwalker.apps.improvement.saying import measure_said
from floorwalker.apps.improvement.showing import show_taken
from floorwalker.apps.improvement.taken import Taken
from floorwalker.apps.people.access import require, team_of, today, user_of
from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Agent, Right, User
from floorwalker.apps.standards.models import Process
from floorwalker.errors import Refused
from floorwalker.insight.known import known_days
from floorwalker.ui.refusal_words import tell


@require_http_methods(["GET", "POST"])
def new_cycle(request: HttpRequest) -> HttpResponse:
    """The gap as it is now; taken on, or shown to be somebody else's."""
    user, on = user_of(request), today()
    require(user, Right.IMPROVE, on)
    facts = lake().snapshot()
    if known_days(facts) is None:
        return render(request, "improvement/no_facts.html")
    begun = read_begun(request.GET, user, facts, on)
    if begun is None:
        return _choose(request, user)
    if not has_figures(begun.sought.kpi, begun.sought.about):
        return render(request, "improvement/new.html", _context(begun, None, user) | {"no_figures": True})
    at = timezone.now()
    taken = take(facts, begun.sought, at=at)
    initial = {"title": proposed_title(begun), "owner": _owner_of(begun, user)}
    form = OpenForm(request.POST or None, about=begun.sought.about, user=user, on=on, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            opening = form.opening(matter=begun.matter, before=begun.before)
            made = open_cycle(begun.sought, taken, opening, by=user, at=at)
            messages.success(request, _("The gap is kept as it is now. Next: what could be done about it?"))
            return redirect("cycle", made.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context = _context(begun, taken, user) | {"form": form}
    return render(request, "improvement/new.html", context, status=422 if form.errors else 200)


def proposed_title(begun: Begun) -> str:
    """What a cycle may be called."""
    return f"{measure_said(begun.sought.kpi.id)}: {begun.sought.about}"


def _owner_of(begun: Begun, user: User) -> int:
    about = begun.sought.about
    return about.owner_id if isinstance(about, Process) else user.pk


def _choose(request: HttpRequest, user: User) -> HttpResponse:
    """Of what is the gap? Its answer is the address that says so."""
    given = request.GET if "about" in request.GET else None
    form = ChooseForm(given, user=user, on=today(), initial={"measure": request.GET.get("measure", "")})
    if form.is_bound and form.is_valid():
        kind, _colon, which = form.cleaned_data["about"].partition(":")
        asked = {"measure": form.cleaned_data["measure"], kind: which}
        return redirect(f"{reverse('new_cycle')}?{urlencode(asked)}")
    return render(request, "improvement/choose.html", {"form": form})


def _context(begun: Begun, taken: Taken | None, user: User) -> dict[str, object]:
    sought, on = begun.sought, today()
    found: dict[str, object] = {"begun": begun, "sought": sought, "measure": measure_said(sought.kpi.id)}
    if taken is not None:
        refused = refusal_of(sought, taken)
        found |= {"taken": show_taken(taken, sought.kpi.id), "needs_words": needs_words(taken)}
        found["refused"] = None if refused is None else tell(refused)
    if taken is None or taken.is_elsewhere:
        found["processes"] = list(Process.objects.on(on).with_owners())
        found["my_processes"] = {one.pk for one in improvable_processes(user, on)}
        team = team_of(sought.about, on) if isinstance(sought.about, Agent) else None
        found["team"] = team if team in improvable_teams(user, on) else None
    return found
