"""Which files of a store are new, changed or gone, and of which contact is each? One look, in batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from floorwalker.apps.people.models import Identity, IdentityKind, User
from floorwalker.apps.recordings.actions import Known, begin_search, end_search, keep_found
from floorwalker.apps.recordings.forgetting import ERASED
from floorwalker.apps.recordings.models import Kind, Recording, Search
from floorwalker.errors import SourceError
from floorwalker.insight.recorded import Contact, Sought, find_contacts, read_coverage
from floorwalker.kpis.query import Facts
from floorwalker.media.naming import Said, read_metadata, read_name, side_file_name, together
from floorwalker.media.settings import StoreSettings
from floorwalker.media.stores import FolderStore, Held, Odd

# Files of one transaction, and of one question to the lake.
BATCH = 500
# A file that was written within this time may still be growing.
YOUNG = timedelta(seconds=30)
# For these days it is told how many contacts have no recording.
DAYS_TOLD = timedelta(days=27)
KINDS = {
    **dict.fromkeys((".wav", ".mp3", ".opus", ".ogg", ".oga"), Kind.SOUND),
    **dict.fromkeys((".mp4", ".webm"), Kind.SCREEN),
    **dict.fromkeys((".vtt", ".srt", ".json", ".txt"), Kind.TRANSCRIPT),
}


def find_recordings(
    settings: StoreSettings, facts: Facts, *, by: User | None, at: datetime, days: int | None = None
) -> Search:
    """Look through a store once: what is known stays, what is new or had no contact is looked up, what is gone is marked so.

    days: how long recordings are kept; what is older is not found again, by its file or by its contact.
    """
    oldest = None if days is None else at - timedelta(days=days)
    search = begin_search(settings.name, by=by, at=at)
    store = FolderStore(settings.folder)
    left_out: Counter[str] = Counter()
    problem = ""
    try:
        files = _worth_reading(store, settings, at, oldest, left_out)
        while held := list(islice(files, BATCH)):
            known = _look_at(held, store, settings, facts)
            kept = [one for one in known if not _is_too_old(one, oldest)]
            if len(kept) < len(known):
                left_out["old"] += len(known) - len(kept)
            keep_found(search, kept, at=at)
    except SourceError as error:
        problem = f"{error.what}: {error.found}"[:300]
    coverage = [] if problem else _coverage(facts, at)
    return end_search(search, left_out=dict(left_out), problem=problem, coverage=coverage, by=by, at=at)


def kind_of(name: str) -> Kind | None:
    """What a file of that name holds; None for what is neither sound nor picture nor words."""
    return KINDS.get(PurePosixPath(name).suffix.lower())


def _coverage(facts: Facts, at: datetime) -> list[dict[str, Any]]:
    """How many of the contacts of the last weeks have a recording, in whatever store."""
    last = at.date()
    first = last - DAYS_TOLD
    keys = Recording.objects.here().filter(kind=Kind.SOUND).contact_keys(first - timedelta(days=1))
    return [
        {"day": one.day.isoformat(), "handled": one.handled, "recorded": one.recorded}
        for one in read_coverage(facts, keys, first, last)
    ]


def _is_too_old(one: Known, oldest: datetime | None) -> bool:
    """Whether its contact is longer ago than recordings are kept, however late its file was written."""
    return oldest is not None and isinstance(one.found, Contact) and one.found.entered_at < oldest


def _worth_reading(
    store: FolderStore, settings: StoreSettings, at: datetime, oldest: datetime | None, left_out: Counter[str]
) -> Iterator[Held]:
    youngest = int((at - YOUNG).timestamp() * 1e9)
    eldest = 0 if oldest is None else int(oldest.timestamp() * 1e9)
    for one in store.files():
        if isinstance(one, Odd):
            left_out[one.why] += 1
        elif settings.metadata and one.name.endswith(settings.metadata):
            continue
        elif kind_of(one.name) is None:
            left_out["kind"] += 1
        elif one.changed_ns > youngest:
            left_out["young"] += 1
        elif one.changed_ns < eldest:
            left_out["old"] += 1
        else:
            yield one


def _look_at(batch: Sequence[Held], store: FolderStore, settings: StoreSettings, facts: Facts) -> list[Known]:
    """What is known of each file of a batch; those that stand as they were are not looked up again."""
    names = [one.name for one in batch]
    before = {row.name: row for row in Recording.objects.filter(store=settings.name, name__in=names)}
    stands = {one.name for one in batch if _stands(one, before.get(one.name))}
    said = {
        one.name: _registered(before.get(one.name)) or _said_of(one.name, store, settings)
        for one in batch
        if one.name not in stands
    }
    found = look_up(said, settings, facts)
    return [
        Known(one, kind_of(one.name) or Kind.SOUND, before.get(one.name), said.get(one.name), found.get(one.name))
        for one in batch
    ]


def look_up(
    said: Mapping[str, Said], settings: StoreSettings, facts: Facts, contact_key: bytes = b""
) -> dict[str, Contact | str]:
    """By its name, the contact of each file of which that is said, or the code of the reason why there is none.

    contact_key: by which the facts know it, where somebody says that.
    """
    identities = _identities([one.agent for one in said.values() if one.agent], settings)
    sought = [
        Sought(number, one.contact, identities.get(one.agent.casefold(), ()), one.began_at, contact_key)
        for number, one in enumerate(said.values())
    ]
    contacts = find_contacts(
        facts,
        sought,
        source=settings.source,
        origin=settings.origin,
        tolerance_seconds=settings.tolerance_seconds,
    )
    return {name: contacts[number] for number, name in enumerate(said)}


def _registered(row: Recording | None) -> Said | None:
    """What a program said of it: who registers a file knows it better than its name."""
    if row is None or row.registered_at is None:
        return None
    return Said(row.said_contact, row.said_agent, row.began_at)


def _stands(held: Held, row: Recording | None) -> bool:
    """Whether nothing about it has changed, and its contact is known already; or is not to be known any more."""
    if row is not None and row.why_not == ERASED:
        return True
    return (
        row is not None
        and row.contact_key is not None
        and (row.size_bytes, row.changed_ns) == (held.size_bytes, held.changed_ns)
    )


def _said_of(name: str, store: FolderStore, settings: StoreSettings) -> Said:
    by_name = read_name(name, settings)
    if not settings.metadata:
        return by_name
    try:
        with store.open(side_file_name(name, settings.metadata)) as file:
            return together(by_name, read_metadata(file, settings))
    except FileNotFoundError:
        return by_name


def _identities(names: Sequence[str], settings: StoreSettings) -> Mapping[str, tuple[bytes, ...]]:
    """By the agent's name in the recordings, the keys of the identities of that name, staff number or person's name."""
    wanted = {name.casefold() for name in names}
    if not wanted:
        return {}
    found: dict[str, list[bytes]] = {}
    known = Identity.objects.filter(kind=IdentityKind.AGENT).select_related("agent")
    if settings.source:
        known = known.filter(source=settings.source)
    if settings.origin:
        known = known.filter(origin=settings.origin)
    for identity in known:
        assert identity.agent is not None
        for name in {identity.name, identity.agent.staff_number, identity.agent.name}:
            if name and name.casefold() in wanted:
                found.setdefault(name.casefold(), []).append(bytes(identity.key))
    return {name: tuple(keys) for name, keys in found.items()}
