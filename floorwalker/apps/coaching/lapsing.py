"""What becomes of an objective to which nobody answers? After two weeks it lapses, with words; both are told before."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_noop

from floorwalker.apps.coaching.agreeing import find_now
from floorwalker.apps.coaching.models import Objective, ObjectiveState
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record

# Figures of two weeks ago are no longer what somebody says yes to; and an open proposal bars every other in its measure.
ANSWERED_WITHIN = timedelta(days=14)
REMINDED_AFTER = timedelta(days=7)
BECAUSE = gettext_noop("Nobody answered within two weeks: propose it again, from the figures as they are then.")


def lapse_unanswered(at: datetime) -> int:
    """Let go what was proposed too long ago; how many. Each by itself: where this is cut short, the next night goes on."""
    waiting = Objective.objects.filter(state=ObjectiveState.PROPOSED, proposed_at__lte=at - ANSWERED_WITHIN)
    return sum(_lapse(one, at=at) for one in waiting.order_by("pk"))


@action
def _lapse(objective: Objective, *, at: datetime) -> bool:
    objective = find_now(objective)
    if objective.state != ObjectiveState.PROPOSED:
        return False
    objective.state, objective.closed_because, objective.closed_at = ObjectiveState.LAPSED, BECAUSE, at
    objective.save(update_fields=["state", "closed_because", "closed_at"])
    record(SYSTEM, "lapse_objective", objective, at)
    return True
