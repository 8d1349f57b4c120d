"""What becomes of drawn contacts whose evaluator may not mark them any more? Others of the plan have them by lot, and it is noted.

Which contacts were drawn, and with which chance, stays as it was: who marks them is no part of the proof of a draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import numpy as np

from floorwalker.apps.evaluations.convening import known_to
from floorwalker.apps.evaluations.models import Draw, Drawn
from floorwalker.apps.evaluations.populations import Markers, markers_of, reached
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import User
from floorwalker.stats.assigning import NOBODY, Flags, assign


def pass_on_drawn(*, at: datetime) -> list[Drawn]:
    """Give what waits for somebody who has left to whoever evaluates by its plan now; where nobody can, it waits on.

    Mostly nobody has left: it is looked for outside any action, and no other one waits meanwhile.
    """
    return [passed for made in _draws_left(at.date()) if _goes_on(made, at.date()) for passed in _pass_on(made, at)]


def left_in(made: Draw, on: date) -> list[Drawn]:
    """What of one draw waits for somebody who may not mark it any more."""
    waiting = made.drawn.waiting().exclude(evaluator=None).select_related("second_of", "second")
    reach = _reach((one.evaluator_id for one in waiting), on)
    return [one for one in waiting if one.agent_id not in reach.get(one.evaluator_id, ())]


def for_nobody(made: Draw, left: Sequence[Drawn], on: date) -> list[Drawn]:
    """What of that nobody else of the plan may mark: it waits on, while the rest is passed on when it is looked at next."""
    if not left:
        return []
    may = _may(left, markers_of(made.plan.version_on(on), on))
    return [one for one, who in zip(left, may, strict=True) if not who.any()]


def _draws_left(on: date) -> list[Draw]:
    """The draws of which something waits for somebody who may not mark it any more."""
    waiting = Drawn.objects.waiting().exclude(evaluator=None).order_by()
    held = {*waiting.values_list("draw", "evaluator", "agent")}
    reach = _reach((evaluator for _draw, evaluator, _agent in held), on)
    left = {draw for draw, evaluator, agent in held if agent not in reach.get(evaluator, ())}
    return list(Draw.objects.filter(pk__in=left).select_related("plan"))


def _goes_on(made: Draw, on: date) -> bool:
    """Whether somebody may have some of it; where nobody can, it would be looked at again each time."""
    left = left_in(made, on)
    return len(for_nobody(made, left, on)) < len(left)


def _reach(users: Iterable[int | None], on: date) -> dict[int | None, frozenset[int]]:
    """By user who logs in the agents whom she may mark officially."""
    known = User.objects.filter(pk__in={*users}, is_active=True).select_related("agent")
    return {user.pk: reached(user, on) for user in known}


@action
def _pass_on(made: Draw, at: datetime) -> list[Drawn]:
    """What is still left of one draw: the second of two after the first, so that nobody has both."""
    return [passed for is_second in (False, True) for passed in _pass_on_those(made, at, is_second=is_second)]


def _pass_on_those(made: Draw, at: datetime, *, is_second: bool) -> Iterator[Drawn]:
    left = [one for one in left_in(made, at.date()) if one.is_blind == is_second]
    if not left:
        return
    markers = markers_of(made.plan.version_on(at.date()), at.date())
    _may_at_all, own = markers.flags([one.agent_id for one in left])
    keys = [bytes(one.segment_key).hex() for one in left]
    lots = assign(keys, _may(left, markers), own, outside=made.plan.outside, twice=0, seed=made.seed)
    for row, (one, place) in enumerate(zip(left, lots.first.tolist(), strict=True)):
        if place != NOBODY:
            yield _to(one, markers.users[place], at, is_own=bool(own[row, place]))


def _may(left: Sequence[Drawn], markers: Markers) -> Flags:
    """(contacts, evaluators): who may mark it, and neither has the other of the two nor knows marks of the contact."""
    may, _own = markers.flags([one.agent_id for one in left])
    return may & _unknown(left, markers)


def _unknown(left: Sequence[Drawn], markers: Markers) -> Flags:
    """(contacts, evaluators): who neither has the other of the two nor knows marks of the contact."""
    contacts = [bytes(one.contact_key) for one in left]
    known = [known_to(user, contacts) for user in markers.users]
    found = [
        [contact not in hers and user.pk != _other(one) for user, hers in zip(markers.users, known, strict=True)]
        for contact, one in zip(contacts, left, strict=True)
    ]
    return np.array(found, dtype=bool).reshape(len(left), len(markers.users))


def _other(one: Drawn) -> int | None:
    """Who has the other of the two, where the contact was drawn for two."""
    other = one.second_of or getattr(one, "second", None)
    return None if other is None else other.evaluator_id


def _to(one: Drawn, user: User, at: datetime, *, is_own: bool) -> Drawn:
    was = one.evaluator
    assert was is not None, "what is passed on waited for somebody"
    one.by_lot = one.by_lot or was
    one.evaluator, one.own_team, one.passed_on_at = user, is_own, at
    one.save(update_fields=["by_lot", "evaluator", "own_team", "passed_on_at"])
    record(SYSTEM, "pass_on_drawn", one, at, draw=one.draw_id, was=was.username, now=user.username)
    return one
