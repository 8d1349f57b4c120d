"""Which invitation does a link belong to? Its token is known to the customer alone; here is only its digest."""

from __future__ import annotations

import hashlib
import secrets

from floorwalker.apps.surveys.models import Invitation

TOKEN_BYTES = 24
LONGEST = 64


def make_token() -> str:
    """A token that nobody guesses: 192 bits, so that its digest needs no slow hash."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_of(token: str) -> bytes:
    """What is kept of it."""
    return hashlib.sha256(token.encode()).digest()


def find_invitation(token: str) -> Invitation | None:
    """The invitation that was sent with this token; None where there is none."""
    if not token.isascii() or len(token) > LONGEST:
        return None
    found = Invitation.objects.sent().filter(token_digest=digest_of(token))
    return found.select_related("version", "plan").first()
