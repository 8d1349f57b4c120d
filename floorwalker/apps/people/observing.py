"""Which teams do the data state for whom? A copy of what the lake derived, so that rights are asked of one database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.models import Identity, IdentityKind, ObservedMembership

Observed = tuple[int, int, date | None, date | None]


@action
def keep_observed(rows: Collection[Mapping[str, Any]]) -> int:
    """Make the kept memberships those of the lake's `observed_membership`; returns how many rows changed.

    Rows of names that are not registered yet wait for the next time.
    """
    wanted = set(_wanted(rows))
    kept = {
        (row.identity_id, row.team_identity_id, row.from_day, row.to_day): row.pk
        for row in ObservedMembership.objects.all()
    }
    gone = [pk for key, pk in kept.items() if key not in wanted]
    ObservedMembership.objects.filter(pk__in=gone).delete()
    new = [
        ObservedMembership(identity_id=identity, team_identity_id=team, from_day=first, to_day=last)
        for identity, team, first, last in sorted(wanted - kept.keys(), key=repr)
    ]
    ObservedMembership.objects.bulk_create(new, batch_size=500)
    return len(gone) + len(new)


def _wanted(rows: Collection[Mapping[str, Any]]) -> list[Observed]:
    known = {
        kind: {bytes(key): pk for key, pk in Identity.objects.filter(kind=kind).values_list("key", "pk")}
        for kind in (IdentityKind.AGENT, IdentityKind.TEAM)
    }
    return [
        (
            known[IdentityKind.AGENT][row["identity_key"]],
            known[IdentityKind.TEAM][row["observed_team_key"]],
            row["from_day"],
            row["to_day"],
        )
        for row in rows
        if row["identity_key"] in known[IdentityKind.AGENT] and row["observed_team_key"] in known[IdentityKind.TEAM]
    ]
