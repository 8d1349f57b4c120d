"""Which dimensions does the lake need of people? Keys and days, never names."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyarrow as pa

from floorwalker.apps.people.models import Agent, Identity, IdentityKind, Membership, QueueParameter, Site
from floorwalker.facts.relations import DIMENSIONS


def dimensions() -> dict[str, pa.Table]:
    """The dimension tables of this context, in the lake's schemas. An identity that stands for itself is left out."""
    return {
        "employment": _table("employment", _employments()),
        "identity": _table("identity", _identities()),
        "membership": _table("membership", _memberships()),
        "queue_parameter": _table("queue_parameter", _parameters()),
        "site": _table("site", _sites()),
    }


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=DIMENSIONS[name])


def _identities() -> list[dict[str, Any]]:
    rows = Identity.objects.values_list("key", "kind", "agent__key", "team__key", "queue__key")
    found = [(bytes(key), kind, bytes(agent or team or queue)) for key, kind, agent, team, queue in rows]
    return [
        {"identity_key": key, "kind": kind, "subject_key": subject} for key, kind, subject in found if subject != key
    ]


def _employments() -> list[dict[str, Any]]:
    """Since when people work here, of those of whom somebody has said it."""
    rows = Agent.objects.exclude(started_on=None).order_by("key").values_list("key", "started_on")
    return [{"agent_key": bytes(key), "started_on": started} for key, started in rows]


def _memberships() -> list[dict[str, Any]]:
    rows = Membership.objects.values_list("agent__key", "team__key", "from_day", "to_day")
    return [
        {"agent_key": bytes(a), "team_key": bytes(t), "from_day": first, "to_day": last} for a, t, first, last in rows
    ]


def _parameters() -> list[dict[str, Any]]:
    """A row for every name of a queue, so that sums of its facts do not hang on whom or what other names stand for."""
    names: defaultdict[int, set[bytes]] = defaultdict(set)
    for queue, key in Identity.objects.filter(kind=IdentityKind.QUEUE).values_list("queue", "key"):
        names[queue].add(bytes(key))
    rows = QueueParameter.objects.values_list("queue", "queue__key", "name", "value", "from_day", "to_day")
    return [
        {"queue_key": key, "name": name, "value": value, "from_day": first, "to_day": last}
        for queue, own, name, value, first, last in rows
        for key in sorted(names[queue] | {bytes(own)})
    ]


def _sites() -> list[dict[str, Any]]:
    rows = Site.objects.values_list("key", "code", "timezone", "country")
    return [
        {"site_key": bytes(k), "code": code, "timezone": zone, "country": country or None}
        for k, code, zone, country in rows
    ]
