"""After how many weeks do starters whom the reader may see do what established colleagues do? For the page and for programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404

from floorwalker.apps.dashboards.funnels import sees_funnels
from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.people.access import today
from floorwalker.apps.people.models import Right, Scope, User
from floorwalker.apps.standards.seeing import of_sites
from floorwalker.charts.competence import competence_chart, weeks_of
from floorwalker.charts.render import draw
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight import said
from floorwalker.insight.cells import compares_people
from floorwalker.insight.competence import Speed
from floorwalker.insight.scorecard import Period
from floorwalker.kpis.definition import Kpi
from floorwalker.ui import competence_words

# Starters are few: those of a year are told together.
BEGAN_WITHIN = timedelta(weeks=52)


def began_within(question: Question) -> Period:
    """Who began in the year up to the last day of the question."""
    last = question.period.last
    return Period(last - BEGAN_WITHIN + timedelta(days=1), last)


def read_speed(facts: Snapshot, kpi: Kpi, question: Question, user: User) -> Speed:
    """Of the teams that the reader leads, or of everybody where she sees everybody; what is usual is learnt from all."""
    scope = user.scope_on(today())
    if not compares_people(kpi) or not sees_funnels(scope):
        raise Http404
    where = of_sites(question.where, scope) if scope.may(Right.SEE_FIGURES_OF_CENTRE) else question.where
    return said.competence(facts, kpi.id, began_within(question), where, _teams(scope))


def _teams(scope: Scope) -> frozenset[bytes] | None:
    return None if scope.everything else frozenset(bytes(team.key) for team in scope.teams)


def shown(found: Speed) -> dict[str, Any]:
    """The drawing, its sentence, and its weeks as a table."""
    told = {"found": competence_words.found(found), "rests": competence_words.rests(found)}
    if found.found is None:
        return {"speed": found, "said": told}
    curve, (across, upwards) = found.found, competence_words.axes()
    drawing = draw(lambda theme: competence_chart(curve, week=across, waiting=upwards, theme=theme))
    return {"speed": found, "said": told, "drawing": drawing, "weeks": weeks_of(curve)}
