"""Are groups of agents scored differently, and what do people say of themselves?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.evaluations import grouping, own_words, rescoring
from floorwalker.apps.evaluations.differences import first_to_show, groupings, show_differences
from floorwalker.apps.evaluations.group_forms import GroupQuestionForm
from floorwalker.apps.evaluations.models import GroupQuestion
from floorwalker.apps.people.access import only, require, today, user_of
from floorwalker.apps.people.models import Right, User
from floorwalker.errors import Refused
from floorwalker.ui import group_words


@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """How far do groups of agents differ? For those who lead evaluators; nobody is to be seen here."""
    require(user_of(request), Right.MANAGE_FORMS, today())
    choices = groupings()
    by = next((one for one in choices if one.code == request.GET.get("by")), None)
    by = first_to_show(choices, today()) if by is None else by
    context = {"by": by, "choices": choices, "found": show_differences(by, today()), "caution": group_words.caution()}
    return render(request, "evaluations/groups.html", context)


@require_http_methods(["GET", "POST"])
def group_questions(request: HttpRequest) -> HttpResponse:
    """What do we ask people of themselves?"""
    user = user_of(request)
    require(user, Right.MANAGE_FORMS, today())
    form = GroupQuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            grouping.ask_question(given["wording"], given["why"], form.listed, by=user, at=timezone.now())
        except Refused as refused:
            form.add_error("choices", str(refused))
        else:
            messages.success(request, _("Everybody finds this question under “About me” now, and answers it or not."))
            return redirect("group_questions")
    questions = GroupQuestion.objects.filter(ended_at=None)
    context = {"form": form, "questions": questions}
    return render(request, "evaluations/group_questions.html", context, status=422 if form.errors else 200)


@require_POST
def end_group_question(request: HttpRequest, question_id: int) -> HttpResponse:
    """Ask no more, and forget what was said."""
    user = user_of(request)
    require(user, Right.MANAGE_FORMS, today())
    question = only(GroupQuestion.objects.filter(pk=question_id, ended_at=None).first())
    own_words.end_question(question, by=user, at=timezone.now())
    messages.success(request, _("This is not asked any more, and every answer is erased."))
    return redirect("group_questions")


@require_POST
def rescore_evaluator(request: HttpRequest, evaluator_id: int) -> HttpResponse:
    """Have contacts of an evaluator marked again, blind."""
    user = user_of(request)
    require(user, Right.MANAGE_FORMS, today())
    evaluator = only(User.objects.filter(pk=evaluator_id).first())
    try:
        many = rescoring.order_rescoring(evaluator, by=user, at=timezone.now())
    except Refused as refused:  # told where it was asked for
        messages.error(request, str(refused))
    else:
        said = ngettext(
            "%(n)d contact waits to be marked again by somebody else, blind.",
            "%(n)d contacts wait to be marked again by others, blind.",
            many,
        )
        messages.success(request, said % {"n": many})
    return redirect("groups")


@require_http_methods(["GET", "POST"])
def about_me(request: HttpRequest) -> HttpResponse:
    """What does the reader say of herself, if anything? Hers alone to see, and to take back."""
    user = user_of(request)
    agent = only(user.scope_on(today()).agent)
    questions = list(GroupQuestion.objects.filter(ended_at=None))
    if request.method == "POST":
        question = only(next((one for one in questions if str(one.pk) == request.POST.get("question")), None))
        choice = request.POST.get("choice") or None
        own_words.say_of_oneself(question, choice, by=user, at=timezone.now())
        messages.success(request, _("It is kept, sealed.") if choice else _("Nothing is kept of you to this question."))
        return redirect("about_me")
    said = grouping.own_words(agent)
    rows = [(one, said.get(one.pk, "")) for one in questions]
    return render(request, "evaluations/about_me.html", {"rows": rows})
