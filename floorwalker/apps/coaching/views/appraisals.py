"""What was this year like? The evidence of a performance review, on one page and on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from floorwalker.apps.coaching.appraising import make_pack, sign_pack, write_in_pack
from floorwalker.apps.coaching.forms.appraisals import PackForm, PackWordsForm
from floorwalker.apps.coaching.models import AppraisalPack
from floorwalker.apps.coaching.seeing import find_person, is_oneself, seen_people
from floorwalker.apps.coaching.showing_appraisals import Pack, pack_pdf
from floorwalker.apps.people.access import only, today, user_of
from floorwalker.apps.people.lake import lake
from floorwalker.errors import Refused
from floorwalker.ui.refusal_words import tell

YEAR = timedelta(days=365)
ONE_DAY = timedelta(days=1)


@require_http_methods(["GET", "POST"])
def appraisals(request: HttpRequest, agent_id: int) -> HttpResponse:
    """The packs of somebody, and a new one."""
    user, on = user_of(request), today()
    agent = find_person(user, agent_id, on)
    form = PackForm(request.POST or None, initial={"from_day": on - YEAR, "last_day": on - ONE_DAY})
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data["from_day"], form.cleaned_data["last_day"] + ONE_DAY
        try:
            made = make_pack(agent, *days, lake().snapshot(), by=user, at=timezone.now())
            return redirect("appraisal", made.pk)
        except Refused as refused:
            form.add_error(None, str(tell(refused)))
    context = {"agent": agent, "form": form, "is_own": is_oneself(user, agent)}
    context["packs"] = AppraisalPack.objects.filter(agent__in=agent.numbers_of_person())
    return render(request, "coaching/appraisals.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def appraisal(request: HttpRequest, pack_id: int) -> HttpResponse:
    """One pack: read, written in, signed."""
    user, pack = user_of(request), _pack(request, pack_id)
    is_own = is_oneself(user, pack.agent)
    first = pack.agent_words if is_own else pack.leader_words
    signing = request.method == "POST" and request.POST.get("do") == "sign"
    form = PackWordsForm(request.POST if request.method == "POST" and not signing else None, initial={"words": first})
    try:
        if signing:
            sign_pack(pack, by=user, at=timezone.now())
            messages.success(request, _("You have signed it."))
            return redirect("appraisal", pack.pk)
        if request.method == "POST" and form.is_valid():
            write_in_pack(pack, form.cleaned_data["words"], by=user, at=timezone.now())
            return redirect("appraisal", pack.pk)
    except Refused as refused:
        messages.error(request, str(tell(refused)))
    signed = pack.agent_signed_at if is_own else pack.leader_signed_at
    context: dict[str, Any] = {"shown": Pack(pack), "pack": pack, "agent": pack.agent, "is_own": is_own, "form": form}
    context |= {"may_sign": bool(pack.agent_words and pack.leader_words and signed is None), "has_signed": signed}
    return render(request, "coaching/appraisal.html", context, status=422 if form.errors else 200)


@require_GET
def appraisal_file(request: HttpRequest, pack_id: int) -> HttpResponse:
    """The same as a PDF of one page."""
    answer = HttpResponse(pack_pdf(_pack(request, pack_id), timezone.now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="review-{pack_id}.pdf"'
    return answer


def _pack(request: HttpRequest, pack_id: int) -> AppraisalPack:
    seen = AppraisalPack.objects.filter(seen_people(user_of(request), today()))
    return only(seen.select_related("agent", "leader").filter(pk=pack_id).first())
