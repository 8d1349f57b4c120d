"""Who must log in with a second factor, and who has none yet? Asked by pages and by the API alike."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from allauth.mfa.models import Authenticator

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Role, SecondFactorRule, User
from floorwalker.apps.people.sessions import forget_sessions
from floorwalker.errors import Refused

# Whoever sees other people's figures or changes what others see. `floorwalker init` begins with these.
LEADERS_AND_UP = (
    Role.TEAM_LEADER,
    Role.QUALITY_ANALYST,
    Role.OPERATIONS_MANAGER,
    Role.PRIVACY_OFFICER,
    Role.ADMINISTRATOR,
)
# Recovery codes alone are no factor: they stand in for one that is lost.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    """Whether an app or a passkey is set up."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def lacks_second_factor(user: User, on: date) -> bool:
    """Whether a role of that day asks for a second factor that is not there: then nothing is open but setting one up.

    A token of the API stands for its user: it opens nothing either while this is true.
    """
    return user.scope_on(on).second_factor and not has_second_factor(user)


def roles_with_second_factor() -> frozenset[Role]:
    """The roles that may be used with a second factor only."""
    return frozenset(Role(role) for role in SecondFactorRule.objects.values_list("role", flat=True))


def who_lacks_it(on: date) -> list[User]:
    """Everybody with an open log-in whose roles of that day ask for a second factor, and who has none, by name."""
    users = User.objects.filter(is_active=True, grants__role__in=roles_with_second_factor()).distinct()
    return [user for user in users.order_by("username") if lacks_second_factor(user, on)]


@action
def require_second_factor(roles: Collection[Role], *, by: str, at: datetime) -> frozenset[Role]:
    """Say which roles may be used with a second factor only; whoever has none is led to set one up at the next page."""
    asked, present = frozenset(roles), roles_with_second_factor()
    if asked != present:
        SecondFactorRule.objects.exclude(role__in=asked).delete()
        SecondFactorRule.objects.bulk_create(SecondFactorRule(role=role) for role in asked - present)
        record(by, "require_second_factor", "roles", at, roles=sorted(asked))
    return asked


@action
def reset_second_factor(user: User, *, by: User, at: datetime) -> None:
    """Take away what somebody logs in with besides the password, because it was lost; all sessions end.

    One's own is taken away on one's own page, which asks who one is; else an unlocked screen would do.
    """
    if user.pk == by.pk:
        raise Refused("this is your own second factor", mend="remove it on the page My account")
    if not Authenticator.objects.filter(user=user).exists():
        raise Refused(f"{user.username} has no second factor")
    Authenticator.objects.filter(user=user).delete()
    forget_sessions(user)
    record(by.username, "reset_second_factor", user, at)
