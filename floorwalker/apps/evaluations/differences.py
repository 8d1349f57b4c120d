"""By what can agents be grouped, and what do their evaluations say of the groups?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.group_figures import Grouping, figures_of_month, read_figures
from floorwalker.apps.evaluations.models import GroupQuestion
from floorwalker.apps.evaluations.outcomes import OutcomesShown, show_outcomes
from floorwalker.apps.people.evaluators import evaluator_names
from floorwalker.apps.people.models import Evaluator
from floorwalker.charts.small import interval_bar
from floorwalker.insight.groups import Differences, Gap, GroupFound, MarkedOtherwise
from floorwalker.insight.scorecard import Period
from floorwalker.ui import group_words, words

# The width of a row's drawing, in points to either side.
WIDEST = 15.0
OWN_WORD = "q"


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
    outcomes: OutcomesShown


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
    """Half a year of the whole centre; None without any evaluation."""
    figures = read_figures(by, on) if by.question is None else figures_of_month(by.question, on)
    if figures is None:
        return None
    found = figures.differences
    called: dict[str, Mapping[str, object]] = {"shift": group_words.shifts(), "channel": words.channel_names()}
    groups = {one.group for one in found.groups} | {one.group for one in figures.outcomes}
    names = {group: str(called.get(by.code, {}).get(group, group)) for group in groups}
    return DifferencesShown(
        figures.period,
        group_words.answer(found),
        _groups(found, names),
        _evaluators(found, names),
        show_outcomes(figures.outcomes, names),
    )


def first_to_show(choices: Sequence[Grouping], on: date) -> Grouping:
    """The first way to group in which two groups can be told of; of what people say of themselves only where asked for."""
    of_work = [one for one in choices if one.question is None]
    for one in of_work:
        found = read_figures(one, on, outcomes=False)
        if found is not None and sum(group.plain is not None for group in found.differences.groups) > 1:
            return one
    return of_work[0]


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
