"""How does somebody come in? By log-in and by invitation; nobody signs up. Who came in, and who tried, is in the trail."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.languages import keep_language
from floorwalker.apps.people.models import AuditEntry, User
from floorwalker.apps.people.sessions import began_within, begin_session
from floorwalker.errors import Refused

# What an administrator does to somebody's address, in the trail.
CHANGED_ADDRESS = "set_mail_address_of"
ENTRIES_READ = 50
INVITATION_SALT = "floorwalker.invitation"
INVITATION_SECONDS = 7 * 24 * 60 * 60


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth with its sign-up closed, no mail, and an audit entry for what matters."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up; an administrator adds people."""
        return False

    def post_login(self, request: HttpRequest, user: User, **given: Any) -> HttpResponse:
        """Note who came in, by which ways; and tell somebody whose second factor was taken away that it was."""
        begin_session(request.session)
        ways = [str(one.get("type") or one["method"]) for one in get_authentication_records(request, user)]
        told = [*_done_since_the_last(user)]
        record(user.username, "log_in", user, timezone.now(), ways=ways)
        for sentence in told:
            messages.warning(request, sentence)
        response: HttpResponse = super().post_login(request, user, **given)
        if user.language:
            keep_language(response, user.language, secure=request.is_secure())
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note the try. A name that nobody has is not kept: it may be a password in the wrong field."""
        user = User.objects.filter(username__iexact=str(credentials.get("username", ""))).first()
        record(SYSTEM, "log_in_failed", user or "nobody", timezone.now())

    def set_password(self, user: User, password: str) -> None:
        """Keep a password that somebody chose on the own page; all other sessions end with it."""
        with transaction.atomic():
            super().set_password(user, password)
            record(user.username, "change_password", user, timezone.now())

    def is_reauthentication_required(self, *, app: str, **given: Any) -> bool:
        """Whoever has just logged in need not say again who she is."""
        return not began_within(context.request.session, app_settings.REAUTHENTICATION_TIMEOUT)

    def send_notification_mail(self, template_prefix: str, user: User, *given: Any, **more: Any) -> None:
        """Where allauth would write a mail about a factor that came or went, an entry of the trail is written."""
        name = template_prefix.rsplit("/", 1)[-1].replace("webauthn", "passkey").replace("totp", "app")
        if not name.startswith("password_"):
            record(user.username, name, user, timezone.now())


def _done_since_the_last(user: User) -> Iterator[str]:
    """What others did to a log-in since it was last used, each told once, the newest first."""
    entries = AuditEntry.objects.filter(subject=f"user:{user.pk}").order_by("-id")[:ENTRIES_READ]
    since = list(takewhile(lambda entry: entry.verb != "log_in", entries))
    for verb, sentence in (
        ("reset_second_factor", _("Your second factor was taken away by %(who)s.")),
        (
            CHANGED_ADDRESS,
            _("%(who)s noted another e-mail address for you. A link was sent there, to show that it is yours."),
        ),
    ):
        last = next((entry for entry in since if entry.verb == verb and entry.by != user.username), None)
        if last is not None:
            yield sentence % {"who": last.by}


class CountedCode(AuthenticateForm):  # type: ignore[misc]
    """The code of the second step; a wrong one is in the trail."""

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        super()._emit_authentication_failed(authenticator)
        record(SYSTEM, "second_factor_failed", self.user, timezone.now())


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
