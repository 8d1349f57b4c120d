"""Does what others took up help them? Whoever takes something up within four weeks is one wave, whose effect is looked at like any.

A wave is an intervention like coaching: with its planned reviews, and what came back by itself taken off. Of fewer than five
people nothing is told: it would be told of each of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from floorwalker.apps.coaching.guarding import guardrails_of
from floorwalker.apps.coaching.learning import known_gap
from floorwalker.apps.coaching.models import ActionKind, Intervention, Treated
from floorwalker.apps.huddles.models import Practice, TakenUp
from floorwalker.apps.people.models import Agent, User
from floorwalker.insight.cells import compares_people
from floorwalker.insight.reviewed import from_json
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Better
from floorwalker.ui import effect_words

WAVE = timedelta(weeks=4)
LEAST_TOLD = 5


@dataclass(frozen=True)
class Wave:
    """Those who took something up together: how many, since when; sentence: what the newest planned look found."""

    people: int
    since: date
    sentence: str

    @property
    def is_told(self) -> bool:
        """Whether they are enough for nobody to be told from it."""
        return self.people >= LEAST_TOLD


def join_wave(practice: Practice, agent: Agent, by: User, at: datetime) -> Intervention | None:
    """The wave of that day, with her in it; None where the practice is to move nothing by which people are judged."""
    kpi = catalogue().get(practice.measure)
    if kpi is None or kpi.better is Better.CONTEXT or not compares_people(kpi):
        return None
    last = Intervention.objects.filter(taken_up__practice=practice, begins_on__gt=at.date() - WAVE).last()
    wave = last or Intervention.objects.create(
        kind=ActionKind.PEER_SUPPORT,
        measure=practice.measure,
        guardrails=guardrails_of(practice.measure),
        begins_on=at.date(),
        decided_at=at,
        decided_by=by,
        because=practice.title,
    )
    Treated.objects.get_or_create(intervention=wave, agent=agent, defaults={"from_day": at.date()})
    wave.before = known_gap([one.agent for one in wave.treated.select_related("agent")], practice.measure)
    wave.save(update_fields=["before"])
    return wave


def waves_of(practice: Practice) -> Iterator[Wave]:
    """Those who took it up, the newest wave first."""
    found = Intervention.objects.filter(pk__in=TakenUp.objects.filter(practice=practice).values("intervention"))
    for one in found.prefetch_related("treated", "looks").order_by("-begins_on", "-pk"):
        people = len(one.treated.all())
        look = max(one.looks.all(), key=lambda look: (look.week, look.at), default=None)
        is_told = look is not None and people >= LEAST_TOLD
        yield Wave(people, one.begins_on, effect_words.told(from_json(look.found)) if look and is_told else "")
