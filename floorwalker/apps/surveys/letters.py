"""What does a customer read who is asked? Who asks, about what, by when, who will read it, and how not to be asked again."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from floorwalker.apps.surveys.models import Invitation
from floorwalker.config import Mail


def invitation_letter(invitation: Invitation, to: str, token: str, mail: Mail, at: datetime) -> EmailMessage:
    """The invitation, in the present language. Nothing in it tells who the agent was or what the contact was about."""
    link = mail.address + reverse("answer_survey", args=[token])
    no_more = mail.address + reverse("ask_no_more", args=[token])
    asked_by = invitation.plan.asked_by
    message = EmailMessage()
    message["From"] = formataddr((asked_by, mail.sender))
    message["To"] = to
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<survey-{invitation.pk}-{invitation.tries}@{mail.sender.partition('@')[2]}>"
    message["Subject"] = _("%(who)s: how was your contact with us?") % {"who": asked_by}
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<{no_more}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    told = {"day": _day(invitation.contact_at, invitation), "until": _day(invitation.closes_at, invitation)}
    parts = [
        _("You contacted us on %(day)s. We would like to know how that was for you; it takes about a minute.") % told,
        link,
        _("The link is yours alone and can be answered, and your answers changed, until %(until)s.") % told,
        _(
            "What you answer is read by the person who dealt with your contact and by those who see to the quality of our "
            "service. You were drawn by chance; nobody chose you."
        ),
        _("If you do not want to be asked again: %(address)s") % {"address": no_more},
        asked_by,
    ]
    message.set_content("\n\n".join(parts) + "\n")
    return message


def _day(at: datetime | None, invitation: Invitation) -> str:
    zone = ZoneInfo(invitation.site.timezone if invitation.site else "UTC")
    return date_format((at or invitation.batch.received_at).astimezone(zone), "j F Y")
