"""Which actions are due for one of their planned reviews, and what is found? Looked at each night, kept once and never changed.

An action that fails tonight is told in the log and tried again the next night; it keeps no other back. One whose measure cannot be
judged at all (none of people, say, or gone) is told of once: its looks are kept as that nobody can tell.
A worker that is killed leaves what it has kept: the next one goes on with the rest.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from floorwalker.apps.coaching.asking import planned_weeks, review, unit_of
from floorwalker.apps.coaching.models import Intervention, Look
from floorwalker.apps.improvement.reviewing import complete_reviews
from floorwalker.apps.people.daily import once_a_day
from floorwalker.facts.lake import Lake
from floorwalker.facts.snapshot import Snapshot
from floorwalker.facts.tables import CONTACT
from floorwalker.insight.effect import can_be_judged, not_judged
from floorwalker.insight.planned import WEEKS, review_day
from floorwalker.insight.read_once import Read, read_once
from floorwalker.insight.reviewed import Reviewed, Verdict, as_json
from floorwalker.insight.standing import last_complete_day
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.rollouts import WhyNot
from floorwalker.ui.effect_words import told

# After the day's last loads, and before anybody reads.
NIGHT_HOUR = 2
NOBODY_LEFT = str(WhyNot.NOBODY_LEFT_TO_COMPARE)

logger = logging.getLogger(__name__)


def look_each_night(lake: Lake, stop: threading.Event) -> None:
    """Once a day, until `stop` is set; where all of it failed, again at the next look."""
    once_a_day(
        lambda at: review_effects(lake, at),
        stop,
        hour=NIGHT_HOUR,
        failed="effects will be looked at again",
        logger=logger,
    )


def review_effects(lake: Lake, at: datetime) -> int:
    """Hold the planned looks whose days are complete and that nobody kept yet; of how many actions one failed."""
    facts, read, failed = lake.snapshot(), read_once(), 0
    for intervention in _begun(at):
        try:
            for week in _due(facts, intervention, at):
                _keep(intervention, week, facts, at, read)
        except Exception as error:
            failed += 1
            logger.error(
                "the effect of intervention %d on %s will be looked at again: %s: %s",
                *(intervention.pk, intervention.measure, type(error).__name__, error),
            )
    return failed


def _begun(at: datetime) -> Iterator[Intervention]:
    """Those of which some planned look may be due; one after the other those for which the same is read."""
    first_look = at.date() - timedelta(weeks=WEEKS[0]) + timedelta(days=1)
    found = Intervention.objects.begun_by(first_look).exclude(looks__week=WEEKS[-1])
    found = found.order_by("begins_on", "measure", "pk")
    yield from found.select_related("lot", "site", "queue", "process")


def _due(facts: Snapshot, intervention: Intervention, at: datetime) -> list[int]:
    """The planned weeks whose days are complete, and that were not looked at."""
    kept = set(intervention.looks.values_list("week", flat=True))
    left = [week for week in planned_weeks(intervention) if week not in kept]
    if not left:
        return []
    named = (catalogue().get(one) for one in (intervention.measure, *intervention.guardrails))
    tables = {kpi.table.name for kpi in named if kpi is not None} or {CONTACT.name}
    complete = last_complete_day(facts, tables, at)
    if complete is None:
        return []
    over = complete + timedelta(days=1)
    return [week for week in left if review_day(intervention.begins_on, week) <= over]


def _found(intervention: Intervention, week: int, facts: Snapshot, read: Read) -> Reviewed | None:
    """What the look finds; of what cannot be judged that nobody can tell."""
    kpi = catalogue().get(intervention.measure)
    if kpi is None or not can_be_judged(kpi, unit_of(intervention)):
        return not_judged(intervention.measure, intervention.begins_on, week)
    complete = review_day(intervention.begins_on, week) - timedelta(days=1)
    found = review(facts, intervention, complete, week, read)
    if found is None and intervention.process_id is not None:
        # A process that is everybody's, everywhere: nobody is left to be held against.
        return not_judged(intervention.measure, intervention.begins_on, week, NOBODY_LEFT)
    return found


def _keep(intervention: Intervention, week: int, facts: Snapshot, at: datetime, read: Read) -> None:
    found = _found(intervention, week, facts, read)
    if found is None:
        return  # given to nobody yet
    if found.verdict is Verdict.NOT_YET:
        return  # what is kept is never changed, and this says nothing
    with transaction.atomic():
        Intervention.objects.select_for_update().get(pk=intervention.pk)
        if intervention.looks.filter(week=week).exists():
            return  # another worker has just kept it
        look = Look.objects.create(
            intervention=intervention,
            week=week,
            due_on=found.due_on,
            verdict=str(found.verdict),
            found=_kept(found, facts),
            at=at,
        )
        complete_reviews(look)
    logger.info("looked at intervention %d after %d weeks: %s", intervention.pk, week, found.verdict)


def _kept(found: Reviewed, facts: Snapshot) -> dict[str, Any]:
    """As `insight effect --json` gives it, with the state of the facts that it was worked out from."""
    read = facts.current.read_through
    state = {"facts": facts.current.sequence, "read_through": None if read is None else read.isoformat()}
    return as_json(found) | state | {"sentence": told(found)}
