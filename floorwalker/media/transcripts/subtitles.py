"""What do WebVTT and SubRip files say, and who says it?"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from floorwalker.media.transcripts.turns import Turn, speaker_of

TIMES = re.compile(
    r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2}[.,]\d{1,3})[ \t]+-->[ \t]+(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2}[.,]\d{1,3})(?:[ \t].*)?",
    re.ASCII,
)
VOICE = re.compile(r"<v(?:\.[^ >]*)?[ \t]+([^>]{1,100})>")
TAG = re.compile(r"</?[a-zA-Z0-9][^>]{0,200}>|<\d[\d:.]{0,20}>")
NAMED = re.compile(r"(?:\[([^\]\n]{1,40})\]|([^\s:][^:\n]{0,39}))[ \t]*:[ \t]+(?=\S)")


def read_cues(text: str) -> Iterator[Turn]:
    """Each cue with its times; the speaker from its voice tag, or from a name with a colon before the words."""
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.split("\n")
        for number, line in enumerate(lines):
            times = TIMES.fullmatch(line.strip())
            if times is not None:
                yield _cue(times, "\n".join(lines[number + 1 :]))
                break


def _cue(times: re.Match[str], said: str) -> Turn:
    hours, minutes, seconds, *until = times.groups()
    voice = VOICE.search(said)
    text = html.unescape(TAG.sub("", VOICE.sub("", said)))
    name = html.unescape(voice[1]).strip() if voice else ""
    if not name:
        name, text = split_name(text)
    return Turn(speaker_of(name), name, text, _seconds(hours, minutes, seconds), _seconds(*until))


def split_name(text: str) -> tuple[str, str]:
    """The name before a colon, and the words behind it; no name where what stands there is none."""
    found = NAMED.match(text.lstrip())
    if found is None:
        return "", text
    name = (found[1] or found[2]).strip()
    # A sentence may hold a colon too: a name is known, or is short and begins as names do.
    looks_like_one = len(name.split()) <= 3 and (name[0].isupper() or name[0].isdigit() or "_" in name)
    return (name, text.lstrip()[found.end() :]) if speaker_of(name) or looks_like_one else ("", text)


def _seconds(hours: str | None, minutes: str, seconds: str) -> float:
    return 3600 * int(hours or 0) + 60 * int(minutes) + float(seconds.replace(",", "."))
