"""By which keys is the product worked, and by which does its reader want to work it?"""

from __future__ import annotations

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.forms import Keyboard
from floorwalker.apps.people.keyboard import set_keys
from floorwalker.apps.people.models import User
from floorwalker.apps.people.navigation import reachable
from floorwalker.ui.keys import FIXED, HEADINGS, KEYS, Group, Key, keys_with


@require_http_methods(["GET", "POST"])
def keyboard(request: HttpRequest) -> HttpResponse:
    """Every key that works for the reader: as a list over the page, and as a page on which she changes them."""
    user = user_of(request)
    commands = _commands(user)
    if getattr(request, "htmx", None) and request.method == "GET":
        answer = render(request, "people/_keyboard.html", {"groups": _listed(user, commands)})
    else:
        answer = _page(request, user, commands)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _page(request: HttpRequest, user: User, commands: list[Key]) -> HttpResponse:
    known = {"on": user.single_keys, **keys_with(user.keys)}
    form = Keyboard(request.POST or None, commands=[key.code for key in commands], kept=user.keys, initial=known)
    if request.method == "POST":
        if "first" in request.POST:
            set_keys(user, {}, on=True, at=timezone.now())
            messages.success(request, _("The keys are as they were at first."))
            return redirect("keyboard")
        if form.is_valid():
            set_keys(user, {**user.keys, **form.keys}, on=form.cleaned_data["on"], at=timezone.now())
            messages.success(request, _("Kept. The keys hold in every browser in which you log in."))
            return redirect("keyboard")
    context = {"form": form, "groups": _fields(form, commands), "changed": user.keys or not user.single_keys}
    return render(request, "people/keyboard.html", context, status=422 if form.errors else 200)


def _commands(user: User) -> list[Key]:
    """What the reader can be led to, and what every page has."""
    leads_to = reachable(user.scope_on(today()))
    return [key for key in KEYS if key.code in leads_to or not key.code.startswith("go_")]


def _listed(user: User, commands: list[Key]) -> list[tuple[str, list[tuple[str, str, list[str]]]]]:
    """By heading: each command with its code, its name and its keys; what never changes stands with the others."""
    keys = keys_with(user.keys) if user.single_keys else {}
    return [
        (
            str(heading),
            [(key.code, str(key.name), keys.get(key.code, "").split()) for key in commands if key.group is group]
            + [("", name, [held]) for held, name in _fixed(group)],
        )
        for group, heading in HEADINGS.items()
    ]


def _fields(
    form: Keyboard, commands: list[Key]
) -> list[tuple[str, list[tuple[BoundField, str]], list[tuple[str, str]]]]:
    """By heading: the field of each command with the keys that it had at first, and what never changes."""
    return [
        (str(heading), [(form[key.code], key.keys) for key in commands if key.group is group], _fixed(group))
        for group, heading in HEADINGS.items()
    ]


def _fixed(group: Group) -> list[tuple[str, str]]:
    return [(str(held), str(name)) for held, name, where in FIXED if where is group]
