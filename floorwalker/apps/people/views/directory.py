"""How does a centre's own list of its people come in? Given in, looked at, then taken over."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.people.access import require_everywhere, today, user_of
from floorwalker.apps.people.comparing import Change, plan
from floorwalker.apps.people.directory import decode
from floorwalker.apps.people.forms import Directory, TakeOver
from floorwalker.apps.people.models import DirectoryDraft, Right, User
from floorwalker.apps.people.taking_over import keep_draft, take_over
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell

ROWS_PER_PAGE = 100


@require_http_methods(["GET", "POST"])
def directory(request: HttpRequest) -> HttpResponse:
    """Give a directory in."""
    user = _manager_of_all(request)
    form = Directory(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = keep_draft(decode(file.read(), file.name), file.name, by=user, at=timezone.now())
            return redirect("directory_draft", draft.pk)
        except Refused as refused:
            form.add_error("file", str(tell(refused)))
    return render(request, "people/directory.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def directory_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """What would taking it over do?"""
    _manager_of_all(request)
    return _preview(request, get_object_or_404(DirectoryDraft, pk=draft_id), TakeOver(initial={"moves_on": today()}))


@require_POST
def take_directory_over(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Do what the directory says."""
    user = _manager_of_all(request)
    draft, form = get_object_or_404(DirectoryDraft, pk=draft_id), TakeOver(request.POST)
    if not form.is_valid():
        return _preview(request, draft, form)
    take_over(draft, moves_on=form.cleaned_data["moves_on"], by=user, at=timezone.now())
    return redirect("directory_draft", draft.pk)


def _manager_of_all(request: HttpRequest) -> User:
    """A directory names people of the whole centre: whoever manages one site takes none over."""
    user = user_of(request)
    require_everywhere(user, Right.MANAGE_PEOPLE, today())
    return user


def _preview(request: HttpRequest, draft: DirectoryDraft, form: TakeOver) -> HttpResponse:
    planned = plan(draft.content, today())
    counts = {str(change): sum(one.change == change for one in planned) for change in Change}
    order = (Change.PROBLEM, Change.CHANGES, Change.NEW, Change.SAME)
    page = Paginator(sorted(planned, key=lambda one: order.index(one.change)), ROWS_PER_PAGE)
    context = {"draft": draft, "counts": counts, "page": page.get_page(request.GET.get("page")), "form": form}
    return render(request, "people/directory_draft.html", context, status=422 if form.errors else 200)
