"""What is a turn of a conversation, and who speaks it, by whatever word a service has for that?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import TypeGuard

from floorwalker.media.transcripts.masking import mask_turns

AGENT, CUSTOMER, SYSTEM, ACTION = "agent", "customer", "system", "action"
SPEAKERS = {
    **dict.fromkeys(
        ("agent", "agnt", "advisor", "adviser", "operator", "representative", "rep", "internal", "staff"), AGENT
    ),
    **dict.fromkeys(("customer", "cust", "caller", "client", "user", "visitor", "external", "guest"), CUSTOMER),
    **dict.fromkeys(("system", "bot", "ivr", "system_message", "virtual agent"), SYSTEM),
    "action": ACTION,
}
MOST_TURNS = 20_000
# Words of one speaker with a longer pause between them are two turns.
PAUSE_SECONDS = 2.0
# No contact lasts for thirty years.
LATEST_SECONDS = 1e9


@dataclass(frozen=True)
class Turn:
    """Somebody said something.

    speaker: agent, customer, system, action (what the agent did in another system), or nothing where nobody says;
    name: as the transcript calls the speaker. start, end: seconds from the beginning, where they are known.
    event: in place of words, what happened (joined, left, ended).
    """

    speaker: str
    name: str
    text: str
    start: float | None = None
    end: float | None = None
    event: str = ""
    masked: int = 0


@dataclass(frozen=True)
class Transcript:
    """The turns of a contact in their order; masked: in how many places a number that may be a card's is not shown."""

    form: str
    turns: tuple[Turn, ...]

    @property
    def masked(self) -> int:
        """In how many places."""
        return sum(turn.masked for turn in self.turns)


def speaker_of(name: str) -> str:
    """Who that is, where the name says it; `Agent 2` is an agent."""
    word = name.strip().casefold()
    return SPEAKERS.get(word) or SPEAKERS.get(word.rstrip("0123456789 _:#"), "")


def in_order(form: str, turns: Iterable[Turn]) -> Transcript:
    """The transcript of these turns: in order of time, as far as they have one, without empty ones, numbers of cards masked."""
    said = [_timed(turn) for turn in turns if turn.text.strip() or turn.event]
    if all(turn.start is not None for turn in said):
        said.sort(key=lambda turn: turn.start or 0.0)
    return Transcript(form, tuple(_masked(said)))


def _timed(turn: Turn) -> Turn:
    """The turn with those of its times that can be: an end that is not after its start would leave a number to be heard."""
    if not _is_moment(turn.start):
        return replace(turn, start=None, end=None)
    start = max(0.0, turn.start)
    return replace(turn, start=start, end=turn.end if _is_moment(turn.end) and turn.end > start else None)


def _is_moment(seconds: float | None) -> TypeGuard[float]:
    return seconds is not None and isfinite(seconds) and abs(seconds) <= LATEST_SECONDS


def _masked(turns: Sequence[Turn]) -> list[Turn]:
    by_speaker: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, turn in enumerate(turns):
        by_speaker[turn.speaker, turn.name].append(place)
    found = list(turns)
    for places in by_speaker.values():
        texts, counts = mask_turns([" ".join(turns[place].text.split()) for place in places])
        for place, text, count in zip(places, texts, counts, strict=True):
            found[place] = replace(turns[place], text=text, masked=count)
    return found
