"""Who did what to whom? One entry in every action, written in the action's own transaction, sealed to the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from floorwalker.apps.people.acting import present_token, take_turn
from floorwalker.apps.people.guards import TABLE, missing_guards
from floorwalker.apps.people.models import AuditEntry
from floorwalker.apps.people.seal import LAST_FILE, note_last, read_last, read_or_make_secret, sealed

SYSTEM = "floorwalker"

# Filled at the start by `jobs`: who is told of every entry, within the transaction of the act. What acts must not import
# what tells others of it.
listeners: list[Callable[[AuditEntry], None]] = []


def record(by: str, verb: str, subject: Model | str, at: datetime, **detail: Any) -> AuditEntry:
    """Note an act; `by` is a user name, or SYSTEM where the program itself acted. An act by the API names its token."""
    if present_token():
        detail["token"] = present_token()
    named = subject if isinstance(subject, str) else f"{subject._meta.model_name}:{subject.pk}"
    keys = settings.FLOORWALKER.keys
    with transaction.atomic():
        take_turn()
        last = AuditEntry.objects.order_by("-id").values_list("hash", flat=True).first()
        secret = read_or_make_secret(keys, trail_is_empty=last is None)
        entry = AuditEntry(at=at, by=by, verb=verb, subject=named, detail=detail, previous_hash=bytes(last or b""))
        entry.hash = sealed(secret, entry)
        entry.save(force_insert=True)
        for listen in listeners:
            listen(entry)
        transaction.on_commit(partial(note_last, keys, entry.pk, entry.hash), robust=True)
    return entry


def verify() -> list[str]:
    """What shows that the trail was changed, beginning with the first broken entry; empty where nothing does."""
    return list(islice(_broken(), 1)) + list(_taken_from_the_end()) + list(_unguarded())


def _broken() -> Iterator[str]:
    previous, before = b"", 0
    secret = read_or_make_secret(settings.FLOORWALKER.keys, trail_is_empty=not AuditEntry.objects.exists())
    for entry in AuditEntry.objects.order_by("id").iterator():
        if bytes(entry.previous_hash) != previous:
            follows = f"entry {before}" if before else "the beginning"
            yield f"entry {entry.pk} does not follow on {follows}: entries between were removed, added or reordered"
        if bytes(entry.hash) != sealed(secret, entry):
            yield f"entry {entry.pk} ({entry.verb} {entry.subject} by {entry.by}) was changed after it was written"
        previous, before = bytes(entry.hash), entry.pk


def _taken_from_the_end() -> Iterator[str]:
    keys = settings.FLOORWALKER.keys
    try:
        last = read_last(keys)
    except (OSError, ValueError) as error:
        yield f"{keys / LAST_FILE}, which notes the last entry, cannot be read ({error}): the next entry writes it anew"
        return
    if last is not None:
        number, seal = last
        entry = AuditEntry.objects.filter(pk=number).first()
        if entry is None or bytes(entry.hash) != seal:
            yield (
                f"entry {number}, noted when it was the last one, is not there as it was: entries were taken from the "
                "end, or the database is an older copy"
            )


def _unguarded() -> Iterator[str]:
    missing = missing_guards()
    if missing:
        yield f"table {TABLE} is not guarded any more: {', '.join(missing)} gone, switched off or changed"
