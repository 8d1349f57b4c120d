"""Which sources have stopped, died or left out too much? Looked at in the worker's rounds; each finding is a notice.

A notice clears itself when the next look finds it well again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from floorwalker.apps.intake.actions import note_load
from floorwalker.apps.intake.memory import Standing, standings
from floorwalker.apps.intake.rhythm import LOADS_LOOKED_AT
from floorwalker.apps.notices.actions import clear_notice, raise_notice
from floorwalker.apps.notices.models import Notice, Severity
from floorwalker.apps.people.models import Right
from floorwalker.ingest.remembered import DIED, FAILED, LoadRow
from floorwalker.ingest.store import IntakeStore

NOTED_FOR = timedelta(days=1)
CODES = ("source_stopped", "load_died", "load_failed", "rows_rejected")


@dataclass(frozen=True)
class Finding:
    """Something about a source that somebody ought to know."""

    code: str
    severity: Severity
    address: str
    params: dict[str, Any]


def watch_sources(store: IntakeStore, at: datetime) -> None:
    """Raise a notice for what is wrong with each source at that time, and clear those that hold no more."""
    found = {
        (finding.code, standing.subject): (finding, standing.last.site)
        for standing in standings(store, at)
        for finding in _wrong(standing)
    }
    for (code, subject), (finding, site) in found.items():
        raise_notice(
            code,
            subject,
            to=Right.SEE_LOADS,
            severity=finding.severity,
            params=finding.params,
            address=finding.address,
            site=site,
            at=at,
        )
    for code, subject in Notice.objects.open().filter(code__in=CODES).values_list("code", "subject"):
        if (code, subject) not in found:
            clear_notice(code, subject, at=at)


def note_finished(store: IntakeStore, at: datetime) -> None:
    """Note the loads that have ended since yesterday, each once."""
    for loads in store.latest_by_source(LOADS_LOOKED_AT).values():
        for row in reversed(loads):
            if row.finished_at is not None and row.finished_at > at - NOTED_FOR:
                note_load(row, at=at)


def _wrong(standing: Standing) -> Iterator[Finding]:
    named = {"title": standing.title, "origin": standing.origin}
    if standing.silence is not None:
        since = standing.silence.last_at.isoformat(timespec="minutes")
        said = {**named, "last_at": since, "usual_seconds": round(standing.silence.usual_seconds)}
        yield Finding("source_stopped", Severity.ACT, reverse("loads"), said)
    if standing.ended is not None and (standing.failed or standing.rejects_too_much):
        yield _wrong_load(standing.ended, named)


def _wrong_load(load: LoadRow, named: dict[str, Any]) -> Finding:
    address = reverse("load", args=[load.id])
    if load.state == DIED:
        return Finding("load_died", Severity.ACT, address, named)
    if load.state == FAILED:
        return Finding("load_failed", Severity.ACT, address, {**named, "problem": load.problem or "–"})
    counts = {"read": load.read_count, "rejected": load.rejected_count}
    return Finding("rows_rejected", Severity.WARN, f"{reverse('rejects')}?load={load.id}", {**named, **counts})
