"""Which views has the reader saved, and how are they renamed, removed and put back?"""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from floorwalker.apps.dashboards import actions
from floorwalker.apps.dashboards.models import SavedView, Schedule
from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.models import Agent, Team, User


@require_GET
def saved_views(request: HttpRequest) -> HttpResponse:
    """The reader's views, and those just removed."""
    user = user_of(request)
    own = SavedView.objects.filter(user=user)
    schedules = {one.view_id: one for one in Schedule.objects.filter(view__user=user).order_by("pk")}
    context = {
        "views": [(view, schedules.get(view.pk), leads_somewhere(view, user)) for view in own.kept()],
        "removed": own.just_removed(timezone.now()),
        "sends_mail": settings.FLOORWALKER.mail is not None,
    }
    return render(request, "dashboards/saved_views.html", context)


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep a page under a name, and stay on it."""
    given = request.POST
    view = actions.save_view(
        given.get("name", ""), given.get("path", ""), given.get("query", ""), by=user_of(request), at=timezone.now()
    )
    messages.success(request, _("Saved as “%(name)s”: you find it on your home page.") % {"name": view.name})
    return redirect(view.address)


@require_POST
def rename_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Give a view another name."""
    name = request.POST.get("name", "")
    actions.rename_view(own_view(request, view_id), name, by=user_of(request), at=timezone.now())
    return redirect("saved_views")


@require_POST
def delete_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Remove a view; the page that follows offers to put it back."""
    actions.delete_view(own_view(request, view_id), by=user_of(request), at=timezone.now())
    return redirect("saved_views")


@require_POST
def restore_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Put a removed view back."""
    actions.restore_view(own_view(request, view_id), by=user_of(request), at=timezone.now())
    return redirect("saved_views")


def own_view(request: HttpRequest, view_id: int) -> SavedView:
    """A view of the reader's; anybody else's is not there."""
    view = SavedView.objects.filter(user=user_of(request), pk=view_id).first()
    if view is None:
        raise Http404
    return view


def leads_somewhere(view: SavedView, user: User) -> bool:
    """Whether the agent or team that a view is about is still there for its owner: somebody may have left, or moved."""
    given = view.arguments
    if "agent_id" in given:
        return Agent.objects.visible_to(user, today()).filter(pk=given["agent_id"]).exists()
    if "team_id" in given:
        return Team.objects.visible_to(user, today()).filter(pk=given["team_id"]).exists()
    return True
