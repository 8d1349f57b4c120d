"""What does the text of a chat say? A line a message, with or without its time before or behind the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from floorwalker.media.transcripts.subtitles import split_name
from floorwalker.media.transcripts.turns import Turn, speaker_of

CLOCK = r"(?:(\d{4}-\d{2}-\d{2})[T ])?(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,6})?))?(?:Z|[+-]\d{2}:?\d{2})?"
BEFORE = re.compile(rf"[\[(]?{CLOCK}[\])]?[ \t]*[-–]?[ \t]*", re.ASCII)
BEHIND = re.compile(rf"([^:\n(\[]{{1,40}}?)[ \t]*[\[(]{CLOCK}[\])][ \t]*:[ \t]*", re.ASCII)
FIRST_DAY = "1970-01-01"
DAY_SECONDS = 86_400


def read_log(text: str) -> Iterator[Turn]:
    """Each message; a line without a name goes on with the one before. Times count from the first."""
    begun: float | None = None
    turn: Turn | None = None
    for line in text.splitlines():
        if not line.strip():
            continue
        name, said, at = _read(line.strip())
        if not name and turn is not None and at is None:
            turn = replace(turn, text=f"{turn.text} {said}")
            continue
        if turn is not None:
            yield turn
        if at is not None:
            begun = at if begun is None else begun
            # Past midnight, where lines name no day.
            at = at - begun if at >= begun else at - begun + DAY_SECONDS
        turn = Turn(speaker_of(name), name, said, at)
    if turn is not None:
        yield turn


def _read(line: str) -> tuple[str, str, float | None]:
    """Name, words, and the instant in seconds."""
    behind = BEHIND.match(line)
    if behind is not None:
        return behind[1].strip(), line[behind.end() :], _instant(*behind.groups()[1:])
    before = BEFORE.match(line)
    if before is None:
        return (*split_name(line), None)
    return (*split_name(line[before.end() :]), _instant(*before.groups()))


def _instant(day: str | None, hours: str, minutes: str, seconds: str | None) -> float | None:
    try:
        date = datetime.fromisoformat(day or FIRST_DAY).replace(tzinfo=UTC)
    except ValueError:
        return None
    return date.timestamp() + 3600 * int(hours) + 60 * int(minutes) + float(seconds or 0)
