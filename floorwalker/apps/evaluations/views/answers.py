"""What does the agent answer to what was found, who decides an appeal, and what do appeals teach?"""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from floorwalker.apps.evaluations import answering_back, appealing
from floorwalker.apps.evaluations.access import find_appeal, find_evaluation, find_of_oneself, is_hidden_from
from floorwalker.apps.evaluations.finding import found_for
from floorwalker.apps.evaluations.models import Appeal
from floorwalker.apps.evaluations.overturning import lessons
from floorwalker.apps.evaluations.unclaimed import is_unclaimable, unclaimable
from floorwalker.apps.people.access import only, require, today, user_of
from floorwalker.apps.people.models import Right, User
from floorwalker.apps.standards.models import ServiceStandard
from floorwalker.ui.whole_numbers import whole_number


@require_POST
def answer_evaluation(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """The agent's own acts: see the marks, mark it herself before, ask a colleague, acknowledge, appeal."""
    user, at, do = user_of(request), timezone.now(), request.POST.get("do", "")
    found = find_of_oneself(user, evaluation_id, today())
    if do == "by_oneself":
        return redirect("mark_evaluation", answering_back.mark_oneself(found, by=user, at=at).pk)
    if do == "show":
        answering_back.show_marks(found, by=user, at=at)
    elif do == "acknowledge":
        answering_back.acknowledge(found, read=whole_number(request.POST.get("marking", "")), by=user, at=at)
        messages.success(request, _("Noted: you have read it and let it stand."))
    elif do == "ask":
        asked = request.POST.get("colleague", "")
        colleague = only(User.objects.filter(pk=whole_number(asked)).first())
        answering_back.ask_colleague(found, colleague, by=user, at=at)
        messages.success(request, _("%(name)s is asked to mark this contact too.") % {"name": colleague})
    elif do == "appeal":
        reason, about = request.POST.get("reason", ""), request.POST.getlist("question")
        _say_who_takes(request, appealing.raise_appeal(found, reason, about, by=user, at=at), at)
    else:
        raise Http404
    return redirect("evaluation", evaluation_id)


def _say_who_takes(request: HttpRequest, appeal: Appeal, at: datetime) -> None:
    """That somebody else marks it anew, where there is anybody who can."""
    if is_unclaimable(appeal, at):
        messages.warning(
            request,
            _("Your appeal is kept. Nobody can take it yet: everybody who may decide it has read the marks."),
        )
    else:
        messages.success(request, _("Another evaluator marks this contact anew, without seeing these marks."))


@require_POST
def remark_on_evaluation(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Write below an evaluation, as the agent or as somebody who may read it."""
    user = user_of(request)
    found = find_evaluation(user, evaluation_id, today())
    if found.released_at is None or is_hidden_from(found, user, today()):
        raise Http404
    answering_back.remark(found, request.POST.get("words", ""), by=user, at=timezone.now())
    return redirect("evaluation", evaluation_id)


@require_POST
def decide_appeal(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Take an appeal and mark the contact anew; or decide which marks stand."""
    user, at, do = user_of(request), timezone.now(), request.POST.get("do", "")
    appeal = find_appeal(user, evaluation_id, today())
    if do == "take":
        appealing.take_appeal(appeal, by=user, at=at)
        return redirect("mark_evaluation", evaluation_id)
    if do not in Appeal.Outcome.values:
        raise Http404
    appealing.decide_appeal(appeal, Appeal.Outcome(do), request.POST.get("explanation", ""), by=user, at=at)
    messages.success(request, _("The agent can read what you decided, and why."))
    return redirect("evaluation", evaluation_id)


@require_GET
def misses(request: HttpRequest) -> HttpResponse:
    """What is missed most, and where do the causes lie? Of one standard, where the address names it."""
    asked = request.GET.get("standard", "")
    standard = ServiceStandard.objects.filter(pk=whole_number(asked)).first()
    found = found_for(user_of(request), today(), standard=standard.pk if standard else None)
    return render(request, "evaluations/misses.html", {"found": found, "standard": standard})


@require_GET
def appeals(request: HttpRequest) -> HttpResponse:
    """Which questions are read in two ways? How often appeals against each were overturned."""
    require(user_of(request), Right.MANAGE_FORMS, today())
    return render(request, "evaluations/appeals.html", {"lessons": lessons(), "waiting": unclaimable(timezone.now())})
