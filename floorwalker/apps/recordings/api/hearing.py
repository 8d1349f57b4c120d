"""Which contacts can be heard, how does one sound, and what was said and marked in it? For programs, as on the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.api.shapes import AgentNamed, Named
from floorwalker.apps.recordings.access import find_recording
from floorwalker.apps.recordings.actions import note_opening
from floorwalker.apps.recordings.blindness import marks_shown
from floorwalker.apps.recordings.handing_out import TYPES, hand_out
from floorwalker.apps.recordings.listening import player_of
from floorwalker.apps.recordings.models import Kind, Listen, Mark, Recording
from floorwalker.media.transcripts.turns import Turn
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import LARGEST, Day, Id

router = Router()
KEY = r"^[0-9a-f]{32}$"
A_FILE = {type: {"schema": {"type": "string", "format": "binary"}} for type in sorted({*TYPES.values()})}
SENT = {
    "responses": {
        200: {"description": "all of the file", "content": A_FILE},
        206: {"description": "the part that was asked for", "content": A_FILE},
    }
}


class RecordingsAsked(Schema):
    """Which recordings."""

    agent: int | None = Field(None, ge=1, le=LARGEST, description="those in which this agent is heard")
    contact: str | None = Field(None, pattern=KEY, description="all that is kept of the contact of this key")
    kind: Kind | None = None
    since: Day | None = Field(None, description="of contacts of that day or later, in UTC")


class RecordingOf(Schema):
    """A recording of a known contact, which stays where it lies."""

    id: int
    kind: str = Field(description="sound, screen or transcript")
    contact: str = Field(description="the contact's key in the facts: 32 hexadecimal digits")
    contact_at: datetime
    channel: str | None = None
    agents: list[AgentNamed] = Field(description="everybody who is heard in it")
    began_at: datetime | None = Field(None, description="when the recording began, where that is known")
    size_bytes: int
    seconds: float | None = Field(None, description="how long it lasts, once it was measured")
    lanes: int | None = Field(None, description="1: one for all; 2: one for each side")
    codec: str | None = None
    content_type: str | None = Field(None, description="of what /file hands out; nothing for a transcript")

    @classmethod
    def of(cls, recording: Recording) -> RecordingOf:
        """A recording."""
        return cls(**_fields(recording))


class MarkOf(Schema):
    """A moment, or a stretch, that somebody marked."""

    id: int
    from_seconds: float
    to_seconds: float | None = Field(None, description="nothing: a moment")
    note: str
    made_by: Named
    made_at: datetime
    address: str = Field(description="the page that plays from there, by which it is cited")

    @classmethod
    def of(cls, mark: Mark) -> MarkOf:
        """A mark."""
        same = ("from_seconds", "to_seconds", "note", "made_at", "address")
        return cls(id=mark.pk, made_by=Named.of(mark.made_by), **{name: getattr(mark, name) for name in same})


class ListenOf(Schema):
    """Somebody heard it, from the first moment to the last."""

    who: Named
    first_at: datetime
    last_at: datetime

    @classmethod
    def of(cls, listen: Listen) -> ListenOf:
        """A listen."""
        return cls(who=Named.of(listen.user), first_at=listen.first_at, last_at=listen.last_at)


class RecordingWithMarks(RecordingOf):
    """A recording with what was marked in it, and who heard it."""

    marks: list[MarkOf]
    listens: list[ListenOf] = Field(description="the latest first, fifty at most")


class TurnOf(Schema):
    """Somebody said something, or something happened."""

    speaker: str = Field(description="agent, customer, system or action; nothing where nobody says")
    name: str = Field(description="as the transcript calls the speaker")
    text: str
    start: float | None = Field(None, description="seconds from the beginning")
    end: float | None = Field(None, description="seconds from the beginning")
    event: str | None = Field(None, description="in place of words: joined, left or ended")

    @classmethod
    def of(cls, turn: Turn) -> TurnOf:
        """A turn."""
        same = ("speaker", "name", "text", "start", "end")
        return cls(event=turn.event or None, **{name: getattr(turn, name) for name in same})


class TranscriptOf(Schema):
    """What was said on the contact of a recording."""

    transcript: int = Field(description="the number of the recording that is the transcript")
    turns: list[TurnOf]
    masked: int = Field(description="how many numbers are not shown, since they may be those of cards")


@router.get("/recordings", response=Page[RecordingOf])
def list_recordings(request: HttpRequest, asked: Query[RecordingsAsked], paging: Query[Paging]) -> object:
    """The recordings that the reader may hear, the newest contact first; an agent's are those that are all her own."""
    found = Recording.objects.heard_by(user_of(request), today()).here().with_what_is_listed()
    if asked.agent is not None:
        found = found.of_agent(asked.agent)
    if asked.contact is not None:
        found = found.of_contact(bytes.fromhex(asked.contact))
    if asked.kind is not None:
        found = found.filter(kind=asked.kind)
    if asked.since is not None:
        found = found.filter(contact_at__date__gte=asked.since)
    return page_of(request, found.order_by("-contact_at", "-pk"), paging, RecordingOf.of)


@router.get("/recordings/{recording_id}", response=RecordingWithMarks)
def read_recording(request: HttpRequest, recording_id: Id) -> object:
    """One recording with the marks that the reader is shown; the agents in it are shown that somebody looked."""
    user = user_of(request)
    found = find_recording(user, recording_id, today())
    note_opening(found, by=user, at=timezone.now())
    return RecordingWithMarks(
        **_fields(found),
        marks=[MarkOf.of(mark) for mark in marks_shown(found, user, today()).kept()],
        listens=[ListenOf.of(listen) for listen in found.listens.select_related("user")[:50]],
    )


@router.get("/recordings/{recording_id}/transcript", response=TranscriptOf)
def read_transcript(request: HttpRequest, recording_id: Id) -> object:
    """What was said on the contact, turn by turn; the agents in it are shown that somebody looked."""
    user = user_of(request)
    player = player_of(find_recording(user, recording_id, today()), user=user, at=timezone.now())
    if player.transcript is None or player.unread:
        raise Http404
    turns = [TurnOf.of(turn) for turn in player.turns]
    return TranscriptOf(transcript=player.transcript.pk, turns=turns, masked=player.masked)


@router.get("/recordings/{recording_id}/file", openapi_extra=SENT)
def hear_recording(request: HttpRequest, recording_id: Id) -> HttpResponseBase:
    """The sound or screen itself, or a part of it. That the owner of the token hears it is kept, and shown to the agents in it."""
    user = user_of(request)
    return hand_out(request, find_recording(user, recording_id, today()), to=user, at=timezone.now())


def _fields(recording: Recording) -> dict[str, Any]:
    measured = getattr(recording, "waveform", None)
    return {
        **{name: getattr(recording, name) for name in ("kind", "contact_at", "began_at", "size_bytes")},
        "id": recording.pk,
        "contact": bytes(recording.contact_key or b"").hex(),
        "channel": recording.channel or None,
        "agents": [AgentNamed.of(agent) for agent in recording.agents],
        "seconds": None if measured is None else measured.seconds,
        "lanes": measured.lanes or None if measured is not None else None,
        "codec": measured.codec or None if measured is not None else None,
        "content_type": TYPES.get(recording.ending) if recording.kind != Kind.TRANSCRIPT else None,
    }
