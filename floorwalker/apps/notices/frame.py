"""How many notices has the reader not read yet? Told at the top of every page, asked where a page prints it."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from floorwalker.apps.notices.models import Notice
from floorwalker.apps.people.access import today
from floorwalker.apps.people.models import User


def unread(request: HttpRequest) -> dict[str, object]:
    """The number of open notices for the reader that she or he has not read."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"unread_notices": 0}
    return {"unread_notices": SimpleLazyObject(lambda: _count(user))}


def _count(user: User) -> int:
    meant = Notice.objects.meant_for(user.scope_on(today()))
    return meant.open().unread_by(user).count()
