"""Who may not log in any more? A log-in is closed and opened again; nothing that somebody did is removed with it."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.actions import check_another_administrator
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Role, User
from floorwalker.apps.people.sessions import forget_sessions
from floorwalker.errors import Refused


@action
def close_log_in(user: User, *, by: User, at: datetime) -> User:
    """Let somebody in no more, at once; not oneself, and not the last administrator."""
    if user.pk == by.pk:
        raise Refused("this is your own log-in", mend="let another administrator close it")
    if not user.is_active:
        raise Refused(f"the log-in of {user.username} is closed already")
    if Role.ADMINISTRATOR in user.scope_on(at.date()).roles:
        check_another_administrator(user, at.date())
    user.is_active = False
    user.save(update_fields=["is_active"])
    forget_sessions(user)
    record(by.username, "close_log_in", user, at)
    return user


@action
def open_log_in(user: User, *, by: User, at: datetime) -> User:
    """Let somebody in again, with the password and roles that were kept."""
    if user.is_active:
        raise Refused(f"the log-in of {user.username} is open")
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(by.username, "open_log_in", user, at)
    return user
