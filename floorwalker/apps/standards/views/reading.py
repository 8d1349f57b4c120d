"""Who reads what was published, what is asked about it, who has not read it, and what is misunderstood?"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.standards.concerning import find_version, is_concerned, may_keep
from floorwalker.apps.standards.consulting import remark
from floorwalker.apps.standards.forms import QuestionForm, ReadForm
from floorwalker.apps.standards.models import Acknowledgement, Asking, CheckQuestion, RemarkKind, StandardVersion
from floorwalker.apps.standards.publishing import acknowledge
from floorwalker.apps.standards.readers import readers_for
from floorwalker.apps.standards.saying import place_said
from floorwalker.apps.standards.shelf import target_of
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell
from floorwalker.ui.whole_numbers import whole_number


@require_http_methods(["GET", "POST"])
def read_standard(request: HttpRequest, standard_id: int) -> HttpResponse:
    """The standard and the short check of understanding: whoever answers it has read it."""
    user = user_of(request)
    version, asking = _asked(request, standard_id)
    questions = list(version.questions.all())
    form = ReadForm(request.POST if request.method == "POST" else None, questions=questions)
    wrong: list[CheckQuestion] = []
    if request.method == "POST" and form.is_valid():
        try:
            _check_shown(version, whole_number(request.POST.get("version", "")))
            _noted, wrong = acknowledge(asking, form.chosen, by=user, at=timezone.now())
            if not wrong:
                messages.success(request, _("Thank you: it is noted that you have read this."))
                return redirect("standard", standard_id)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context = {
        "version": version,
        "place": place_said(version),
        "expects": target_of(version),
        "before": version.standard.versions.published().filter(number__lt=version.number).first(),
        "asking": asking,
        "form": form,
        "wrong": wrong,
        "read": Acknowledgement.objects.filter(asking=asking, user=user).first(),
    }
    return render(request, "standards/read.html", context, status=422 if form.errors or wrong else 200)


@require_http_methods(["GET", "POST"])
def ask_about(request: HttpRequest, standard_id: int) -> HttpResponse:
    """Ask the owner about what was published."""
    user = user_of(request)
    version, _asking = _asked(request, standard_id, keepers_too=True)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remark(version, RemarkKind.QUESTION, form.cleaned_data["text"], by=user, at=timezone.now())
            messages.success(request, _("Your question is with the owner; the answer stands on this page."))
            return redirect("standard", standard_id)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context = {"version": version, "form": form}
    return render(request, "standards/ask.html", context, status=422 if form.errors else 200)


@require_GET
def readers(request: HttpRequest, standard_id: int) -> HttpResponse:
    """Who has not read it, and which questions are misunderstood: for its keepers, and for leaders of their own people."""
    user, on = user_of(request), today()
    version = find_version(user, standard_id, None, on)
    found = readers_for(version, user, on)
    if found is None:
        raise Http404
    return render(request, "standards/readers.html", {"version": version, "readers": found})


def _check_shown(version: StandardVersion, number: int) -> None:
    """Nobody has read what took the place of the version on her page; number: of that one, where the page says it."""
    if number not in (0, version.number):
        raise Refused("somebody else changed this meanwhile", mend="look at it as it is now, and say yours anew")


def _asked(request: HttpRequest, standard_id: int, *, keepers_too: bool = False) -> tuple[StandardVersion, Asking]:
    """What was published and is asked of this reader to read; else there is no such page."""
    user, on = user_of(request), today()
    version = find_version(user, standard_id, None, on)
    asking = version.askings.order_by("number").last()
    concerns = is_concerned(user, version, on) or (keepers_too and may_keep(user, version, on))
    if asking is None or not concerns or version.to_day is not None:
        raise Http404
    return version, asking
