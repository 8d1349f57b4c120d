"""Has an evaluator come to mark more harshly or mildly? Her chart by weeks, and how she lies to what sessions agreed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.arguing import sheets_of
from floorwalker.apps.evaluations.contacts import facts
from floorwalker.apps.evaluations.models import CalibrationSession
from floorwalker.apps.people.models import Evaluator
from floorwalker.charts.control import Mark, control_chart
from floorwalker.charts.render import Drawing, draw
from floorwalker.insight.calibrating import lean_of
from floorwalker.insight.evaluated import QUALITY
from floorwalker.insight.evaluator_drift import ALARMS_A_YEAR, EvaluatorChart, chart_evaluators
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.ui import calibration_words, words

LOOKED_BACK = timedelta(weeks=52)


def read_evaluator(one: Evaluator) -> dict[str, Any]:
    """Everything that an evaluator's page prints."""
    charted = _charted(one)
    return {
        "evaluator": one,
        "name": one.name if one.user is None else str(one.user),
        "charted": charted,
        "changes": [calibration_words.drifted(drift) for drift in charted.drifts] if charted else (),
        "drawing": _drawn(charted) if charted else None,
        "rows": list(zip(charted.weeks, charted.n, strict=True)) if charted else (),
        "budget": calibration_words.budget(ALARMS_A_YEAR),
        "lean": _lean(one),
    }


def _charted(one: Evaluator) -> EvaluatorChart | None:
    snapshot = facts()
    days = snapshot.days("evaluation")
    if days is None:
        return None
    period = Period(max(days[0], days[1] - LOOKED_BACK + timedelta(days=1)), days[1])
    found = chart_evaluators(snapshot, period, {})
    return next((charted for charted in found if charted.key == bytes(one.key)), None)


def _drawn(charted: EvaluatorChart) -> Drawing:
    changes = [Mark(drift.began, words.day(drift.began)) for drift in charted.drifts]
    kpi = find_kpi(QUALITY, catalogue())
    label = _("Points harsher than usual")
    return draw(
        lambda theme: control_chart(charted.weeks, kpi, label=label, changes=changes, events=(), theme=theme),
        words.clock(),
    )


def _lean(one: Evaluator) -> str:
    """Against what was agreed, over all sessions in which she took part; nothing where nobody says who she is here."""
    if one.user is None:
        return ""
    sessions = CalibrationSession.objects.filter(participants=one.user).select_related("version")
    found = lean_of(sheets_of(sessions).values()).get(one.user.pk)
    return "" if found is None else calibration_words.lean(found)
