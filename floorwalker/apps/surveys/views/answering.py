"""What does a customer see who opens the link? The questions, thanks, and how not to be asked again; nothing of our people."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from floorwalker.apps.surveys import answering
from floorwalker.apps.surveys.forms import Answers, answers_so_far
from floorwalker.apps.surveys.limits import count_answer, count_unknown
from floorwalker.apps.surveys.models import Invitation
from floorwalker.apps.surveys.tokens import find_invitation
from floorwalker.errors import TooOften

# The address holds the secret: nothing keeps it or passes it on.
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
View = Callable[[HttpRequest, Invitation, str], HttpResponse]


def for_customers(view: View) -> Callable[..., HttpResponse]:
    """Open the door to whoever has the link, in her language. The link is the secret: no cookie is needed, or set."""

    @login_not_required
    @csrf_exempt
    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        invitation = find_invitation(token)
        language = _language(request, invitation)
        with translation.override(language):
            try:
                response = _unknown(request) if invitation is None else view(request, invitation, token)
            except TooOften as error:
                response = _shown(request, "too_often", {}, 429)
                response.headers["Retry-After"] = str(error.wait_seconds)
        for name, value in PRIVATE.items():
            response.headers[name] = value
        response.headers["Content-Language"] = language
        # Django would write the address of what is closed or refused into the log.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    return answer


@for_customers
def answer_survey(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """Answer, or change what was answered, until it closes."""
    at = timezone.now()
    if not invitation.is_open(at) or invitation.version is None:
        return _shown(request, "closed", {"invitation": invitation}, 410)
    questions = list(invitation.version.questions.all())
    present = {one.question_id: one.text if one.score is None else one.score for one in invitation.answers.present()}
    form = Answers(questions, request.POST if request.method == "POST" else None, initial=answers_so_far(present))
    if request.method == "POST":
        count_answer(invitation.pk)
        if form.is_valid():
            answering.answer_survey(invitation, form.given, at=at)
            language = f"?language={translation.get_language()}"
            return HttpResponse(status=303, headers={"Location": reverse("survey_thanks", args=[token]) + language})
    context = {"invitation": invitation, "form": form, "token": token}
    return _shown(request, "answer", context, 422 if form.errors else 200)


@for_customers
def survey_thanks(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """Thanks, and until when the answers can be changed."""
    is_open = invitation.is_open(timezone.now())
    return _shown(request, "thanks", {"invitation": invitation, "token": token, "is_open": is_open})


@for_customers
def ask_no_more(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """Be asked no more, by a button here or by a mail program's own (RFC 8058)."""
    if request.method == "POST":
        count_answer(invitation.pk)
        answering.ask_no_more(invitation, at=timezone.now())
    context = {"invitation": invitation, "token": token, "is_done": request.method == "POST"}
    return _shown(request, "no_more", context)


def _language(request: HttpRequest, invitation: Invitation | None) -> str:
    """What was chosen on the page, else what came with the contact."""
    chosen = request.GET.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        return chosen
    return settings.LANGUAGE_CODE if invitation is None else invitation.language


def _unknown(request: HttpRequest) -> HttpResponse:
    count_unknown(request)
    return _shown(request, "unknown", {}, 404)


def _shown(request: HttpRequest, page: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    languages = [(code, name) for code, name in settings.LANGUAGES if code != translation.get_language()]
    return render(request, f"surveys/customer/{page}.html", context | {"languages": languages}, status=status)
