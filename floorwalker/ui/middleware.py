"""How does an error reach the reader? In words, on a page, here and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from floorwalker.errors import FloorwalkerError, KpiError, LakeError, Refused, TooOften
from floorwalker.ui.refusal_words import tell

log = logging.getLogger(__name__)

ZERO = "\x00"

# What a page may ask of the browser: passkeys of its own, and nothing else.
PERMISSIONS = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=(), display-capture=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)"
)


class ErrorsInWords:
    """Turns errors that a person can mend into a page that says how."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, named: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Before any page: nobody types the zero byte, and PostgreSQL stops at it. Programs are told by their own door."""
        if getattr(request, "api_token", None) is not None:
            return None
        given = (*request.GET.lists(), *request.POST.lists(), *((name, [value]) for name, value in named.items()))
        if not any(ZERO in str(text) for name, values in given for text in (name, *values)):
            return None
        error = Refused(
            _("This was not typed by anybody"), found=_("the zero byte in a text"), mend=_("Write it anew by hand.")
        )
        return render(request, "ui/error.html", {"error": tell(error)}, status=400)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an error of ours; any other goes to Django."""
        if isinstance(error, LakeError):
            # Paths and queries are for those who run the installation, not for every reader.
            log.error("the page %s cannot be shown: %s", request.path, error)
            return render(request, "ui/no_figures.html", status=503)
        if not isinstance(error, FloorwalkerError):
            return None
        response = render(request, "ui/error.html", {"error": tell(error)}, status=_status(error))
        if isinstance(error, TooOften):
            response.headers["Retry-After"] = str(error.wait_seconds)
        return response


def _status(error: FloorwalkerError) -> int:
    if isinstance(error, TooOften):
        return 429
    return 409 if isinstance(error, Refused) else 400 if isinstance(error, KpiError) else 500
