"""How often may somebody knock at the customers' door, which has no log-in? Seldom with links that are none, a few times with one's own."""

from __future__ import annotations

import hashlib
import math

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from floorwalker.apps.people.acting import action
from floorwalker.errors import TooOften

WITHIN_SECONDS = 10 * 60
# Behind one address many customers of one house may sit; none of them has links that are none.
MOST_UNKNOWN, MOST_ANSWERS = 30, 20


def count_unknown(request: HttpRequest) -> None:
    """One link more from this reader's address that belongs to nothing; TooOften when they are many. The address is not kept."""
    address = get_adapter().get_client_ip(request) or ""
    _count(f"survey-unknown:{hashlib.sha256(address.encode()).hexdigest()}", MOST_UNKNOWN)


def count_answer(invitation_id: int) -> None:
    """One answer more to this invitation; TooOften when they are many."""
    _count(f"survey-answers:{invitation_id}", MOST_ANSWERS)


@action
def _count(key: str, most: int) -> None:
    """One at a time, over all workers, in the database's cache."""
    now = timezone.now().timestamp()
    known = [at for at in cache.get(key, ()) if at > now - WITHIN_SECONDS]
    if len(known) >= most:
        raise TooOften(
            _("This was tried many times in a short time"),
            wait_seconds=math.ceil(known[0] + WITHIN_SECONDS - now),
            found=str(len(known)),
            expected=_("%(n)d in ten minutes at most") % {"n": most},
            mend=_("Try again in ten minutes."),
        )
    cache.set(key, [*known, now], WITHIN_SECONDS)
