"""Do all forms of transcript say the same by the same turns, and is what is none refused without harm?"""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.media.sound import Unreadable
from floorwalker.media.transcripts.masking import MASK, mask_turns, passes_luhn
from floorwalker.media.transcripts.reading import MOST_BYTES, read_transcript
from floorwalker.media.transcripts.turns import Transcript, speaker_of
from tests.shared_data import shared


def read(content: str | bytes | Any, lanes: tuple[str, ...] = ()) -> Transcript:
    """The transcript of a file with this in it."""
    if not isinstance(content, str | bytes):
        content = json.dumps(content)
    return read_transcript(io.BytesIO(content if isinstance(content, bytes) else content.encode()), lanes=lanes)


def said(transcript: Transcript) -> list[tuple[str, str, float | None, float | None]]:
    """Who said what from when to when."""
    return [(turn.speaker or turn.name, turn.text, turn.start, turn.end) for turn in transcript.turns]


def word(content: str, start: float, end: float, **more: str) -> dict[str, Any]:
    """One word as Amazon Transcribe writes it."""
    times = {"start_time": f"{start}", "end_time": f"{end}"}
    return {"type": "pronunciation", "alternatives": [{"confidence": "0.9", "content": content}], **times, **more}


STOP = {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": "."}]}
GREETING = [("agent", "Good morning.", 0.5, 1.5), ("customer", "Hello.", 2.0, 2.5)]
FORMS = {
    "vtt": "WEBVTT - a call\n\nNOTE made by hand\n\n1\n00:00.500 --> 00:01.500 align:start\n<v Agent>Good <b>morning</b>.</v>\n\n"
    "00:00:02.000 --> 00:00:02.500\n<v.loud Customer>Hello.\n",
    "vtt with names": "WEBVTT\r\n\r\n00:00.500 --> 00:01.500\r\nAgent: Good morning.\r\n\r\n00:02.000 --> 00:02.500\r\nCaller: Hello.\r\n",
    "srt": "1\n00:00:00,500 --> 00:00:01,500\nAgent: Good\nmorning.\n\n2\n00:00:02,000 --> 00:00:02,500\n[Customer]: Hello.\n",
    "whisper": {
        "text": "…",
        "segments": [
            {"id": 0, "start": 0.5, "end": 1.5, "text": " Good morning.", "speaker": "AGENT"},
            {"id": 1, "start": 2.0, "end": 2.5, "text": " Hello.", "speaker": "CUSTOMER"},
        ],
    },
    "deepgram": {
        "metadata": {"channels": 2},
        "results": {
            "utterances": [
                {"start": 2.0, "end": 2.5, "channel": 1, "transcript": "Hello.", "speaker": 0},
                {"start": 0.5, "end": 1.5, "channel": 0, "transcript": "Good morning.", "speaker": 0},
            ]
        },
    },
    "list": [
        {"speaker": "Agent", "text": "Good morning.", "start": 0.5, "end": 1.5},
        {"role": "user", "content": "Hello.", "start_time": "2.0", "end_time": 2.5},
    ],
    "contact lens": {
        "Participants": [
            {"ParticipantId": "A", "ParticipantRole": "AGENT"},
            {"ParticipantId": "C", "ParticipantRole": "CUSTOMER"},
        ],
        "Transcript": [
            {"ParticipantId": "A", "Content": "Good morning.", "BeginOffsetMillis": 500, "EndOffsetMillis": 1500},
            {"ParticipantId": "C", "Content": "Hello.", "BeginOffsetMillis": 2000, "EndOffsetMillis": 2500},
        ],
    },
    "transcribe, lanes": {
        "results": {
            "transcripts": [],
            "items": [],
            "channel_labels": {
                "channels": [
                    {"channel_label": "ch_0", "items": [word("Good", 0.5, 0.9), word("morning", 1.0, 1.5), STOP]},
                    {"channel_label": "ch_1", "items": [word("Hello", 2.0, 2.5), STOP]},
                ]
            },
        }
    },
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(form: str) -> None:
    assert said(read(FORMS[form], ("agent", "customer"))) == GREETING


def test_words_of_one_speaker_are_a_turn_until_another_speaks_or_a_pause() -> None:
    items = [word("Good", 0, 0.4), word("morning", 0.5, 1), STOP, word("Well", 4, 4.5), word("Hello", 5, 5.5), STOP]
    labels = ["spk_0", "spk_0", None, "spk_0", "spk_1", None]
    segments = [
        {"items": [{"start_time": item["start_time"], "speaker_label": label}]}
        for item, label in zip(items, labels, strict=True)
        if label
    ]
    by_segment = read({"results": {"items": items, "speaker_labels": {"segments": segments}}})
    labelled = [item | ({"speaker_label": label} if label else {}) for item, label in zip(items, labels, strict=True)]
    assert said(by_segment) == said(read({"results": {"items": labelled}}))
    assert said(by_segment) == [
        ("spk_0", "Good morning.", 0, 1),
        ("spk_0", "Well", 4, 4.5),
        ("spk_1", "Hello.", 5, 5.5),
    ]


def test_contact_lens_of_a_call_and_of_a_chat() -> None:
    call = read(shared("data/amazon_connect/contact_lens_voice.json").read_bytes())
    assert said(call)[:2] == [
        ("agent", "Okay.", 0, 0.09),
        ("customer", "Just hello. My name is Alias and help.", 0.16, 4.64),
    ]
    chat = read(shared("data/amazon_connect/contact_lens_chat.json").read_bytes())
    assert [(turn.speaker, turn.event, turn.start) for turn in chat.turns if turn.event] == [
        *(("customer", "joined", 0.0), ("agent", "joined", 10.216)),
        *(("customer", "left", 172.064), ("system", "ended", 172.457)),
    ]
    assert chat.turns[0].start == 0 and {turn.speaker for turn in chat.turns} == {"agent", "customer", "system"}
    redacted = read(shared("data/amazon_connect/contact_lens_chat_redacted.json").read_bytes())
    assert any("[PII]" in turn.text for turn in redacted.turns)


def test_chats_of_the_published_set() -> None:
    chats = json.loads(shared("data/abcd_sample/abcd_sample.json").read_text())
    found = read({"convo_id": chats[0]["convo_id"], "original": chats[0]["original"]})
    assert found.form == "chat" and not any(turn.start is not None for turn in found.turns)
    assert said(found)[:3] == [
        ("agent", "Hi!", None, None),
        ("agent", "How can I help you?", None, None),
        ("customer", "Hi! I need to return an item, can you help me with that?", None, None),
    ]
    assert "action" in {turn.speaker for turn in found.turns}
    whole = read({"scenario": chats[0]["scenario"], **chats[0]})
    assert said(whole) == said(found)
    # Several conversations in one file are not one contact.
    with pytest.raises(Unreadable, match=r"^format$"):
        read(chats)


@pytest.mark.parametrize(
    "log",
    [
        "[2026-11-20 23:59:58] Agent: Good morning.\n[2026-11-21 00:00:03] Customer: Hello.\nAnd thanks.\n",
        "23:59:58 Agent: Good morning.\n00:00:03 Customer: Hello.\n  And thanks.\n",
        "Agent (23:59:58): Good morning.\r\nCustomer (00:00:03): Hello.\r\nAnd thanks.\r\n",
        "2026-11-20T23:59:58Z - Agent: Good morning.\n2026-11-21T00:00:03Z - Customer: Hello. And thanks.",
    ],
)
def test_a_chat_log_counts_from_its_first_line(log: str) -> None:
    assert said(read(log)) == [("agent", "Good morning.", 0, None), ("customer", "Hello. And thanks.", 5, None)]


def test_a_log_without_times_keeps_its_order() -> None:
    found = read("Robin: Good morning: what can I do?\nVisitor: note this: it is late\nit really is\n")
    assert said(found) == [
        ("Robin", "Good morning: what can I do?", None, None),
        ("customer", "note this: it is late it really is", None, None),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_letters_are_read_in_the_usual_encodings(encoding: str) -> None:
    assert said(read("Agent: C’est réglé.".encode(encoding))) == [("agent", "C’est réglé.", None, None)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02", "format"),
        (b"{", "broken"),
        (b'{"a": 1}', "format"),
        (b"[]", "format"),
        (b"[" * 100_000, "broken"),
        (b'{"Transcript": [3]}', "broken"),
        (b'{"Transcript": [{"AbsoluteTime": "yesterday"}]}', "broken"),
        (b'{"results": {"items": [{}]}}', "broken"),
        (b'{"segments": [{"text": "a"}]}', "broken"),
        (b"WEBVTT\n\nnothing", "empty"),
        (b"A: b\n" * 20_001, "limits"),
        (b" " * (MOST_BYTES + 1), "limits"),
    ],
)
def test_what_is_no_transcript_is_refused_with_its_reason(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable, match=f"^{code}$"):
        read(content)


@given(st.text(max_size=300))
def test_nothing_that_is_written_breaks_the_reader(text: str) -> None:
    try:
        found = read(text.encode("utf-8", "ignore"))
    except Unreadable:
        return
    assert all(turn.text or turn.event for turn in found.turns)


@pytest.mark.parametrize(
    ("start", "end", "known"),
    [
        ("NaN", "2", (None, None)),
        ("Infinity", "-Infinity", (None, None)),
        ("-0.2", "3", (0, 3)),
        ("1e300", "1e301", (None, None)),
        ("9", "3", (9, None)),
        ("4", "4", (4, None)),
        ("4", "NaN", (4, None)),
    ],
)
def test_a_time_that_cannot_be_is_not_known(start: str, end: str, known: tuple[float | None, float | None]) -> None:
    found = read(f'[{{"start": {start}, "end": {end}, "speaker": "Customer", "text": "It is {CARDS[0]}"}}]')
    (turn,) = found.turns
    assert (turn.start, turn.end) == known and turn.masked == 1


# Numbers that schemes publish for tests.
CARDS = ["4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005", "6011.1111.1111.1117"]


@pytest.mark.parametrize("card", CARDS)
def test_numbers_of_cards_are_masked_as_digits_and_as_words(card: str) -> None:
    assert mask_turns([f"My card is {card}, thanks."]) == ([f"My card is {MASK}, thanks."], [1])
    names = "zero one two three four five six seven eight nine".split()
    spoken = " ".join(names[int(digit)] for digit in card if digit.isdigit())
    said = f"It is {spoken.capitalize()}, expires in May."
    assert mask_turns([said]) == ([f"It is {MASK}, expires in May."], [1])


@pytest.mark.parametrize(
    "text", ["Order 4111111111111112.", "Call 01632 960123 or 01632 960124", "four two four", "12345"]
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_turns([text]) == ([text], [0])


def test_a_transcript_says_how_many_numbers_it_hides() -> None:
    found = read(f"Customer: {CARDS[0]}\nAgent: Thanks.\nCustomer: and {CARDS[1]}")
    assert found.masked == 2 and not any("1111" in turn.text for turn in found.turns)


@given(st.text("0123456789", min_size=12, max_size=18))
def test_one_check_digit_of_ten_fits(digits: str) -> None:
    assert sum(passes_luhn(digits + str(check)) for check in range(10)) == 1


def test_speakers_are_known_by_many_words() -> None:
    names = ["Agent 2", "AGENT", "agent_1", "Caller", "Robin", "SYSTEM_MESSAGE", ""]
    assert [speaker_of(name) for name in names] == ["agent", "agent", "agent", "customer", "", "system", ""]


def test_a_number_that_is_said_in_pieces_is_masked_in_each() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Customer>It is 4111 1111\n\n00:02.000 --> 00:03.000\n<v Agent>Yes, 4111\n\n"
        "00:03.000 --> 00:04.000\n<v Customer>1111 1111, and order 1234\n\n00:05.000 --> 00:06.000\n<v Customer>bye 12\n"
    )
    found = read_transcript(io.BytesIO(text.encode()))
    assert [turn.text for turn in found.turns] == [f"It is {MASK}", "Yes, 4111", f"{MASK}, and order 1234", "bye 12"]
    assert [turn.masked for turn in found.turns] == [1, 0, 1, 0]
    whole = [
        ["four one one one one one", "one one one one one one", "one one one one"],
        ["4111", "1111", "1111", "1111"],
    ]
    for pieces in whole:
        assert mask_turns(pieces) == ([MASK] * len(pieces), [1] * len(pieces))
    assert mask_turns(["order 12345678", "1234"]) == (["order 12345678", "1234"], [0, 0])
