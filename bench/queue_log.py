"""What does a large centre's queue_log look like? A generator of any number of lines, the same for the same seed.

Agents work shifts with breaks and answer one call at a time; callers ring again, give up, wait too long and are passed
on to other queues. Written day by day with arrays, so that ten million lines take neither minutes nor gigabytes. The
numbers lie in 01632, an area that no telephone company uses.

    python -m bench.queue_log FILE [--events 10000000] [--agents 400] [--queues 20] [--seed 1]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Numbers = npt.NDArray[np.int64]

FIRST_DAY = date(2025, 1, 6)
SLOTS = 54  # a shift is so many stretches of time, each of at most one call
SLOT_SECONDS = 540
BREAK_SLOTS = {12: "break", 26: "lunch", 27: "lunch", 40: "break"}
QUEUES_PER_AGENT = 3
BUSY_SHARE = 0.86
LONGEST_TALK_SECONDS = 420
AREA = 1_632_000_000


@dataclass(frozen=True)
class Written:
    """What a log holds: lines, bytes, calls begun and days."""

    lines: int
    bytes: int
    calls: int
    days: int


@dataclass(frozen=True)
class Centre:
    """Who writes into the log: so many agents, queues and customers, and the seed of chance."""

    agents: int = 400
    queues: int = 20
    customers: int = 400_000
    seed: int = 1

    @property
    def agent_names(self) -> pa.Array:
        """How the log names agents; the last entry stands for none."""
        return pa.array([*(f"PJSIP/{1000 + n}" for n in range(self.agents)), "NONE"])

    @property
    def queue_names(self) -> pa.Array:
        """How the log names queues; the last entry stands for none."""
        return pa.array([*(f"queue-{n:02}" for n in range(self.queues)), "NONE"])


@dataclass(frozen=True)
class Events:
    """Some lines as arrays: when, in which order within a second, whose call, where, who, and what."""

    second: Numbers
    rank: Numbers
    call: pa.Array
    queue: Numbers
    agent: Numbers
    text: pa.Array

    @classmethod
    def of(cls, second: Numbers, rank: int, call: pa.Array, queue: Numbers, agent: Numbers, *text: object) -> Events:
        """Lines of one kind; `text` is the event and its parameters, each one value or an array."""
        parts = [pa.array(part).cast(pa.string()) if isinstance(part, np.ndarray) else pa.scalar(part) for part in text]
        joined = parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, "|")
        if isinstance(joined, pa.Scalar):
            joined = pa.repeat(joined, len(second))
        return cls(second, np.full(len(second), rank, np.int64), call, queue, agent, joined)


@dataclass(frozen=True)
class Visits:
    """The answered visits of one day."""

    agent: Numbers
    queue: Numbers
    entered: Numbers
    wait: Numbers
    talk: Numbers
    customer: Numbers
    number: Numbers
    transferred: npt.NDArray[np.bool_]

    @property
    def answered(self) -> Numbers:
        """The second of each answer."""
        return self.entered + self.wait

    @property
    def ended(self) -> Numbers:
        """The second at which each agent's part ended."""
        return self.answered + self.talk


def write_queue_log(path: Path, events: int, centre: Centre = Centre(), first_day: date = FIRST_DAY) -> Written:
    """Write a log of exactly so many lines, in order of time; the last day is cut where the number is reached."""
    lines = calls = days = 0
    with path.open("wb") as file:
        for day_lines, begun in _days(centre, first_day):
            kept = day_lines[: events - lines]
            file.write(_joined(kept))
            lines, calls, days = lines + len(kept), calls + begun, days + 1
            if lines >= events:
                return Written(lines, file.tell(), calls, days)
    raise AssertionError("days do not end")


def _joined(lines: pa.Array) -> bytes:
    whole = pa.ListArray.from_arrays(pa.array([0, len(lines)], pa.int32()), lines)
    text: str = pc.binary_join(whole, "\n")[0].as_py()
    return text.encode() + b"\n"


def _days(centre: Centre, first_day: date) -> Iterator[tuple[pa.Array, int]]:
    """Day after day without end: its lines in order, and how many calls began."""
    random = np.random.default_rng(centre.seed)
    number = 0
    for offset in range(1_000_000):
        on = first_day + timedelta(days=offset)
        midnight = int(datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp())
        parts, begun = _day(centre, midnight, number, random)
        yield _lines(centre, parts), begun
        number += begun


def _lines(centre: Centre, parts: list[Events]) -> pa.Array:
    second = np.concatenate([part.second for part in parts])
    order = np.lexsort((np.concatenate([part.rank for part in parts]), second))
    call = pa.concat_arrays([part.call for part in parts])
    text = pa.concat_arrays([part.text for part in parts])
    joined = pc.binary_join_element_wise(
        pa.array(second).cast(pa.string()),
        call,
        centre.queue_names.take(pa.array(np.concatenate([part.queue for part in parts]))),
        centre.agent_names.take(pa.array(np.concatenate([part.agent for part in parts]))),
        text,
        "|",
    )
    return joined.take(pa.array(order))


