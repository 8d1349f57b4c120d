"""What does somebody note of her work for herself? Hers alone, entry by entry, until she shares one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from floorwalker.apps.coaching.access import may_coach
from floorwalker.apps.coaching.models import Reflection
from floorwalker.apps.coaching.models.oneself import LONGEST_WORDS
from floorwalker.apps.coaching.seeing import is_oneself
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.errors import Refused


@action
def write_reflection(
    agent: Agent, happened: str, thought: str, next_time: str, *, by: User, at: datetime
) -> Reflection:
    """Note what happened, what one thinks of it, and what one does the next time. The trail keeps none of the words."""
    if not is_oneself(by, agent):
        raise Refused("a log is its writer's own")
    if not happened.strip():
        raise Refused("say what happened", mend="a sentence is enough")
    given = {"happened": happened, "thought": thought, "next_time": next_time}
    kept = {name: text.strip()[:LONGEST_WORDS] for name, text in given.items()}
    made = Reflection.objects.create(agent=agent, written_at=at, **kept)
    record(by.username, "write_reflection", made, at)
    return made


@action
def share_reflection(entry: Reflection, user: User, *, by: User, at: datetime) -> Reflection:
    """Let one person who coaches the writer read this one entry."""
    if not is_oneself(by, entry.agent):
        raise Refused("a log is its writer's own")
    if entry.shared_with_id is not None:
        raise Refused("this entry is shared already", found=str(entry.shared_with))
    if not may_coach(user, entry.agent, at.date()):
        raise Refused("it can be shared with somebody who coaches you", found=str(user))
    entry.shared_with, entry.shared_at = user, at
    entry.save(update_fields=["shared_with", "shared_at"])
    record(by.username, "share_reflection", entry, at, user=user.username)
    return entry


def readable_reflections(agent: Agent, reader: User) -> QuerySet[Reflection]:
    """All of one's own; of others what they shared with the reader."""
    found = Reflection.objects.filter(agent__in=agent.numbers_of_person()).select_related("shared_with")
    return found if is_oneself(reader, agent) else found.filter(shared_with=reader)


def coaches_of(agent: Agent, at: datetime) -> list[User]:
    """Those with whom she can share an entry."""
    people = User.objects.filter(is_active=True, grants__isnull=False).distinct().order_by("username")
    return [user for user in people if may_coach(user, agent, at.date())]
