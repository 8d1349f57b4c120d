"""Do we come to mark alike? All sessions that a reader may see, what they tell together, and how that has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from floorwalker.apps.evaluations.keeping_alike import found_in_all
from floorwalker.apps.evaluations.models import CalibrationSession, EvaluationForm, FormVersion, Stage
from floorwalker.apps.people.models import Right, User
from floorwalker.charts.small import interval_bar
from floorwalker.insight.alike import Alike, Passed
from floorwalker.insight.calibrating import Lean
from floorwalker.stats.agreement import GOOD, USABLE
from floorwalker.ui import calibration_words

# Agreement by chance alone is nought: what lies below it is drawn at the edge.
SPAN = (0.0, 1.0)
WIDEST = 12.0


@dataclass(frozen=True)
class Listed:
    """One session of the list; passed, drawing: where its marks are shown, how alike they were and pooled with those before."""

    session: CalibrationSession
    stage: Stage
    people: int
    contacts: int
    passed: Passed | None
    drawing: str

    @property
    def same(self) -> str:
        """How many answers were the same."""
        return calibration_words.same(self.passed.same if self.passed else None)

    @property
    def pooled(self) -> str:
        """Agreement over it and the two before, in words."""
        return calibration_words.pooled(self.passed.alike) if self.passed else "–"


@dataclass(frozen=True)
class QuestionAlike:
    """One question over all sessions of a form."""

    wording: str
    found: Alike
    said: str
    drawing: str

    @property
    def order(self) -> float:
        """The least alike first, what cannot be told last."""
        return self.found.agreement.alpha if self.found.is_told else 2.0


@dataclass(frozen=True)
class Leaning:
    """One participant against what was agreed, over all sessions of a form."""

    user: User
    found: Lean
    said: str
    drawing: str


def read_sessions(user: User, on: date, asked: str) -> dict[str, Any]:
    """Everything that the list prints; figures are of one form, since scores by different forms are not to be compared."""
    leads = user.scope_on(on).may(Right.MANAGE_FORMS)
    seen = CalibrationSession.objects.visible_to(user, on).select_related("version__form").distinct()
    forms = list(EvaluationForm.objects.filter(versions__calibrations__in=seen).distinct())
    form = next((one for one in forms if str(one.pk) == asked), None)
    if form is None:
        latest = seen.first()
        form = latest.version.form if latest is not None else None
    sessions = list(seen.filter(version__form=form)) if form is not None else []
    people, contacts = _counts(sessions, "participants"), _counts(sessions, "contacts")
    shown = sorted((one for one in sessions if one.is_shown), key=lambda one: (str(one.blind_ended_at), one.pk))
    each, together = found_in_all(shown)
    passed = dict(zip((one.pk for one in shown), each, strict=True))
    return {
        "forms": forms,
        "form": form,
        "leads": leads,
        "alike": calibration_words.alike(together.pooled),
        "correlation": calibration_words.correlation(together.pooled),
        "trend": calibration_words.trend([one.alike for one in passed.values()]),
        "rows": [
            Listed(one, one.stage(on), people[one.pk], contacts[one.pk], passed.get(one.pk), _drawn(passed.get(one.pk)))
            for one in sessions
        ],
        "questions": _questions(shown[-1].version, together.questions) if shown else [],
        "leanings": _leanings(together.leans, user, everybody=leads),
    }


def _counts(sessions: list[CalibrationSession], of: str) -> dict[int, int]:
    found = CalibrationSession.objects.filter(pk__in=[one.pk for one in sessions]).order_by()
    return dict(found.annotate(many=Count(of)).values_list("pk", "many"))


def _questions(latest: FormVersion, alike: Mapping[str, Alike]) -> list[QuestionAlike]:
    """The questions of the latest version, the least alike first."""
    wordings = {one.code: one.wording for one in latest.asks.questions}
    found = [
        QuestionAlike(wordings[code], one, calibration_words.alike_in_question(one), _alpha(one))
        for code, one in alike.items()
    ]
    return sorted(found, key=lambda one: one.order)


def _leanings(found: Mapping[int, Lean], user: User, *, everybody: bool) -> list[Leaning]:
    """By name; a participant who does not lead sees her own row alone."""
    known = User.objects.filter(pk__in=found).order_by("last_name", "username")
    return [
        Leaning(one, found[one.pk], calibration_words.lean(found[one.pk]), _lean(found[one.pk]))
        for one in known
        if everybody or one == user
    ]


def _drawn(passed: Passed | None) -> str:
    return "" if passed is None else _alpha(passed.alike)


def _alpha(found: Alike) -> str:
    if not found.is_told:
        return ""
    one = found.agreement
    return interval_bar(one.low, one.alpha, one.high, span=SPAN, target=(USABLE, GOOD))


def _lean(found: Lean) -> str:
    if not found.is_told or found.low is None or found.points is None or found.high is None:
        return ""
    return interval_bar(found.low, found.points, found.high, span=(-WIDEST, WIDEST), target=(0.0,))
