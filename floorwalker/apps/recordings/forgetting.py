"""What of recordings is let go: what is older than a centre keeps it, and what is of a customer who asks to be forgotten?

The files lie with others: a row of one that was forgotten on request stays, without contact, people and waveform, so that no
look finds it again as new and whoever keeps the store is told which file is to go.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.recordings.models import (
    ErasedContact,
    Listen,
    Mark,
    Recording,
    RecordingPart,
    RecordingQuerySet,
    Silence,
    Waveform,
)
from floorwalker.insight.recorded import Contact

ERASED = "erased"
AT_ONCE = 500


def older_than(days: int, at: datetime) -> RecordingQuerySet:
    """Recordings of contacts that are longer ago; of files without a contact, those that were found longer ago."""
    limit = at - timedelta(days=days)
    return Recording.objects.filter(Q(contact_at__lt=limit) | Q(contact_at=None, found_at__lt=limit))


@action
def let_go(days: int, *, at: datetime, dry_run: bool = False) -> dict[str, int]:
    """Forget where what is older lies, how loud it is, who heard it and what was marked in it; how many of each."""
    old = older_than(days, at).exclude(why_not=ERASED)
    counts = {
        "recordings": old.count(),
        "waveforms": Waveform.objects.filter(recording__in=old).count(),
        "listens": Listen.objects.filter(recording__in=old).count(),
        "marks on recordings": Mark.objects.filter(recording__in=old).count(),
    }
    counts = {name: count for name, count in counts.items() if count}
    if counts and not dry_run:
        old.delete()
        record(SYSTEM, "let_recordings_go", "recordings", at, days=days, **_named(counts))
    return counts


def count_contacts(contact_keys: Collection[bytes]) -> dict[str, int]:
    """How many recordings are of some contacts."""
    count = sum(_of(some).count() for some in _portions(contact_keys))
    return {"recordings": count} if count else {}


@action
def forget_contacts(contact_keys: Collection[bytes], *, at: datetime) -> dict[str, int]:
    """Forget all that is known of the recordings of some contacts, but that there is a file which is to go; and remember whose
    recordings are not known any more, since a file may come later than the wish.
    """
    counts = count_contacts(contact_keys)
    for some in _portions(contact_keys):
        ErasedContact.objects.bulk_create([ErasedContact(contact_key=key) for key in some], ignore_conflicts=True)
        numbers = list(_of(some).values_list("pk", flat=True))
        for kind in (Waveform, Silence, Listen, Mark, RecordingPart):
            kind.objects.filter(recording__in=numbers).delete()
        Recording.objects.filter(pk__in=numbers).update(
            contact_key=None, contact_at=None, channel="", found_by="", why_not=ERASED, said_contact="", said_agent=""
        )
    return counts


def is_erased(contact: Contact) -> bool:
    """Whether a contact is of a customer who was forgotten."""
    keys = {contact.contact_key, *(part.contact_key for part in contact.parts)}
    return ErasedContact.objects.filter(contact_key__in=keys).exists()


def _of(contact_keys: Collection[bytes]) -> RecordingQuerySet:
    return Recording.objects.of_contacts(contact_keys)


def _portions(keys: Collection[bytes]) -> list[list[bytes]]:
    every = sorted(keys)
    return [every[first : first + AT_ONCE] for first in range(0, len(every), AT_ONCE)]


def _named(counts: dict[str, int]) -> dict[str, int]:
    return {name.replace(" ", "_"): count for name, count in counts.items()}
