"""What stands in a mail? The figures in words, the page attached, and how to have no more of them."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.mailing import address_token, stop_token
from floorwalker.apps.dashboards.models import Ended, MailAddress, Schedule
from floorwalker.apps.dashboards.printing import as_pdf
from floorwalker.apps.dashboards.reading import Figures
from floorwalker.apps.dashboards.saying import of_agent, of_board, of_measure, target_said
from floorwalker.apps.dashboards.sheets import days_of, sheet_of
from floorwalker.apps.dashboards.shown import Row
from floorwalker.apps.people.models import User
from floorwalker.config import Mail
from floorwalker.ui import words
from floorwalker.ui.exports import as_xlsx

XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def letter(schedule: Schedule, found: Figures, to: str, mail: Mail, at: datetime) -> EmailMessage:
    """A view of this moment. Its number is that of the time it is for: where it comes twice, a reader's program can tell."""
    view = schedule.view
    message = _begun(to, mail, at)
    message["Subject"] = _("%(view)s: %(days)s") % {"view": view.name, "days": days_of(found.question)}
    message["Message-ID"] = f"<view-{schedule.pk}-{schedule.due_at:%Y%m%dT%H%M}@{mail.sender.partition('@')[2]}>"
    stop = mail.address + reverse("stop_mail", args=[stop_token(schedule)])
    message["List-Unsubscribe"] = f"<{stop}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    parts = [
        [found.title, days_of(found.question)],
        _sentences(found),
        _lines(found),
        [_("The page: %(address)s") % {"address": mail.address + view.address}],
        [_("You receive this because you asked for it. No more of it: %(address)s") % {"address": stop}],
    ]
    message.set_content("\n\n".join("\n".join(part) for part in parts if part) + "\n")
    name = f"{found.kind}-{found.question.period.first.isoformat()}-{found.question.period.last.isoformat()}"
    who = str(view.user)
    message.add_attachment(as_pdf(found, who, at), maintype="application", subtype="pdf", filename=f"{name}.pdf")
    if schedule.with_sheet:
        sheet = as_xlsx(sheet_of(found, who, at))
        message.add_attachment(sheet, maintype="application", subtype=XLSX, filename=f"{name}.xlsx")
    return message


def last_letter(schedule: Schedule, because: Ended, to: str, mail: Mail, at: datetime) -> EmailMessage:
    """That nothing more comes, and why; with no figure in it."""
    message = _begun(to, mail, at)
    message["Subject"] = _("%(view)s is no longer sent") % {"view": schedule.view.name}
    said = _("Your view “%(view)s” is no longer sent to you: %(why)s.")
    message.set_content(said % {"view": schedule.view.name, "why": because.label} + "\n")
    return message


def address_letter(address: MailAddress, mail: Mail, at: datetime) -> EmailMessage:
    """The link by which an address is shown to be one's own."""
    message = _begun(address.address, mail, at)
    message["Subject"] = _("Is this your address?")
    link = mail.address + reverse("verify_mail", args=[address_token(address)])
    said = _(
        "Somebody who logs in to Floorwalker as %(user)s gave this address. If that was you, open this link within two "
        "days, while logged in:\n\n%(link)s\n\nIf not, do nothing: nothing more is sent here."
    )
    message.set_content(said % {"user": address.user.username, "link": link} + "\n")
    return message


def given_letter(address: MailAddress, by: User, mail: Mail, at: datetime) -> EmailMessage:
    """The same link, where an administrator gave the address."""
    message = _begun(address.address, mail, at)
    message["Subject"] = _("Is this your address?")
    link = mail.address + reverse("verify_mail", args=[address_token(address)])
    said = _(
        "%(by)s noted this as the e-mail address of %(user)s in Floorwalker. If it is yours, open this link within two days, "
        "while logged in:\n\n%(link)s\n\nIf not, do nothing: nothing more is sent here."
    )
    message.set_content(said % {"by": by.username, "user": address.user.username, "link": link} + "\n")
    return message


def moved_letter(to: str, by: User, mail: Mail, at: datetime) -> EmailMessage:
    """To the address that was hers so far: that it was changed, and what to do where that is a surprise."""
    message = _begun(to, mail, at)
    message["Subject"] = _("Your e-mail address was changed")
    said = _(
        "%(by)s noted another e-mail address for you in Floorwalker. Nothing more is sent here. If you did not expect this, tell an "
        "administrator, and look at what happened to your log-in:\n\n%(link)s"
    )
    message.set_content(said % {"by": by.username, "link": mail.address + reverse("account")} + "\n")
    return message


def _begun(to: str, mail: Mail, at: datetime) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Date"] = mail.sender, to, format_datetime(at)
    message["Auto-Submitted"] = "auto-generated"
    return message


def _sentences(found: Figures) -> list[str]:
    match found.kind:
        case "agent":
            said = of_agent(found)
        case "measure":
            said = of_measure(found.figures[0])
        case _:
            said = of_board(found)
    return [*said.first, *said.notes]


def _lines(found: Figures) -> list[str]:
    """The figures of the whole in words: of one person, of one measure, or of a board together."""
    if found.kind == "measure":
        figure = found.figures[0]
        return [f"{words.in_language(figure.kpi.name)}: {words.told(figure.cell.answer)}"]
    row: Row = found.context["row"] if found.kind == "agent" else found.context["whole"]
    return [
        f"{words.in_language(shown.column.kpi.name)}: {words.told(shown.cell.answer)}. {target_said(shown)}"
        for shown in row.cells
        if shown.cell is not None
    ]
