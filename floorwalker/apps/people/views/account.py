"""What protects one's own log-in? Password, second factor, sessions, and what was done to them."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.models import AuditEntry, User
from floorwalker.apps.people.second_factors import lacks_second_factor
from floorwalker.apps.people.sessions import device_of, end_one_session, end_other_sessions

ENTRIES_SHOWN = 12


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """My account: how do I come in, from where am I in, and what happened to it?"""
    user = user_of(request)
    context = {
        "lacks_factor": lacks_second_factor(user, today()),
        "sessions": [(one, device_of(one.user_agent)) for one in _sessions(user)],
        "events": AuditEntry.objects.filter(subject=f"user:{user.pk}").order_by("-id")[:ENTRIES_SHOWN],
        "roles": user.grants.on(today()).select_related("team", "site"),
        **_factors(user),
    }
    return render(request, "people/account.html", context)


def _factors(user: User) -> dict[str, object]:
    found = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    codes = next((one for one in found if one.type == Authenticator.Type.RECOVERY_CODES), None)
    return {
        "app": next((one for one in found if one.type == Authenticator.Type.TOTP), None),
        "passkeys": [one for one in found if one.type == Authenticator.Type.WEBAUTHN],
        "codes_left": None if codes is None else len(codes.wrap().get_unused_codes()),
    }


def _sessions(user: User) -> list[UserSession]:
    return sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.last_seen_at, reverse=True)


@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of one's own sessions; this very one is a log-out."""
    user = user_of(request)
    session = UserSession.objects.filter(user=user, pk=session_id).first()
    if session is None:
        raise Http404
    if session.is_current():
        get_adapter(request).logout(request)
        return redirect("account_login")
    end_one_session(session, by=user, at=timezone.now())
    return redirect("account")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's own sessions but this one."""
    end_other_sessions(request, user_of(request), at=timezone.now())
    messages.success(request, _("All other sessions have ended."))
    return redirect("account")
