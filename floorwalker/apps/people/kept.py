"""What does this context keep of one person? Who she is, under which names, where she worked, what she may, and who looked."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.disclosing import Table, Whose
from floorwalker.apps.people.models import (
    Agent,
    AuditEntry,
    Identity,
    Look,
    Membership,
    Merge,
    RoleGrant,
    Skill,
    User,
    WorkingPattern,
)


def _trail(whose: Whose) -> Q:
    """What she did, and what was done to her."""
    subjects = [f"agent:{pk}" for pk in whose.agents] + [f"user:{pk}" for pk in whose.users]
    return Q(by__in=whose.usernames) | Q(subject__in=subjects)


TABLES = (
    Table("person", _("The person"), lambda w: Agent.objects.filter(pk__in=w.agents), "started_on", words=("name",)),
    Table("log_ins", _("Log-ins"), lambda w: User.objects.filter(pk__in=w.users), "date_joined", words=("username",)),
    Table("roles", _("Roles"), lambda w: RoleGrant.objects.filter(user__in=w.users), "from_day", words=("role",)),
    Table(
        "names",
        _("Names in sources"),
        lambda w: Identity.objects.filter(agent__in=w.agents),
        "first_day",
        words=("name",),
    ),
    Table(
        "memberships",
        _("Teams"),
        lambda w: Membership.objects.filter(agent__in=w.agents),
        *("from_day", "entered_by", ("team",)),
    ),
    Table("patterns", _("Working patterns"), lambda w: WorkingPattern.objects.filter(agent__in=w.agents), "from_day"),
    Table("skills", _("Skills"), lambda w: Skill.objects.filter(agent__in=w.agents), "from_day", words=("name",)),
    Table(
        "merges",
        _("Found to be the same person"),
        lambda w: Merge.objects.filter(Q(agent__in=w.agents) | Q(was__in=w.agents)),
        *("merged_at", "", ("reason",)),
    ),
    Table("looks", _("Who looked at figures"), lambda w: Look.objects.filter(agent__in=w.agents), "first_at", "user"),
    Table(
        "trail",
        _("What was done, and what was done to the person"),
        lambda w: AuditEntry.objects.filter(_trail(w)),
        *("at", "", ("verb", "subject")),
        own=Q(pk__in=[]),
    ),
)
