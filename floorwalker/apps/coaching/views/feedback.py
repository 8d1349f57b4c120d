"""What was said of somebody's, a team's or a process's work, and what becomes of it?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.coaching.access import (
    coached_teams,
    find_feedback,
    find_inbox,
    find_matter,
    find_process_inbox,
    find_team_inbox,
    find_to_decide,
    may_coach,
    may_decide,
    may_give_any,
)
from floorwalker.apps.coaching.deciding import answer_feedback, decide_matter, mark_of_matter, note_seen
from floorwalker.apps.coaching.forms.feedback import AnswerForm, DecideForm
from floorwalker.apps.coaching.inbox import (
    Inbox,
    MatterShown,
    inbox_of_agent,
    inbox_of_process,
    inbox_of_team,
    show_matters,
)
from floorwalker.apps.coaching.models import Feedback, Matter
from floorwalker.apps.coaching.reading_marks import note_feedback_read
from floorwalker.apps.coaching.seeing import is_oneself
from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.models import Process
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell


@never_cache
@require_GET
def feedback(request: HttpRequest) -> HttpResponse:
    """One's own inbox; and the ways to those of the teams and processes for which one answers."""
    user, on = user_of(request), today()
    others = {
        "teams": coached_teams(user, on),
        "processes": Process.objects.on(on).owned_by(user),
        "may_give": may_give_any(user, on),
    }
    if user.agent is None:
        return render(request, "coaching/feedback.html", others)
    return _of_agent(request, user, user.agent.person, others)


@never_cache
@require_GET
def agent_feedback(request: HttpRequest, agent_id: int) -> HttpResponse:
    """The inbox of one person, for herself and for whoever may coach her."""
    user = user_of(request)
    agent = find_inbox(user, agent_id, today())
    return _of_agent(request, user, agent, {"may_give": not is_oneself(user, agent)})


def _of_agent(request: HttpRequest, user: User, agent: Agent, more: dict[str, object]) -> HttpResponse:
    found = inbox_of_agent(agent, user, today())
    context = {"agent": agent, "own": is_oneself(user, agent), "inbox": found}
    page = render(request, "coaching/feedback.html", context | more)
    _note(found, user)
    return page


@never_cache
@require_GET
def team_feedback(request: HttpRequest, team_id: int) -> HttpResponse:
    """What is said of a team as a whole, for whoever leads it."""
    user, on = user_of(request), today()
    team = find_team_inbox(user, team_id, on)
    found = inbox_of_team(team, user, on)
    page = render(request, "coaching/team_feedback.html", {"team": team, "inbox": found})
    _note(found, user)
    return page


@never_cache
@require_GET
def process_feedback(request: HttpRequest, process_id: int) -> HttpResponse:
    """What was found of a process, for its owner."""
    user, on = user_of(request), today()
    process = find_process_inbox(user, process_id)
    found = inbox_of_process(process, user, on)
    page = render(request, "coaching/process_feedback.html", {"process": process, "inbox": found})
    _note(found, user)
    return page


@never_cache
@require_http_methods(["GET", "POST"])
def matter(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One matter with all that was said, and every decision about it; its receiver decides here."""
    user, on, at = user_of(request), today(), timezone.now()
    found = find_matter(user, matter_id, on)
    decides = may_decide(user, found, on)
    if request.method == "POST" and not decides:
        raise Http404
    form = DecideForm(request.POST or None, matter=found, at=at) if decides else None
    if form is not None and form.is_valid():
        try:
            decide_matter(found, form.decided, by=user, at=at)
            messages.success(request, _("Kept, with your reason."))
            return redirect("matter", found.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    status = 422 if form is not None and form.errors else 200
    context = _context(user, found)
    page = render(request, "coaching/matter.html", context | {"form": form}, status=status)
    note_seen([found], by=user, at=at)
    if found.team_id is None:
        note_feedback_read([shown.feedback for shown in context["one"].said], by=user, at=at)
    return page


def _context(user: User, found: Matter) -> dict[str, Any]:
    """Everything that the page of a matter prints but the form."""
    on = today()
    said = Feedback.objects.standing() if found.agent is None else Feedback.objects.shown_to(user, found.agent, on)
    one: MatterShown = show_matters(
        Matter.objects.filter(pk=found.pk).with_whose(), said, user, on, with_words=found.team_id is None
    )[0]
    before = [was for was in one.passed_from if was.agent is not None and may_coach(user, was.agent, on)]
    return {
        "one": one,
        "matter": found,
        "own": found.agent is not None and is_oneself(user, found.agent),
        "before": before,
        "decisions": found.decisions.select_related(
            "by__agent", "passed_to__agent", "passed_to__team", "passed_to__process"
        ),
        "answer": AnswerForm(),
        "seen": mark_of_matter(found),
    }


@require_POST
def answer(request: HttpRequest, feedback_id: int) -> HttpResponse:
    """The receiver's answer to one piece of feedback."""
    user = user_of(request)
    found = find_feedback(user, feedback_id, today())
    find_to_decide(user, found.matter_id, today())
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_feedback(found, form.cleaned_data["words"], by=user, at=timezone.now())
            messages.success(request, _("Your answer stands beside it."))
        except Refused as refused:
            messages.error(request, str(tell(refused)))
    else:
        messages.error(request, _("An answer has words."))
    return redirect("matter", found.matter_id)


def _note(found: Inbox, user: User) -> None:
    """What was new is not from now on, and whose marks were read is known where somebody appeals against them."""
    note_seen([one.matter for one in (*found.mine, *found.system)], by=user, at=timezone.now())
    told = [shown for one in (*found.mine, *found.team, *found.system) for shown in one.said if shown.with_words]
    note_feedback_read([shown.feedback for shown in told], by=user, at=timezone.now())
