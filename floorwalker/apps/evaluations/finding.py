"""What did evaluations find in a stretch of days, for this reader: what is missed most, and where do the causes lie?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

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
TOLD = ("pk", "submitted_at", "stands_for__version", "judged_text", "contact_day")
# What of so many markings was read is known to the process: what somebody handed in never changes.
MOST_KNOWN = 4 * MOST

# A form's question, over all its versions.
Code = tuple[int, str]
# A marking by its number and instant; and of it the version of the form, what was judged as it is written, the day of its contact,
# and the questions that were missed with their causes.
Key = tuple[int, datetime | None]
Told = tuple[int, str, date, tuple[tuple[str, int], ...]]
_known: dict[Key, Told] = {}


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
    newest = markings.order_by("-submitted_at", "-pk").values_list("pk", "submitted_at", "stands_for__picked")
    rows = list(newest[: MOST + 1])
    read = [((number, at), picked) for number, at, picked in rows[:MOST]]
    counted = _Counted(_told(markings, [key for key, _picked in read]), dict(read), standard)
    misses = count_misses(counted.marks())
    causes = RootCause.objects.in_bulk([cause for cause, _n in misses.causes])
    return Found(first, misses, counted.wordings, counted.forms, causes, len(rows) > MOST, counted.picked)


def _told(markings: models.QuerySet[Marking], keys: Sequence[Key]) -> dict[Key, Told]:
    """What each of these markings tells, the newest first; those that this process has not read yet are read."""
    found = {key: _known.get(key) for key in keys}
    unknown = [key for key, told in found.items() if told is None]
    if unknown:
        # Asked of all between the first and the last of them: to list thousands of numbers takes longer than to find them.
        new = _read(markings.filter(submitted_at__range=(unknown[-1][1], unknown[0][1])))
        found |= {key: new.get(key) for key in unknown}
        if len(_known) + len(new) > MOST_KNOWN:
            _known.clear()
        _known.update(new)
    return {key: told for key, told in found.items() if told is not None}


def _read(markings: models.QuerySet[Marking]) -> dict[Key, Told]:
    missed: dict[int, list[tuple[str, int]]] = {}
    misses = Miss.objects.filter(marking__in=markings.order_by().values("pk"), cause__isnull=False).order_by()
    for marking, question, cause in misses.values_list("marking", "question", "cause"):
        missed.setdefault(marking, []).append((question, cause))
    # What was judged, and the day, are read as they are written: thousands are the same, and are taken apart once.
    told = markings.order_by().annotate(
        judged_text=Cast("judged", models.TextField()),
        contact_day=Left(Cast("stands_for__contact_at", models.TextField()), len("2026-01-31")),
    )
    return {
        (number, at): (version, sys.intern(judged), _day(day), tuple(missed.get(number, ())))
        for number, at, version, judged, day in told.values_list(*TOLD)
    }


@cache
def _day(written: str) -> date:
    """A day as the database writes it; there are few, and many contacts on each."""
    return date.fromisoformat(written)


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
    """Markings as figures: of each its misses and what was judged. There may be thousands, and a form's versions are few.

    ways: how each was found. picked: of how many that judged something chance did not choose the contact.
    """

    def __init__(self, told: Mapping[Key, Told], ways: Mapping[Key, str], standard: int | None) -> None:
        self._told, self._ways, self._standard = told, ways, standard
        versions = FormVersion.objects.select_related("form")
        if standard is not None:
            versions = versions.prefetch_related("standards")
        self._versions = versions.in_bulk({version for version, *_rest in told.values()})
        self._codes: dict[tuple[int, str], tuple[dict[str, Code], frozenset[Code]]] = {}
        self.wordings: dict[Code, str] = {}
        self.forms = {one.form_id: one.form.name for one in self._versions.values()}
        self.picked = 0

    def marks(self) -> Iterator[Marks[Code, int]]:
        """Each of these markings that judged something, the newest first."""
        for key, (version, judged, day, missed) in self._told.items():
            codes, all_codes = self._judged(version, judged)
            if codes:
                self.picked += self._ways[key] != Picked.RANDOM
                yield Marks(all_codes, {codes[code]: cause for code, cause in missed if code in codes}, day)

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
