"""Who begins first? Where several could, chance says it, once, by a seed that is kept: then whoever waits shows what would have been.

An order of teams, and a lot among people who are equally urgent, are drawn when they are asked for and never again for the
same cycle: whoever draws until it pleases has chosen.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from floorwalker.apps.coaching.models import Lot, LotEntry
from floorwalker.apps.improvement.models import Cycle, Stage
from floorwalker.apps.improvement.options import check_carried
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.errors import Refused
from floorwalker.insight.urgency import LEAST_BEGIN, LEAST_POOL

# The last planned review is after twelve weeks: until then, and a week for what is late, the others wait.
WAIT = timedelta(weeks=13)
SEED_BYTES = 16


@action
def draw_order(
    cycle: Cycle, teams: Collection[Team], *, by: User, at: datetime, seed: str | None = None
) -> Sequence[int]:
    """The order in which teams begin, by their numbers; kept with its seed."""
    _check(cycle, by, at)
    if cycle.drawn_order is not None:
        raise Refused("the order of this cycle was drawn already", mend="keep to it, or say why not")
    if len(teams) < 2:
        raise Refused("an order is one of several teams", found=str(len(teams)), expected="2 or more")
    kept = seed or secrets.token_hex(SEED_BYTES)
    order = shuffled([team.pk for team in teams], kept)
    cycle.drawn_order = {"seed": kept, "order": order, "at": at.isoformat(), "by": by.username, "departed": ""}
    cycle.save(update_fields=["drawn_order"])
    record(by.username, "draw_order", cycle, at, seed=kept, order=order)
    return order


@action
def draw_lot(
    cycle: Cycle,
    pool: Collection[Agent],
    begin: int,
    begins_on: date,
    *,
    by: User,
    at: datetime,
    seed: str | None = None,
) -> Lot:
    """Among people who are equally urgent, who begins now; the others wait until after the last review."""
    _check(cycle, by, at)
    if cycle.lot_id is not None:
        raise Refused("the lot of this cycle was drawn already", mend="keep to it, or say why not")
    if len(pool) < LEAST_POOL:
        raise Refused("a lot needs more people", found=str(len(pool)), expected=f"{LEAST_POOL} or more")
    if not LEAST_BEGIN <= begin <= len(pool) - LEAST_BEGIN:
        most = len(pool) - LEAST_BEGIN
        raise Refused("as many must wait as begin", found=str(begin), expected=f"{LEAST_BEGIN} to {most}")
    kept = seed or secrets.token_hex(SEED_BYTES)
    order = shuffled([agent.pk for agent in pool], kept)
    lot = Lot.objects.create(measure=cycle.measure, seed=kept, drawn_by=by, drawn_at=at, waits_until=begins_on + WAIT)
    LotEntry.objects.bulk_create(LotEntry(lot=lot, agent_id=pk, first=place < begin) for place, pk in enumerate(order))
    cycle.lot = lot
    cycle.save(update_fields=["lot"])
    record(by.username, "draw_lot", lot, at, cycle=cycle.pk, seed=kept, pool=len(pool), begin=begin)
    return lot


def shuffled(numbers: Sequence[int], seed: str) -> list[int]:
    """The numbers in the order that the seed gives, whatever order they came in: whoever has the seed draws the same."""
    found = sorted(numbers)
    random.Random(seed).shuffle(found)  # noqa: S311  not a secret: it is kept so that anybody can draw it again
    return found


def _check(cycle: Cycle, by: User, at: datetime) -> None:
    check_carried(cycle, by, at)
    if cycle.stage != Stage.PLAN:
        raise Refused("this cycle is planned already", mend="open the next cycle from its decision")
