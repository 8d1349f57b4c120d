"""Who has looked at a person's figures? Kept by day, and shown to the person concerned."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from floorwalker.apps.people.models import Agent, Look, LookAt, User

# Turning a page over and over within some minutes is one look, and costs no write.
SAME_LOOK = timedelta(minutes=10)


def note_look(agent: Agent, what: LookAt, *, by: User, at: datetime) -> None:
    """Keep that somebody else looked at an agent's page; one's own looks are nobody's business."""
    if by.agent_id == agent.pk:
        return
    day = at.date()
    known = Look.objects.filter(agent=agent, user=by, day=day, what=what)
    if not known.exists():
        Look.objects.bulk_create(
            [Look(agent=agent, user=by, day=day, what=what, first_at=at, last_at=at)], ignore_conflicts=True
        )
    else:
        known.filter(last_at__lt=at - SAME_LOOK).update(last_at=at)


def note_looks(agents: Collection[Agent], what: LookAt, *, by: User, at: datetime) -> None:
    """The same for a page on which several agents stand one by one; one question to the database when all is known."""
    others = {agent.pk for agent in agents if agent.pk != by.agent_id}
    day = at.date()
    looks = Look.objects.filter(agent__in=others, user=by, day=day, what=what)
    last = dict(looks.values_list("agent", "last_at"))
    new = [
        Look(agent_id=pk, user=by, day=day, what=what, first_at=at, last_at=at) for pk in sorted(others - last.keys())
    ]
    if new:
        Look.objects.bulk_create(new, ignore_conflicts=True)
    if any(known < at - SAME_LOOK for known in last.values()):
        looks.filter(last_at__lt=at - SAME_LOOK).update(last_at=at)
