"""What does a file of a transcript say, in whatever form it is? By its content; its ending decides nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import BinaryIO

from floorwalker.media.sound import Unreadable
from floorwalker.media.transcripts.logs import read_log
from floorwalker.media.transcripts.services import read_json
from floorwalker.media.transcripts.subtitles import TIMES, read_cues
from floorwalker.media.transcripts.turns import MOST_TURNS, Transcript, Turn, in_order

MOST_BYTES = 8_000_000


def read_transcript(file: BinaryIO, *, lanes: Sequence[str] = ()) -> Transcript:
    """The turns of a transcript, numbers of cards masked; Unreadable with its code where it cannot be told what was said.

    lanes: who is heard on each lane of the sound, for services that tell lanes apart.
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unreadable("limits")
    text = _decode(content)
    try:
        form, turns = _read(text, lanes)
        found = in_order(form, _few(turns))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Unreadable("broken") from error
    if not found.turns:
        raise Unreadable("empty")
    return found


def _read(text: str, lanes: Sequence[str]) -> tuple[str, Iterable[Turn]]:
    if text.lstrip()[:1] in ("{", "["):
        try:
            known = json.loads(text)
        except ValueError:
            # A log may begin with a bracket too: [12:00:01] Agent: ...
            if text.lstrip().startswith("{"):
                raise
        else:
            found = read_json(known, lanes)
            if found is None:
                raise Unreadable("format")
            return found
    if text.startswith("WEBVTT"):
        return "WebVTT", read_cues(text)
    if any(TIMES.fullmatch(line.strip()) for line in islice(text.splitlines(), 20)):
        return "SubRip", read_cues(text)
    return "chat", read_log(text)


def _few(turns: Iterable[Turn]) -> list[Turn]:
    found = list(islice(turns, MOST_TURNS + 1))
    if len(found) > MOST_TURNS:
        raise Unreadable("limits")
    return found


def _decode(content: bytes) -> str:
    """As its mark says, else UTF-8, else the code page of older Windows systems."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable("format")
