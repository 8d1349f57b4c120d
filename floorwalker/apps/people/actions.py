"""What can be done about people? Each function is one transaction: check, change, audit entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q

from floorwalker.apps.people.acting import action, publish_on_commit
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.dating import make_room
from floorwalker.apps.people.models import (
    Agent,
    AuditEntry,
    Membership,
    Role,
    RoleGrant,
    Site,
    Team,
    User,
)
from floorwalker.apps.people.rights import fits_place
from floorwalker.apps.people.sessions import forget_sessions
from floorwalker.errors import Refused
from floorwalker.facts.keys import site_key

SITE_CODE_LENGTH = 60
USERNAME_LENGTH = 150


def _check_name(text: str, most: int) -> None:
    """Refuse in words what nobody could write again, and what is too long: SQLite would take it, PostgreSQL not."""
    if not text.strip() or len(text) > most:
        raise Refused(f"{text[:60]!r} cannot be a name", found=f"{len(text)} characters", expected=f"1 to {most}")
    if text != text.strip() or not text.isprintable():
        raise Refused(
            f"{text!r} cannot be a name",
            found="blanks at its begin or end, or signs that nobody can type",
            expected="letters, digits and signs that can be seen",
        )


@action
def found_site(code: str, timezone: str, country: str = "", *, by: str, at: datetime) -> Site:
    """Set up a site; a second time with the same zone changes nothing, with another is refused."""
    _check_name(code, SITE_CODE_LENGTH)
    site = Site.objects.filter(code=code).first()
    if site is None:
        site = Site.objects.create(code=code, name=code, timezone=timezone, country=country, key=site_key(code))
        record(by, "found_site", site, at, code=code, timezone=timezone)
        publish_on_commit()
    elif site.timezone != timezone:
        raise Refused(
            f"site {code} is there already, in another time zone",
            found=site.timezone,
            expected=timezone,
            mend="the days of its facts were reckoned in its zone; give the new site another name",
        )
    elif country and site.country != country:
        raise Refused(
            f"site {code} is there already, with another country",
            found=site.country or "none",
            expected=country,
            mend="its customers' numbers were read so, and would look like others'; give the new site another name",
        )
    return site


@action
def add_user(
    username: str,
    role: str,
    *,
    by: str,
    at: datetime,
    team: Team | None = None,
    site: Site | None = None,
    agent: Agent | None = None,
    password: str | None = None,
) -> User:
    """Add somebody who may log in; without a password nobody can until one is set by the link that `invite` makes."""
    _check_name(username, USERNAME_LENGTH)
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(f"there is a user {username!r} already", mend="choose another name")
    known = None if agent is None else User.objects.filter(agent=agent).first()
    if known is not None:
        raise Refused(f"{agent} has a log-in already", found=known.username, mend="one person has one log-in")
    if role == Role.TEAM_LEADER and team is None:
        raise Refused("a team leader leads a team", mend="name it with --team")
    _check_place(role, team, site)
    user = User(username=username, agent=agent)
    if password is None:
        user.set_unusable_password()
    else:
        _check_password(password, user)
        user.set_password(password)
    user.save()
    RoleGrant.objects.create(user=user, role=role, team=team, site=site)
    record(by, "add_user", user, at, role=role, team=None if team is None else team.pk)
    return user


@action
def invite(user: User, *, by: str, at: datetime) -> User:
    """Note that a link to a new password was made for somebody; what is in the link is made by `accounts`."""
    if not user.is_active:
        raise Refused(f"{user.username} may not log in any more")
    record(by, "invite", user, at)
    return user


@action
def set_first_password(user: User, password: str, *, at: datetime) -> User:
    """Let an invited user choose the password; the invitation is spent by it."""
    _check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(user.username, "set_first_password", user, at)
    return user


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


@action
def join_team(agent: Agent, team: Team, *, on: date, by: User, at: datetime) -> Membership:
    """Put an agent into a team from a day on, up to the next move that is planned already.

    The present membership ends that day, and its past stays: nobody is in two teams on one day.
    """
    ends = make_room(Membership.objects.filter(agent=agent), on)
    joined = Membership.objects.create(agent=agent, team=team, from_day=on, to_day=ends, entered_by=by)
    record(by.username, "join_team", agent, at, team=team.pk, on=on.isoformat())
    publish_on_commit()
    return joined


@action
def leave_team(agent: Agent, *, on: date, by: User, at: datetime) -> None:
    """Take an agent out of the team that a person entered, from a day on: what the data state counts again."""
    for membership in Membership.objects.on(on).filter(agent=agent):
        if membership.from_day == on:
            membership.delete()
        else:
            membership.to_day = on
            membership.save(update_fields=["to_day"])
        record(by.username, "leave_team", agent, at, team=membership.team.pk, on=on.isoformat())
        publish_on_commit()


@action
def grant_role(
    user: User,
    role: str,
    *,
    from_day: date | None,
    by: User | str,
    at: datetime,
    team: Team | None = None,
    site: Site | None = None,
    by_group: bool = False,
) -> RoleGrant:
    """Give a role from a day on: for a team, for a site, or for the centre; by_group: a provider's group gives and ends it."""
    if role == Role.TEAM_LEADER and team is None:
        raise Refused("a team leader leads a team", mend="choose the team")
    _check_place(role, team, site)
    grant = RoleGrant.objects.create(user=user, role=role, team=team, site=site, from_day=from_day, by_group=by_group)
    places = {"team": None if team is None else team.pk, "site": None if site is None else site.pk}
    record(str(getattr(by, "username", by)), "grant_role", user, at, role=role, **places)
    return grant


