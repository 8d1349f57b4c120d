"""What did evaluations find in a stretch of days, for this reader: what is missed most, and where do the causes lie?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from floorwalker.apps.evaluations.models import Marking, Picked, Purpose
from floorwalker.apps.people.access import require_figures
from floorwalker.apps.people.models import Agent, Right, User
from floorwalker.apps.standards.models import CauseKind, RootCause
from floorwalker.insight.marking import find_asked, judge
from floorwalker.insight.misses import Marks, Missed, Misses, count_misses

WEEKS = 13
# So many of the latest are read at once; the page says where there are more.
MOST = 5000

# A form's question, over all its versions.
Code = tuple[int, str]


@dataclass(frozen=True)
class Found:
    """What was found: questions in the words of the latest marking, causes, and how many misses lay outside the agents.

    picked: how many of the contacts chance did not choose.
    """

    first: date
    misses: Misses[Code, int]
    wordings: Mapping[Code, str]
    forms: Mapping[int, str]
    causes: Mapping[int, RootCause]
    is_cut: bool
    picked: int = 0

    @property
    def outside(self) -> int:
        """How many misses had a cause that is not the agent's."""
        return sum(n for cause, n in self.misses.causes if self.causes[cause].kind != CauseKind.AGENT)

    @property
    def all_misses(self) -> int:
        """How many misses there were."""
        return sum(n for _cause, n in self.misses.causes)

    @property
    def rows(self) -> list[tuple[str, str, Missed[Code, int], list[tuple[RootCause, int]]]]:
        """Each question with its form, its figures and its causes."""
        return [
            (
                self.wordings[one.question],
                self.forms[one.question[0]],
                one,
                [(self.causes[cause], n) for cause, n in one.causes],
            )
            for one in self.misses.questions
        ]

    @property
    def by_cause(self) -> list[tuple[RootCause, int]]:
        """All causes, the most frequent first."""
        return [(self.causes[cause], n) for cause, n in self.misses.causes]


def found_for(user: User, on: date, *, standard: int | None = None) -> Found:
    """Official evaluations that were handed in within the last weeks, as far as the reader's figures reach.

    standard: only the questions that check this one.
    """
    first = on - timedelta(weeks=WEEKS)
    return found_in(markings_for(user, on, first), first, standard=standard)


def found_in(markings: models.QuerySet[Marking], first: date, *, standard: int | None = None) -> Found:
    """What these markings found, the newest of them where there are too many."""
    told = markings.select_related("evaluation__version__form").prefetch_related(
        "misses", "evaluation__version__standards"
    )
    rows = list(told.order_by("-submitted_at", "-pk")[: MOST + 1])
    wordings: dict[Code, str] = {}
    forms: dict[int, str] = {}
    told_of = list(_marks(rows[:MOST], standard, wordings, forms))
    counted = count_misses(marks for _marking, marks in told_of)
    causes = RootCause.objects.in_bulk([cause for cause, _n in counted.causes])
    picked = sum(marking.evaluation.picked != Picked.RANDOM for marking, _marks in told_of)
    return Found(first, counted, wordings, forms, causes, len(rows) > MOST, picked)


def markings_for(user: User, on: date, first: date) -> models.QuerySet[Marking]:
    """The markings that stand; of a centre's reader those of her sites, of others those of their agents."""
    scope = require_figures(user, on)
    reached = Q()
    if scope.may(Right.SEE_FIGURES_OF_CENTRE):
        if scope.sites:
            reached = Q(stands_for__site_key__in=[bytes(site.key) for site in scope.sites])
    elif not scope.everything:
        reached = Q(stands_for__agent__in=Agent.objects.visible_to(user, on).values("pk"))
    official = Marking.objects.filter(stands_for__purpose=Purpose.OFFICIAL, submitted_at__date__gte=first)
    # What was found of her own contacts and is not released to her tells her nothing from here either.
    official = official.exclude(stands_for__agent__in=user.oneself(), stands_for__released_at=None)
    return official.filter(reached)


def _marks(
    rows: list[Marking], standard: int | None, wordings: dict[Code, str], forms: dict[int, str]
) -> Iterator[tuple[Marking, Marks[Code, int]]]:
    for marking in rows:
        version = marking.evaluation.version
        checking = {one.question for one in version.standards.all() if one.standard_id == standard}
        answers, judged = marking.given, []
        for question in find_asked(version.asks, answers):
            if (standard is None or question.code in checking) and judge(question, answers.get(question.code)):
                judged.append((version.form_id, question.code))
                wordings.setdefault(judged[-1], question.wording)
        forms[version.form_id] = version.form.name
        if judged:
            missed = {(version.form_id, one.question): one.cause_id for one in marking.misses.all() if one.cause_id}
            day = marking.evaluation.contact_at.date()
            yield marking, Marks(judged, {code: cause for code, cause in missed.items() if code in judged}, day)
