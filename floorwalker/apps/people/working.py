"""What was agreed with each person about hours, and in how many systems does she log in?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from floorwalker.apps.people.models import Agent, Identity, WorkingPattern
from floorwalker.insight.scorecard import Period
from floorwalker.insight.workload import Pattern, Worker


def workers(agents: Iterable[Agent], period: Period) -> list[Worker]:
    """For each agent what `insight` must know to lay hours logged in beside hours agreed; two questions in all."""
    known = list(agents)
    patterns: defaultdict[int, list[Pattern]] = defaultdict(list)
    for row in WorkingPattern.objects.filter(agent__in=known).order_by("-pk"):
        patterns[row.agent_id].append(Pattern(row.minutes, row.from_day, row.to_day))
    systems = _systems(known, period.first, period.last)
    return [
        Worker(
            bytes(agent.key), tuple(patterns[agent.pk]), agent.started_on, agent.left_on, max(1, len(systems[agent.pk]))
        )
        for agent in known
    ]


def _systems(agents: list[Agent], first: date, last: date) -> defaultdict[int | None, set[tuple[str, str]]]:
    """By agent, the systems that knew her in these days: whoever is logged in to two at once would be counted twice."""
    found: defaultdict[int | None, set[tuple[str, str]]] = defaultdict(set)
    rows = Identity.objects.filter(agent__in=agents, first_day__lte=last, last_day__gte=first)
    for agent, source, origin in rows.values_list("agent", "source", "origin"):
        found[agent].add((source, origin))
    return found
