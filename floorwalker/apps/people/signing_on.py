"""Whom does the provider let in, and with which roles? Somebody who is known here, with those of the groups."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.actions import end_role, grant_role
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import Agent, Role, RoleGrant, Site, Team, User
from floorwalker.apps.people.provider import named_provider
from floorwalker.apps.people.rights import fits_place
from floorwalker.errors import ConfigError, Refused
from floorwalker.sign_on import GroupRole, SignOn
from floorwalker.ui.refusal_words import tell

log = logging.getLogger(__name__)

# Who gives and ends roles in the trail, where a group of the provider does.
PROVIDER = "single sign-on"
Place = tuple[str, Team | None, Site | None]


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """allauth's log-in by a provider: nobody signs up by it, and who comes in has the roles of the groups."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up; who is not found here stays outside."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the person, give and end roles; or say in words why somebody stays outside."""
        claims, given = request.sign_on_claims, named_provider()  # type: ignore[attr-defined]
        try:
            if not sociallogin.is_existing:
                sociallogin.connect(request, find_person(given, claims, at=timezone.now()))
            user = sociallogin.user
            take_over_roles(user, given, claims, at=timezone.now())
            check_any_role(user, given, claims, timezone.now().date())
            user.refresh_from_db()
        except Refused as refused:
            record(
                SYSTEM, "sign_on_refused", "nobody" if not sociallogin.is_existing else sociallogin.user, timezone.now()
            )
            raise ImmediateHttpResponse(
                render(request, "ui/error.html", {"error": tell(refused)}, status=403)
            ) from refused

    def on_authentication_error(self, request: HttpRequest, provider: Any, **given: Any) -> None:
        """Note what did not work; why is for those who run the installation."""
        log.warning("single sign-on failed: %s", given.get("exception") or given.get("error"))
        record(SYSTEM, "sign_on_failed", "nobody", timezone.now())


@action
def find_person(given: SignOn, claims: Mapping[str, Any], *, at: datetime) -> User:
    """The person whom a claim names; who is known as an agent and has no log-in gets one. Refused where nobody is meant."""
    said = claims.get(given.person_claim)
    if not isinstance(said, str) or not said.strip():
        raise _unknown(f"no claim {given.person_claim}")
    if given.person_is == "user_name":
        user = User.objects.filter(username__iexact=said).first()
    else:
        user = _of_agent(given, said, claims, at)
    if user is None or not user.is_active:
        raise _unknown(said)
    if RoleGrant.objects.on(at.date()).filter(user=user, role=Role.ADMINISTRATOR, by_group=False).exists():
        raise Refused(
            _("This is an administrator's log-in"),
            found=said,
            mend=_("Log in with the password and the second factor: no claim of a provider opens it."),
        )
    return user


def _of_agent(given: SignOn, said: str, claims: Mapping[str, Any], at: datetime) -> User | None:
    if given.person_is == "email" and claims.get("email_verified") is not True:
        raise _unknown(_("an e-mail address that the provider has not verified"))
    named = {"staff_number": said} if given.person_is == "staff_number" else {"email__iexact": said}
    agents = list(Agent.objects.on_the_floor().filter(**named)[:2])
    if len(agents) != 1:
        return None
    user = User.objects.filter(agent=agents[0]).first()
    if user is None and not User.objects.filter(username__iexact=said).exists():
        user = User(username=said[:150], agent=agents[0])
        user.set_unusable_password()
        user.save()
        record(PROVIDER, "add_user", user, at)
    return user


def _unknown(found: str) -> Refused:
    return Refused(
        _("The provider let you through, but nobody like that is known here"),
        found=found,
        mend=_("An administrator of this centre adds people."),
    )


@action
def take_over_roles(user: User, given: SignOn, claims: Mapping[str, Any], *, at: datetime) -> None:
    """Give the roles of the groups and end those of groups that somebody left; what a person gave is a person's to end."""
    groups = _groups(given, claims)
    wanted = {place for one in given.roles if one.group in groups for place in _place(one)}
    grants = RoleGrant.objects.on(at.date()).filter(user=user).select_related("team", "site")
    held = {(one.role, one.team, one.site): one for one in grants}
    for place, grant in held.items():
        if grant.by_group and place not in wanted:
            with suppress(Refused):  # the last administrator keeps the role: somebody must be able to mend this
                end_role(grant, on=at.date(), by=PROVIDER, at=at)
    for role, team, site in sorted(wanted - held.keys(), key=str):
        grant_role(user, role, from_day=at.date(), by=PROVIDER, at=at, team=team, site=site, by_group=True)


def check_any_role(user: User, given: SignOn, claims: Mapping[str, Any], on: date) -> None:
    """Refuse whoever has no role left; after the ending of roles is committed, which must not be taken back by it."""
    if not RoleGrant.objects.on(on).filter(user=user).exists():
        raise Refused(
            _("No group of yours opens anything here"),
            found=", ".join(sorted(_groups(given, claims))) or _("no group"),
            mend=_("Ask an administrator which group your role needs."),
        )


def _groups(given: SignOn, claims: Mapping[str, Any]) -> set[str]:
    said = claims.get(given.groups_claim)
    several = said if isinstance(said, list) else [said]
    return {one for one in several if isinstance(one, str)}


def _place(said: GroupRole) -> list[Place]:
    """The role with its team or site; none where there is no such place, which the log says."""
    team = Team.objects.filter(name=said.team).first() if said.team else None
    site = Site.objects.filter(code=said.site).first() if said.site else None
    if (said.team and team is None) or (said.site and site is None):
        log.error("group %s brings no role: there is no %s", said.group, said.team or said.site)
        return []
    return [(said.role, team, site)]


def check_roles(given: SignOn | None) -> None:
    """Stop the start where a group brings a role that there is not, or one that cannot be for such a place."""
    for one in () if given is None else given.roles:
        if one.role not in Role.values or not fits_place(Role(one.role), team=bool(one.team), site=bool(one.site)):
            raise ConfigError(
                "a group brings a role that there is not",
                where="floorwalker.toml, [[sign_on.role]]",
                found=f"{one.group}: {one.role} for {one.team or one.site or 'the centre'}",
                expected=", ".join(Role.values)
                + "; team_leader with a team, administrator and privacy_officer with neither team nor site, "
                "process_owner with no team",
            )
