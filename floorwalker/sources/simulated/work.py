"""What work comes to the floor: which queues, for which reasons, how long, how often, and who is skilled for it?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from floorwalker.facts.tables import Channel
from floorwalker.sources.simulated.arrays import Floats, Ints


@dataclass(frozen=True)
class Queue:
    """One queue: its channel, and how long its customers are willing to wait (mean seconds; None waits for ever)."""

    name: str
    channel: Channel
    patience_seconds: float | None


@dataclass(frozen=True)
class Work:
    """One contact reason in one queue, as it is with an average, experienced agent.

    share: of its queue's contacts; talk_seconds and wrap_up_seconds: medians; spread: standard deviation of the log;
    resolved_share: settled for good by one contact; transfer_to: queue to which some are passed on.
    """

    queue: str
    reason: str
    share: float
    talk_seconds: float
    wrap_up_seconds: float
    spread: float
    resolved_share: float
    transfer_to: str | None = None
    transfer_share: float = 0.0
    satisfaction: float = 0.0


QUEUES = (
    Queue("Billing", Channel.VOICE, 300.0),
    Queue("Orders", Channel.VOICE, 300.0),
    Queue("Technical Help", Channel.VOICE, 420.0),
    Queue("Accounts", Channel.VOICE, 360.0),
    Queue("Chat", Channel.CHAT, 300.0),
    Queue("Email", Channel.EMAIL, None),
)

WORK = (
    Work("Billing", "bill explained", 0.40, 300, 60, 0.55, 0.84, "Accounts", 0.05),
    Work("Billing", "direct debit", 0.25, 240, 70, 0.50, 0.88),
    Work("Billing", "refund", 0.35, 380, 95, 0.55, 0.74, "Orders", 0.06, -0.15),
    Work("Orders", "where is my order", 0.50, 200, 40, 0.50, 0.80, None, 0.0, -0.05),
    Work("Orders", "change an order", 0.28, 280, 65, 0.50, 0.87, "Billing", 0.06),
    Work("Orders", "return", 0.22, 320, 85, 0.55, 0.82, "Billing", 0.05),
    Work("Technical Help", "no connection", 0.40, 560, 80, 0.65, 0.66, None, 0.0, -0.20),
    Work("Technical Help", "set-up", 0.35, 480, 70, 0.60, 0.78, "Orders", 0.05, 0.10),
    Work("Technical Help", "slow service", 0.25, 620, 90, 0.65, 0.62, "Accounts", 0.08, -0.20),
    Work("Accounts", "change of address", 0.38, 230, 75, 0.45, 0.93),
    Work("Accounts", "cancellation", 0.34, 420, 90, 0.55, 0.85, "Billing", 0.07, -0.10),
    Work("Accounts", "log-in", 0.28, 270, 45, 0.50, 0.80, "Technical Help", 0.08),
    Work("Chat", "where is my order", 0.45, 360, 30, 0.45, 0.82),
    Work("Chat", "log-in", 0.30, 400, 35, 0.45, 0.79),
    Work("Chat", "bill explained", 0.25, 480, 40, 0.50, 0.80),
    Work("Email", "refund", 0.40, 330, 40, 0.50, 0.76, None, 0.0, -0.15),
    Work("Email", "bill explained", 0.35, 280, 35, 0.50, 0.82),
    Work("Email", "change of address", 0.25, 170, 30, 0.40, 0.94),
)

# Skills by size of site: the queues that a group of people serves, and the group's share of the people.
_TINY = ((("Billing", "Orders"), 0.6), (("Billing",), 0.2), (("Orders",), 0.2))
_SMALL = (
    (("Billing", "Orders"), 0.40),
    (("Orders", "Technical Help"), 0.25),
    (("Technical Help",), 0.15),
    (("Billing",), 0.20),
)
_FULL = (
    (("Billing", "Orders"), 0.21),
    (("Billing", "Accounts"), 0.16),
    (("Orders", "Accounts"), 0.10),
    (("Technical Help",), 0.12),
    (("Orders", "Technical Help"), 0.14),
    (("Billing", "Orders", "Accounts"), 0.08),
    (("Chat", "Email"), 0.11),
    (("Orders", "Chat"), 0.08),
)
SMALL_FROM_AGENTS, FULL_FROM_AGENTS = 20, 40

HOLD_SHARE, HOLD_SECONDS = 0.22, 45.0


@dataclass(frozen=True)
class Menu:
    """The work of one site as arrays: its queues, its kinds of work, and the groups of skills that serve them.

    Everything is by number: queue_of[work]; groups holds, for each group, the queues in the order of their urgency.
    """

    queues: tuple[Queue, ...]
    works: tuple[Work, ...]
    queue_of: Ints
    groups: tuple[tuple[int, ...], ...]
    group_share: Floats

    @property
    def reasons(self) -> tuple[str, ...]:
        """The contact reason of each kind of work."""
        return tuple(work.reason for work in self.works)

    def column(self, name: str) -> Floats:
        """One figure of every kind of work."""
        return np.array([getattr(work, name) for work in self.works], dtype=np.float64)

    def transfer_work(self) -> Ints:
        """For each kind of work, the kind that it becomes when it is passed on; -1 where it never is."""
        names = [queue.name for queue in self.queues]
        first = {queue: self.queue_of.tolist().index(number) for number, queue in enumerate(names)}
        same = {(work.queue, work.reason): number for number, work in enumerate(self.works)}
        return np.array(
            [
                same.get((work.transfer_to, work.reason), first[work.transfer_to]) if work.transfer_to in names else -1
                for work in self.works
            ],
            dtype=np.int64,
        )


def menu_of(agents: int) -> Menu:
    """The work of a site with so many people: two queues for a tiny one, chat and e-mail for a full one."""
    groups = _FULL if agents >= FULL_FROM_AGENTS else _SMALL if agents >= SMALL_FROM_AGENTS else _TINY
    served = {name for queues, _ in groups for name in queues}
    queues = tuple(queue for queue in QUEUES if queue.name in served)
    names = [queue.name for queue in queues]
    works = tuple(work for work in WORK if work.queue in served)
    return Menu(
        queues=queues,
        works=works,
        queue_of=np.array([names.index(work.queue) for work in works], dtype=np.int64),
        groups=tuple(tuple(names.index(name) for name in queues) for queues, _ in groups),
        group_share=np.array([share for _, share in groups]),
    )
