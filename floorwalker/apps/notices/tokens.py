"""Which token is this, may it come in, and how often has it been used in this minute?

A token has 256 bits of chance, so that its digest needs no slow hash: nobody guesses what it was made from.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.http import Http404
from django.utils.crypto import constant_time_compare

from floorwalker.apps.notices.models import Token
from floorwalker.apps.people.models import Right, User

MARK = "fw"
BEGINNING_BYTES, SECRET_BYTES = 4, 32
LONGEST = 100
WINDOW = timedelta(minutes=1)


@dataclass(frozen=True)
class Secret:
    """A new token: what its owner is shown once, and the two parts that are kept."""

    text: str
    beginning: str
    digest: bytes


def make_secret() -> Secret:
    """A token that nobody had before."""
    beginning = secrets.token_hex(BEGINNING_BYTES)
    text = f"{MARK}_{beginning}_{secrets.token_urlsafe(SECRET_BYTES)}"
    return Secret(text, beginning, digest_of(text))


def digest_of(text: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(text.encode()).digest()


def find_live(text: str, at: datetime) -> Token | None:
    """The token that this text is, where it still opens the door and its owner may still log in."""
    parts = text.split("_", 2)
    if len(text) > LONGEST or len(parts) != 3 or parts[0] != MARK:
        return None
    found = Token.objects.live(at).filter(beginning=parts[1], user__is_active=True).select_related("user").first()
    if found is None or not constant_time_compare(bytes(found.digest), digest_of(text)):
        return None
    return found


def count_use(token: Token, at: datetime) -> int:
    """Note one use; how many there were in this minute. One statement, so that processes that count at once count both."""
    begins = at.replace(second=0, microsecond=0)
    same = Q(window_began_at=begins)
    Token.objects.filter(pk=token.pk).update(
        window_count=Case(When(same, then=F("window_count") + 1), default=Value(1)),
        window_began_at=begins,
        last_used_at=at,
    )
    token.refresh_from_db(fields=["window_count"])
    return token.window_count


def seconds_left(at: datetime) -> int:
    """Seconds until the next minute begins."""
    return int((at.replace(second=0, microsecond=0) + WINDOW - at).total_seconds()) + 1


def tokens_for(user: User, on: datetime) -> QuerySet[Token]:
    """The tokens that a user sees: her own; everybody's for those who connect systems."""
    found = Token.objects.select_related("user")
    return found if user.scope_on(on.date()).may(Right.CONNECT_SYSTEMS) else found.filter(user=user)


def find_token(user: User, token_id: int, at: datetime) -> Token:
    """The token, where it is the user's own or the user connects systems; else it is not there."""
    token = tokens_for(user, at).filter(pk=token_id).first()
    if token is None:
        raise Http404
    return token
