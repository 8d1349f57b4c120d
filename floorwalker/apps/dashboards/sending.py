"""Which views are due, and are they sent: each once for its time, to whoever may see them on that day?

Whoever sends one pushes its time ahead first, so that nobody else does; a worker that is killed after the server took the
mail and before that was noted leaves one that is sent a second time, LEASE later. Twice was chosen over never.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

from django.utils import translation

from floorwalker.apps.dashboards.actions import note_export
from floorwalker.apps.dashboards.due import next_due
from floorwalker.apps.dashboards.letters import last_letter, letter
from floorwalker.apps.dashboards.mailing import end_schedule
from floorwalker.apps.dashboards.models import Ended, MailAddress, Schedule
from floorwalker.apps.dashboards.reading import Figures
from floorwalker.apps.dashboards.seen import figures_of
from floorwalker.apps.notices.actions import clear_notice, raise_notice
from floorwalker.apps.notices.models import Severity
from floorwalker.apps.notices.posting import NotAccepted, post
from floorwalker.apps.people.languages import language_of
from floorwalker.apps.people.models import Right
from floorwalker.apps.people.second_factors import lacks_second_factor
from floorwalker.config import Mail

LEASE = timedelta(minutes=10)
FIRST_WAIT = timedelta(minutes=1)
MOST_TRIES = 6
UNSENT = "mail_unsent"
LATER = (OSError, smtplib.SMTPException)

logger = logging.getLogger(__name__)


def send_due(mail: Mail, now: Callable[[], datetime]) -> int:
    """Send all that is due; how many left. One that fails, for whatever reason, holds up no other and is tried again."""
    left = 0
    for schedule in Schedule.objects.due(now()).select_related("view__user__agent", "site"):
        if _claim(schedule, now()):
            try:
                with translation.override(language_of(schedule.view.user)):
                    left += _send(schedule, mail, now())
            except Exception as error:
                _failed(schedule, error, now())
    return left


def _claim(schedule: Schedule, at: datetime) -> bool:
    """Take it, unless somebody else has."""
    seen = Schedule.objects.running().filter(pk=schedule.pk, try_at=schedule.try_at)
    return bool(seen.update(try_at=at + LEASE))


def _send(schedule: Schedule, mail: Mail, at: datetime) -> bool:
    view = schedule.view
    to = MailAddress.objects.filter(user=view.user).first()
    if view.removed_at is not None or to is None:
        end_schedule(schedule, Ended.VIEW_GONE if to else Ended.REFUSED, by=None, at=at)
        return False
    if not view.user.is_active:
        end_schedule(schedule, Ended.INACTIVE, by=None, at=at)
        return False
    if to.verified_at is None or lacks_second_factor(view.user, at.date()):
        _wait(schedule, at)
        return False
    found = figures_of(view, view.user)
    if found is None:
        end_schedule(schedule, Ended.NOT_SEEN, by=None, at=at)
        _try(last_letter(schedule, Ended.NOT_SEEN, to.address, mail, at), mail)
        return False
    try:
        post(letter(schedule, found, to.address, mail, at), mail)
    except NotAccepted:
        end_schedule(schedule, Ended.REFUSED, by=None, at=at)
        return False
    _sent(schedule, found, at)
    return True


def _wait(schedule: Schedule, at: datetime) -> None:
    """Nobody has shown yet that the address is hers, or no page is open to her before she has set up a second factor: the
    next time will do."""
    due = next_due(schedule.rhythm, schedule.hour, schedule.site.timezone, at)
    Schedule.objects.filter(pk=schedule.pk).update(due_at=due, try_at=due, tries=0)


def _sent(schedule: Schedule, found: Figures, at: datetime) -> None:
    """The next one is for the next time from now on: what was missed in between is not made up for."""
    due = next_due(schedule.rhythm, schedule.hour, schedule.site.timezone, at)
    Schedule.objects.filter(pk=schedule.pk).update(due_at=due, try_at=due, tries=0, sent_at=at, failed_at=None)
    note_export(found.about, "mail", found.question.full_address, agent=found.agent, by=schedule.view.user, at=at)
    clear_notice(UNSENT, "mail", at=at)


def _failed(schedule: Schedule, error: Exception, at: datetime) -> None:
    """Again in one, two, four minutes and so on; after the last try those who keep the system going are told."""
    tries = schedule.tries + 1
    logger.error("a mail could not be sent (try %d): %s: %s", tries, type(error).__name__, error)
    if tries < MOST_TRIES:
        again = at + FIRST_WAIT * 2 ** (tries - 1)
        Schedule.objects.filter(pk=schedule.pk).update(tries=tries, try_at=again, failed_at=at)
        return
    due = next_due(schedule.rhythm, schedule.hour, schedule.site.timezone, at)
    Schedule.objects.filter(pk=schedule.pk).update(due_at=due, try_at=due, tries=0, failed_at=at)
    raise_notice(
        UNSENT,
        "mail",
        to=Right.SEE_LOADS,
        severity=Severity.WARN,
        params={"problem": type(error).__name__, "tries": tries},
        at=at,
    )


def _try(message: EmailMessage, mail: Mail) -> None:
    """A last word that is worth no second try."""
    try:
        post(message, mail)
    except (NotAccepted, *LATER) as error:
        logger.error("a last mail could not be sent: %s: %s", type(error).__name__, error)