def _day(centre: Centre, midnight: int, number: int, random: np.random.Generator) -> tuple[list[Events], int]:
    """The events of one day, and how many visits began."""
    starts = midnight + 6 * 3600 + random.integers(0, 8, centre.agents) * 3600
    starts = starts + random.integers(0, 600, centre.agents)
    visits = _answered(centre, starts, number, random)
    lost = max(1, len(visits.agent) // 12)
    parts = [
        _restart(centre, midnight),
        *_shift_events(centre, starts),
        *_answered_events(centre, visits, random),
        *_lost_events(centre, midnight, number + len(visits.agent), lost, random),
    ]
    return parts, len(visits.agent) + lost


def _restart(centre: Centre, midnight: int) -> Events:
    none = np.array([0])
    call = pa.array(["NONE"])
    return Events.of(np.array([midnight]), 0, call, none + centre.queues, none + centre.agents, "QUEUESTART|")


def _shift_events(centre: Centre, starts: Numbers) -> Iterator[Events]:
    """Joining, pausing and leaving, in each queue of the agent."""
    agent = np.repeat(np.arange(centre.agents), QUEUES_PER_AGENT)
    queue = _queues_of(centre, agent, np.tile(np.arange(QUEUES_PER_AGENT), centre.agents))
    began = np.repeat(starts, QUEUES_PER_AGENT)
    manager, nobody = (pa.repeat(pa.scalar(name), len(agent)) for name in ("MANAGER", "NONE"))
    yield Events.of(began, 1, manager, queue, agent, "ADDMEMBER|")
    for slot, reason in BREAK_SLOTS.items():
        paused = began + slot * SLOT_SECONDS
        yield Events.of(paused, 7, nobody, queue, agent, f"PAUSE|{reason}")
        yield Events.of(paused + SLOT_SECONDS - 5, 1, nobody, queue, agent, f"UNPAUSE|{reason}")
    yield Events.of(began + SLOTS * SLOT_SECONDS, 8, manager, queue, agent, "REMOVEMEMBER|")


def _queues_of(centre: Centre, agent: Numbers, place: Numbers) -> Numbers:
    """The queue that an agent serves at that place of her list; neighbours share most of theirs."""
    return (agent * centre.queues // centre.agents + place) % centre.queues


def _answered(centre: Centre, starts: Numbers, number: int, random: np.random.Generator) -> Visits:
    slots = np.array([slot for slot in range(SLOTS) if slot not in BREAK_SLOTS])
    agent = np.repeat(np.arange(centre.agents), len(slots))
    slot = np.tile(slots, centre.agents)
    busy = random.random(len(agent)) < BUSY_SHARE
    agent, slot = agent[busy], slot[busy]
    n = len(agent)
    answered = starts[agent] + slot * SLOT_SECONDS + random.integers(0, 90, n)
    wait = np.minimum(random.exponential(28, n).astype(np.int64), 900)
    order = np.argsort(answered - wait, kind="stable")
    talk = np.clip(random.lognormal(5.25, 0.55, n), 8, LONGEST_TALK_SECONDS).astype(np.int64)
    visits = Visits(
        agent=agent[order],
        queue=_queues_of(centre, agent[order], random.integers(0, QUEUES_PER_AGENT, n)),
        entered=(answered - wait)[order],
        wait=wait[order],
        talk=talk,
        customer=random.integers(0, centre.customers, n),
        number=number + np.arange(n),
        transferred=random.random(n) < 0.06,
    )
    return _passed_on(visits)


def _passed_on(visits: Visits) -> Visits:
    """Half of the transferred callers appear again in the next visit of another queue, under the same call."""
    sources = np.flatnonzero(visits.transferred)[::2]
    targets = np.searchsorted(visits.entered, visits.ended[sources])
    inside = targets < len(visits.entered)
    sources, targets = sources[inside], targets[inside]
    targets, first = np.unique(targets, return_index=True)
    sources = sources[first]
    fits = ~visits.transferred[targets] & (visits.queue[targets] != visits.queue[sources])
    visits.number[targets[fits]] = visits.number[sources[fits]]
    visits.customer[targets[fits]] = visits.customer[sources[fits]]
    return visits


def _calls(visits: Visits) -> pa.Array:
    """Each visit's call: created two seconds before its first entry, as Asterisk's unique ids are."""
    created = visits.entered.copy()
    order = np.argsort(visits.number, kind="stable")
    numbers, first = np.unique(visits.number[order], return_index=True)
    created = created[order][first][np.searchsorted(numbers, visits.number)]
    return _call_ids(created - 2, visits.number)


def _call_ids(created: Numbers, number: Numbers) -> pa.Array:
    return pc.binary_join_element_wise(
        pa.array(created).cast(pa.string()), pa.array(number * 2 + 1).cast(pa.string()), "."
    )


def _text(numbers: Numbers) -> pa.Array:
    return pa.array(numbers).cast(pa.string())


def _answered_events(centre: Centre, visits: Visits, random: np.random.Generator) -> Iterator[Events]:
    n = len(visits.agent)
    call, nobody = _calls(visits), np.full(n, centre.agents)
    position = random.integers(1, 9, n)
    yield _entries(visits.entered, call, visits.queue, nobody, visits.customer, position)
    yield from _unanswered_rings(centre, visits, call, random)
    ring = np.minimum(visits.wait, random.integers(1, 15, n))
    bridged = _call_ids(visits.answered - ring, visits.number + 500_000_000)
    text = pc.binary_join_element_wise("CONNECT", _text(visits.wait), bridged, _text(ring), "|")
    yield Events(visits.answered, np.full(n, 5), call, visits.queue, visits.agent, text)
    kind = np.where(visits.transferred, random.integers(2, 4, n), (random.random(n) < 0.7).astype(np.int64))
    for which, (name, lead) in enumerate(_ENDINGS):
        some = np.flatnonzero(kind == which)
        at = (visits.ended[some], 6, call.take(pa.array(some)), visits.queue[some], visits.agent[some])
        yield Events.of(*at, f"{name}{lead}", visits.wait[some], visits.talk[some], position[some])


_ENDINGS = (
    ("COMPLETEAGENT", ""),
    ("COMPLETECALLER", ""),
    ("BLINDTRANSFER", "|8000|internal"),
    ("ATTENDEDTRANSFER", "|BRIDGE|8000"),
)


def _entries(
    entered: Numbers, call: pa.Array, queue: Numbers, nobody: Numbers, customer: Numbers, position: Numbers
) -> Events:
    numbers = pc.binary_join_element_wise("0", _text(AREA + customer), "")
    text = pc.binary_join_element_wise("ENTERQUEUE|", numbers, _text(position), "|")
    return Events(entered, np.full(len(entered), 3), call, queue, nobody, text)


def _unanswered_rings(centre: Centre, visits: Visits, call: pa.Array, random: np.random.Generator) -> Iterator[Events]:
    """One in four callers who wait long enough hears another agent's telephone ring first."""
    some = np.flatnonzero((visits.wait >= 12) & (random.random(len(visits.wait)) < 0.25))
    ring = random.integers(5, 12, len(some))
    other = (visits.agent[some] + 1 + random.integers(0, 5, len(some))) % centre.agents
    at = visits.entered[some] + ring
    yield Events.of(at, 4, call.take(pa.array(some)), visits.queue[some], other, "RINGNOANSWER", ring * 1000)


def _lost_events(centre: Centre, midnight: int, number: int, n: int, random: np.random.Generator) -> Iterator[Events]:
    """Callers who gave up, waited too long, or pressed a key to leave."""
    entered = np.sort(midnight + 6 * 3600 + random.integers(0, 15 * 3600, n))
    call = _call_ids(entered - 2, number + np.arange(n))
    queue, nobody = random.integers(0, centre.queues, n), np.full(n, centre.agents)
    position = random.integers(1, 20, n)
    wait = np.minimum(2 + random.exponential(70, n).astype(np.int64), 899)
    yield _entries(entered, call, queue, nobody, random.integers(0, centre.customers, n), position)
    draw = random.random(n)
    endings = (("ABANDON", draw < 0.85), ("EXITWITHTIMEOUT", (draw >= 0.85) & (draw < 0.95)))
    for name, which in endings:
        some = np.flatnonzero(which)
        at = (entered[some] + wait[some], 6, call.take(pa.array(some)), queue[some], nobody[some])
        yield Events.of(*at, name, position[some], position[some], wait[some])
    some = np.flatnonzero(draw >= 0.95)
    at = (entered[some] + wait[some], 6, call.take(pa.array(some)), queue[some], nobody[some])
    yield Events.of(*at, "EXITWITHKEY|1", position[some], position[some], wait[some])


def main() -> None:
    """Write one log from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--events", type=int, default=10_000_000)
    for name, default in (("agents", 400), ("queues", 20), ("customers", 400_000), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    written = write_queue_log(asked.file, asked.events, Centre(asked.agents, asked.queues, asked.customers, asked.seed))
    print(f"{written.lines} lines, {written.bytes} bytes, {written.calls} visits, {written.days} days")


if __name__ == "__main__":
    main()
