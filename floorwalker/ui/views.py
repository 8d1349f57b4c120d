"""Which answers belong to no context?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse


@login_not_required
def not_here(request: HttpRequest) -> HttpResponse:
    """An address that a library names and this product does not have."""
    raise Http404
