"""What do we ask customers, in which words?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.surveys import instruments
from floorwalker.apps.surveys.access import find_survey, require_managing
from floorwalker.apps.surveys.forms import Answers, NewSurvey, Questions
from floorwalker.apps.surveys.models import Survey
from floorwalker.apps.surveys.showing import as_shown
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell


@require_http_methods(["GET", "POST"])
def survey_list(request: HttpRequest) -> HttpResponse:
    """All surveys, and a new one."""
    user = user_of(request)
    require_managing(user, today())
    form = NewSurvey(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = instruments.draft_survey(said["name"], said["items"], by=user, at=timezone.now())
            return redirect("survey", made.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    surveys = Survey.objects.prefetch_related("versions__questions", "plans")
    context = {"form": form, "surveys": surveys}
    return render(request, "surveys/survey_list.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, survey_id: int) -> HttpResponse:
    """The questions of one survey, its versions, and a draft of other questions."""
    user = user_of(request)
    found = find_survey(user, survey_id, today())
    newest = found.versions.first()
    items = [] if newest is None else [question.item for question in newest.questions.all()]
    form = Questions(request.POST or None, initial={"items": items})
    if request.method == "POST" and form.is_valid():
        try:
            instruments.revise_survey(found, form.cleaned_data["items"], by=user, at=timezone.now())
            messages.success(request, _("The draft is kept. Customers are asked by it once it is published."))
            return redirect("survey", found.pk)
        except Refused as refused:
            form.add_error("items", str(tell(refused)))
    versions = found.versions.prefetch_related("questions").select_related("made_by", "published_by")
    context = {"survey": found, "form": form, "versions": [as_shown(version) for version in versions]}
    return render(request, "surveys/survey.html", context, status=422 if form.errors else 200)


@require_GET
def preview_survey(request: HttpRequest, survey_id: int) -> HttpResponse:
    """The survey as customers see it: the draft, where there is one. Nothing can be answered here."""
    found = find_survey(user_of(request), survey_id, today())
    version = found.draft or found.present
    questions = [] if version is None else [question for question, _told in as_shown(version).questions]
    context = {"survey": found, "form": Answers(questions), "is_preview": True, "languages": ()}
    return render(request, "surveys/customer/answer.html", context)


@require_POST
def publish_survey(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Ask by the draft from now on."""
    user = user_of(request)
    found = find_survey(user, survey_id, today())
    version = instruments.publish_survey(found, by=user, at=timezone.now())
    messages.success(
        request,
        _("Customers are asked by version %(n)d of “%(name)s” from now on.") % {"n": version.number, "name": found},
    )
    return redirect("survey", found.pk)
