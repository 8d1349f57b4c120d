"""Which answers belong to no context?"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

# RFC 9116 wants a day after which it is not to be believed, less than a year ahead.
BELIEVED_FOR = timedelta(days=180)


@login_not_required
def not_here(request: HttpRequest) -> HttpResponse:
    """An address that a library names and this product does not have."""
    raise Http404


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where a weakness of this installation is told, where it says so (RFC 9116)."""
    contact = settings.FLOORWALKER.security_contact
    if not contact:
        raise Http404
    expires = (timezone.now() + BELIEVED_FOR).strftime("%Y-%m-%dT00:00:00Z")
    lines = (f"Contact: {contact}", f"Expires: {expires}", "Preferred-Languages: en")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
