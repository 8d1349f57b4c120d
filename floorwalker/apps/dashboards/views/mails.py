"""How is a saved view sent by mail, where to, and how is it ended?"""

from __future__ import annotations

import smtplib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from floorwalker.apps.dashboards import mailing
from floorwalker.apps.dashboards.forms import AddressForm, ScheduleForm
from floorwalker.apps.dashboards.letters import address_letter
from floorwalker.apps.dashboards.models import Ended, MailAddress
from floorwalker.apps.dashboards.views.saved import own_view
from floorwalker.apps.notices.posting import NotAccepted, mail_settings, post
from floorwalker.apps.people.access import user_of


@require_http_methods(["GET", "POST"])
def view_mail(request: HttpRequest, view_id: int) -> HttpResponse:
    """When is this view sent?"""
    view, user = own_view(request, view_id), user_of(request)
    mail_settings()
    known = view.schedules.running().first()
    initial = (
        {"rhythm": known.rhythm, "hour": known.hour, "site": known.site, "with_sheet": known.with_sheet}
        if known
        else None
    )
    form = ScheduleForm(request.POST or None, initial=initial)
    address = MailAddress.objects.filter(user=user).exclude(verified_at=None).first()
    if request.method == "POST" and form.is_valid():
        mailing.schedule_view(view, **form.cleaned_data, by=user, at=timezone.now())
        messages.success(request, _("“%(view)s” will be sent to you.") % {"view": view.name})
        return redirect("saved_views")
    context = {"view": view, "form": form, "address": address, "known": known, "can_send": view.route in mailing.SENT}
    return render(request, "dashboards/view_mail.html", context, status=422 if form.errors else 200)


@require_POST
def end_mail(request: HttpRequest, view_id: int) -> HttpResponse:
    """Send this view no more."""
    for schedule in own_view(request, view_id).schedules.running():
        mailing.end_schedule(schedule, Ended.OWNER, by=user_of(request), at=timezone.now())
    return redirect("saved_views")


@require_http_methods(["GET", "POST"])
def mail_address(request: HttpRequest) -> HttpResponse:
    """Where does the reader read mail?"""
    mail, user = mail_settings(), user_of(request)
    known = MailAddress.objects.filter(user=user).first()
    form = AddressForm(request.POST or None, initial={"address": known.address if known else ""})
    if request.method == "POST" and form.is_valid():
        asked = mailing.set_address(form.cleaned_data["address"], by=user, at=timezone.now())
        try:
            post(address_letter(asked, mail, timezone.now()), mail)
            messages.success(request, _("A link was sent there. Open it within two days, in this browser."))
            return redirect("mail_address")
        except NotAccepted:
            form.add_error("address", _("The mail server does not accept this address."))
        except (OSError, smtplib.SMTPException):
            form.add_error("address", _("The mail server does not answer just now. Try again in a while."))
    context = {"form": form, "known": known}
    return render(request, "dashboards/mail_address.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def verify_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Show that an address is one's own: by a button, for programs that look through mail open every link in it."""
    mail_settings()
    if request.method == "GET":
        return render(request, "dashboards/verify_mail.html")
    mailing.verify_address(token, by=user_of(request), at=timezone.now())
    messages.success(request, _("This address is yours. Views can be sent there."))
    return redirect("saved_views")


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """End one schedule without log-in, by a button here or by a mail program's own (RFC 8058); the link can do nothing else."""
    schedule = mailing.read_stop(token)
    if request.method == "POST":
        mailing.end_schedule(schedule, Ended.LINK, by=None, at=timezone.now())
        schedule.refresh_from_db()
    return render(request, "dashboards/stop_mail.html", {"schedule": schedule})
