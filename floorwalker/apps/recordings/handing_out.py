"""How is the sound or the screen of a recording handed to whoever may hear it: on a page by a player, by the API to a program?"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from django.http import Http404, HttpRequest, HttpResponseBase

from floorwalker.apps.people.models import User
from floorwalker.apps.recordings.actions import note_listen
from floorwalker.apps.recordings.listening import settings_of
from floorwalker.apps.recordings.models import Kind, Recording
from floorwalker.apps.recordings.silencing import quiet_of
from floorwalker.media.stores import FolderStore
from floorwalker.ui.ranges import answer_range

# Never told by the file itself: what a browser is handed is one of these and nothing else.
TYPES = {
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".opus": "audio/ogg",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}


def hand_out(request: HttpRequest, recording: Recording, *, to: User, at: datetime) -> HttpResponseBase:
    """The file, or the part of it that is asked for, to somebody who may hear it; that she or he hears it is kept.

    Stretches in which a number that may be a card's is said are silent; a file in which they cannot be is not handed out.
    """
    store, kind = settings_of(recording), TYPES.get(recording.ending)
    if store is None or kind is None or recording.kind == Kind.TRANSCRIPT:
        raise Http404
    folder = FolderStore(store.folder)
    try:
        held = folder.about(recording.name)
        quiet = quiet_of(recording, store, held)
    except FileNotFoundError as error:
        raise Http404 from error
    if quiet is None:
        raise Http404
    if request.method == "GET":
        note_listen(recording, by=to, at=at)
    return answer_range(
        request,
        partial(folder.open_as, held),
        size=held.size_bytes,
        tag=f"{held.changed_ns:x}-{held.size_bytes:x}-{quiet.state}",
        change=quiet.change if quiet.spans else None,
        changed_at=datetime.fromtimestamp(held.changed_ns // 10**9, UTC),
        content_type=kind,
    )
