"""Which agents belong together by where they work and how long they have been here? Every one on the floor, by key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from floorwalker.apps.people.access import teams_of
from floorwalker.apps.people.models import Agent

NEW_MONTHS, LONG_MONTHS = 6, 24


def members_of(code: str, on: date) -> Mapping[bytes, str]:
    """By agent's key the site, the team or the time here; whoever has none that is known is left out."""
    agents = list(Agent.objects.on_the_floor().select_related("site"))
    if code == "site":
        return {bytes(one.key): str(one.site) for one in agents if one.site is not None}
    if code == "team":
        teams = teams_of(agents, on)
        return {bytes(one.key): str(teams[one.pk]) for one in agents if one.pk in teams}
    months = {bytes(one.key): one.tenure_months(on) for one in agents}
    return {key: _tenure(many) for key, many in months.items() if many is not None}


def _tenure(months: float) -> str:
    if months < NEW_MONTHS:
        return _("less than 6 months")
    return _("6 months to 2 years") if months < LONG_MONTHS else _("2 years or more")
