"""Which contacts can be drawn, and why is one looked at: complaint, dissatisfied answer, repeat, length; the weightiest first?"""

from __future__ import annotations

from datetime import date
from typing import Any

from floorwalker.insight.drawable import Cause, Filter, read_drawable, to_draw
from floorwalker.stats.sampling import draw
from tests.kpis.memory_facts import MemoryFacts

DAY, ME, OTHER, QUEUE = date(2026, 3, 2), b"m" * 16, b"o" * 16, b"q" * 16


def key(number: int) -> bytes:
    return number.to_bytes(16)


def part(number: int, **given: Any) -> dict[str, Any]:
    """One handled call of mine, of a minute."""
    told = {"segment_key": key(number), "contact_key": key(100 + number), "identity_key": ME, "site_key": b"s" * 16}
    told |= {"queue_key": QUEUE, "channel": "voice", "reason": "bill", "entered_at": f"2026-03-02T09:{number:02}:00Z"}
    return told | {"handled": True, "talk_seconds": 60.0, "local_day": DAY} | given


def contact(number: int, **given: Any) -> dict[str, Any]:
    return {"contact_key": key(100 + number), "last_agent": ME, "local_day": DAY, "handled": True} | given


def survey(number: int, score: float) -> dict[str, Any]:
    told = {"survey_key": key(200 + number), "contact_key": key(100 + number), "local_day": DAY, "score": score}
    return told | {"answered_at": "2026-03-02T12:00:00Z", "scale_least": 1.0, "scale_most": 5.0}


def read(parts: list[dict[str, Any]], asked: Filter | None = None, **facts: Any) -> dict[int, Cause | None]:
    found = read_drawable(MemoryFacts({"segment": parts, **facts}), asked or Filter(DAY, DAY, {ME: 7}))
    assert {one.agent for one in found} <= {7, 8}
    return {int.from_bytes(one.segment_key): one.cause for one in found}


def test_only_what_the_filter_names_can_be_drawn() -> None:
    parts = [
        *(part(1), part(2, handled=False), part(3, identity_key=OTHER), part(4, local_day=date(2026, 3, 3))),
        *(part(5, channel="chat"), part(6, queue_key=b"x" * 16), part(7, queue_key=None)),
    ]
    assert read(parts).keys() == {1, 5, 6, 7}
    assert read(parts, Filter(DAY, DAY, {ME: 7}, ("voice",))).keys() == {1, 6, 7}
    assert read(parts, Filter(DAY, DAY, {ME: 7}, (), (QUEUE,))).keys() == {1, 5}
    assert read(parts, Filter(DAY, DAY, {ME: 7, OTHER: 8})).keys() == {1, 3, 5, 6, 7}
    assert read(parts, Filter(DAY, DAY, {})) == {}


def test_the_weightiest_cause_is_told() -> None:
    parts = [part(number) for number in range(1, 30)] + [
        part(30, talk_seconds=900.0),
        part(31, disposition="Complaint"),
    ]
    parts[4] |= {"reason": "complaint"}
    contacts = [contact(2, next_same_reason_seconds=3600), contact(3, next_same_reason_seconds=8 * 86_400)]
    # Both dissatisfied and back again: told is that she was dissatisfied.
    contacts.append(contact(4, next_same_reason_seconds=60))
    surveys = [survey(4, 1.0), survey(6, 2.0), survey(7, 5.0)]
    asked = Filter(DAY, DAY, {ME: 7}, complaints=("complaint", "Complaint"))
    found = read(parts, asked, contact=contacts, survey=surveys)
    assert {number: cause for number, cause in found.items() if cause is not None} == {
        2: Cause.REPEAT,
        4: Cause.LOW_SURVEY,
        5: Cause.COMPLAINT,
        30: Cause.LONG,
        31: Cause.COMPLAINT,
    }
    # Without being told how complaints are named, none is one.
    assert Cause.COMPLAINT not in read(parts, contact=contacts, survey=surveys).values()


def test_a_filter_is_read_as_it_was_written_and_draws_the_same() -> None:
    asked = Filter(DAY, DAY, {ME: 7, OTHER: 8}, ("voice", "chat"), (QUEUE,), ("complaint",))
    again = Filter.read(asked.written())
    assert again.written() == asked.written() and again.agents == asked.agents
    facts = MemoryFacts({"segment": [part(number) for number in range(1, 20)]})
    first, second = (to_draw(read_drawable(facts, one)) for one in (asked, again))
    assert first.digest == second.digest
    assert draw(first, 3, "s").row.tolist() == draw(second, 3, "s").row.tolist()
