"""Of which contact is a file that a program knows better than its name does, and which files have none?

A file stays where it lies: what is registered is which file of a store that `floorwalker.toml` names is of which contact.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.lake import lake
from floorwalker.apps.recordings.access import unmatched
from floorwalker.apps.recordings.actions import Known, register_recording
from floorwalker.apps.recordings.api.hearing import KEY
from floorwalker.apps.recordings.finding import KINDS, kind_of, look_up
from floorwalker.apps.recordings.models import Kind, Recording
from floorwalker.apps.recordings.models.files import LONGEST_NAME
from floorwalker.media.naming import LONGEST_SAID, Said
from floorwalker.media.settings import LONGEST_NAME as LONGEST_STORE
from floorwalker.media.settings import StoreSettings, read_stores
from floorwalker.media.stores import FolderStore, Held
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.problems import Problematic

router = Router()


class RecordingGiven(Schema):
    """Which file of which store is of which contact: by the contact's key or id, or by agent and time."""

    store: str = Field(min_length=1, max_length=LONGEST_STORE, description="[recordings.NAME] of floorwalker.toml")
    name: str = Field(min_length=1, max_length=LONGEST_NAME, description="the file's name below the store's folder")
    contact_key: str | None = Field(None, pattern=KEY, description="as the facts know the contact")
    contact: str | None = Field(
        None, min_length=1, max_length=LONGEST_SAID, description="the contact's or the whole call's id in its source"
    )
    agent: str | None = Field(None, min_length=1, max_length=LONGEST_SAID, description="a name or a staff number")
    began_at: datetime | None = Field(None, description="when the recording began, with its zone")


class FileOf(Schema):
    """A file as it is kept, with its contact or why none is known."""

    id: int
    store: str
    name: str
    kind: str = Field(description="sound, screen or transcript")
    size_bytes: int
    contact: str | None = Field(None, description="the key of its contact")
    why_not: str | None = Field(
        None,
        description="why no contact is known, as a word that stays the same; it is looked for again with each look",
    )
    found_at: datetime
    registered_at: datetime | None = Field(None, description="when a program said last of which contact it is")

    @classmethod
    def of(cls, recording: Recording) -> FileOf:
        """A file."""
        same = ("store", "name", "kind", "size_bytes", "found_at", "registered_at")
        return cls(
            id=recording.pk,
            contact=None if recording.contact_key is None else bytes(recording.contact_key).hex(),
            why_not=recording.why_not or None,
            **{name: getattr(recording, name) for name in same},
        )


@router.post("/recordings/files", response={201: FileOf})
def register_file(request: HttpRequest, given: RecordingGiven) -> object:
    """Say of which contact a file of a store is: sound, screen or transcript. Said again, what is said last holds."""
    user = user_of(request)
    _require_everywhere(request)
    store = _store(given.store)
    held, kind = _file(store, given.name)
    if given.began_at is not None and given.began_at.tzinfo is None:
        raise Problematic(
            422, where="began_at", found=given.began_at.isoformat(), expected="an instant with its zone, such as Z"
        )
    said = Said(given.contact or "", given.agent or "", given.began_at)
    key = bytes.fromhex(given.contact_key or "")
    found = look_up({given.name: said}, store, lake().snapshot(), key)[given.name]
    if key and isinstance(found, str):
        raise Problematic(
            422,
            "no such contact is known",
            where="contact_key",
            found=given.contact_key,
            expected="the key of a contact that was loaded",
            mend="load it first, or name the contact by its id: then it is looked for again with each look",
        )
    row = register_recording(store.name, Known(held, kind, None, said, found), by=user, at=timezone.now())
    return FileOf.of(row)


@router.get("/recordings/files/unmatched", response=Page[FileOf])
def list_unmatched_files(request: HttpRequest, paging: Query[Paging]) -> object:
    """The files whose contact is not known, each with why, by store and name."""
    found = unmatched(user_of(request), today()).order_by("store", "name", "pk")
    return page_of(request, found, paging, FileOf.of)


def _require_everywhere(request: HttpRequest) -> None:
    """Whoever sees what came in everywhere says of which contact files are; for others there is nothing here."""
    if not user_of(request).scope_on(today()).loads.everywhere:
        raise Http404


def _store(name: str) -> StoreSettings:
    stores = read_stores(settings.FLOORWALKER.home)
    if name not in stores:
        raise Problematic(
            422,
            "there is no such store",
            where="store",
            found=name,
            expected=", ".join(sorted(stores)) or "a store that is set up",
            mend="whoever runs the machine sets stores up, as [recordings.NAME] of floorwalker.toml",
        )
    return stores[name]


def _file(store: StoreSettings, name: str) -> tuple[Held, Kind]:
    kind = kind_of(name)
    if kind is None:
        raise Problematic(
            422, "files of this kind are not read", where="name", found=name[-40:], expected=", ".join(sorted(KINDS))
        )
    try:
        return FolderStore(store.folder).about(name), kind
    except FileNotFoundError as error:
        raise Problematic(
            422,
            "there is no such file in this store",
            where="name",
            found=name[:80],
            expected="the name of a plain file below the store's folder, with slashes between folders",
            mend="register it when it has been written",
        ) from error
