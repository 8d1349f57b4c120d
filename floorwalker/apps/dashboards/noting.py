"""How does an administrator note where somebody reads mail? Kept, and its owner told and asked, for pages and programs alike."""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.letters import given_letter, moved_letter
from floorwalker.apps.dashboards.mailing import set_address_of
from floorwalker.apps.dashboards.models import MailAddress
from floorwalker.apps.notices.posting import NotAccepted, mail_settings, post
from floorwalker.apps.people.languages import language_of
from floorwalker.apps.people.models import User
from floorwalker.config import Mail
from floorwalker.errors import Refused

NOT_NOW = (OSError, smtplib.SMTPException)
log = logging.getLogger(__name__)


def note_address_of(whom: User, address: str, *, by: User, at: datetime) -> MailAddress:
    """Keep the address and send the link there; Refused in words where the mail server does not take it."""
    mail = mail_settings()
    known = MailAddress.objects.filter(user=whom).first()
    before = known.address if known is not None and known.verified_at is not None else ""
    given = set_address_of(whom, address, by=by, at=at)
    try:
        _tell(given, before, by, mail, at)
    except NotAccepted as error:
        raise Refused(_("The mail server does not accept this address.")) from error
    except NOT_NOW as error:
        raise Refused(_("The mail server does not answer just now. Try again in a while.")) from error
    return given


def _tell(given: MailAddress, before: str, by: User, mail: Mail, at: datetime) -> None:
    """In the language of whom it concerns: the address that was hers so far, and the new one with the link."""
    with translation.override(language_of(given.user)):
        if before and before.casefold() != given.address.casefold():
            try:
                post(moved_letter(before, by, mail, at), mail)
            except (NotAccepted, *NOT_NOW) as error:
                log.error("the former address of %s could not be told: %s", given.user.username, type(error).__name__)
        post(given_letter(given, by, mail, at), mail)
