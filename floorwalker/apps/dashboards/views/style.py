"""How does everything look that pages are made of? Every part in every state, by the templates and tags that pages use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from floorwalker.charts.render import draw
from floorwalker.charts.trend import trend_chart
from floorwalker.estimate import Answer, Estimate, NoEstimate, Reason
from floorwalker.insight.judgement import State
from floorwalker.insight.scorecard import Point

COLOURS = ("page", "card", "ink", "soft", "line", "main", "link", "below", "above", "unclear", "warm", "press", "focus")
# Shares of an invented measure, week by week, with what their bounds are away from them.
WEEKS, FROM = (0.31, 0.33, 0.3, 0.36, 0.35, 0.39, 0.41, 0.4), date(2026, 1, 5)
HALF_WIDTH, TARGET = 0.04, 0.3


class Sample(forms.Form):
    """A field of each kind, so that each is seen with its label, its help and its error."""

    text = forms.CharField(label=gettext_lazy("Text"), help_text=gettext_lazy("What is wanted, in a few words."))
    day = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=False
    )
    choice = forms.ChoiceField(
        label=gettext_lazy("Choice"), choices=[("1", gettext_lazy("The first")), ("2", gettext_lazy("The second"))]
    )
    note = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """All the parts of pages, over invented figures that say so."""
    context: dict[str, Any] = {
        "colours": COLOURS,
        "answers": _answers(),
        "states": [str(state) for state in (State.BELOW, State.ABOVE, State.UNCLEAR)],
        "form": Sample({"text": "", "choice": "1"}),
        "chart": draw(
            lambda theme: trend_chart(
                _weeks(), unit="share", label=_("An invented measure"), target=[TARGET], theme=theme
            )
        ),
        "weeks": _weeks(),
    }
    return render(request, "dashboards/style.html", context)


def _share(value: float, n: int) -> Estimate:
    low, high = max(0.0, value - HALF_WIDTH), min(1.0, value + HALF_WIDTH)
    return Estimate(value, low, high, n, "wilson", "transfer_rate@1", "share", value)


def _answers() -> list[Answer]:
    """A figure, a count, and every reason for which there is none."""
    counted = Estimate(669, None, None, 669, "count", "contacts_handled@1", "contacts", 669)
    reasons = [NoEstimate(reason, 3, "transfer_rate@1", "share") for reason in Reason]
    return [_share(WEEKS[-1], 240), counted, *reasons]


def _weeks() -> list[Point]:
    return [Point(FROM + timedelta(weeks=number), _share(value, 240)) for number, value in enumerate(WEEKS)]
