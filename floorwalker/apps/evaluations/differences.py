"""By what can agents be grouped, and what do their evaluations say of the groups?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.contacts import facts
from floorwalker.apps.evaluations.grouping import members_by_own_word
from floorwalker.apps.evaluations.models import GroupQuestion
from floorwalker.apps.people.access import teams_of
from floorwalker.apps.people.evaluators import evaluator_names
from floorwalker.apps.people.models import Agent, Evaluator
from floorwalker.charts.small import interval_bar
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.groups import (
    Differences,
    Gap,
    GroupFound,
    MarkedOtherwise,
    compare_channels,
    compare_groups,
    compare_shifts,
)
from floorwalker.insight.scorecard import Period
from floorwalker.ui import group_words, words

WEEKS = timedelta(weeks=26)
DAY = timedelta(days=1)
# The width of a row's drawing, in points to either side.
WIDEST = 15.0
OWN_WORD = "q"
NEW_MONTHS, LONG_MONTHS = 6, 24


@dataclass(frozen=True)
class Grouping:
    """One way to group agents, as the address names it."""

    code: str
    name: str
    question: GroupQuestion | None = None


@dataclass(frozen=True)
class GroupRow:
    """One group with its differences, and what is said."""

    name: str
    found: GroupFound
    sentence: str
    drawing: str


@dataclass(frozen=True)
class EvaluatorRow:
    """What is said of one evaluator and one group; number: of the log-in whose contacts can be marked again."""

    name: str
    found: MarkedOtherwise
    sentence: str
    drawing: str
    number: int | None


@dataclass(frozen=True)
class DifferencesShown:
    """What the page says of one way to group."""

    period: Period
    answer: str
    groups: tuple[GroupRow, ...]
    evaluators: tuple[EvaluatorRow, ...]


def groupings() -> tuple[Grouping, ...]:
    """All ways to group agents: by their work, and by what they say of themselves."""
    of_work = (
        Grouping("site", _("Site")),
        Grouping("team", _("Team")),
        Grouping("tenure", _("Time here")),
        Grouping("channel", _("Channel")),
        Grouping("shift", _("Time of day")),
    )
    asked = GroupQuestion.objects.filter(ended_at=None)
    return of_work + tuple(Grouping(f"{OWN_WORD}{one.pk}", one.wording, one) for one in asked)


def show_differences(by: Grouping, on: date) -> DifferencesShown | None:
    """Half a year of evaluations of the whole centre; None without any.

    What people said of themselves counts by whole months alone: between two days nothing moves, so that nobody's answer
    can be seen in the difference.
    """
    snapshot = facts()
    days = snapshot.days("evaluation")
    if days is None:
        return None
    last = days[1] if by.question is None else min(days[1], on.replace(day=1) - DAY)
    period = Period(last - WEEKS + DAY, last)
    found = _compare(snapshot, by, period, on)
    if found is None:
        return None
    called: dict[str, Mapping[str, object]] = {"shift": group_words.shifts(), "channel": words.channel_names()}
    names = {one.group: str(called.get(by.code, {}).get(one.group, one.group)) for one in found.groups}
    return DifferencesShown(period, group_words.answer(found), _groups(found, names), _evaluators(found, names))


def _compare(snapshot: Snapshot, by: Grouping, period: Period, on: date) -> Differences | None:
    if by.question is not None:
        return _with_every(by.question, compare_groups(snapshot, period, members_by_own_word(by.question, on)))
    if by.code == "channel":
        return compare_channels(snapshot, period)
    if by.code == "shift":
        return compare_shifts(snapshot, period)
    return compare_groups(snapshot, period, _members(by.code, period.last))


def _with_every(question: GroupQuestion, found: Differences | None) -> Differences | None:
    """Every answer there is to choose, whether anybody gave it or not: that, too, is nobody's to see."""
    if found is None:
        return None
    known = {one.group: one for one in found.groups}
    groups = tuple(known.get(choice, GroupFound(choice, None, None)) for choice in sorted(question.choices))
    return replace(found, groups=groups)


def _members(code: str, on: date) -> Mapping[bytes, str]:
    agents = list(Agent.objects.on_the_floor().select_related("site"))
    if code == "site":
        return {bytes(one.key): str(one.site) for one in agents if one.site is not None}
    if code == "team":
        teams = teams_of(agents, on)
        return {bytes(one.key): str(teams[one.pk]) for one in agents if one.pk in teams}
    months = {bytes(one.key): one.tenure_months(on) for one in agents}
    return {key: _tenure(many) for key, many in months.items() if many is not None}


def _tenure(months: float) -> str:
    if months < NEW_MONTHS:
        return _("less than 6 months")
    return _("6 months to 2 years") if months < LONG_MONTHS else _("2 years or more")


def _groups(found: Differences, names: Mapping[str, str]) -> tuple[GroupRow, ...]:
    rows = (
        GroupRow(names[one.group], one, group_words.group(one), _drawing(one.fair, one.plain)) for one in found.groups
    )
    return tuple(sorted(rows, key=lambda row: row.name))


def _evaluators(found: Differences, names: Mapping[str, str]) -> tuple[EvaluatorRow, ...]:
    called, users = evaluator_names(), {bytes(one.key): one.user_id for one in Evaluator.objects.all()}
    rows = (
        EvaluatorRow(
            called.get(one.evaluator, ""),
            one,
            group_words.marked_otherwise(one, names[one.group]),
            _drawing(one.gap, None),
            users.get(one.evaluator),
        )
        for one in found.evaluators
    )
    return tuple(sorted(rows, key=lambda row: (row.name, row.found.group)))


def _drawing(gap: Gap | None, plain: Gap | None) -> str:
    if gap is None:
        return ""
    other = None if plain is None else plain.points
    return interval_bar(gap.low, gap.points, gap.high, span=(-WIDEST, WIDEST), target=(0.0,), other=other)
