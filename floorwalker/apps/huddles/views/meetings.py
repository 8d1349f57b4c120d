"""Which meetings does a team have, how is one planned, and what stands on its page?"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from floorwalker.apps.huddles.access import (
    find_meeting,
    find_open_team,
    may_lead,
    members_of,
    open_teams,
    users_of,
)
from floorwalker.apps.huddles.forms.meetings import (
    ActionForm,
    AttendanceForm,
    EndForm,
    ItemForm,
    MeetingForm,
    QuestionForm,
    SettleForm,
    zone_of,
)
from floorwalker.apps.huddles.holding import plan_meeting
from floorwalker.apps.huddles.models import ActionPoint, Meeting, MeetingKind, MeetingQuestion
from floorwalker.apps.huddles.noting import mark_of_notes
from floorwalker.apps.huddles.printing import brief_pdf
from floorwalker.apps.huddles.showing_goals import goals_that_stand
from floorwalker.apps.people.access import today, user_of
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell

# So many of those that were held stand in the list.
MOST = 50


@require_GET
def huddles(request: HttpRequest) -> HttpResponse:
    """The teams whose meetings the reader may read; where it is one, straight to it."""
    teams = open_teams(user_of(request), today())
    if len(teams) == 1:
        return redirect("team_huddles", teams[0].pk)
    return render(request, "huddles/teams.html", {"teams": teams})


@require_http_methods(["GET", "POST"])
def team_huddles(request: HttpRequest, team_id: int) -> HttpResponse:
    """Meetings of one team, with what is open; whoever leads it plans the next one here."""
    user, on, at = user_of(request), today(), timezone.now()
    team = find_open_team(user, team_id, on)
    leads = may_lead(user, team, on)
    if request.method == "POST" and not leads:
        raise Http404
    form = MeetingForm(request.POST or None, team=team, at=at) if leads else None
    if form is not None and form.is_valid():
        given = form.cleaned_data
        try:
            kind = MeetingKind(given["kind"])
            planned = {"planned_for": form.planned_for, "minutes": given["minutes"]}
            return redirect("huddle", plan_meeting(team, kind, **planned, by=user, at=at).pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    actions = ActionPoint.objects.filter(meeting__team=team).open().select_related("owner__agent", "meeting__team")
    context = {
        "team": team,
        "leads": leads,
        "form": form,
        "zone": zone_of(team),
        "planned": Meeting.objects.planned().filter(team=team).order_by("planned_for"),
        "held": Meeting.objects.held().filter(team=team)[:MOST],
        "actions": actions,
        "on": on,
        "settle": SettleForm(),
        "unanswered": MeetingQuestion.objects.filter(meeting__team=team, answered_at=None).select_related(
            "asked_by__agent"
        ),
        "goals": goals_that_stand(team, at),
    }
    return render(request, "huddles/team.html", context, status=422 if form is not None and form.errors else 200)


@require_GET
def huddle(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The page of one meeting."""
    meeting = find_meeting(user_of(request), meeting_id, today())
    return page_of(request, meeting)


@require_GET
def show_huddle(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The brief in large letters, with the time that is left."""
    meeting = find_meeting(user_of(request), meeting_id, today())
    context = {
        "meeting": meeting,
        "items": meeting.items.all(),
        "zone": zone_of(meeting.team),
        "ends_at": meeting.ends_at,
    }
    return render(request, "huddles/show.html", context)


@require_GET
def huddle_file(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The brief on one page of paper."""
    meeting = find_meeting(user_of(request), meeting_id, today())
    answer = HttpResponse(brief_pdf(meeting, timezone.now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="brief-{meeting_id}.pdf"'
    return answer


def page_of(request: HttpRequest, meeting: Meeting, **forms: Any) -> HttpResponse:
    """The page; forms: those of which something was wrong, instead of empty ones."""
    user, on = user_of(request), today()
    leads = may_lead(user, meeting.team, on)
    open_ = meeting.ended_at is None and meeting.cancelled_at is None
    context: dict[str, Any] = {
        "meeting": meeting,
        "zone": zone_of(meeting.team),
        "leads": leads,
        "edits": leads and open_,
        "items": list(meeting.items.all()),
        "questions": meeting.questions.select_related("asked_by__agent", "answered_by__agent"),
        "actions": meeting.actions.select_related("owner__agent"),
        "attended": meeting.attendances.select_related("agent").prefetch_related("before").order_by("agent__name"),
        "on": on,
        "ask": QuestionForm(prefix="ask"),
        "settle": SettleForm(),
    }
    if leads:
        context |= {
            "add": ItemForm(prefix="add"),
            "agree": ActionForm(prefix="agree", users=users_of(meeting.team, on)),
            "end": EndForm(prefix="end", initial={"notes": meeting.notes}),
            "seen": mark_of_notes(meeting),
            "attendance": AttendanceForm(meeting=meeting, members=members_of(meeting.team, meeting.planned_for.date())),
        }
    context |= forms
    return render(request, "huddles/huddle.html", context, status=422 if forms else 200)
