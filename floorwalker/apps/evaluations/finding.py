"""What did evaluations find in a stretch of days, for this reader: what is missed most, and where do the causes lie?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Left

from floorwalker.apps.evaluations.models import FormVersion, Marking, Miss, Picked, Purpose
from floorwalker.apps.people.access import require_figures
from floorwalker.apps.people.models import Agent, Right, User
from floorwalker.apps.standards.models import CauseKind, RootCause
from floorwalker.insight.misses import Marks, Missed, Misses, count_misses

WEEKS = 13
# So many of the latest are read at once; the page says where there are more.
MOST = 5000
# What is read of each: all the rest, the answers and their words above all, would be carried along for nothing.
TOLD = ("pk", "stands_for__version", "judged_text", "contact_day", "stands_for__picked", "submitted_at")

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
    # What was judged, and the day, are read as they are written: thousands are the same, and are taken apart once.
    told = markings.annotate(
        judged_text=Cast("judged", models.TextField()),
        contact_day=Left(Cast("stands_for__contact_at", models.TextField()), len("2026-01-31")),
    )
    newest = told.order_by("-submitted_at", "-pk").values_list(*TOLD)
    rows = list(newest[: MOST + 1])
    counted = _Counted(rows[:MOST], standard)
    misses = count_misses(counted.marks(markings))
    causes = RootCause.objects.in_bulk([cause for cause, _n in misses.causes])
    return Found(first, misses, counted.wordings, counted.forms, causes, len(rows) > MOST, counted.picked)


def markings_for(user: User, on: date, first: date) -> models.QuerySet[Marking]:
    """The markings that stand; of a centre's reader those of her sites, of others those of their agents."""
    scope = require_figures(user, on)
    reached = Q()
    if scope.may(Right.SEE_FIGURES_OF_CENTRE):
        if scope.sites:
            reached = Q(stands_for__site_key__in=[bytes(site.key) for site in scope.sites])
    elif not scope.everything:
        reached = Q(stands_for__agent__in=Agent.objects.visible_to(user, on).values("pk"))
    official = Marking.objects.filter(since(first), stands_for__purpose=Purpose.OFFICIAL)
    # What was found of her own contacts and is not released to her tells her nothing from here either.
    official = official.exclude(stands_for__agent__in=user.oneself(), stands_for__released_at=None)
    return official.filter(reached)


def since(first: date) -> Q:
    """Markings handed in on that day or later, as an instant: an index knows nothing of days."""
    return Q(submitted_at__gte=datetime.combine(first, time(), UTC))


class _Counted:
    """Markings as figures: of each its misses and what was judged. There may be thousands, and a form's versions are few."""

    def __init__(self, rows: Sequence[tuple[Any, ...]], standard: int | None) -> None:
        self._rows, self._standard = rows, standard
        told = FormVersion.objects.select_related("form")
        if standard is not None:
            told = told.prefetch_related("standards")
        self._versions = told.in_bulk({version for _pk, version, *_rest in rows})
        self._days: dict[str, date] = {}
        self._codes: dict[tuple[int, str], tuple[dict[str, Code], frozenset[Code]]] = {}
        self.wordings: dict[Code, str] = {}
        self.forms = {one.form_id: one.form.name for one in self._versions.values()}
        self.picked = 0

    def marks(self, markings: models.QuerySet[Marking]) -> Iterator[Marks[Code, int]]:
        """Each of these markings that was read and judged something, the newest first."""
        missed = self._missed_in(markings)
        for marking, version, judged, day, picked, _at in self._rows:
            codes, all_codes = self._judged(version, judged)
            if codes:
                self.picked += picked != Picked.RANDOM
                found = {codes[code]: cause for code, cause in missed.get(marking, ()) if code in codes}
                yield Marks(all_codes, found, self._day(day))

    def _missed_in(self, markings: models.QuerySet[Marking]) -> Mapping[int, list[tuple[str, int]]]:
        """The questions that each missed, with their causes."""
        missed: dict[int, list[tuple[str, int]]] = {}
        if self._rows:
            # Asked of all since the oldest that was read: to list thousands of numbers takes longer than to find them.
            since_oldest = markings.filter(submitted_at__gte=self._rows[-1][-1]).values("pk")
            told = Miss.objects.filter(marking__in=since_oldest, cause__isnull=False)
            for marking, question, cause in told.values_list("marking", "question", "cause"):
                missed.setdefault(marking, []).append((question, cause))
        return missed

    def _day(self, written: str) -> date:
        """A day as the database writes it; there are few, and many contacts on each."""
        if written not in self._days:
            self._days[written] = date.fromisoformat(written)
        return self._days[written]

    def _judged(self, version: int, judged: str) -> tuple[dict[str, Code], frozenset[Code]]:
        """What of it is counted, by its code in the form, and together; markings that judged the same share one answer."""
        if (version, judged) not in self._codes:
            named = self._named(self._versions[version], json.loads(judged))
            self._codes[version, judged] = named, frozenset(named.values())
        return self._codes[version, judged]

    def _named(self, version: FormVersion, judged: Sequence[str]) -> dict[str, Code]:
        wordings = {one.code: one.wording for one in version.asks.questions}
        counted = set(wordings)
        if self._standard is not None:
            counted = {one.question for one in version.standards.all() if one.standard_id == self._standard}
        named = {code: (version.form_id, code) for code in judged if code in counted}
        for code, name in named.items():
            self.wordings.setdefault(name, wordings[code])
        return named
