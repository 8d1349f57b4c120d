"""What ought the reader to know, and what is over?"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from floorwalker.apps.notices.access import find_notice, notices_of
from floorwalker.apps.notices.actions import mark_read
from floorwalker.apps.people.access import today, user_of

PER_PAGE = 30


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What holds now, and what is over, for this reader."""
    past = request.GET.get("show") == "past"
    own = notices_of(user_of(request), today())
    page = Paginator(own.past() if past else own.open(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/notices.html", {"page": page, "past": past})


@require_POST
def read_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Note that the reader has read it."""
    notice = find_notice(user_of(request), notice_id, today())
    mark_read(notice, by=user_of(request), at=timezone.now())
    return redirect("notices")
