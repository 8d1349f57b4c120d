"""Which pages are there for coming in and for one's own wishes?"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from floorwalker.apps.people.accounts import read_invitation
from floorwalker.apps.people.actions import set_first_password
from floorwalker.apps.people.forms import FirstPassword
from floorwalker.apps.people.languages import keep_language, set_language
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused
from floorwalker.ui.context import COOKIE, THEMES
from floorwalker.ui.refusal_words import tell

ONE_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited user choose the first password; the link works once."""
    user = read_invitation(token)
    form = FirstPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_first_password(user, form.cleaned_data["password"], at=timezone.now())
            return redirect("account_login")
        except Refused as error:
            form.add_error("password", tell(error).what)
    return render(
        request, "people/invitation.html", {"form": form, "invited": user}, status=422 if form.errors else 200
    )


@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of light, dark, more contrast or as the system says."""
    response = _back(request)
    theme = request.POST.get("theme", "system")
    if theme in THEMES:
        response.set_cookie(COOKIE, theme, max_age=ONE_YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return response


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language in which somebody reads: in this browser, and with the log-in, so that it comes along."""
    response = _back(request)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        if isinstance(request.user, User):
            set_language(request.user, language, at=timezone.now())
        keep_language(response, language, secure=request.is_secure())
    return response


def _back(request: HttpRequest) -> HttpResponseRedirect:
    back = request.POST.get("next", "/")
    allowed = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if allowed else "/")
