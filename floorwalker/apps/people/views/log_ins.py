"""How does an administrator keep log-ins safe? Links, sessions, lost second factors, closed log-ins, and who needs two factors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from floorwalker.apps.people import actions
from floorwalker.apps.people.access import require_everywhere, today, user_of
from floorwalker.apps.people.accounts import invitation_path
from floorwalker.apps.people.closing import close_log_in, open_log_in
from floorwalker.apps.people.forms import SecondFactorRoles
from floorwalker.apps.people.models import Right, Role, User
from floorwalker.apps.people.second_factors import (
    LEADERS_AND_UP,
    require_second_factor,
    reset_second_factor,
    roles_with_second_factor,
    who_lacks_it,
)
from floorwalker.apps.people.sessions import end_sessions


class Act(Protocol):
    """What an administrator does to somebody's log-in."""

    def __call__(self, user: User, *, by: User, at: datetime) -> object: ...


def granter(request: HttpRequest) -> User:
    """Who is asking, where she or he gives roles and looks after log-ins."""
    user = user_of(request)
    require_everywhere(user, Right.GRANT_ROLES, today())
    return user


@require_http_methods(["GET", "POST"])
def second_factors(request: HttpRequest) -> HttpResponse:
    """Which roles need a second factor, and who of them has none yet?"""
    by = granter(request)
    form = SecondFactorRoles(
        request.POST or None, initial={"roles": [str(role) for role in roles_with_second_factor()]}
    )
    if request.method == "POST":
        form = SecondFactorRoles(request.POST)
        if form.is_valid():
            require_second_factor(
                [Role(role) for role in form.cleaned_data["roles"]], by=by.username, at=timezone.now()
            )
            messages.success(request, _("Kept. It counts from everybody's next page on."))
            return redirect("second_factors")
    context = {"form": form, "lacking": who_lacks_it(today()), "advised": [role.label for role in LEADERS_AND_UP]}
    return render(request, "people/second_factors.html", context, status=422 if form.errors else 200)


def _acted(request: HttpRequest, user_id: int, act: Act, said: Callable[[User], str]) -> HttpResponse:
    by, whom = granter(request), get_object_or_404(User, pk=user_id)
    act(whom, by=by, at=timezone.now())
    messages.success(request, said(whom))
    return redirect("log_ins")


@require_POST
def end_sessions_of(request: HttpRequest, user_id: int) -> HttpResponse:
    """End all sessions of somebody."""
    return _acted(request, user_id, end_sessions, lambda whom: _("All sessions of %(who)s have ended.") % {"who": whom})


@require_POST
def reset_second_factor_of(request: HttpRequest, user_id: int) -> HttpResponse:
    """Take somebody's lost second factor away."""
    return _acted(
        request, user_id, reset_second_factor, lambda whom: _("%(who)s has no second factor any more.") % {"who": whom}
    )


@require_POST
def close_log_in_of(request: HttpRequest, user_id: int) -> HttpResponse:
    """Let somebody in no more."""
    return _acted(request, user_id, close_log_in, lambda whom: _("The log-in of %(who)s is closed.") % {"who": whom})


@require_POST
def open_log_in_of(request: HttpRequest, user_id: int) -> HttpResponse:
    """Let somebody in again."""
    return _acted(request, user_id, open_log_in, lambda whom: _("The log-in of %(who)s is open again.") % {"who": whom})


@require_POST
def invite_again(request: HttpRequest, user_id: int) -> HttpResponse:
    """A new link to a password, for somebody who forgot it or let the first link grow old."""
    by, whom = granter(request), get_object_or_404(User, pk=user_id)
    actions.invite(whom, by=by.username, at=timezone.now())
    messages.success(
        request,
        _("Give this link to %(who)s: it works once, within a week: %(link)s")
        % {"who": whom, "link": request.build_absolute_uri(invitation_path(whom))},
    )
    return redirect("log_ins")
