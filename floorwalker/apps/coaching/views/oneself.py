"""How do I see my own work, what do the figures say beside it, and what do I note for myself?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from floorwalker.apps.coaching.assessing import (
    Beside,
    BothViews,
    begin_assessment,
    both_views,
    finish_assessment,
    measures_to_rate,
    next_from,
    share_assessment,
    standards_to_rate,
)
from floorwalker.apps.coaching.forms.objectives import measures_of_people
from floorwalker.apps.coaching.forms.oneself import ReflectionForm, SelfAuditForm, ShareForm
from floorwalker.apps.coaching.models import SeenAs, SelfAssessment
from floorwalker.apps.coaching.reflecting import (
    coaches_of,
    readable_reflections,
    share_reflection,
    write_reflection,
)
from floorwalker.apps.coaching.seeing import find_person, is_oneself, seen_people
from floorwalker.apps.people.access import only, today, user_of
from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Agent
from floorwalker.errors import Refused
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import words
from floorwalker.ui.refusal_words import tell


@require_http_methods(["GET", "POST"])
def self_assessment(request: HttpRequest) -> HttpResponse:
    """How do I see my work? The figures come after."""
    user, on = user_of(request), today()
    agent = _oneself(request)
    measures, standards = measures_to_rate(agent, on), standards_to_rate(user, on)
    form = SelfAuditForm(request.POST or None, measures=measures, standards=standards)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            begun = begin_assessment(agent, by=user, at=at)
            facts = lake().snapshot()
            finish_assessment(begun, form.rated, form.cleaned_data["words"], facts, by=user, at=at)
            return redirect("both_views", begun.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    past = SelfAssessment.objects.filter(agent__in=agent.numbers_of_person()).exclude(finished_at=None)
    again = next_from(agent)
    context = {
        "agent": agent,
        "form": form,
        "past": past,
        "asks": bool(measures or standards),
        "not_before": again if again is not None and on < again else None,
    }
    return render(request, "coaching/self_assessment.html", context, status=422 if form.errors else 200)


@require_GET
def views_side_by_side(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Her view and the figures: one's own, and what somebody whom one coaches has shared."""
    user = user_of(request)
    seen = SelfAssessment.objects.filter(seen_people(user, today())).exclude(finished_at=None)
    found = only(seen.select_related("agent").filter(pk=assessment_id).first())
    is_own = is_oneself(user, found.agent)
    if not is_own and found.shared_at is None:
        raise Http404
    views = both_views(found)
    rows = [{"view": one, "about": _about(one), "said": _beside(one, is_own=is_own)} for one in views]
    context = {
        "assessment": found,
        "agent": found.agent,
        "is_own": is_own,
        "rows": rows,
        "agree": sum(one.beside is Beside.AGREE for one in views),
        "lower": sum(one.beside is Beside.LOWER for one in views),
        "higher": sum(one.beside is Beside.HIGHER for one in views),
        "strengths": [row["about"] for row in rows if row["view"].is_strength],  # type: ignore[attr-defined]
        "aimable": {name for name, _label in measures_of_people()},
        "needs": [row for row in rows if row["view"].is_need],  # type: ignore[attr-defined]
    }
    return render(request, "coaching/both_views.html", context)


@require_POST
def share_self_assessment(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Let those who coach me read it."""
    found = only(SelfAssessment.objects.filter(agent__in=user_of(request).oneself(), pk=assessment_id).first())
    try:
        share_assessment(found, by=user_of(request), at=timezone.now())
        messages.success(request, _("Those who coach you can read it now."))
    except Refused as refused:
        messages.error(request, str(tell(refused)))
    return redirect("both_views", found.pk)


@require_http_methods(["GET", "POST"])
def reflections(request: HttpRequest, agent_id: int) -> HttpResponse:
    """The log: all of one's own, of others what they shared with the reader."""
    user = user_of(request)
    agent = find_person(user, agent_id, today())
    is_own = is_oneself(user, agent)
    if request.method == "POST" and not is_own:
        raise Http404
    form = ReflectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        write_reflection(agent, **form.cleaned_data, by=user, at=timezone.now())
        return redirect("reflections", agent.pk)
    context: dict[str, Any] = {"agent": agent, "is_own": is_own, "form": form}
    context |= {"entries": readable_reflections(agent, user)}
    context["share"] = ShareForm(coaches=coaches_of(agent, timezone.now())) if is_own else None
    return render(request, "coaching/reflections.html", context, status=422 if form.errors else 200)


@require_POST
def share_entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Let one person read this one entry."""
    agent = _oneself(request)
    found = only(readable_reflections(agent, user_of(request)).filter(pk=entry_id).first())
    form = ShareForm(request.POST, coaches=coaches_of(agent, timezone.now()))
    if form.is_valid():
        try:
            share_reflection(found, form.chosen, by=user_of(request), at=timezone.now())
        except Refused as refused:
            messages.error(request, str(tell(refused)))
    else:
        messages.error(request, _("Choose somebody who coaches you."))
    return redirect("reflections", agent.pk)


def _oneself(request: HttpRequest) -> Agent:
    return only(user_of(request).agent).person


def _about(one: Any) -> str:
    rating = one.rating
    if rating.measure:
        kpi = catalogue().get(rating.measure)
        return rating.measure if kpi is None else words.in_language(kpi.name)
    version = rating.standard.versions.order_by("-number").first()
    return "–" if version is None else str(version.title)


def _beside(view: BothViews, *, is_own: bool) -> str:
    beside = view.beside
    if view.rating.seen_as == SeenAs.UNKNOWN:
        return _("You could not tell.") if is_own else _("This could not be told from within.")
    if beside is Beside.AGREE:
        return _("Both agree.")
    if beside is Beside.CANNOT_TELL:
        return _("Cannot be told yet.")
    if is_own:
        own = {Beside.HIGHER: _("You see yourself higher."), Beside.LOWER: _("You see yourself lower.")}
        return own[beside]
    of_her = {
        Beside.HIGHER: _("Sees this higher than the figure."),
        Beside.LOWER: _("Sees this lower than the figure."),
    }
    return of_her[beside]
