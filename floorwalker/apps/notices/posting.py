"""How does a mail leave? By the one server that is set up, or not at all."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage

from django.conf import settings

from floorwalker.config import Mail
from floorwalker.errors import Refused

TIMEOUT_SECONDS = 20


def mail_settings() -> Mail:
    """By which server; Refused, with what mends it, where none is set."""
    mail: Mail | None = settings.FLOORWALKER.mail
    if mail is None:
        raise Refused(
            "this installation sends no mail",
            mend="ask whoever runs it to set FLOORWALKER_SMTP_HOST and what belongs to it (docs/operating.md)",
        )
    return mail


class NotAccepted(Exception):
    """The server will never accept this address."""


def post(message: EmailMessage, mail: Mail) -> None:
    """Hand a message to the server; OSError or SMTPException where it may work later, NotAccepted where it never will."""
    try:
        with _connection(mail) as server:
            if mail.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if mail.user:
                server.login(mail.user, mail.password)
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        if all(500 <= code < 600 for code, _said in error.recipients.values()):
            raise NotAccepted(str(message["To"])) from error
        raise


def _connection(mail: Mail) -> smtplib.SMTP:
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT_SECONDS)
