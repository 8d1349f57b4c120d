"""Who has looked at a person's figures? Kept by day, and shown to the person concerned."""

from __future__ import annotations

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
