"""Who is on the floor? Places, persons, their names in each source, who worked where when, log-ins, and who looked."""

from floorwalker.apps.people.models.accounts import Reach, RoleGrant, Scope, SecondFactorRule, User
from floorwalker.apps.people.models.dated import DatedQuerySet
from floorwalker.apps.people.models.identities import DirectoryDraft, Evaluator, Identity, IdentityKind, Merge
from floorwalker.apps.people.models.memberships import Membership, ObservedMembership
from floorwalker.apps.people.models.persons import Agent, AgentQuerySet, Skill, Standing, WorkingPattern
from floorwalker.apps.people.models.places import KEY_BYTES, Queue, QueueParameter, Site, Team, TeamQuerySet
from floorwalker.apps.people.models.trail import AuditEntry, Look, LookAt
from floorwalker.apps.people.rights import Right, Role

__all__ = [
    "KEY_BYTES",
    "Agent",
    "AgentQuerySet",
    "AuditEntry",
    "DatedQuerySet",
    "DirectoryDraft",
    "Evaluator",
    "Identity",
    "IdentityKind",
    "Look",
    "LookAt",
    "Membership",
    "Merge",
    "ObservedMembership",
    "Queue",
    "QueueParameter",
    "Reach",
    "Right",
    "Role",
    "RoleGrant",
    "Scope",
    "SecondFactorRule",
    "Site",
    "Skill",
    "Standing",
    "Team",
    "TeamQuerySet",
    "User",
    "WorkingPattern",
]
