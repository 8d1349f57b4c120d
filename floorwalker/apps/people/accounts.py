"""How does somebody come in? By log-in and by invitation; nobody signs up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from floorwalker.apps.people.models import User
from floorwalker.errors import Refused

INVITATION_SALT = "floorwalker.invitation"
INVITATION_SECONDS = 7 * 24 * 60 * 60


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth with its sign-up closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up; an administrator adds people."""
        return False


def invitation_path(user: User) -> str:
    """The address at which an invited user sets the first password, once, within a week."""
    token = signing.dumps({"user": user.pk, "password": _mark(user)}, salt=INVITATION_SALT)
    return reverse("invitation", args=[token])


def read_invitation(token: str) -> User:
    """The user whom a link invites; Refused when it is spent, too old or not ours."""
    try:
        found = signing.loads(token, salt=INVITATION_SALT, max_age=INVITATION_SECONDS)
        user = User.objects.get(pk=found["user"], is_active=True)
    except (signing.BadSignature, User.DoesNotExist) as error:
        raise _spent() from error
    if not constant_time_compare(found["password"], _mark(user)):
        raise _spent()
    return user


def _mark(user: User) -> str:
    """What changes with the password, so that a link is spent by it; never the stored hash, for links can be read."""
    return salted_hmac(INVITATION_SALT, user.password).hexdigest()


def _spent() -> Refused:
    return Refused(
        "this link cannot be used any more",
        found="it was used already, or is older than a week",
        mend="ask an administrator for a new one: floorwalker user invite NAME",
    )
