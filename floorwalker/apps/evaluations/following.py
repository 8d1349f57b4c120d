"""Whose is an evaluation, a drawn contact or one of a session when two agents are found to be one person, or one to be two?

It follows the name in its source.
"""

from __future__ import annotations

from django.db.models import QuerySet

from floorwalker.apps.evaluations.models import CalibrationContact, Drawn, Evaluation
from floorwalker.apps.people.models import AuditEntry, Identity, IdentityKind

# What moves names from one agent to another (people/merging.py).
MOVES = frozenset({"merge_agents", "split_agents"})


def follow_names(entry: AuditEntry) -> None:
    """Within the act that moved names: give every such record to the agent for whom its name stands now."""
    if entry.verb not in MOVES:
        return
    for kind in (Evaluation, Drawn, CalibrationContact):
        _follow(kind.objects.all())


def _follow(records: QuerySet[Evaluation] | QuerySet[Drawn] | QuerySet[CalibrationContact]) -> None:
    kept = set(records.order_by().values_list("identity_key", "agent").distinct())
    known = Identity.objects.filter(kind=IdentityKind.AGENT, key__in=[key for key, _agent in kept])
    stands_for = {bytes(key): agent for key, agent in known.values_list("key", "agent")}
    for key, agent in kept:
        now = stands_for.get(bytes(key))
        if now is not None and now != agent:
            records.filter(identity_key=key, agent=agent).update(agent=now)
