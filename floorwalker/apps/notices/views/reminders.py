"""What waits for the reader, and of what does she want to be reminded?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from floorwalker.apps.notices.models import About, Reminder
from floorwalker.apps.notices.reminding import choose_reminders, switched_off
from floorwalker.apps.people.access import user_of


@require_http_methods(["GET", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """All that waits for the reader, and the kinds that she can switch off."""
    user = user_of(request)
    if request.method == "POST":
        choose_reminders(request.POST.getlist("about"), by=user, at=timezone.now())
        messages.success(request, _("Noted."))
        return redirect("reminders")
    off = switched_off(user)
    context = {"mine": Reminder.objects.of(user), "kinds": [(one, one.value not in off) for one in About]}
    return render(request, "notices/reminders.html", context)
