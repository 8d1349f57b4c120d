"""Who waits, who is answered by whom and who gives up, when these contacts meet these people?

One site, one day, every event in its order. All draws are made before; what happens is decided here alone, by who is
free and who is still waiting. Instants are whole milliseconds from the same moment.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from heapq import heappop, heappush

NO_ANSWER_MILLISECONDS = 15_000
NOBODY = -1
# A patience from here on is never exhausted: such a contact waits from one day to the next.
FOR_EVER_MILLISECONDS = 1 << 50
_FREE, _DUE, _PASSED_ON = 0, 1, 2
_AWAY, _IDLE, _BUSY = 0, 1, 2
_SHIFT = 24
_NUMBER = (1 << (_SHIFT - 2)) - 1
_AT_THE_END_OF_TIME = 1 << 60


@dataclass(frozen=True)
class Visits:
    """The contacts of the day, in the order of entry; after them those that come into being by a transfer.

    born: how many stand in the order of entry; the others enter when their parent (`child[parent]`) is passed on.
    patience: how long the customer waits; ring, talk, hold, wrap_up: with an average agent; missed_rings: how often it
    rings unheard before somebody answers; cut_talk: the talk when the agent hangs up early, which an agent does whose
    share is above cut_draw.
    """

    born: int
    entered: list[int]
    queue: list[int]
    patience: list[int]
    ring: list[int]
    talk: list[float]
    hold: list[float]
    wrap_up: list[float]
    missed_rings: list[int]
    child: list[int]
    cut_talk: list[int]
    cut_draw: list[float]


@dataclass(frozen=True)
class Desks:
    """The people on shift: their group of skills, when they begin, and what else they have to do.

    duties: for each person, (due, length) in order of time; the last is the end of the shift, of length 0.
    pace, wrap_up_pace: factors on the times; cut_share: share of calls that the person ends early.
    """

    group: list[int]
    begins: list[int]
    duties: list[list[tuple[int, int]]]
    pace: list[float]
    wrap_up_pace: list[float]
    cut_share: list[float]


@dataclass
class Happened:
    """What became of each visit (by number; -1 where it did not happen), each ringing, each duty and each shift.

    left: the customer gave up; rings: (visit, desk, end, milliseconds, answered); a ringing ends unanswered either at
    the customer's leaving or unheard. done: (desk, which duty, began, ended); gone: when each person left.
    """

    agent: list[int]
    answered: list[int]
    released: list[int]
    wrapped: list[int]
    talked: list[int]
    held: list[int]
    left: list[int]
    cut: list[int]
    entered: list[int]
    unheard: list[tuple[int, int, int, int, bool]] = field(default_factory=list)
    done: list[tuple[int, int, int, int]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


def run_queues(visits: Visits, desks: Desks, groups: tuple[tuple[int, ...], ...], queues: int) -> Happened:
    """Let the day happen; groups[g] are the queues of skill group g, the live ones before those that can wait."""
    return _Floor(visits, desks, groups, queues).run()


class _Floor:
    def __init__(self, visits: Visits, desks: Desks, groups: tuple[tuple[int, ...], ...], queues: int) -> None:
        self.visits, self.desks, self.groups = visits, desks, groups
        self.serving = [[g for g, served in enumerate(groups) if q in served] for q in range(queues)]
        count, people = len(visits.queue), len(desks.group)
        self.deadline = [entered + patience for entered, patience in zip(visits.entered, visits.patience, strict=True)]
        self.missed = list(visits.missed_rings)
        self.waiting: list[deque[int]] = [deque() for _ in range(queues)]
        self.idle: list[deque[tuple[int, int]]] = [deque() for _ in groups]
        self.status = [_AWAY] * people
        self.idle_since = [-1] * people
        self.due = [0] * people
        self.begun = [0] * people
        self.unheard_by = [NOBODY] * people
        self.events = [(begins << _SHIFT) | (a << 2) | _FREE for a, begins in enumerate(desks.begins)]
        self.events += [(due << _SHIFT) | (a << 2) | _DUE for a, duties in enumerate(desks.duties) for due, _ in duties]
        self.events.sort()
        self.events.append(_AT_THE_END_OF_TIME << _SHIFT)
        blank = [-1] * count
        self.happened = Happened(
            agent=list(blank), answered=list(blank), released=list(blank), wrapped=list(blank), talked=list(blank),
            held=list(blank), left=list(blank), cut=[0] * count, entered=list(visits.entered), gone=[-1] * people,
        )  # fmt: skip

    def run(self) -> Happened:
        """Merge arrivals with everything else that happens, in order of time."""
        events, entered, enter = self.events, self.visits.entered, self._enter
        for visit in range(self.visits.born):
            at = entered[visit]
            while events[0] >> _SHIFT < at:
                self._happen(heappop(events))
            enter(visit, at)
        while events[0] >> _SHIFT < _AT_THE_END_OF_TIME:
            self._happen(heappop(events))
        self._give_up_the_rest()
        return self.happened

    def _happen(self, event: int) -> None:
        at, number, kind = event >> _SHIFT, (event >> 2) & _NUMBER, event & 3
        if kind == _FREE:
            self._become_free(number, at)
        elif kind == _DUE:
            self.due[number] += 1
            if self.status[number] == _IDLE:
                self._begin_duty(number, at)
        else:
            self.deadline[number] = at + self.visits.patience[number]
            self.happened.entered[number] = at
            self._enter(number, at)

    def _enter(self, visit: int, at: int, *, again: bool = False) -> None:
        """Give the visit to whoever serves its queue and has been free the longest, else let it wait."""
        queue = self.visits.queue[visit]
        status, since, longest, chosen = self.status, self.idle_since, _AT_THE_END_OF_TIME, NOBODY
        for group in self.serving[queue]:
            idle = self.idle[group]
            while idle:
                began, agent = idle[0]
                if status[agent] == _IDLE and since[agent] == began:
                    if began < longest:
                        longest, chosen = began, agent
                    break
                idle.popleft()
        if chosen != NOBODY:
            self._ring(visit, chosen, at)
        elif again:
            self.waiting[queue].appendleft(visit)
        else:
            self.waiting[queue].append(visit)

    def _ring(self, visit: int, agent: int, at: int) -> None:
        """Ring: answered, unheard, or the customer gives up while it rings."""
        self.status[agent] = _BUSY
        unheard = self.missed[visit] > 0
        ends = at + (NO_ANSWER_MILLISECONDS if unheard else self.visits.ring[visit])
        deadline = self.deadline[visit]
        if deadline < ends:
            self.happened.left[visit] = deadline
            self.happened.unheard.append((visit, agent, deadline, deadline - at, True))
            heappush(self.events, (deadline << _SHIFT) | (agent << 2) | _FREE)
        elif unheard:
            self.missed[visit] -= 1
            self.unheard_by[agent] = visit
            self.happened.unheard.append((visit, agent, ends, ends - at, False))
            heappush(self.events, (ends << _SHIFT) | (agent << 2) | _FREE)
        else:
            self._answer(visit, agent, ends)

    def _answer(self, visit: int, agent: int, at: int) -> None:
        visits, desks, happened = self.visits, self.desks, self.happened
        pace = desks.pace[agent]
        share = desks.cut_share[agent]
        if share and visits.cut_draw[visit] < share:
            happened.cut[visit] = 1
            talked, held, child = visits.cut_talk[visit], 0, NOBODY
        else:
            talked, held, child = int(visits.talk[visit] * pace), int(visits.hold[visit] * pace), visits.child[visit]
        released = at + talked + held
        wrapped = released + int(visits.wrap_up[visit] * desks.wrap_up_pace[agent])
        happened.agent[visit] = agent
        happened.answered[visit] = at
        happened.talked[visit] = talked
        happened.held[visit] = held
        happened.released[visit] = released
        happened.wrapped[visit] = wrapped
        heappush(self.events, (wrapped << _SHIFT) | (agent << 2) | _FREE)
        if child != NOBODY:
            heappush(self.events, (released << _SHIFT) | (child << 2) | _PASSED_ON)

    def _become_free(self, agent: int, at: int) -> None:
        """Return what rang unheard, then: a duty that is due, else whoever waits longest, else wait for work."""
        visit = self.unheard_by[agent]
        if visit != NOBODY:
            self.unheard_by[agent] = NOBODY
            self._enter(visit, at, again=True)
        if self.begun[agent] < self.due[agent]:
            self._begin_duty(agent, at)
            return
        visit = self._next_waiting(agent, at)
        if visit != NOBODY:
            self._ring(visit, agent, at)
            return
        self.status[agent] = _IDLE
        self.idle_since[agent] = at
        self.idle[self.desks.group[agent]].append((at, agent))

    def _next_waiting(self, agent: int, at: int) -> int:
        """The visit that has waited longest in the agent's most urgent kind of queue; those who gave up are struck off."""
        deadline, entered = self.deadline, self.happened.entered
        chosen, longest, where = NOBODY, _AT_THE_END_OF_TIME, NOBODY
        for queue in self.groups[self.desks.group[agent]]:
            waiting = self.waiting[queue]
            while waiting and deadline[waiting[0]] < at:
                gone = waiting.popleft()
                self.happened.left[gone] = deadline[gone]
            if not waiting or (chosen != NOBODY and self._can_wait(waiting[0])):
                continue
            if entered[waiting[0]] < longest:
                chosen, longest, where = waiting[0], entered[waiting[0]], queue
        if chosen != NOBODY:
            self.waiting[where].popleft()
        return chosen

    def _begin_duty(self, agent: int, at: int) -> None:
        """Begin the next duty; when the shift is over, nothing but going home is left to do."""
        duties = self.desks.duties[agent]
        if self.due[agent] == len(duties):
            self.status[agent] = _AWAY
            self.happened.gone[agent] = at
            return
        which = self.begun[agent]
        self.begun[agent] = which + 1
        self.status[agent] = _BUSY
        ends = at + duties[which][1]
        self.happened.done.append((agent, which, at, ends))
        heappush(self.events, (ends << _SHIFT) | (agent << 2) | _FREE)

    def _give_up_the_rest(self) -> None:
        for waiting in self.waiting:
            for visit in waiting:
                if not self._can_wait(visit):
                    self.happened.left[visit] = self.deadline[visit]

    def _can_wait(self, visit: int) -> bool:
        return self.visits.patience[visit] >= FOR_EVER_MILLISECONDS
