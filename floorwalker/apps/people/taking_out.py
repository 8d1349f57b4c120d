"""How often, and how much at once, may figures and rows leave as files? What is much asks again who one is."""

from __future__ import annotations

import math
from datetime import timedelta

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.people.access import user_of
from floorwalker.apps.people.acting import action
from floorwalker.errors import TooOften
from floorwalker.ui.words import instant

# A leader who takes the board of every measure along stays below it; a program that empties the house does not.
MOST_FILES, WITHIN_SECONDS = 30, 10 * 60
# Above sixty people by eight measures, the largest board: more is no longer one page that somebody looked at.
BULK_ROWS = 500


def check_taking_out(request: HttpRequest, *, rows: int, whole_centre: bool = False) -> None:
    """Refuse what is too often; ask who it is where much is taken, unless that was said in the last quarter of an hour.

    Called before anything is set or noted: whoever is asked again comes back to the same address.
    """
    if whole_centre or rows > BULK_ROWS:
        raise_if_reauthentication_required(request, app="floorwalker")
    _count_file(user_of(request).pk)


@action
def _count_file(user_id: int) -> None:
    """One file more of this user; one at a time, over all workers, in the database's cache."""
    key, now = f"files-taken:{user_id}", timezone.now().timestamp()
    taken = [at for at in cache.get(key, ()) if at > now - WITHIN_SECONDS]
    if len(taken) >= MOST_FILES:
        wait_seconds = math.ceil(taken[0] + WITHIN_SECONDS - now)
        again = timezone.now() + timedelta(seconds=wait_seconds)
        raise TooOften(
            _("You have taken many files in a short time"),
            wait_seconds=wait_seconds,
            found=ngettext("%(n)d file in ten minutes", "%(n)d files in ten minutes", len(taken)) % {"n": len(taken)},
            expected=_("%(n)d files in ten minutes at most") % {"n": MOST_FILES},
            mend=_("try again after %(at)s") % {"at": instant(again)},
        )
    cache.set(key, [*taken, now], WITHIN_SECONDS)
