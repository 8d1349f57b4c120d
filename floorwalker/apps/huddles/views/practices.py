"""What works well here, who may propose, agree, check and withdraw it, and did it help those who tried it?"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.huddles import practising
from floorwalker.apps.huddles.forms.practices import HelpedForm, PracticeForm, SearchForm
from floorwalker.apps.huddles.models import Practice
from floorwalker.apps.huddles.trying import LEAST_TOLD, waves_of
from floorwalker.apps.people.access import only, today, user_of
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.recordings.access import find_recording
from floorwalker.apps.recordings.models import Recording
from floorwalker.errors import Refused
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui.refusal_words import tell


@require_GET
def practices(request: HttpRequest) -> HttpResponse:
    """What is published, searched by words, measure and reason; what waits for the reader stands above it."""
    user, on = user_of(request), today()
    form = SearchForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    found = practising.search(given.get("q", ""), measure=given.get("measure", ""), reason=given.get("reason", ""))
    context = {
        "form": form,
        "found": found,
        "asked": any(given.values()),
        "waiting": practising.waiting_for(user, on),
        "proposes": practising.may_propose_of(user, None, on),
    }
    return render(request, "huddles/practices.html", context)


@require_http_methods(["GET", "POST"])
def propose_practice(request: HttpRequest) -> HttpResponse:
    """Something of one's own, of somebody whom one leads, or of nobody in particular."""
    user, on = user_of(request), today()
    if not practising.may_propose_of(user, None, on):
        raise Http404
    people = Agent.objects.filter(
        pk__in=[*user.oneself(), *Agent.objects.coached_by(user, on).values_list("pk", flat=True)]
    )
    form = PracticeForm(request.POST or None, people=people.on_the_floor(), initial=_asked(request))
    if request.method == "POST" and form.is_valid():
        try:
            given = form.proposed(_recording(user, form.cleaned_data["recording"]))
            made = practising.propose_practice(given, by=user, at=timezone.now())
            messages.success(request, _("Proposed. Somebody else checks it before it is published."))
            return redirect("practice", made.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    return render(request, "huddles/propose.html", {"form": form}, status=422 if form.errors else 200)


def _asked(request: HttpRequest) -> dict[str, str]:
    """What a link from an evaluation or a session fills in."""
    names = ("kind", "whose", "measure", "tags", "recording", "begins", "ends")
    return {name: request.GET[name][:200] for name in names if name in request.GET}


def _recording(user: User, number: int | None) -> Recording | None:
    return None if number is None else find_recording(user, number, today())


@require_GET
def practice(request: HttpRequest, practice_id: int) -> HttpResponse:
    """One of them."""
    user, on = user_of(request), today()
    found = practising.find_practice(user, practice_id, on)
    mine = user.oneself()
    taken = list(found.taken_up.all())
    evidence = found.evidence
    context = {
        "practice": found,
        "kpi": catalogue().get(found.measure),
        "is_whose": found.whose_id in mine,
        "agrees": found.whose_id in mine and found.agreed_at is None,
        "checks": found.redacted_by_id is None and practising.may_check(user, found, on),
        "withdraws": practising.is_its_own(user, found) or practising.may_check(user, found, on),
        "takes": user.agent is not None and found.whose_id not in mine and found.published_at is not None,
        "mine": next((one for one in taken if one.agent_id in mine), None),
        "taken": len(taken),
        "told": [one for one in taken if one.helped is not None],
        "helped": sum(1 for one in taken if one.helped),
        "waves": list(waves_of(found)),
        "least_told": LEAST_TOLD,
        "heard": evidence is not None
        and evidence.recording_id is not None
        and Recording.objects.heard_by(user, on).filter(pk=evidence.recording_id).exists(),
        "form": HelpedForm(),
    }
    return render(request, "huddles/practice.html", context)


@require_POST
def settle_practice(request: HttpRequest, practice_id: int) -> HttpResponse:
    """Agree, check or withdraw it; try it, and tell whether it helped."""
    user, on = user_of(request), today()
    found = practising.find_practice(user, practice_id, on)
    do = request.POST.get("do", "")
    acts: dict[str, Callable[[], object]] = {
        "agree": lambda: _agree(found, user, named=False),
        "agree_named": lambda: _agree(found, user, named=True),
        "check": lambda: practising.check_practice(found, by=user, at=timezone.now()),
        "withdraw": lambda: _withdraw(found, user, request.POST.get("because", "")),
        "take_up": lambda: practising.take_up(found, by=user, at=timezone.now()),
        "helped": lambda: _tell(found, user, True, request.POST.get("words", "")),
        "not_helped": lambda: _tell(found, user, False, request.POST.get("words", "")),
    }
    if do not in acts or not _may(user, found, do):
        raise Http404
    acts[do]()
    return redirect("practices") if do == "withdraw" else redirect("practice", found.pk)


def _may(user: User, found: Practice, do: str) -> bool:
    """Whether the page offers that to the user."""
    checks = practising.may_check(user, found, today())
    if do in ("agree", "agree_named"):
        return found.whose_id in user.oneself()
    if do == "check":
        return checks
    if do == "withdraw":
        return checks or practising.is_its_own(user, found)
    return user.agent is not None and found.whose_id not in user.oneself() and found.published_at is not None


def _agree(found: Practice, user: User, *, named: bool) -> None:
    practising.agree_practice(found, named=named, by=user, at=timezone.now())


def _withdraw(found: Practice, user: User, because: str) -> None:
    practising.withdraw_practice(found, because, by=user, at=timezone.now())


def _tell(found: Practice, user: User, helped: bool, words: str) -> None:
    taken = only(found.taken_up.filter(agent__in=user.oneself()).first())
    practising.tell_whether_it_helped(taken, helped, words, by=user, at=timezone.now())
