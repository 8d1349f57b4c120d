"""What stands before every page? A session that is over, and a role that asks for a second factor that is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from floorwalker.apps.people.access import today
from floorwalker.apps.people.models import User
from floorwalker.apps.people.second_factors import lacks_second_factor
from floorwalker.apps.people.sessions import is_logged_in, is_over, note_use

# What stays open to somebody who has yet to set up a second factor; everything else waits.
OPEN_WITHOUT_FACTOR = frozenset(
    """account account_logout account_change_password account_set_password account_reauthenticate theme language mfa_index
    mfa_activate_totp mfa_add_webauthn mfa_reauthenticate mfa_reauthenticate_webauthn
    mfa_list_webauthn end_session end_other_sessions""".split()
)


class Gates:
    """Ends sessions that are over; leads whoever needs a second factor to setting one up, and nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Before any page: is this session still good?"""
        if is_logged_in(request.session):
            if is_over(request.session):
                logout(request)
                messages.info(
                    request, _("You were logged out, because the shift is over or nobody used this page for long.")
                )
            else:
                note_use(request.session)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, named: Any
    ) -> HttpResponse | None:
        """Before this page: may somebody without a second factor see it?"""
        user, match = request.user, request.resolver_match
        if not isinstance(user, User) or not getattr(view, "login_required", True):
            return None
        if match is None or match.url_name in OPEN_WITHOUT_FACTOR or not lacks_second_factor(user, today()):
            return None
        address = reverse("account")
        return HttpResponseClientRedirect(address) if getattr(request, "htmx", None) else HttpResponseRedirect(address)
