"""How is a form built, looked at, published and compared?"""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.evaluations import building, editing, saying
from floorwalker.apps.evaluations.access import find_draft, find_form, forms_seen
from floorwalker.apps.evaluations.checking import checkable, checked_by
from floorwalker.apps.evaluations.comparing import differences
from floorwalker.apps.evaluations.forms import FormForm, PublishForm, QuestionForm, RuleForm, SectionForm
from floorwalker.apps.evaluations.laying_out import laid_out
from floorwalker.apps.evaluations.models import AgreedWording, FormVersion
from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.models import Right
from floorwalker.apps.standards.models import ServiceStandard
from floorwalker.errors import Refused
from floorwalker.insight.questionnaire import Question, Rule, Section, find_faults
from floorwalker.insight.worked_example import work_out


@require_http_methods(["GET", "POST"])
def forms(request: HttpRequest) -> HttpResponse:
    """Which forms are there, and by which version of each are contacts marked?"""
    user, on = user_of(request), today()
    form = FormForm(request.POST or None)
    if request.method == "POST":
        require(user, Right.MANAGE_FORMS, on)
        if form.is_valid():
            try:
                return redirect("form_draft", building.begin_form(**form.cleaned_data, by=user, at=timezone.now()).pk)
            except Refused as refused:  # told beside what was typed
                form.add_error("name", str(refused))
    context = {"forms": forms_seen(user, on), "form": form}
    return render(request, "evaluations/forms.html", context, status=422 if form.errors else 200)


@require_GET
def form_page(request: HttpRequest, form_id: int) -> HttpResponse:
    """What does this form ask, by which rule is it marked, and what has changed over its versions?"""
    user = user_of(request)
    form = find_form(user, form_id, today())
    versions = list(form.versions.select_related("published_by").exclude(published_at=None).order_by("-number"))
    builds = user.scope_on(today()).may(Right.MANAGE_FORMS)
    asked = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == asked), versions[0] if versions else None)
    agreed = AgreedWording.objects.waiting_for(form) if builds else ()
    context = {"form": form, "versions": versions, "shown": shown, "agreed": agreed}
    return render(request, "evaluations/form.html", context | (_laid(shown) if shown else {}))


@require_GET
def compare_versions(request: HttpRequest, form_id: int) -> HttpResponse:
    """What differs between two versions of this form?"""
    form = find_form(user_of(request), form_id, today())
    versions = {str(one.number): one for one in form.versions.exclude(published_at=None)}
    numbers = list(versions)
    before = versions.get(request.GET.get("before", ""), versions[numbers[-2]] if len(numbers) > 1 else None)
    after = versions.get(request.GET.get("after", ""), versions[numbers[-1]] if numbers else None)
    found = differences(before.asks, after.asks) if before and after else []
    context = {"form": form, "versions": list(versions.values()), "before": before, "after": after, "found": found}
    return render(request, "evaluations/compare.html", context)


@require_POST
def begin_version(request: HttpRequest, form_id: int) -> HttpResponse:
    """Begin the next version of a form."""
    user = user_of(request)
    require(user, Right.MANAGE_FORMS, today())
    building.begin_version(find_form(user, form_id, today()), by=user, at=timezone.now())
    return redirect("form_draft", form_id)


@require_POST
def retire_form(request: HttpRequest, form_id: int) -> HttpResponse:
    """Let nothing be marked by this form any more."""
    user = user_of(request)
    require(user, Right.MANAGE_FORMS, today())
    form = building.retire_form(find_form(user, form_id, today()), by=user, at=timezone.now())
    messages.success(request, _("“%(name)s” is retired. What was marked by it stays.") % {"name": form.name})
    return redirect("forms")


@require_http_methods(["GET", "POST"])
def form_draft(request: HttpRequest, form_id: int) -> HttpResponse:
    """How does the next version look while it is built, and what would it make of an example?"""
    user = user_of(request)
    draft = find_draft(user, form_id, today())
    adding = SectionForm(request.POST if request.POST.get("do") == "add_section" else None)
    if request.method == "POST":
        if request.POST.get("do") == "publish":
            return _publish(request, draft)
        if _change(request, draft, adding):
            return redirect("form_draft", form_id)
    context = {
        "form": adding,
        "rule_form": RuleForm(initial={"rule": draft.asks.rule}),
        "publish_form": PublishForm(),
        "faults": [saying.fault_words(draft.asks, one) for one in find_faults(draft.asks)],
        **_laid(draft),
    }
    return render(request, "evaluations/draft.html", context, status=422 if adding.errors else 200)


