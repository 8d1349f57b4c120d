"""When does a log-in end? After a shift, after a while without use, and at once where somebody ends it."""

from __future__ import annotations

import re
import time
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY, update_session_auth_hash
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User

BEGAN, SEEN = "floorwalker_began", "floorwalker_seen"
# Using a page is written down at most this often: every request would cost a write.
SEEN_EVERY_SECONDS = 60

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
    *(("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)


def begin_session(session: SessionBase) -> None:
    """Note when the log-in was: from then on counts the shift."""
    session[BEGAN] = session[SEEN] = int(time.time())


def is_logged_in(session: SessionBase) -> bool:
    """Whether somebody logged in with it."""
    return SESSION_KEY in session


def is_over(session: SessionBase) -> bool:
    """Whether the shift is over, or nobody used it for too long."""
    now = time.time()
    began, seen = session.get(BEGAN, now), session.get(SEEN, now)
    idle_seconds = settings.FLOORWALKER.session_idle_minutes * 60
    return bool(now - began > settings.SESSION_COOKIE_AGE or now - seen > idle_seconds)


def note_use(session: SessionBase) -> None:
    """Keep that it is in use, once a minute."""
    if BEGAN not in session:
        begin_session(session)
    elif time.time() - session[SEEN] >= SEEN_EVERY_SECONDS:
        session[SEEN] = int(time.time())
        UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())


def began_within(session: SessionBase, seconds: float) -> bool:
    """Whether the log-in was that short a while ago: who has just logged in need not say again who she is."""
    return bool(time.time() - session.get(BEGAN, 0) < seconds)


def forget_sessions(user: User) -> None:
    """End every session of somebody, by whatever way it began; within an action."""
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
    user.refresh_from_db(fields=["sessions_ended"])
    UserSession.objects.filter(user=user).delete()


@action
def end_sessions(user: User, *, by: User, at: datetime) -> None:
    """End all sessions of somebody: a telephone was lost, a workplace was left open."""
    forget_sessions(user)
    record(by.username, "end_sessions", user, at)


def end_other_sessions(request: HttpRequest, user: User, *, at: datetime) -> None:
    """End all sessions of one's own but this one."""
    end_sessions(user, by=user, at=at)
    update_session_auth_hash(request, user)
    UserSession.objects.create_from_request(request)


@action
def end_one_session(session: UserSession, *, by: User, at: datetime) -> None:
    """End one session of one's own."""
    session.end()
    record(by.username, "end_session", by, at)


def device_of(user_agent: str) -> str:
    """What a browser says of itself, in two words: Firefox, Windows."""
    found = [
        next((name for mark, name in known if re.search(re.escape(mark), user_agent)), "")
        for known in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(part for part in found if part)
