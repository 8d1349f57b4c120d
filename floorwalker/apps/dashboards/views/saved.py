"""Which views has the reader saved, and how are they renamed, removed and put back?"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from floorwalker.apps.dashboards import actions
from floorwalker.apps.dashboards.models import SavedView
from floorwalker.apps.people.access import user_of


@require_GET
def saved_views(request: HttpRequest) -> HttpResponse:
    """The reader's views, and those just removed."""
    own = SavedView.objects.filter(user=user_of(request))
    context = {"views": own.kept(), "removed": own.just_removed(timezone.now())}
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
    actions.rename_view(_own(request, view_id), name, by=user_of(request), at=timezone.now())
    return redirect("saved_views")


@require_POST
def delete_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Remove a view; the page that follows offers to put it back."""
    actions.delete_view(_own(request, view_id), by=user_of(request), at=timezone.now())
    return redirect("saved_views")


@require_POST
def restore_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Put a removed view back."""
    actions.restore_view(_own(request, view_id), by=user_of(request), at=timezone.now())
    return redirect("saved_views")


def _own(request: HttpRequest, view_id: int) -> SavedView:
    view = SavedView.objects.filter(user=user_of(request), pk=view_id).first()
    if view is None:
        raise Http404
    return view
