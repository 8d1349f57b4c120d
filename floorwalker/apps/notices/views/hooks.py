"""Which programs are told what happens here, and did they hear it?"""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.notices.forms import HookForm
from floorwalker.apps.notices.hooking import add_hook, enable_hook, remove_hook, secret_of
from floorwalker.apps.notices.models import Hook
from floorwalker.apps.notices.tasks import send_trial
from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.models import Right, User
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell

DELIVERIES_PER_PAGE = 30


@require_http_methods(["GET", "POST"])
def hooks(request: HttpRequest) -> HttpResponse:
    """All webhooks, and a new one, whose secret is shown here once."""
    user = _connector(request)
    form, made, secret = HookForm(request.POST or None), None, ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = add_hook(said["name"], said["url"], said["events"], by=user, at=timezone.now())
            form, secret = HookForm(), secret_of(made)
        except Refused as refused:
            form.add_error("url", str(tell(refused)))
    context = {"form": form, "made": made, "secret": secret, "hooks": Hook.objects.kept()}
    return render(request, "notices/hooks.html", context, status=422 if form.errors else 200)


@require_GET
def hook(request: HttpRequest, hook_id: int) -> HttpResponse:
    """What was sent to one address, and what came of it, the latest first."""
    _connector(request)
    found = get_object_or_404(Hook.objects.kept(), pk=hook_id)
    page = Paginator(found.deliveries.all(), DELIVERIES_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/hook.html", {"hook": found, "page": page})


@require_POST
def change_hook(request: HttpRequest, hook_id: int) -> HttpResponse:
    """Send a trial, switch it on again, or remove it."""
    user, at = _connector(request), timezone.now()
    found = get_object_or_404(Hook.objects.kept(), pk=hook_id)
    match request.POST.get("do"):
        case "try":
            send_trial(found, by=user, at=at)
            messages.success(request, _("A trial is on its way; this page says soon whether it was heard."))
        case "enable":
            enable_hook(found, by=user, at=at)
        case "remove":
            remove_hook(found, by=user, at=at)
            return redirect("hooks")
        case _:
            raise Http404
    return redirect("hook", hook_id)


def _connector(request: HttpRequest) -> User:
    require(user_of(request), Right.CONNECT_SYSTEMS, today())
    return user_of(request)
