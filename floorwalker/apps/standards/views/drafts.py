"""How is a standard written, talked about with those whom it concerns, and published?"""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.standards import smart
from floorwalker.apps.standards.access import reach_of
from floorwalker.apps.standards.concerning import concerned_by, find_in_work, find_kept, may_keep
from floorwalker.apps.standards.consulting import answer_remark, open_consultation, remark
from floorwalker.apps.standards.drafting import (
    HALF_A_YEAR,
    TO_BEGIN,
    amend_draft,
    draft_next,
    draft_standard,
    drop_draft,
)
from floorwalker.apps.standards.forms import (
    AnswerForm,
    CheckForm,
    ConsultationForm,
    PublishForm,
    RemarkForm,
    StandardForm,
)
from floorwalker.apps.standards.forms.standards import first_values
from floorwalker.apps.standards.models import Remark, RemarkKind, StandardVersion
from floorwalker.apps.standards.publishing import Asked, publish_standard, set_check
from floorwalker.apps.standards.saying import place_said
from floorwalker.apps.standards.shelf import target_of
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell

# What is proposed for a consultation.
TO_BE_ASKED = timedelta(days=14)


@require_http_methods(["GET", "POST"])
def new_standard(request: HttpRequest) -> HttpResponse:
    """Write a new standard down."""
    user, on = user_of(request), today()
    reach = reach_of(user, on)
    if not reach.places:
        raise Http404
    first = {"owner": user, "from_day": on + TO_BEGIN, "review_on": on + TO_BEGIN + HALF_A_YEAR}
    form = StandardForm(request.POST or None, reach=reach, on=on, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = draft_standard(
                form.said,
                place=form.at,
                owner=given["owner"],
                aim=given["aim"],
                concerns=tuple(given["concerns"]),
                by=user,
                at=timezone.now(),
            )
            messages.success(request, _("The draft is kept. Look at what was found, then ask those whom it concerns."))
            return redirect("consultation", made.standard_id)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    return render(request, "standards/draft.html", {"form": form, "version": None}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, standard_id: int) -> HttpResponse:
    """Change a draft."""
    user, on = user_of(request), today()
    version = _kept_draft(request, standard_id)
    form = StandardForm(
        request.POST or None, reach=reach_of(user, on), version=version, on=on, initial=first_values(version)
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            amend_draft(
                version,
                form.said,
                place=form.at,
                owner=given["owner"],
                aim=given["aim"],
                concerns=tuple(given["concerns"]),
                because=given.get("because", ""),
                seen=given["seen"],
                by=user,
                at=timezone.now(),
            )
            return redirect("consultation", standard_id)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
            version = _kept_draft(request, standard_id)
    return render(
        request, "standards/draft.html", {"form": form, "version": version}, status=422 if form.errors else 200
    )


@require_POST
def next_version(request: HttpRequest, standard_id: int) -> HttpResponse:
    """Begin the next version, or drop the draft."""
    user, at = user_of(request), timezone.now()
    found = find_kept(user, standard_id, today())
    in_work = found.in_work
    if request.POST.get("do") == "drop" and in_work is not None:
        drop_draft(in_work, by=user, at=at)
        messages.success(request, _("The draft is dropped. What was said about it stays."))
        return redirect("standards")
    if in_work is None:
        draft_next(found, by=user, at=at)
    return redirect("draft", standard_id)


@require_http_methods(["GET", "POST"])
def consultation(request: HttpRequest, standard_id: int) -> HttpResponse:
    """What was found of a draft, what those whom it concerns say, and what they are answered."""
    user, on = user_of(request), today()
    version = find_in_work(user, standard_id, on)
    keeps = may_keep(user, version, on)
    opening = request.method == "POST" and request.POST.get("do") == "open"
    saying = request.method == "POST" and not opening
    ask = ConsultationForm(request.POST if opening else None, initial={"until": on + TO_BE_ASKED})
    say = RemarkForm(request.POST if saying else None)
    if opening and not keeps:
        raise Http404
    try:
        if opening and ask.is_valid():
            open_consultation(version, until=ask.cleaned_data["until"], by=user, at=timezone.now())
            messages.success(request, _("Those whom it concerns find it on their home page."))
            return redirect("consultation", standard_id)
        if saying and say.is_valid():
            remark(version, say.cleaned_data["kind"], say.cleaned_data["text"], by=user, at=timezone.now())
            messages.success(request, _("Thank you. The owner answers you here."))
            return redirect("consultation", standard_id)
    except Refused as refused:
        (ask if opening else say).add_error(None, str(tell(refused)))
    form = ask if opening else say
    context = {
        "version": version,
        "standard": version.standard,
        "place": place_said(version),
        "expects": target_of(version),
        "before": version.standard.in_force,
        "findings": smart.check(version, on, user.scope_on(on)),
        "remarks": _remarks(version, keeps=keeps),
        "unseen": version.changed_unseen,
        "amendments": version.amendments.select_related("by"),
        "keeps": keeps,
        "is_open": version.is_consulting and version.consulted_until is not None and on <= version.consulted_until,
        "people": len(concerned_by(version, on).users) if keeps else None,
        "form": form,
        "ask": ask,
        "say": say,
    }
    return render(request, "standards/consultation.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, remark_id: int) -> HttpResponse:
    """Answer a comment, a proposal or a question."""
    user, on = user_of(request), today()
    said = get_object_or_404(
        Remark.objects.select_related(
            "version__standard__owner", "version__site", "version__team", "version__queue", "by__agent"
        ),
        pk=remark_id,
    )
    if not may_keep(user, said.version, on):
        raise Http404
    is_question = said.kind == RemarkKind.QUESTION
    form = AnswerForm(request.POST or None, is_question=is_question)
    if request.method == "POST" and form.is_valid():
        try:
            answer_remark(said, form.cleaned_data["answer"], form.cleaned_data["outcome"], by=user, at=timezone.now())
            return redirect("standard" if is_question else "consultation", said.version.standard_id)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context = {"remark": said, "form": form, "version": said.version, "is_question": is_question}
    return render(request, "standards/answer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, standard_id: int) -> HttpResponse:
    """The check of understanding, and the last look before everybody is asked to read it."""
    user, on = user_of(request), today()
    version = _kept_draft(request, standard_id)
    do = request.POST.get("do", "")
    check = CheckForm(request.POST if do == "ask" else None)
    unseen, findings = version.changed_unseen, smart.check(version, on, user.scope_on(on))
    warns = bool(smart.warns(findings))
    last = PublishForm(request.POST if do == "publish" else None, warns=warns, unseen=unseen)
    try:
        if do == "ask" and check.is_valid():
            before = [one for one in _asked(version) if one.asks != check.said.asks.strip()]
            set_check(version, [*before, check.said], by=user, at=timezone.now())
            return redirect("publish_standard", standard_id)
        if do.startswith("remove-"):
            kept = [one for one in version.questions.all() if f"remove-{one.pk}" != do]
            set_check(
                version,
                [Asked(one.asks, one.options, one.right, one.explains) for one in kept],
                by=user,
                at=timezone.now(),
            )
            return redirect("publish_standard", standard_id)
        if do == "publish" and last.is_valid():
            publish_standard(version, **last.cleaned_data, by=user, at=timezone.now())
            messages.success(request, _("It is published. Everybody whom it concerns is asked to read it."))
            return redirect("standard", standard_id)
    except Refused as refused:
        (check if do == "ask" else last).add_error(None, str(tell(refused)))
        version = _kept_draft(request, standard_id)
        findings = smart.check(version, on, user.scope_on(on))
    form = check if do == "ask" else last
    context = {
        "version": version,
        "place": place_said(version),
        "expects": target_of(version),
        "findings": findings,
        "stops": smart.stops(findings),
        "waiting": version.remarks.unanswered().count(),
        "unseen": unseen,
        "asked": version.is_consulting and version.consulted_until is not None and on > version.consulted_until,
        "concerned": concerned_by(version, on),
        "questions": version.questions.all(),
        "may_publish": version.place in reach_of(user, on).places,
        "form": form,
        "check": check,
        "last": last,
    }
    return render(request, "standards/publish.html", context, status=422 if form.errors else 200)


def _kept_draft(request: HttpRequest, standard_id: int) -> StandardVersion:
    user, on = user_of(request), today()
    version = find_in_work(user, standard_id, on)
    if not may_keep(user, version, on):
        raise Http404
    return version


def _asked(version: StandardVersion) -> list[Asked]:
    return [Asked(one.asks, one.options, one.right, one.explains) for one in version.questions.all()]


def _remarks(version: StandardVersion, *, keeps: bool) -> list[tuple[Remark, bool]]:
    """Each remark, with whether the reader may answer it."""
    found = version.remarks.of_consultation().select_related("by__agent", "answered_by__agent")
    return [(one, keeps and one.answered_at is None) for one in found]
