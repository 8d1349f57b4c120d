"""Which contacts come to a site on a day, when, from whom, for what, and what would each of them take?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from floorwalker.facts.tables import Channel
from floorwalker.sources.simulated.arrays import Bools, Floats, Ints
from floorwalker.sources.simulated.demand import WRAP_UP_SPREAD, Demand
from floorwalker.sources.simulated.people import Roster
from floorwalker.sources.simulated.queueing import FOR_EVER_MILLISECONDS, NOBODY, Visits
from floorwalker.sources.simulated.shifts import HOUR
from floorwalker.sources.simulated.work import HOLD_SECONDS, HOLD_SHARE

WITHHELD_SHARE = 0.06
MISSED_RING_SHARE = 0.02
LONGEST_PATIENCE_SECONDS = 3_600.0
LEAST_RING, MOST_RING = 1_500, 7_000
LEAST_CUT, MOST_CUT = 15_000, 55_000
HALF_HOUR = HOUR // 2
UNKNOWN = -1


@dataclass(frozen=True)
class Callers:
    """Who comes: when (milliseconds of the site's day), for which work, which customer (-1 unknown), contact number (-1 new)."""

    entered: Ints
    work: Ints
    customer: Ints
    number: Ints

    def __len__(self) -> int:
        return len(self.work)


@dataclass(frozen=True)
class Coming:
    """The visits of a day as the queues see them, and beside them what only the aftermath needs.

    parent: for a visit that a transfer makes, the visit that is passed on; -1 for all others.
    """

    visits: Visits
    entered: Ints
    work: Ints
    customer: Ints
    number: Ints
    parent: Ints
    ring: Ints


def new_callers(rng: np.random.Generator, roster: Roster, demand: Demand, volume: Floats, weekday: int) -> Callers:
    """Those who come of their own accord: a Poisson number for each queue."""
    menu = roster.menu
    means = volume[menu.queue_of] * menu.column("share")
    work = np.repeat(np.arange(len(menu.works)), rng.poisson(means))
    customer = rng.integers(0, demand.customers, len(work))
    customer[rng.random(len(work)) < WITHHELD_SHARE] = UNKNOWN
    entered = times_of_day(rng, roster, demand, work, weekday)
    return Callers(entered, work, customer, np.full(len(work), UNKNOWN))


def times_of_day(rng: np.random.Generator, roster: Roster, demand: Demand, work: Ints, weekday: int) -> Ints:
    """An instant of the day for each contact, in its channel's rhythm."""
    mail = mail_queues(roster)[roster.menu.queue_of[work]]
    draws = rng.random(len(work))
    edges = np.arange(49) * HALF_HOUR
    times = np.zeros(len(work), dtype=np.int64)
    for kind in (0, 1):
        mine = mail == bool(kind)
        reached = np.concatenate([[0.0], np.cumsum(demand.profile[weekday, kind])])
        times[mine] = np.interp(draws[mine], reached, edges).astype(np.int64)
    return times


def mail_queues(roster: Roster) -> Bools:
    """Which queues can wait from one day to the next."""
    return np.array([queue.channel is Channel.EMAIL for queue in roster.menu.queues])


def come(
    rng: np.random.Generator, roster: Roster, parts: list[Callers], first_number: int, lengthened: Floats
) -> Coming:
    """Put everybody in the order of entry and draw what each contact would take; lengthened: factor on talk by work."""
    entered = np.concatenate([part.entered for part in parts])
    order = np.argsort(entered, kind="stable")
    work = np.concatenate([part.work for part in parts])[order]
    customer = np.concatenate([part.customer for part in parts])[order]
    number = np.concatenate([part.number for part in parts])[order]
    parents = _passed_on(rng, roster, work)
    children = roster.menu.transfer_work()[work[parents]]
    born = len(work)
    parent = np.concatenate([np.full(born, NOBODY), parents])
    child = np.full(born + len(parents), NOBODY)
    child[parents] = born + np.arange(len(parents))
    work = np.concatenate([work, children])
    number = np.concatenate([number, np.full(len(parents), UNKNOWN)])
    new = number == UNKNOWN
    number[new] = first_number + np.arange(new.sum())
    entered = np.concatenate([entered[order], np.zeros(len(parents), dtype=np.int64)])
    visits, ring = _draw_visits(rng, roster, work, entered, child, born, lengthened)
    return Coming(visits, entered, work, np.concatenate([customer, customer[parents]]), number, parent, ring)


def _passed_on(rng: np.random.Generator, roster: Roster, work: Ints) -> Ints:
    """Which contacts will be passed on to another queue, if somebody answers them."""
    share = roster.menu.column("transfer_share") * (roster.menu.transfer_work() >= 0)
    return np.flatnonzero(rng.random(len(work)) < share[work])


def _draw_visits(
    rng: np.random.Generator, roster: Roster, work: Ints, entered: Ints, child: Ints, born: int, lengthened: Floats
) -> tuple[Visits, Ints]:
    menu, count = roster.menu, len(work)
    queue = menu.queue_of[work]
    mail = mail_queues(roster)[queue]
    talk = (
        menu.column("talk_seconds")[work]
        * lengthened[work]
        * np.exp(menu.column("spread")[work] * rng.standard_normal(count))
    )
    wrap_up = menu.column("wrap_up_seconds")[work] * np.exp(WRAP_UP_SPREAD * rng.standard_normal(count)) * 1000
    held = ~mail & (rng.random(count) < HOLD_SHARE)
    hold = np.where(held, rng.exponential(HOLD_SECONDS, count), 0.0)
    ring = np.where(mail, 0, rng.integers(LEAST_RING, MOST_RING, count))
    missed = np.where(mail, 0, rng.geometric(1 - MISSED_RING_SHARE, count) - 1)
    visits = Visits(
        born=born,
        entered=entered.tolist(),
        queue=queue.tolist(),
        patience=_patience(rng, roster, queue, mail).tolist(),
        ring=ring.tolist(),
        talk=(talk * 1000).tolist(),
        hold=(hold * 1000).tolist(),
        wrap_up=wrap_up.tolist(),
        missed_rings=missed.tolist(),
        child=child.tolist(),
        cut_talk=rng.integers(LEAST_CUT, MOST_CUT, count).tolist(),
        cut_draw=rng.random(count).tolist(),
    )
    return visits, ring


def _patience(rng: np.random.Generator, roster: Roster, queue: Ints, mail: Bools) -> Ints:
    mean = np.array([one.patience_seconds or 0.0 for one in roster.menu.queues])
    drawn = np.minimum(rng.exponential(1.0, len(queue)) * mean[queue], LONGEST_PATIENCE_SECONDS) * 1000
    return np.where(mail, FOR_EVER_MILLISECONDS, drawn.astype(np.int64))
