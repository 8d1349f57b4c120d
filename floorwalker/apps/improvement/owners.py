"""Who may answer for a cycle? Whoever can log in and has a role that improves work there."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from floorwalker.apps.improvement.models.cycles import Subject
from floorwalker.apps.people.access import team_of
from floorwalker.apps.people.models import Agent, Right, Role, RoleGrant, Team, User
from floorwalker.apps.people.rights import RIGHTS
from floorwalker.apps.standards.models import Process
from floorwalker.apps.standards.tree import Tree

IMPROVES = tuple(str(role) for role in Role if Right.IMPROVE in RIGHTS[role])
COACHES = tuple(str(role) for role in Role if {Right.IMPROVE, Right.COACH} <= RIGHTS[role])


def owners_for(about: Subject, on: date) -> QuerySet[User]:
    """Those from whom to choose, by name; the action looks again at whoever was chosen."""
    people = User.objects.filter(is_active=True).order_by("username")
    if isinstance(about, Process):
        managers = RoleGrant.objects.on(on).filter(role=Role.OPERATIONS_MANAGER, team=None).values("user")
        return people.filter(Q(pk=about.owner_id) | Q(pk__in=managers))
    team = team_of(about, on) if isinstance(about, Agent) else about
    grants = RoleGrant.objects.on(on).filter(role__in=COACHES).filter(_reaching(team))
    return people.filter(pk__in=grants.values("user")).exclude(**({"agent": about} if isinstance(about, Agent) else {}))


def _reaching(team: Team | None) -> Q:
    everywhere = Q(team=None, site=None)
    if team is None:
        return everywhere
    tree = Tree.read()
    site = tree.site_of(team.pk)
    return everywhere | Q(team__in=tree.above(team.pk)) | (Q(site=site) if site is not None else Q(pk__in=()))
