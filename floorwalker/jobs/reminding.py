"""Who is reminded of what each morning, and by mail once? Each context says what waits; each person has one mail of all of it.

A mail is noted as sent before it is handed over, and taken back only where the server surely took nothing: so a worker that is
killed in between leaves one that was never sent, and none that was sent twice. On the home page it stands all the same.
"""

from __future__ import annotations

import logging
import smtplib
import socket
import threading
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.coaching import reminders as of_coaching
from floorwalker.apps.dashboards.models import MailAddress
from floorwalker.apps.evaluations import reminders as of_evaluations
from floorwalker.apps.huddles import reminders as of_huddles
from floorwalker.apps.improvement import reminders as of_improvement
from floorwalker.apps.notices.models import Reminder
from floorwalker.apps.notices.posting import NotAccepted, post
from floorwalker.apps.notices.reminding import Due, bring_up_to_date, claim, clear_done, give_back, to_be_mailed
from floorwalker.apps.people.daily import once_a_day
from floorwalker.apps.people.languages import language_of
from floorwalker.apps.people.models import User
from floorwalker.apps.people.second_factors import lacks_second_factor
from floorwalker.apps.standards import reminders as of_standards
from floorwalker.config import Mail
from floorwalker.ui.notice_words import sentence

LOOK_SECONDS = 300.0
# After the night's work, and before a morning shift.
MORNING_HOUR = 5
# What the server says of one mail or of its address, and what it may say otherwise of the next.
OF_ONE_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)
# After these the server has said, or it is clear from the outset, that it took nothing.
NOTHING_TAKEN = (
    *(ConnectionRefusedError, socket.gaierror, smtplib.SMTPConnectError, smtplib.SMTPHeloError),
    *(smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused, *OF_ONE_MAIL),
)

logger = logging.getLogger(__name__)


def remind_each_morning(mail: Mail | None, stop: threading.Event) -> None:
    """Once a day, until `stop` is set; what could not be sent is tried again at the next look. What is done goes within minutes."""
    once_a_day(
        lambda at: remind(mail, at),
        stop,
        hour=MORNING_HOUR,
        failed="people will be reminded again",
        logger=logger,
        look_seconds=LOOK_SECONDS,
        meanwhile=lambda at: clear_done(lambda: _due(at), at=at),
    )


def remind(mail: Mail | None, at: datetime) -> int:
    """Bring up to date what everybody is reminded of, and mail what was not mailed yet; how many mails left.

    One person's mail that the server does not take now keeps nobody else's back; it is told once all others have left.
    """
    bring_up_to_date(_due(at), at=at)
    if mail is None:
        return 0
    left, refused = 0, None
    for user in to_be_mailed():
        try:
            left += _mail(user, mail, at)
        except OF_ONE_MAIL as error:
            refused = error
    if refused is not None:
        raise refused
    return left


def _due(at: datetime) -> Iterator[Due]:
    yield from of_standards.due(at)
    yield from of_evaluations.due(at)
    yield from of_improvement.due(at)
    yield from of_coaching.due(at)
    yield from of_huddles.due(at)


def _mail(user: User, mail: Mail, at: datetime) -> bool:
    """Whether a mail left. Nobody is written to at an address that she has not shown to be hers."""
    to = MailAddress.objects.filter(user=user).exclude(verified_at=None).first()
    if to is None or lacks_second_factor(user, at.date()):
        return False
    waiting = claim(user, at=at)
    if not waiting:
        return False
    try:
        with translation.override(language_of(user)):
            post(_letter(waiting, to.address, mail, at), mail)
    except NotAccepted:
        return False
    except NOTHING_TAKEN:
        give_back(waiting)
        raise
    return True


def _letter(waiting: list[Reminder], to: str, mail: Mail, at: datetime) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Date"] = mail.sender, to, format_datetime(at)
    message["Message-ID"] = f"<reminders-{waiting[0].pk}-{at:%Y%m%dT%H%M%S}@{mail.sender.partition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    count = len(waiting)
    said = ngettext("%(n)d thing waits for you in Floorwalker", "%(n)d things wait for you in Floorwalker", count)
    message["Subject"] = said % {"n": count}
    lines = [f"{sentence(one.code, one.params)}\n{mail.address}{one.address}" for one in waiting]
    kinds = _("What you are reminded of, and what of it you can switch off: %(address)s")
    lines.append(kinds % {"address": mail.address + reverse("reminders")})
    message.set_content("\n\n".join(lines) + "\n")
    return message
