"""Which programs may ask in the reader's place, and how is that made and ended?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from floorwalker.apps.notices.actions import create_token, end_token
from floorwalker.apps.notices.forms import WRITE, TokenForm
from floorwalker.apps.notices.tokens import find_token, tokens_for
from floorwalker.apps.people.access import user_of
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell

PER_PAGE = 30


@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The reader's tokens, everybody's for who connects systems; and a new one, which is shown here once."""
    user, at = user_of(request), timezone.now()
    form, made = TokenForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            _token, made = create_token(
                said["name"],
                said["areas"],
                may_write=said["access"] == WRITE,
                expires_at=end_of(said["expires_on"]),
                owner=user,
                by=user.username,
                at=at,
            )
            form = TokenForm()
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    page = Paginator(tokens_for(user, at), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "made": made, "page": page, "at": at, "reader": user}
    return render(request, "notices/tokens.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, token_id: int) -> HttpResponse:
    """End a token at once."""
    user, at = user_of(request), timezone.now()
    token = end_token(find_token(user, token_id, at), by=user.username, at=at)
    messages.success(request, _("The token “%(name)s” opens nothing any more.") % {"name": token.name})
    return redirect("tokens")


def end_of(day: date) -> datetime:
    """The instant at which a day is over."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)
