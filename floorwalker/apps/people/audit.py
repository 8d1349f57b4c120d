"""Who did what to whom? One entry in every action, written in the action's own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model

from floorwalker.apps.people.models import AuditEntry

SYSTEM = "floorwalker"


def record(by: str, verb: str, subject: Model | str, at: datetime, **detail: Any) -> AuditEntry:
    """Note an act; `by` is a user name, or SYSTEM where the program itself acted."""
    named = subject if isinstance(subject, str) else f"{subject._meta.model_name}:{subject.pk}"
    return AuditEntry.objects.create(at=at, by=by, verb=verb, subject=named, detail=detail)
