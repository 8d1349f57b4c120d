"""What have actions closed of the gaps that they were for? Of each action its last review, and of what overlapped one alone.

The gap is kept when an action is decided: what was known only later would make those look good that were chosen on bad luck.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from floorwalker.apps.coaching.models import ActionKind, Intervention, Look
from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Agent
from floorwalker.insight.kept_gaps import read_kept_gaps_of
from floorwalker.insight.learning import Learning, Past, Tried, as_json, from_json, gap_before, past_of
from floorwalker.insight.planned import ONLY_WEEK, WEEKS
from floorwalker.insight.reviewed import from_json as review_of

# What helped longer ago may have been another centre.
REMEMBERED = timedelta(days=3 * 365)
# More of them tell nothing more, and whoever opens a page does not wait for them.
MOST_LOOKS = 4000
OF_PROCESSES = frozenset({ActionKind.PROCESS, ActionKind.SYSTEM, ActionKind.STANDARD})


def known_gap(people: Iterable[Agent], measure: str) -> dict[str, Any] | None:
    """The gap of these people as it was said last, to be kept with what is decided about it; None where nothing was said."""
    before = gap_before(read_kept_gaps_of(lake().snapshot(), measure), [bytes(one.key) for one in people])
    return None if before is None else as_json(before)


def learn_from_past(on: date) -> Learning:
    """What is known by that day: of every action that was reviewed to its end, or broken off, whatever the review said."""
    looks = Look.objects.aggregate(count=Count("pk"), last=Max("pk"))
    broken_off = Intervention.objects.exclude(cancelled_at=None).count()
    return learnt_by(on, looks["count"], looks["last"], broken_off)


@lru_cache(maxsize=4)
def learnt_by(on: date, *_state: int | None) -> Learning:
    """Worked out once for each state: looks are kept at night and never changed, and pages ask all day."""
    known = finished_looks(on).filter(intervention__before__isnull=False)
    newest = known.order_by("-intervention__begins_on", "-intervention")[:MOST_LOOKS]
    found = (_past(one, look) for one, look in _once(_last_of_each(newest)))
    return Learning(tuple(one for one in found if one is not None))


def finished_looks(on: date) -> QuerySet[Look]:
    """The last planned looks. Of what was broken off every one: else all would be learnt from what went well."""
    ended = Q(week=WEEKS[-1]) | Q(week=ONLY_WEEK, intervention__lot__isnull=False)
    looks = Look.objects.filter(ended | Q(intervention__cancelled_at__isnull=False), due_on__lte=on)
    recent = looks.filter(intervention__begins_on__gte=on - REMEMBERED).select_related("intervention")
    return recent.prefetch_related("intervention__treated", "intervention__rolled_out")


def finished_actions(on: date) -> Iterator[tuple[Intervention, Look]]:
    """Each action that was looked at to its end, with its last look, without what that found."""
    return _last_of_each(finished_looks(on).defer("found"))


def _last_of_each(looks: Iterable[Look]) -> Iterator[tuple[Intervention, Look]]:
    """The last look of each action; the action first that began first."""
    in_order = sorted(looks, key=lambda one: (one.week, one.at, one.pk))
    last = {look.intervention_id: look for look in in_order}
    for look in sorted(last.values(), key=lambda one: (one.intervention.begins_on, one.intervention_id)):
        yield look.intervention, look


def tried_of(kind: str, *, of_team: bool) -> Tried:
    """As what an action counts: of how work is done, of a whole team, or of people as it is called."""
    if kind in OF_PROCESSES:
        return Tried.PROCESS
    return Tried.TEAM if of_team else Tried(kind)


def _once(found: Iterable[tuple[Intervention, Look]]) -> Iterator[tuple[Intervention, Look]]:
    """Of what reached the same people, team or place for the same measure before the first was over, the first alone."""
    taken: dict[tuple[str, str, int], date] = {}
    for one, look in found:
        reached = [(one.measure, name, number) for name, number in _reached(one)]
        if not any(one.begins_on < taken.get(key, date.min) for key in reached):
            taken |= dict.fromkeys(reached, one.begins_on + timedelta(weeks=WEEKS[-1]))
            yield one, look


def _reached(one: Intervention) -> Iterator[tuple[str, int]]:
    yield from (("agent", row.agent_id) for row in one.treated.all())
    yield from (("team", row.team_id) for row in one.rolled_out.all())
    for name, number in (("site", one.site_id), ("queue", one.queue_id), ("process", one.process_id)):
        if number is not None:
            yield name, number


def _past(one: Intervention, look: Look) -> Past | None:
    assert one.before is not None, "of an action without a known gap nothing is learnt"
    tried = tried_of(one.kind, of_team=bool(one.rolled_out.all()))
    return past_of(tried, from_json(one.before), review_of(look.found))
