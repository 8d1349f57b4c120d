"""What can be done about people? Each function is one transaction: check, change, audit entry."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import Agent, Identity, Membership, Queue, Role, RoleGrant, Site, Team, User
from floorwalker.errors import Refused
from floorwalker.facts.keys import site_key

ROWS_PER_TRANSACTION = 500
SUBJECTS: dict[str, type[Agent] | type[Team] | type[Queue]] = {"agent": Agent, "team": Team, "queue": Queue}


def register_sightings(outbox: Path, *, at: datetime) -> int:
    """Register the names that loads have seen; reading the same file twice registers nothing twice.

    A file is removed only when everything in it is committed. Returns how many names were new.
    """
    created = 0
    for path in sorted(outbox.glob("*.jsonl")):
        rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
        found = 0
        while batch := list(islice(rows, ROWS_PER_TRANSACTION)):
            found += _register(batch)
        if found:
            with transaction.atomic():
                record(SYSTEM, "register_sightings", f"load:{path.stem}", at, names=found)
        created += found
        path.unlink()
    return created


@transaction.atomic
def _register(rows: list[dict[str, Any]]) -> int:
    sites = {row["site"]: _site(row) for row in rows if row["kind"] == "site"}
    known = {bytes(i.key): i for i in Identity.objects.filter(key__in=[bytes.fromhex(r["key"]) for r in rows])}
    created = 0
    for row in rows:
        if row["kind"] == "site":
            continue
        identity = known.get(bytes.fromhex(row["key"]))
        if identity is not None:
            _seen_again(identity, row)
        else:
            site = sites.get(row["site"]) or Site.objects.filter(code=row["site"]).first()
            _first_sight(row, site)
            created += 1
    return created


def _site(row: dict[str, Any]) -> Site:
    values = {
        "name": row["name"],
        "timezone": row["timezone"],
        "country": row["country"] or "",
        "key": site_key(row["site"]),
    }
    site, _ = Site.objects.get_or_create(code=row["site"], defaults=values)
    return site


def _seen_again(identity: Identity, row: dict[str, Any]) -> None:
    first, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
    if first < identity.first_day or last > identity.last_day:
        identity.first_day = min(first, identity.first_day)
        identity.last_day = max(last, identity.last_day)
        identity.save(update_fields=["first_day", "last_day"])


def _first_sight(row: dict[str, Any], site: Site | None) -> None:
    kind, key = row["kind"], bytes.fromhex(row["key"])
    subject = SUBJECTS[kind].objects.create(name=row["name"][:200], site=site, key=key)
    Identity.objects.create(
        key=key,
        kind=kind,
        source=row["source"],
        origin=row["origin"],
        name=row["name"][:300],
        first_day=row["first_day"],
        last_day=row["last_day"],
        **{kind: subject},
    )


@transaction.atomic
def found_site(code: str, timezone: str, country: str = "", *, by: str, at: datetime) -> Site:
    """Set up a site; a second time with the same zone changes nothing, with another is refused."""
    site = Site.objects.filter(code=code).first()
    if site is None:
        site = Site.objects.create(code=code, name=code, timezone=timezone, country=country, key=site_key(code))
        record(by, "found_site", site, at, code=code, timezone=timezone)
    elif site.timezone != timezone:
        raise Refused(
            f"site {code} is there already, in another time zone",
            found=site.timezone,
            expected=timezone,
            mend="the days of its facts were reckoned in its zone; give the new site another name",
        )
    return site


@transaction.atomic
def add_user(
    username: str,
    role: str,
    *,
    by: str,
    at: datetime,
    team: Team | None = None,
    agent: Agent | None = None,
    password: str | None = None,
) -> User:
    """Add somebody who may log in; without a password nobody can until one is set by the link that `invite` makes."""
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(f"there is a user {username!r} already", mend="choose another name")
    if role == Role.TEAM_LEADER and team is None:
        raise Refused("a team leader leads a team", mend="name it with --team")
    user = User(username=username, agent=agent)
    if password is None:
        user.set_unusable_password()
    else:
        _check_password(password, user)
        user.set_password(password)
    user.save()
    RoleGrant.objects.create(user=user, role=role, team=team)
    record(by, "add_user", user, at, role=role, team=None if team is None else team.pk)
    return user


@transaction.atomic
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


@transaction.atomic
def join_team(agent: Agent, team: Team, *, on: date, by: User, at: datetime) -> Membership:
    """Put an agent into a team from a day on; the present membership ends that day, and its past stays."""
    for membership in Membership.objects.on(on).filter(agent=agent):
        if membership.from_day is not None and membership.from_day >= on:
            membership.delete()
        else:
            membership.to_day = on
            membership.save(update_fields=["to_day"])
    joined = Membership.objects.create(agent=agent, team=team, from_day=on, entered_by=by)
    record(by.username, "join_team", agent, at, team=team.pk, on=on.isoformat())
    return joined


@transaction.atomic
def grant_role(user: User, role: str, *, from_day: date, by: User, at: datetime, team: Team | None = None) -> RoleGrant:
    """Give a role from a day on."""
    grant = RoleGrant.objects.create(user=user, role=role, team=team, from_day=from_day)
    record(by.username, "grant_role", user, at, role=role, team=None if team is None else team.pk)
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, on: date, by: User, at: datetime) -> RoleGrant:
    """Take a role away from a day on; what it allowed before that day is history and stays."""
    grant.to_day = on
    grant.save(update_fields=["to_day"])
    record(by.username, "end_role", grant.user, at, role=grant.role, on=on.isoformat())
    return grant


def teams_named(name: str) -> list[Team]:
    """The teams of that name."""
    return list(Team.objects.filter(name=name))


def names_of(rows: Iterable[Agent | Team | Queue]) -> str:
    """The names of some subjects, for a message."""
    return ", ".join(sorted(row.name for row in rows))
