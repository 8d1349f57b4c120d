"""What may each role do? Roles are given to people, for a team, a site or the whole centre; rights follow from roles."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody does on the floor."""

    AGENT = "agent", _("agent")
    TEAM_LEADER = "team_leader", _("team leader")
    QUALITY_ANALYST = "quality_analyst", _("quality analyst")
    OPERATIONS_MANAGER = "operations_manager", _("operations manager")
    PROCESS_OWNER = "process_owner", _("process owner")
    ASSESSOR = "assessor", _("assessor")
    INTERNAL_VERIFIER = "internal_verifier", _("internal verifier")
    PRIVACY_OFFICER = "privacy_officer", _("privacy officer")
    ADMINISTRATOR = "administrator", _("administrator")


class Right(StrEnum):
    """What a page or an action asks of its reader. Everybody may see what concerns her- or himself."""

    SEE_FIGURES_OF_AGENTS = auto()  # boards and agents' pages, of the teams that the role was given for
    SEE_FIGURES_OF_CENTRE = auto()  # the centre and its teams, no single agent
    MANAGE_PEOPLE = auto()  # names, teams, moves, starters and leavers
    GRANT_ROLES = auto()
    SET_TARGETS = auto()
    # Targets that were adjusted for one person, with the reason: for whoever agrees to them, and nobody else.
    SEE_ADJUSTMENTS = auto()
    SEE_LOADS = auto()  # sources, loads, rejected rows, and reading again
    SEE_AUDIT = auto()
    DISCLOSE = auto()  # give people what is kept of them: everything, whoever wrote it
    LISTEN = auto()  # recordings and transcripts of agents, of the teams that the role was given for
    CONNECT_SYSTEMS = auto()  # everybody's API tokens, and webhooks
    MANAGE_SURVEYS = auto()  # what customers are asked, and by which rule they are chosen
    # Mark contacts of agents whose figures the role shows; for coaching, unless the next one is there too.
    EVALUATE = auto()
    EVALUATE_OFFICIALLY = auto()  # marks that count, and appeals against them
    MANAGE_FORMS = auto()  # build and publish evaluation forms
    COACH = auto()  # feedback, coaching, objectives and plans of the people of the teams that the role was given for
    IMPROVE = auto()  # improvement cycles of teams and processes where the role holds


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.AGENT: frozenset(),
    Role.TEAM_LEADER: frozenset(
        {Right.SEE_FIGURES_OF_AGENTS, Right.LISTEN, Right.EVALUATE, Right.COACH, Right.IMPROVE}
    ),
    Role.QUALITY_ANALYST: frozenset(
        {
            Right.SEE_FIGURES_OF_AGENTS,
            Right.LISTEN,
            Right.EVALUATE,
            Right.EVALUATE_OFFICIALLY,
            Right.MANAGE_FORMS,
        }
    ),
    Role.OPERATIONS_MANAGER: frozenset(
        {
            Right.SEE_FIGURES_OF_AGENTS,
            Right.SEE_FIGURES_OF_CENTRE,
            Right.LISTEN,
            Right.MANAGE_PEOPLE,
            Right.SET_TARGETS,
            Right.SEE_ADJUSTMENTS,
            Right.SEE_LOADS,
            Right.MANAGE_SURVEYS,
            Right.MANAGE_FORMS,
            Right.COACH,
            Right.IMPROVE,
        }
    ),
    Role.PROCESS_OWNER: frozenset({Right.SEE_FIGURES_OF_CENTRE, Right.IMPROVE}),
    Role.ASSESSOR: frozenset(),
    Role.INTERNAL_VERIFIER: frozenset(),
    Role.PRIVACY_OFFICER: frozenset({Right.SEE_AUDIT, Right.DISCLOSE}),
    # Whoever keeps the system going need not see anybody's figures; one person may hold both roles, and init gives both.
    Role.ADMINISTRATOR: frozenset(
        {
            Right.MANAGE_PEOPLE,
            Right.GRANT_ROLES,
            Right.SET_TARGETS,
            Right.SEE_LOADS,
            Right.SEE_AUDIT,
            Right.CONNECT_SYSTEMS,
            Right.MANAGE_SURVEYS,
        }
    ),
}

# What cannot be cut to a place: a role for a team or a site opens none of these.
OF_THE_WHOLE = frozenset(
    {
        Right.GRANT_ROLES,
        Right.SEE_AUDIT,
        Right.DISCLOSE,
        Right.CONNECT_SYSTEMS,
        Right.MANAGE_SURVEYS,
        Right.MANAGE_FORMS,
    }
)


def rights_of(role: Role, *, team: bool, site: bool) -> frozenset[Right]:
    """What a role allows, given for a team or for a site: the centre's figures are cut to sites, and to nothing smaller."""
    found = RIGHTS[role]
    if team or site:
        found -= OF_THE_WHOLE
    return found - {Right.SEE_FIGURES_OF_CENTRE} if team else found


def fits_place(role: Role, *, team: bool, site: bool) -> bool:
    """Whether a role may be given for such a place: a leader leads a team, and nobody gets one that opens nothing there."""
    if role == Role.ADMINISTRATOR:
        return not (team or site)
    if role == Role.TEAM_LEADER:
        return team
    if role == Role.PROCESS_OWNER and team:
        return False
    return not RIGHTS[role] or bool(rights_of(role, team=team, site=site))
