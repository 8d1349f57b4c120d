"""What do the JSON files of transcription services and chat systems say? Told by their shape, not by their name.

Amazon Transcribe; Amazon Connect Contact Lens of calls and chats; Whisper; Deepgram; AssemblyAI; lists of turns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from floorwalker.media.transcripts.turns import PAUSE_SECONDS, Turn, speaker_of

Known = Mapping[str, Any]
EVENTS = {"joined": "joined", "left": "left", "ended": "ended"}


def read_json(known: Any, lanes: Sequence[str]) -> tuple[str, Iterator[Turn]] | None:
    """The form of such a file and its turns; None where it is of none that is known. lanes: who is on each lane of the sound."""
    for form, fits, read in FORMS:
        if fits(known):
            return form, read(known, lanes)
    return None


def _contact_lens(known: Known, lanes: Sequence[str]) -> Iterator[Turn]:
    roles = {one["ParticipantId"]: one.get("ParticipantRole", "") for one in known.get("Participants", [])}
    instants = [_instant(item["AbsoluteTime"]) for item in known["Transcript"] if "AbsoluteTime" in item]
    begun = min(instants, default=0.0)
    for item in known["Transcript"]:
        role = str(item.get("ParticipantRole") or roles.get(item.get("ParticipantId"), ""))
        name = str(item.get("DisplayName") or role.title())
        if item.get("Type") == "EVENT":
            event = EVENTS.get(str(item.get("ContentType", "")).rpartition(".")[2], "")
            yield Turn(speaker_of(role or "system"), name, "", _after(begun, item), event=event)
        elif "AbsoluteTime" in item:
            yield Turn(speaker_of(role), name, str(item.get("Content", "")), _after(begun, item))
        else:
            start, end = item["BeginOffsetMillis"] / 1000, item["EndOffsetMillis"] / 1000
            yield Turn(speaker_of(role), name, str(item["Content"]), start, end)


def _transcribe(known: Known, lanes: Sequence[str]) -> Iterator[Turn]:
    """Words one by one, each with its speaker or its lane; together they are turns."""
    results = known["results"]
    channels = results.get("channel_labels", {}).get("channels", [])
    for number, channel in enumerate(channels):
        who = lanes[number] if number < len(lanes) else ""
        yield from _spoken([(channel["channel_label"], item) for item in channel["items"]], who)
    if not channels:
        by_start = {
            item["start_time"]: item["speaker_label"]
            for segment in results.get("speaker_labels", {}).get("segments", [])
            for item in segment["items"]
        }
        labels = (
            str(item.get("speaker_label") or by_start.get(item.get("start_time"), "")) for item in results["items"]
        )
        yield from _spoken(list(zip(labels, results["items"], strict=True)), "")


def _spoken(items: Sequence[tuple[str, Known]], who: str) -> Iterator[Turn]:
    """who: the speaker of all of them; nothing: each is called by its label."""
    words: list[str] = []
    label, start, end = "", 0.0, 0.0
    for its, item in items:
        content = str(item["alternatives"][0]["content"])
        if item["type"] == "punctuation":
            words.append(content)
            continue
        begins = float(item["start_time"])
        if words and (its != label or begins - end > PAUSE_SECONDS):
            yield Turn(who, "" if who else label, "".join(words), start, end)
            words = []
        if not words:
            label, start = its, begins
        end = float(item["end_time"])
        words.append(f" {content}")
    if words:
        yield Turn(who, "" if who else label, "".join(words), start, end)


def _segments(known: Known, lanes: Sequence[str]) -> Iterator[Turn]:
    for item in known["segments"]:
        name = str(item.get("speaker") or "")
        yield Turn(speaker_of(name), name, str(item["text"]), float(item["start"]), float(item["end"]))


def _deepgram(known: Known, lanes: Sequence[str]) -> Iterator[Turn]:
    several = known.get("metadata", {}).get("channels", 1) > 1
    for item in known["results"]["utterances"]:
        lane = item.get("channel", 0)
        who = lanes[lane] if several and lane < len(lanes) else ""
        name = "" if who else f"{item.get('speaker', lane)}"
        yield Turn(who, name, str(item["transcript"]), float(item["start"]), float(item["end"]))


def _assembly(known: Known, lanes: Sequence[str]) -> Iterator[Turn]:
    for item in known["utterances"]:
        name = str(item.get("speaker") or "")
        yield Turn(speaker_of(name), name, str(item["text"]), item["start"] / 1000, item["end"] / 1000)


def _conversation(known: Known, lanes: Sequence[str]) -> Iterator[Turn]:
    """A chat as pairs of speaker and words, in a field of that name."""
    turns = next(known[name] for name in CONVERSATIONS if _are_pairs(known.get(name)))
    for speaker, text in turns:
        yield Turn(speaker_of(str(speaker)), str(speaker), str(text))


def _list(known: Any, lanes: Sequence[str]) -> Iterator[Turn]:
    for item in (
        known if isinstance(known, list) else next(known[name] for name in LISTS if _are_turns(known.get(name)))
    ):
        name = str(_first(item, "speaker", "role", "participant", "from", "author") or "")
        start, end = (_first(item, *names) for names in (("start", "start_time", "begin"), ("end", "end_time")))
        text = str(_first(item, "text", "content", "message", "transcript"))
        yield Turn(speaker_of(name), name, text, _number(start), _number(end))


CONVERSATIONS = ("original", "turns", "conversation", "messages")
LISTS = ("turns", "messages", "transcript", "conversation", "utterances")


def _are_pairs(known: Any) -> bool:
    return (
        isinstance(known, list)
        and bool(known)
        and all(isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one) for one in known)
    )


def _are_turns(known: Any) -> bool:
    return (
        isinstance(known, list)
        and bool(known)
        and all(
            isinstance(one, dict) and isinstance(_first(one, "text", "content", "message", "transcript"), str)
            for one in known
        )
    )


def _first(item: Known, *names: str) -> Any:
    return next((item[name] for name in names if name in item), None)


def _number(value: Any) -> float | None:
    try:
        return None if value is None else float(value)
    except (TypeError, ValueError):
        return None


def _instant(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def _after(begun: float, item: Known) -> float:
    return round(_instant(item["AbsoluteTime"]) - begun, 3)


def _has(known: Any, *path: str) -> bool:
    for name in path:
        known = known.get(name) if isinstance(known, dict) else None
    return isinstance(known, list)


FORMS: tuple[tuple[str, Callable[[Any], bool], Callable[[Any, Sequence[str]], Iterator[Turn]]], ...] = (
    ("Contact Lens", lambda known: _has(known, "Transcript"), _contact_lens),
    ("Amazon Transcribe", lambda known: _has(known, "results", "items"), _transcribe),
    ("Deepgram", lambda known: _has(known, "results", "utterances"), _deepgram),
    ("Whisper", lambda known: _has(known, "segments"), _segments),
    ("AssemblyAI", lambda known: _has(known, "utterances") and _has(known, "words"), _assembly),
    (
        "chat",
        lambda known: isinstance(known, dict) and any(_are_pairs(known.get(n)) for n in CONVERSATIONS),
        _conversation,
    ),
    (
        "turns",
        lambda known: _are_turns(known) or (isinstance(known, dict) and any(_are_turns(known.get(n)) for n in LISTS)),
        _list,
    ),
)
