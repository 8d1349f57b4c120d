"""What does whoever leads a meeting do on its page: edit the brief, begin, note who is there, agree, answer, end?"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from floorwalker.apps.huddles import agreeing, holding, noting
from floorwalker.apps.huddles.access import find_action, find_meeting, find_question, may_lead, members_of, users_of
from floorwalker.apps.huddles.forms.meetings import (
    ActionForm,
    AnswerForm,
    AttendanceForm,
    EndForm,
    ItemForm,
    QuestionForm,
    SettleForm,
)
from floorwalker.apps.huddles.models import BriefItem, ItemKind, Meeting
from floorwalker.apps.huddles.views.meetings import page_of
from floorwalker.apps.people.access import only, today, user_of
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell
from floorwalker.ui.whole_numbers import whole_number


@require_POST
def edit_brief(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Add an item, or change, move or drop one."""
    user, at = user_of(request), timezone.now()
    meeting = find_meeting(user, meeting_id, today(), leading=True)
    _keep_notes_too(request, meeting, user)
    do = request.POST.get("do", "")
    if do == "add":
        form = ItemForm(request.POST, prefix="add")
        if not form.is_valid():
            return page_of(request, meeting, add=form)
        kind = ItemKind(form.cleaned_data["kind"])
        holding.add_item(meeting, kind, form.cleaned_data["words"], by=user, at=at)
        return redirect(_brief(meeting))
    item = only(meeting.items.filter(pk=whole_number(request.POST.get("item", ""))).first())
    item.meeting = meeting
    _edit(item, do, request.POST.get("words", ""), by=user)
    return redirect(_brief(meeting))


def _edit(item: BriefItem, do: str, words: str, *, by: User) -> None:
    at = timezone.now()
    edits: dict[str, Callable[[], object]] = {
        "up": lambda: holding.move_item(item, -1, by=by, at=at),
        "down": lambda: holding.move_item(item, 1, by=by, at=at),
        "drop": lambda: holding.drop_item(item, by=by, at=at),
        "change": lambda: holding.change_item(item, words, by=by, at=at),
    }
    if do not in edits:
        raise Http404
    edits[do]()


def _brief(meeting: Meeting) -> str:
    return f"{reverse('huddle', args=[meeting.pk])}#brief"


@require_POST
def begin_huddle(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Begin, and show the brief in large letters."""
    user = user_of(request)
    meeting = find_meeting(user, meeting_id, today(), leading=True)
    _keep_notes_too(request, meeting, user)
    holding.begin_meeting(meeting, by=user, at=timezone.now())
    return redirect("show_huddle", meeting.pk)


@require_POST
def end_huddle(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """It is over, or called off."""
    user, at = user_of(request), timezone.now()
    meeting = find_meeting(user, meeting_id, today(), leading=True)
    form, do = EndForm(request.POST, prefix="end"), request.POST.get("do")
    if not form.is_valid():
        return page_of(request, meeting, end=form)
    notes, seen = form.cleaned_data["notes"], request.POST.get("seen")
    try:
        if do == "cancel":
            holding.cancel_meeting(meeting, notes, seen=seen, by=user, at=at)
            return redirect("team_huddles", meeting.team_id)
        if do == "keep":
            noting.keep_notes(meeting, notes, seen=seen, by=user, at=at)
            messages.success(request, _("The notes are kept; the team reads them once the meeting has ended."))
            return redirect("huddle", meeting.pk)
        holding.end_meeting(meeting, notes, seen=seen, by=user, at=at)
        messages.success(request, _("Kept. What is open comes back in the next brief."))
    except Refused as refused:  # whoever else leads it has ended it meanwhile: what was typed is given back
        messages.error(request, f"{tell(refused)} {_lost(notes)}".strip())
    return redirect("huddle", meeting.pk)


def _keep_notes_too(request: HttpRequest, meeting: Meeting, user: User) -> None:
    """What was being noted when another form of the page was sent, which brings it along; given back where it cannot be kept."""
    notes = request.POST.get("notes")
    if notes is None or not may_lead(user, meeting.team, today()):
        return
    try:
        noting.keep_notes(meeting, notes, seen=request.POST.get("seen"), by=user, at=timezone.now())
    except Refused as refused:
        messages.error(request, f"{tell(refused)} {_lost(notes)}".strip())


def _lost(notes: str) -> str:
    return _("Your notes are not kept: “%(notes)s”") % {"notes": notes} if notes else ""


@require_POST
def note_attendance(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Who was there."""
    user, on = user_of(request), today()
    meeting = find_meeting(user, meeting_id, on, leading=True)
    _keep_notes_too(request, meeting, user)
    members = members_of(meeting.team, meeting.planned_for.date())
    form = AttendanceForm(request.POST, meeting=meeting, members=members)
    if not form.is_valid():
        return page_of(request, meeting, attendance=form)
    holding.note_attendance(meeting, form.present, by=user, at=timezone.now())
    return redirect("huddle", meeting.pk)


@require_POST
def ask_in_huddle(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A question, by whoever may read the meeting."""
    user = user_of(request)
    meeting = find_meeting(user, meeting_id, today())
    _keep_notes_too(request, meeting, user)
    form = QuestionForm(request.POST, prefix="ask")
    if not form.is_valid():
        return page_of(request, meeting, ask=form)
    agreeing.ask(meeting, form.cleaned_data["words"], by=user, at=timezone.now())
    return redirect("huddle", meeting.pk)


@require_http_methods(["GET", "POST"])
def answer_in_huddle(request: HttpRequest, question_id: int) -> HttpResponse:
    """The answer to a question."""
    user = user_of(request)
    question = find_question(user, question_id, today())
    form = AnswerForm(request.POST or None, initial={"words": question.answer})
    if request.method == "POST" and form.is_valid():
        try:
            agreeing.answer(question, form.cleaned_data["words"], by=user, at=timezone.now())
            return redirect("huddle", question.meeting_id)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context = {"question": question, "form": form}
    return render(request, "huddles/answer.html", context, status=422 if form.errors else 200)


@require_POST
def agree_in_huddle(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """What somebody takes on."""
    user, on = user_of(request), today()
    meeting = find_meeting(user, meeting_id, on, leading=True)
    _keep_notes_too(request, meeting, user)
    form = ActionForm(request.POST, prefix="agree", users=users_of(meeting.team, on))
    if form.is_valid():
        given = form.cleaned_data
        try:
            agreeing.agree_action(
                meeting, given["words"], owner=form.chosen, due_on=given["due_on"], by=user, at=timezone.now()
            )
            return redirect("huddle", meeting.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    return page_of(request, meeting, agree=form)


@require_http_methods(["GET", "POST"])
def huddle_action(request: HttpRequest, action_id: int) -> HttpResponse:
    """Done, or dropped with a word: by its owner, or whoever leads the team."""
    user, at = user_of(request), timezone.now()
    point = find_action(user, action_id, today())
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        settle = agreeing.drop_action if request.POST.get("do") == "drop" else agreeing.finish_action
        try:
            settle(point, form.cleaned_data["outcome"], by=user, at=at)
            return redirect("huddle", point.meeting_id)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    return render(request, "huddles/action.html", {"point": point, "form": form}, status=422 if form.errors else 200)
