"""Was an evaluator's marking the contact or the evaluator? Others mark some of her contacts again, without seeing her marks.

Chance chooses among everything that she marked, whoever the agents are: who is asked to mark again cannot read from her queue
which group of agents was looked at, or that any was.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.convening import known_to
from floorwalker.apps.evaluations.models import Drawn, Picked
from floorwalker.apps.evaluations.models.draws import SEED_BYTES
from floorwalker.apps.evaluations.populations import Markers, markers_of
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused
from floorwalker.stats.sampling import lot

# What tells a difference of ten points from chance, about, and is an afternoon's work for two.
MANY = 20
LATEST = timedelta(weeks=26)


@action
def order_rescoring(evaluator: User, *, by: User, at: datetime) -> int:
    """Give some of the contacts that chance drew for an evaluator to others, for agreement alone; how many were given."""
    seed = secrets.token_hex(SEED_BYTES)
    found = Drawn.objects.filter(
        evaluator=evaluator,
        picked=Picked.RANDOM,
        second_of=None,
        second=None,
        evaluation__submitted_at__isnull=False,
        contact_at__gte=at - LATEST,
    ).select_related("draw__plan", "agent")
    order = sorted(found, key=lambda one: lot(seed, "again", bytes(one.segment_key).hex()))
    given = _given(order, evaluator, at, seed)
    if not given:
        raise Refused(
            _("there is nothing that somebody else could mark again"),
            found=str(len(order)),
            mend=_("contacts come from draws: each plan needs a second evaluator whose role reaches these agents"),
        )
    Drawn.objects.bulk_create(given)
    record(by.username, "order_rescoring", evaluator, at, contacts=len(given), of=len(order), seed=seed)
    return len(given)


def _given(order: Sequence[Drawn], evaluator: User, at: datetime, seed: str) -> list[Drawn]:
    """As many as are wanted, each for whoever has the fewest so far among those who may, and know no marks of it."""
    plans: dict[int, Markers] = {}
    load: dict[int, int] = {}
    known: dict[int, set[bytes]] = {}
    contacts = [bytes(one.contact_key) for one in order]
    given: list[Drawn] = []
    for one in order:
        if len(given) == MANY:
            break
        drawn_by = one.draw.plan_id
        # By whoever evaluates now: the plan may have another version than the one by which the contact was drawn.
        if drawn_by not in plans:
            plans[drawn_by] = markers_of(one.draw.plan.version_on(at.date()), at.date())
        markers = plans[drawn_by]
        known |= {user.pk: known_to(user, contacts) for user in markers.users if user.pk not in known}
        may = [
            (load.get(user.pk, 0), lot(seed, "who", f"{one.pk} {user.pk}"), place)
            for place, user in enumerate(markers.users)
            if user.pk != evaluator.pk
            and one.agent_id in markers.may[place]
            and bytes(one.contact_key) not in known[user.pk]
        ]
        if may:
            place = min(may)[2]
            user = markers.users[place]
            load[user.pk] = load.get(user.pk, 0) + 1
            given.append(_again(one, user, own_team=one.agent_id in markers.own[place]))
    return given


def _again(first: Drawn, user: User, *, own_team: bool) -> Drawn:
    kept = ("draw", "contact_key", "segment_key", "identity_key", "agent", "site_key", "queue_key", "queue", "channel")
    more = ("reason", "contact_at", "local_day", "picked", "cause", "probability")
    told = {name: getattr(first, name) for name in (*kept, *more)}
    return Drawn(**told, evaluator=user, own_team=own_team, second_of=first)
