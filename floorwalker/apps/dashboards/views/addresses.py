"""Where does somebody else read mail? An administrator notes it; its owner shows that it is hers, and is told of the change."""

from __future__ import annotations

import logging
import smtplib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from floorwalker.apps.dashboards.forms import AddressOf
from floorwalker.apps.dashboards.letters import given_letter, moved_letter
from floorwalker.apps.dashboards.mailing import set_address_of
from floorwalker.apps.dashboards.models import MailAddress
from floorwalker.apps.dashboards.posting import NotAccepted, post
from floorwalker.apps.dashboards.views.mails import mail_settings
from floorwalker.apps.people.access import require_everywhere, today, user_of
from floorwalker.apps.people.languages import language_of
from floorwalker.apps.people.models import Right, User
from floorwalker.config import Mail
from floorwalker.errors import Refused

log = logging.getLogger(__name__)


@require_http_methods(["GET", "POST"])
def mail_address_of(request: HttpRequest, user_id: int) -> HttpResponse:
    """An administrator's page: where does this person read mail?"""
    by = user_of(request)
    require_everywhere(by, Right.GRANT_ROLES, today())
    whom, mail = get_object_or_404(User, pk=user_id), mail_settings()
    known = MailAddress.objects.filter(user=whom).first()
    form = AddressOf(request.POST or None, initial={"address": known.address if known else ""})
    if request.method == "POST" and form.is_valid():
        try:
            given = set_address_of(whom, form.cleaned_data["address"], by=by, at=timezone.now())
            _tell(given, known.address if known and known.verified_at else "", by, mail)
            said = _("A link was sent there. Until %(who)s opens it, nothing else is.")
            messages.success(request, said % {"who": whom})
            return redirect("mail_address_of", whom.pk)
        except Refused as refused:
            form.add_error("address", str(refused))
        except NotAccepted:
            form.add_error("address", _("The mail server does not accept this address."))
        except (OSError, smtplib.SMTPException):
            form.add_error("address", _("The mail server does not answer just now. Try again in a while."))
    context = {"form": form, "known": known, "whom": whom}
    return render(request, "dashboards/mail_address_of.html", context, status=422 if form.errors else 200)


def _tell(given: MailAddress, before: str, by: User, mail: Mail) -> None:
    """In the language of whom it concerns: the address that was hers so far, and the new one with the link."""
    with translation.override(language_of(given.user)):
        if before and before.casefold() != given.address.casefold():
            try:
                post(moved_letter(before, by, mail, timezone.now()), mail)
            except (NotAccepted, OSError, smtplib.SMTPException) as error:
                log.error("the former address of %s could not be told: %s", given.user.username, type(error).__name__)
        post(given_letter(given, by, mail, timezone.now()), mail)