def _check_place(role: str, team: Team | None, site: Site | None) -> None:
    if team is not None and site is not None:
        raise Refused("a role is for a team or for a site", mend="choose one of the two")
    if role == Role.ADMINISTRATOR and (team is not None or site is not None):
        raise Refused(
            "an administrator looks after the whole installation",
            found=f"for {team or site}",
            mend="leave team and site empty; for one site there is the operations manager",
        )
    if not fits_place(Role(role), team=team is not None, site=site is not None):
        raise Refused(
            f"a {Role(role).label} for {team or site} would see nothing",
            expected="for the whole centre, or for a site where figures of the centre are meant",
            mend="leave the team empty" if site is None else "leave the site empty",
        )


def check_another_administrator(user: User, on: date) -> None:
    """Refuse what would leave nobody who can log in with a password and give roles: then nobody could mend anything."""
    lasting = RoleGrant.objects.on(on).filter(role=Role.ADMINISTRATOR, to_day=None, team=None, site=None)
    others = User.objects.filter(grants__in=lasting, is_active=True).exclude(pk=user.pk)
    if not any(other.has_usable_password() for other in others):
        raise Refused(
            f"{user.username} is the last administrator",
            found="nobody else has this role without an end, an open log-in and a password",
            expected="at least one other",
            mend="give the role to somebody else first, who has logged in once",
        )


@action
def end_role(grant: RoleGrant, *, on: date, by: User | str, at: datetime) -> RoleGrant:
    """Take a role away from a day on; what it allowed before that day is history and stays. Not the last administrator's.

    One that ended before is not given again for the days since by ending it later; one that has not begun never does.
    """
    if grant.to_day is not None and grant.to_day <= on:
        if grant.to_day < on:
            raise Refused("this role has ended already", found=f"its first day without it was {grant.to_day}")
        return grant
    if grant.role == Role.ADMINISTRATOR:
        check_another_administrator(grant.user, on)
    grant.to_day = on if grant.from_day is None else max(on, grant.from_day)
    grant.save(update_fields=["to_day"])
    if on <= at.date() and not _roles_from(grant.user, on):
        forget_sessions(grant.user)
    record(str(getattr(by, "username", by)), "end_role", grant.user, at, role=grant.role, on=on.isoformat())
    return grant


def _roles_from(user: User, on: date) -> bool:
    return RoleGrant.objects.filter(user=user).filter(Q(to_day=None) | Q(to_day__gt=on)).exists()


@action
def note_erased_customer(rows: Mapping[str, int], *, by: str, at: datetime) -> AuditEntry:
    """Note that a customer was forgotten, how many rows that concerned, and nothing by which to find out who it was."""
    return record(by, "erase_customer", "customer", at, rows=dict(rows))
