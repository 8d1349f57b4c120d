"""What did evaluations find of a standard, where it holds: how often was it met, and where did the causes of misses lie?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.finding import WEEKS, found_in, markings_for, since
from floorwalker.apps.evaluations.models import EvaluationForm, Marking, Purpose, QuestionStandard
from floorwalker.apps.people.models import Agent, Queue, Right, Site, Team, User
from floorwalker.apps.standards.models import StandardVersion
from floorwalker.apps.standards.smart import place_object
from floorwalker.charts.render import Drawing, draw
from floorwalker.charts.trend import trend_chart
from floorwalker.estimate import Estimate
from floorwalker.insight.scorecard import Point
from floorwalker.ui import words
from floorwalker.ui.parts import Part

PLACE = 20
FEWEST_WEEKS = 2


def parts(version: StandardVersion, user: User, on: date) -> Iterator[Part]:
    """Which questions check it, and what came of them: at its place, for whoever sees figures of others; else one's own."""
    if not version.is_published:
        return
    first, scope = on - timedelta(weeks=WEEKS), user.scope_on(on)
    if scope.may(Right.SEE_FIGURES_OF_AGENTS) or scope.may(Right.SEE_FIGURES_OF_CENTRE):
        markings, is_own = markings_for(user, on, first).filter(_at_its_place(version, on)), False
    else:
        markings, is_own = _own(user, first), True
    found = found_in(markings, first, standard=version.standard_id)
    yield Part(
        PLACE,
        "evaluations/_of_standard.html",
        {
            "checks": _checks(version),
            "found": found,
            "is_own": is_own,
            "standard": version.standard,
            "drawing": None if is_own else _drawn(found.misses.weeks),
        },
    )


def _checks(standard: StandardVersion) -> list[tuple[EvaluationForm, str]]:
    """Each question that checks it, of the forms as they are now, with its form."""
    forms = EvaluationForm.objects.in_use().prefetch_related("versions")
    current = [version.pk for version in (form.published for form in forms) if version is not None]
    asked = QuestionStandard.objects.filter(standard=standard.standard_id, version__in=current)
    found = []
    for one in asked.select_related("version__form").order_by("version__form__name", "question"):
        wordings = {question.code: question.wording for question in one.version.asks.questions}
        if one.question in wordings:
            found.append((one.version.form, wordings[one.question]))
    return found


def _own(user: User, first: date) -> QuerySet[Marking]:
    """The reader's own, once she has asked for the marks: before, she may still mark the contact herself without them."""
    official = Marking.objects.filter(since(first), stands_for__purpose=Purpose.OFFICIAL)
    return official.filter(stands_for__agent=user.agent_id, stands_for__seen_at__isnull=False)


def _at_its_place(version: StandardVersion, on: date) -> Q:
    """Evaluations of what the standard is for: of a team, of those who belong to it today."""
    found = Q()
    match place_object(version):
        case Site() as site:
            found = Q(stands_for__site_key=bytes(site.key))
        case Team() as team:
            found = _of_teams([team.pk], on)
        case Queue() as queue:
            keys = [bytes(key) for key in queue.identities.values_list("key", flat=True)]
            found = Q(stands_for__queue_key__in=keys)
        case str() as channel:
            found = Q(stands_for__channel=channel)
    named = [team.pk for team in version.concerns.all()]
    return found & _of_teams(named, on) if named else found


def _of_teams(teams: Sequence[int], on: date) -> Q:
    branch = Team.objects.filter(pk__in=teams).with_descendants()
    return Q(stands_for__agent__in=Agent.objects.in_teams(branch, on).values("pk"))


def _drawn(weeks: Sequence[Point]) -> Drawing | None:
    if sum(isinstance(one.answer, Estimate) for one in weeks) < FEWEST_WEEKS:
        return None
    label = _("Evaluated as met")
    return draw(lambda theme: trend_chart(weeks, unit="share", label=label, target=(), theme=theme), words.clock())
