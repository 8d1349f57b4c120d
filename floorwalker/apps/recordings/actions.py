"""What can be done about recordings? Each function is one transaction: check, change, audit entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import Identity, User
from floorwalker.apps.recordings.models import Kind, Recording, RecordingPart, Search
from floorwalker.insight.recorded import Contact
from floorwalker.media.naming import Said
from floorwalker.media.stores import Held


@dataclass(frozen=True)
class Known:
    """What a look found of one file: the row that was there, what is said of it, and its contact or why there is none.

    said and found are None where the file stands as it was.
    """

    held: Held
    kind: Kind
    before: Recording | None
    said: Said | None
    found: Contact | str | None


@action
def begin_search(store: str, *, by: User | None, at: datetime) -> Search:
    """Begin to look through a store."""
    return Search.objects.create(store=store, began_at=at)


@action
def keep_found(search: Search, batch: Iterable[Known], *, at: datetime) -> None:
    """Keep what a look found of some files; the trail has one entry for the whole look."""
    stand = []
    for one in batch:
        search.files += 1
        if one.said is None:
            assert one.before is not None
            stand.append(one.before.pk)
            continue
        row = _keep(search, one, at)
        if row.contact_key is not None:
            search.matched += 1
    Recording.objects.filter(pk__in=stand).update(seen_in=search, gone_at=None)
    search.save()


@action
def end_search(search: Search, *, left_out: Mapping[str, int], problem: str, by: User | None, at: datetime) -> Search:
    """End a look: what it did not meet is gone, unless it could not look everywhere."""
    search.left_out, search.problem, search.ended_at = dict(left_out), problem, at
    if not problem:
        unmet = Recording.objects.filter(store=search.store, gone_at=None).exclude(seen_in=search)
        search.gone = unmet.update(gone_at=at)
    search.save()
    _forget_idle_searches(search)
    if search.new or search.changed or search.gone or search.matched or problem:
        counts = {name: getattr(search, name) for name in ("files", "new", "changed", "gone", "matched")}
        who = SYSTEM if by is None else by.username
        record(who, "find_recordings", f"recordings:{search.store}", at, **counts, problem=bool(problem))
    return search


def _forget_idle_searches(search: Search) -> None:
    """Only the last look is kept: recordings that are gone point at the one that saw them last."""
    older = Search.objects.filter(store=search.store, pk__lt=search.pk)
    older.filter(seen=None).delete()


def _keep(search: Search, one: Known, at: datetime) -> Recording:
    assert one.said is not None and one.found is not None
    contact = None if isinstance(one.found, str) else one.found
    identities = _registered(contact)
    # A part of somebody whom nobody has registered would be heard by whoever hears the others.
    missing = contact is not None and (
        not contact.parts or len(identities) < len({p.identity_key for p in contact.parts})
    )
    row = one.before or Recording(store=search.store, name=one.held.name, found_at=at)
    search.new += one.before is None
    search.changed += one.before is not None and (row.size_bytes, row.changed_ns) != (
        one.held.size_bytes,
        one.held.changed_ns,
    )
    row.kind, row.size_bytes, row.changed_ns = one.kind, one.held.size_bytes, one.held.changed_ns
    row.seen_in, row.gone_at = search, None
    row.said_contact, row.said_agent, row.began_at = one.said.contact, one.said.agent, one.said.began_at
    if contact is None or missing:
        row.contact_key = row.contact_at = None
        row.channel = row.found_by = ""
        row.why_not = "no_part" if missing else one.said.trouble or str(one.found)
    else:
        row.contact_key, row.contact_at = contact.contact_key, contact.entered_at
        row.channel, row.found_by, row.why_not = contact.channel, contact.found_by, ""
    row.save()
    row.parts.all().delete()
    if contact is not None and not missing:
        RecordingPart.objects.bulk_create(
            RecordingPart(
                recording=row,
                identity_id=identities[part.identity_key],
                contact_key=part.contact_key,
                segment_key=part.segment_key,
                answered_at=part.answered_at,
                ended_at=part.ended_at,
            )
            for part in contact.parts
        )
    return row


def _registered(contact: Contact | None) -> dict[bytes, int]:
    """By its key, the number of each identity that has a part."""
    if contact is None:
        return {}
    keys = {part.identity_key for part in contact.parts}
    return {bytes(key): pk for pk, key in Identity.objects.filter(key__in=keys).values_list("pk", "key")}