def _change(request: HttpRequest, draft: FormVersion, adding: SectionForm) -> bool:
    """One change of the draft by a button of its page; False where what was typed is not right yet."""
    do, code = request.POST.get("do", ""), request.POST.get("code", "")
    change = partial(building.change_draft, draft.form, by=user_of(request), at=timezone.now())
    if do == "add_section":
        if not adding.is_valid():
            return False
        change(lambda form, new: editing.with_section(form, adding.section(f"s{new}")))
    elif do in ("up", "down"):
        change(lambda form, _new: editing.moved(form, code, -1 if do == "up" else 1))
    elif do == "remove":
        change(lambda form, _new: editing.without(form, code))
    elif do == "rule" and request.POST.get("rule") in set(Rule):
        change(lambda form, _new: editing.with_rule(form, Rule(request.POST["rule"])))
    else:
        raise Http404
    return True


def _publish(request: HttpRequest, draft: FormVersion) -> HttpResponse:
    form = PublishForm(request.POST)
    if not form.is_valid():
        raise Http404
    made = building.publish_version(draft.form, form.cleaned_data["note"], by=user_of(request), at=timezone.now())
    messages.success(
        request, _("Version %(number)d is published: contacts are marked by it from now on.") % {"number": made.number}
    )
    return redirect("form_page", draft.form_id)


@require_http_methods(["GET", "POST"])
def form_section(request: HttpRequest, form_id: int, code: str) -> HttpResponse:
    """What is this section called, and how much does it weigh?"""
    user = user_of(request)
    draft = find_draft(user, form_id, today())
    section = next((one for one in draft.asks.sections if one.code == code), None)
    if section is None:
        raise Http404
    form = SectionForm(request.POST or None, initial={"title": section.title, "weight": section.weight})
    if request.method == "POST" and form.is_valid():
        building.change_draft(
            draft.form, lambda asks, _new: editing.with_section(asks, form.section(code)), by=user, at=timezone.now()
        )
        return redirect("form_draft", form_id)
    context = {"form": form, "draft": draft, "section": section}
    return render(request, "evaluations/section.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def form_question(request: HttpRequest, form_id: int, code: str) -> HttpResponse:
    """What does this question ask, and how much does it count? The code of a section: a new question in it."""
    user = user_of(request)
    draft = find_draft(user, form_id, today())
    question = draft.asks.question(code)
    section = next((one for one in draft.asks.sections if one.code == code or question in one.questions), None)
    if section is None:
        raise Http404
    checks = checked_by(draft).get(code)
    form = QuestionForm(
        request.POST or None,
        form=draft.asks,
        question=question,
        standards=checkable(),
        checks=checks.standard_id if checks else None,
    )
    if request.method == "POST" and form.is_valid():
        _keep_question(request, draft, form, question, section)
        return (
            redirect("form_question", form_id, section.code)
            if "again" in request.POST
            else redirect("form_draft", form_id)
        )
    context = {"form": form, "draft": draft, "section": section, "question": question}
    return render(request, "evaluations/question.html", context, status=422 if form.errors else 200)


def _keep_question(
    request: HttpRequest, draft: FormVersion, form: QuestionForm, question: Question | None, section: Section
) -> None:
    """The question as it was typed, and the standard that it checks."""
    user, at = user_of(request), timezone.now()
    changed = building.change_draft(
        draft.form,
        lambda asks, new: editing.with_question(
            asks, form.question(question.code if question else f"q{new}"), section=section.code
        ),
        by=user,
        at=at,
    )
    code = question.code if question else f"q{changed.next_code - 1}"
    standard = ServiceStandard.objects.filter(pk=form.standard_id or 0).first()
    building.check_standard(draft.form, code, standard, by=user, at=at)


def _laid(version: FormVersion) -> dict[str, object]:
    """A version with everything that it asks laid out, and its worked example."""
    form = version.asks
    example = work_out(form)
    return {
        "version": version,
        "asks": form,
        "sections": laid_out(form, example.answers),
        "checks": checked_by(version),
        "rule": saying.RULES[form.rule],
        "rule_explained": saying.RULES_EXPLAINED[form.rule],
        "example": example,
        "result": saying.score_words(example.score.agent, form.rule),
        "steps": saying.steps_words(form, example.score.agent),
        "others": [
            (saying.RULES[rule], saying.score_words(score.agent, rule))
            for rule, score in example.by_rule.items()
            if rule is not form.rule
        ],
    }
