"""What do half a year of evaluations, and what befell agents, say of groups? Of what people say of themselves, once a month.

The figures of a question are worked out once for a month and kept, without anybody who is in them. Who takes back what she said
is forgotten at once; the kept figures stay until the month turns, for their moving would tell of her (docs/decisions/0043).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from floorwalker.apps.evaluations.contacts import facts
from floorwalker.apps.evaluations.grouping import members_by_own_word
from floorwalker.apps.evaluations.keeping import read_kept, written
from floorwalker.apps.evaluations.membership import members_of
from floorwalker.apps.evaluations.models import GroupFigures, GroupQuestion
from floorwalker.apps.evaluations.outcomes import read_outcomes
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.groups import Differences, GroupFound, compare_channels, compare_groups, compare_shifts
from floorwalker.insight.outcomes import Befell
from floorwalker.insight.scorecard import Period

WEEKS = timedelta(weeks=26)
DAY = timedelta(days=1)
# Raised whenever what is kept has another shape or another method.
VERSION = 1


@dataclass(frozen=True)
class Grouping:
    """One way to group agents, as the address names it."""

    code: str
    name: str
    question: GroupQuestion | None = None


@dataclass(frozen=True)
class Figures:
    """All that is told of one way to group."""

    period: Period
    differences: Differences
    outcomes: tuple[Befell, ...]


def read_figures(by: Grouping, on: date, *, outcomes: bool = True) -> Figures | None:
    """As the facts stand now; None where nobody was evaluated. outcomes: whether what befell agents is read, too."""
    snapshot = facts()
    days = snapshot.days("evaluation")
    if days is None:
        return None
    last = days[1] if by.question is None else min(days[1], on.replace(day=1) - DAY)
    period = Period(last - WEEKS + DAY, last)
    members = _members(by, period, on)
    found = _compare(snapshot, by, period, members)
    if found is None:
        return None
    return Figures(period, found, read_outcomes(snapshot, period, by.code, members) if outcomes else ())


def figures_of_month(question: GroupQuestion, on: date) -> Figures | None:
    """Those of the month of a day: as they were first worked out in it, whatever anybody has said or taken back since."""
    month = on.replace(day=1)
    kept = GroupFigures.objects.filter(question=question, month=month, version=VERSION).first()
    if kept is None:
        found = read_figures(Grouping(f"q{question.pk}", question.wording, question), on)
        body = None if found is None else written(found)
        kept, _made = GroupFigures.objects.get_or_create(
            question=question, month=month, version=VERSION, defaults={"body": body}
        )
        GroupFigures.objects.filter(question=question).exclude(pk=kept.pk).delete()
    return None if kept.body is None else read_kept(Figures, kept.body)


def keep_figures_due(on: date) -> None:
    """Keep those of the month as soon as facts of it have come, so that the month before is whole."""
    days = facts().days("segment")
    if days is not None and days[1] >= on.replace(day=1):
        for question in GroupQuestion.objects.filter(ended_at=None):
            figures_of_month(question, on)


def _members(by: Grouping, period: Period, on: date) -> Mapping[bytes, str] | None:
    """By agent the group; None where it is by her usual work."""
    if by.question is not None:
        return members_by_own_word(by.question, on)
    return None if by.code in ("channel", "shift") else members_of(by.code, period.last)


def _compare(
    snapshot: Snapshot, by: Grouping, period: Period, members: Mapping[bytes, str] | None
) -> Differences | None:
    if members is None:
        return (compare_channels if by.code == "channel" else compare_shifts)(snapshot, period)
    found = compare_groups(snapshot, period, members)
    return found if by.question is None else _with_every(by.question, found)


def _with_every(question: GroupQuestion, found: Differences | None) -> Differences | None:
    """Every answer there is to choose, whether anybody gave it or not: that, too, is nobody's to see."""
    if found is None:
        return None
    known = {one.group: one for one in found.groups}
    groups = tuple(known.get(choice, GroupFound(choice, None, None)) for choice in sorted(question.choices))
    return replace(found, groups=groups)
