"""Does anything wait there? Asked about many subjects in one question to the database: most of them are empty for most readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, QuerySet

from floorwalker.apps.people.models import User


def any_of(user: User, **asked: QuerySet[Any]) -> Mapping[str, bool]:
    """By name, whether there is a row; of the reader's home, which then asks only for what it shows."""
    probes = {f"has_{name}": Exists(rows) for name, rows in asked.items()}
    (found,) = User.objects.filter(pk=user.pk).annotate(**probes).values(*probes)
    return {name: bool(found[f"has_{name}"]) for name in asked}
