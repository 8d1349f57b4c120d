"""Where does somebody else read mail? An administrator notes it; its owner shows that it is hers, and is told of the change."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from floorwalker.apps.dashboards.forms import AddressOf
from floorwalker.apps.dashboards.models import MailAddress
from floorwalker.apps.dashboards.noting import note_address_of
from floorwalker.apps.notices.posting import mail_settings
from floorwalker.apps.people.access import require_everywhere, today, user_of
from floorwalker.apps.people.models import Right, User
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell


@require_http_methods(["GET", "POST"])
def mail_address_of(request: HttpRequest, user_id: int) -> HttpResponse:
    """An administrator's page: where does this person read mail?"""
    by = user_of(request)
    require_everywhere(by, Right.GRANT_ROLES, today())
    whom = get_object_or_404(User, pk=user_id)
    mail_settings()
    known = MailAddress.objects.filter(user=whom).first()
    form = AddressOf(request.POST or None, initial={"address": known.address if known else ""})
    if request.method == "POST" and form.is_valid():
        try:
            note_address_of(whom, form.cleaned_data["address"], by=by, at=timezone.now())
            said = _("A link was sent there. Until %(who)s opens it, nothing else is.")
            messages.success(request, said % {"who": whom})
            return redirect("mail_address_of", whom.pk)
        except Refused as refused:
            form.add_error("address", tell(refused).what)
    context = {"form": form, "known": known, "whom": whom}
    return render(request, "dashboards/mail_address_of.html", context, status=422 if form.errors else 200)
