"""What can be done about recordings? Each function is one transaction: check, change, audit entry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.looks import note_look
from floorwalker.apps.people.models import Identity, LookAt, User
from floorwalker.apps.recordings.forgetting import ERASED, is_erased
from floorwalker.apps.recordings.models import Kind, Listen, Mark, Recording, RecordingPart, Search, Silence, Waveform
from floorwalker.errors import Refused
from floorwalker.insight.recorded import Contact
from floorwalker.media.naming import Said
from floorwalker.media.sound import Sound
from floorwalker.media.stores import Held
from floorwalker.ui.clocks import clock

# A pause of this length ends a listen; within it, how long it lasts is kept a few times a minute.
SAME_LISTEN = timedelta(minutes=30)
WORTH_A_WRITE = timedelta(seconds=20)
# For which session somebody may hear one of these contacts; said by contexts on the right (jobs/apps.py).
reasons: list[Callable[[User, Collection[bytes], date], str]] = []


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
    # What could not be opened when it was to be measured can be opened again.
    Waveform.objects.filter(recording__in=stand, problem="gone").delete()
    Silence.objects.filter(recording__in=stand, problem="gone").update(changed_ns=0)
    search.save()


@action
def end_search(
    search: Search,
    *,
    left_out: Mapping[str, int],
    problem: str,
    coverage: Sequence[Mapping[str, Any]],
    by: User | None,
    at: datetime,
) -> Search:
    """End a look: what it did not meet is gone, unless it could not look everywhere."""
    search.left_out, search.problem, search.ended_at = dict(left_out), problem, at
    search.coverage = list(coverage)
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


@action
def register_recording(store: str, known: Known, *, by: User, at: datetime) -> Recording:
    """Keep what somebody's program says of one file: from then on a look asks by that, and not by the file's name.

    A file of a customer who was forgotten stays without a contact, whoever names one.
    """
    search = Search.objects.filter(store=store).first()
    if search is None:
        search = Search.objects.create(store=store, began_at=at, ended_at=at)
    before = Recording.objects.select_for_update().filter(store=store, name=known.held.name).first()
    if before is not None and before.why_not == ERASED:
        raise Refused(
            "this recording is of a customer who asked to be forgotten",
            found=known.held.name[:80],
            mend="remove the file from its store",
        )
    row = _keep(search, replace(known, before=before), at)
    row.registered_at = at
    row.save(update_fields=["registered_at"])
    record(by.username, "register_recording", row, at, kind=str(row.kind), matched=row.contact_key is not None)
    return row


def note_listen(recording: Recording, *, by: User, at: datetime) -> None:
    """Keep that somebody hears a recording. A player asks for part after part: most of them cost no write."""
    last = recording.listens.filter(user=by).first()
    if last is None or last.last_at < at - WORTH_A_WRITE:
        keep_listen(recording, by=by, at=at)


@action
def keep_listen(recording: Recording, *, by: User, at: datetime) -> Listen:
    """One entry from the first moment on, told to the agents who are heard in it; a long pause ends it."""
    last = recording.listens.filter(user=by, last_at__gt=at - SAME_LISTEN).first()
    if last is not None:
        last.last_at = max(at, last.last_at)
        last.save(update_fields=["last_at"])
        return last
    session = _opened_for(recording, by, at)
    record(by.username, "listen", recording, at, **({"session": session} if session else {}))
    note_opening(recording, by=by, at=at)
    return Listen.objects.create(recording=recording, user=by, first_at=at, last_at=at, opened_for=session)


def _opened_for(recording: Recording, by: User, at: datetime) -> str:
    """For which session somebody hears what no role of hers opens."""
    keys = {bytes(key) for key in recording.parts.values_list("contact_key", flat=True)}
    return next(filter(None, (said(by, keys, at.date()) for said in reasons)), "")


def note_opening(recording: Recording, *, by: User, at: datetime) -> None:
    """Keep that somebody looked at a recording's page, where its transcript stands: each agent in it is shown that."""
    for agent in {part.identity.agent for part in recording.parts.select_related("identity__agent")}:
        if agent is not None:
            note_look(agent, LookAt.RECORDING, by=by, at=at)


