"""What did the nights before this one find of what was done? Looks that are kept; those of this night are the product's to hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bench.kept_rows import keep
from floorwalker.apps.coaching.asking import review
from floorwalker.apps.coaching.models import Intervention, Look
from floorwalker.insight.planned import WEEKS, review_day
from floorwalker.insight.reviewed import as_json
from floorwalker.insight.standing import last_complete_day
from floorwalker.ui.effect_words import told

if TYPE_CHECKING:
    from floorwalker.facts.snapshot import Snapshot


def fill_looks(facts: Snapshot, now: datetime) -> None:
    """Every look whose days were over a night ago, as one action was really found in each of its weeks."""
    complete = last_complete_day(facts, {"contact"}, now)
    if complete is None:
        raise SystemExit("bench: the floor has no complete day")
    begun = list(Intervention.objects.order_by("begins_on"))
    over = [one for one in begun if review_day(one.begins_on, WEEKS[-1]) <= complete]
    like = {week: _found(facts, over[-1], week) for week in WEEKS}
    keep(Look, (one for intervention in begun for one in _looks(intervention, like, complete)))


def _found(facts: Snapshot, intervention: Intervention, week: int) -> tuple[str, dict[str, Any]]:
    found = review(facts, intervention, review_day(intervention.begins_on, week) - timedelta(days=1), week)
    if found is None:
        raise SystemExit("bench: the action was given to nobody")
    return str(found.verdict), as_json(found) | {"sentence": told(found)}


def _looks(intervention: Intervention, like: dict[int, tuple[str, dict[str, Any]]], complete: Any) -> Iterator[Look]:
    """Those due by the day before the last complete one."""
    for week, (verdict, found) in like.items():
        due = review_day(intervention.begins_on, week)
        if due <= complete:
            at = datetime.combine(due, datetime.min.time(), tzinfo=intervention.decided_at.tzinfo)
            yield Look(intervention=intervention, week=week, due_on=due, verdict=verdict, found=found, at=at)
