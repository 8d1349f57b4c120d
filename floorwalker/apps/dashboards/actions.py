"""What can be done on pages with figures? Each function is one transaction: check, change, audit entry."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.looks import note_look
from floorwalker.apps.people.models import Agent, LookAt, User


@action
def note_export(about: str, form: str, address: str, *, agent: Agent | None, by: User, at: datetime) -> None:
    """Note that figures left as a file; the one person whom they are about is shown it."""
    if agent is not None:
        note_look(agent, LookAt.EXPORT, by=by, at=at)
    record(by.username, "export", about, at, form=form, question=address)
