"""How did each person's shift pass, without a gap: in contacts, ready for them, in breaks or at other work?"""

from __future__ import annotations

import numpy as np

from floorwalker.facts.tables import StateClass
from floorwalker.sources.simulated.arrays import Ints
from floorwalker.sources.simulated.day import States
from floorwalker.sources.simulated.queueing import Happened
from floorwalker.sources.simulated.shifts import Shift

STATES = (StateClass.AVAILABLE, StateClass.PRODUCTIVE_CONTACT, StateClass.BREAK, StateClass.AUX_WORK)
DETAILS = ("break", "lunch", "team meeting", "coaching")
AVAILABLE, CONTACT = 0, 1
NO_DETAIL = -1


def time_lines(shifts: list[Shift], happened: Happened, base: int) -> States:
    """One row a stretch: contacts from answer to end of wrap-up, duties as they were kept, ready in between.

    base: the day's beginning in milliseconds UTC. Ringing counts as ready.
    """
    desk, state, detail, began, ended = _kept(shifts, happened)
    order = np.lexsort((began, desk))
    desk, state, detail, began, ended = (column[order] for column in (desk, state, detail, began, ended))
    first = np.ones(len(desk), dtype=np.bool_)
    first[1:] = desk[1:] != desk[:-1]
    login = np.array([shift.begins for shift in shifts], dtype=np.int64)
    before = np.where(first, login[desk], np.concatenate([[0], ended[:-1]])) if len(desk) else began
    logout = np.array(happened.gone, dtype=np.int64)
    last_end = login.copy()
    np.maximum.at(last_end, desk, ended)
    ready_desk = np.concatenate([desk, np.arange(len(shifts))])
    ready_from = np.concatenate([before, last_end])
    ready_to = np.concatenate([began, logout])
    some = ready_to > ready_from
    count = int(some.sum())
    return _as_states(
        shifts,
        base,
        np.concatenate([desk, ready_desk[some]]),
        np.concatenate([state, np.full(count, AVAILABLE)]),
        np.concatenate([detail, np.full(count, NO_DETAIL)]),
        np.concatenate([began, ready_from[some]]),
        np.concatenate([ended, ready_to[some]]),
    )


def _kept(shifts: list[Shift], happened: Happened) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Contacts and duties as (desk, state, detail, began, ended)."""
    agent = np.array(happened.agent, dtype=np.int64)
    handled = np.flatnonzero(agent >= 0)
    done = np.array(happened.done, dtype=np.int64).reshape(-1, 4)
    duties = [shifts[desk].duties[which] for desk, which in done[:, :2].tolist()]
    words = [str(state) for state in STATES]
    return (
        np.concatenate([agent[handled], done[:, 0]]),
        np.concatenate(
            [np.full(len(handled), CONTACT), np.array([words.index(d.state) for d in duties], dtype=np.int64)]
        ),
        np.concatenate(
            [np.full(len(handled), NO_DETAIL), np.array([DETAILS.index(d.name) for d in duties], dtype=np.int64)]
        ),
        np.concatenate([np.array(happened.answered, dtype=np.int64)[handled], done[:, 2]]),
        np.concatenate([np.array(happened.wrapped, dtype=np.int64)[handled], done[:, 3]]),
    )


def _as_states(
    shifts: list[Shift], base: int, desk: Ints, state: Ints, detail: Ints, began: Ints, ended: Ints
) -> States:
    order = np.lexsort((began, desk))
    person = np.array([shift.person for shift in shifts], dtype=np.int64)
    return States(
        person=person[desk[order]],
        state=state[order],
        detail=detail[order],
        started=base + began[order],
        ended=base + ended[order],
        handled=(state[order] == CONTACT).astype(np.int64),
    )