@action
def add_mark(
    recording: Recording, *, from_seconds: float, to_seconds: float | None, note: str, by: User, at: datetime
) -> Mark:
    """Mark a moment or a stretch of a recording, so that feedback can cite it."""
    seconds = length_of(recording)
    last = from_seconds if to_seconds is None else to_seconds
    if seconds is not None and last > seconds:
        raise Refused(
            "this lies behind the end of the recording", found=clock(last), expected=f"at most {clock(seconds)}"
        )
    if from_seconds < 0 or (to_seconds is not None and to_seconds <= from_seconds):
        raise Refused("a mark ends after it begins")
    mark = recording.marks.create(
        from_seconds=from_seconds, to_seconds=to_seconds, note=note.strip(), made_by=by, made_at=at
    )
    # Not the note, which may name somebody and must stay correctable.
    record(by.username, "add_mark", recording, at, mark=mark.pk, from_seconds=from_seconds)
    return mark


@action
def remove_mark(mark: Mark, *, by: User, at: datetime) -> Mark:
    """Take a mark off; who cited it still finds it, and that it was taken off."""
    mark.removed_at = at
    mark.save(update_fields=["removed_at"])
    record(by.username, "remove_mark", mark.recording, at, mark=mark.pk)
    return mark


@action
def keep_waveform(recording: Recording, sound: Sound | str, *, at: datetime) -> Waveform:
    """Keep what was measured of a file as it is now, or the code of the reason; nobody's doing, so the trail has nothing of it."""
    said = (
        {"problem": sound, "codec": "", "lanes": 0, "rate": 0, "seconds": None, "peaks": b""}
        if isinstance(sound, str)
        else {
            "problem": "",
            "codec": sound.codec,
            "lanes": sound.lanes,
            "rate": sound.rate,
            "seconds": sound.seconds,
            "peaks": b"".join(sound.peaks),
        }
    )
    state = {"changed_ns": recording.changed_ns, "size_bytes": recording.size_bytes, "measured_at": at}
    found, _new = Waveform.objects.update_or_create(recording=recording, defaults=said | state)
    return found


def length_of(recording: Recording) -> float | None:
    """How long it lasts, where that was measured."""
    found = Waveform.objects.filter(recording=recording).values_list("seconds", flat=True).first()
    return None if found is None else float(found)


def _forget_idle_searches(search: Search) -> None:
    """Only the last look is kept: recordings that are gone point at the one that saw them last."""
    older = Search.objects.filter(store=search.store, pk__lt=search.pk)
    older.filter(seen=None).delete()


def _keep(search: Search, one: Known, at: datetime) -> Recording:
    assert one.said is not None and one.found is not None
    contact = None if isinstance(one.found, str) else one.found
    erased = contact is not None and is_erased(contact)
    if erased:
        contact = None
    identities = _registered(contact)
    # A part of somebody whom nobody has registered would be heard by whoever hears the others.
    missing = contact is not None and (
        not contact.parts or len(identities) < len({p.identity_key for p in contact.parts})
    )
    row = one.before or Recording(store=search.store, name=one.held.name, found_at=at)
    search.new += one.before is None
    if one.before is not None and (row.size_bytes, row.changed_ns) != (one.held.size_bytes, one.held.changed_ns):
        search.changed += 1
        _look_again(row)
    row.kind, row.size_bytes, row.changed_ns = one.kind, one.held.size_bytes, one.held.changed_ns
    row.seen_in, row.gone_at = search, None
    row.began_at = one.said.began_at
    row.said_contact, row.said_agent = ("", "") if erased else (one.said.contact, one.said.agent)
    if contact is None or missing:
        row.contact_key = row.contact_at = None
        row.channel = row.found_by = ""
        row.why_not = ERASED if erased else "no_part" if missing else one.said.trouble or str(one.found)
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
                queue_key=part.queue_key,
            )
            for part in contact.parts
        )
    return row


def _look_again(row: Recording) -> None:
    """What is kept of a transcript's earlier state holds until this one is read; it may be older than that, where somebody put it back."""
    Silence.objects.filter(recording=row).update(changed_ns=0)


def _registered(contact: Contact | None) -> dict[bytes, int]:
    """By its key, the number of each identity that has a part."""
    if contact is None:
        return {}
    keys = {part.identity_key for part in contact.parts}
    return {bytes(key): pk for pk, key in Identity.objects.filter(key__in=keys).values_list("pk", "key")}
