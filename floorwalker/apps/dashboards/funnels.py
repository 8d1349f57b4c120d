"""What does the funnel of a measure hold: the drawing, its sentence, and the table of those whom the reader may see?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404

from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.people.access import SMALLEST_GROUP, today
from floorwalker.apps.people.models import Agent, Right, Scope, User
from floorwalker.apps.standards.seeing import of_sites
from floorwalker.charts.funnel import funnel_chart
from floorwalker.charts.render import Drawing, draw
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight import said
from floorwalker.insight.cells import compares_people
from floorwalker.insight.funnel import Funnel, Group, Point
from floorwalker.insight.unnamed import without_marks
from floorwalker.kpis.definition import Kpi
from floorwalker.ui import funnel_words, judging_words
from floorwalker.ui.signed import moved


@dataclass(frozen=True)
class Row:
    """One point as the table prints it; agent: None where it may not be named."""

    agent: Agent | None
    point: Point
    n: str
    off: str
    chance: tuple[str, str]
    place: str


@dataclass(frozen=True)
class ShownGroup:
    """People who do comparable work."""

    drawing: Drawing
    rows: tuple[Row, ...]


def sees_funnels(scope: Scope) -> bool:
    """Whether somebody may see people beside one another: all of them, or those of the teams that she leads."""
    return scope.everything or bool(scope.teams)


def read_funnel_of(facts: Snapshot, kpi: Kpi, question: Question, user: User) -> dict[str, Any]:
    """The funnel of whom the reader may see; what is usual is learnt from everybody."""
    scope = user.scope_on(today())
    if not compares_people(kpi) or not sees_funnels(scope):
        raise Http404
    where = of_sites(question.where, scope) if scope.may(Right.SEE_FIGURES_OF_CENTRE) else question.where
    found = said.funnel(facts, kpi.id, question.period, where)
    if found is None:
        return {}
    keys = [point.agent for point in found.points]
    agents = {
        bytes(agent.key): agent for agent in Agent.objects.visible_to(user, question.period.last).filter(key__in=keys)
    }
    seen, undrawn = without_marks(_seen(found, agents), SMALLEST_GROUP)
    return {
        "funnel": seen,
        "across": funnel_words.axes(kpi)[0],
        "groups": [_shown(group, kpi, agents) for group in seen.groups],
        "said": {
            "found": funnel_words.found(seen),
            "names": " ".join(filter(None, (funnel_words.names(seen), funnel_words.undrawn(undrawn)))),
            # Of people whom the reader may not see nothing is told, not even how many they are.
            "left": funnel_words.left_out(seen) if scope.everything else "",
            "capped": judging_words.capped(seen.capped),
        },
    }


def _seen(found: Funnel, agents: Iterable[bytes]) -> Funnel:
    known = set(agents)
    groups = (
        replace(group, points=tuple(point for point in group.points if point.agent in known)) for group in found.groups
    )
    return replace(found, groups=tuple(group for group in groups if group.points))


def _shown(group: Group, kpi: Kpi, agents: dict[bytes, Agent]) -> ShownGroup:
    across, upwards = funnel_words.axes(kpi)
    drawing = draw(lambda theme: funnel_chart(group, kpi, contacts=across, off=upwards, theme=theme))
    rows = [_row(point, kpi, agents) for point in group.points]
    # Nobody is ranked: by name, and whoever has none by about how many contacts.
    rows.sort(key=lambda row: (row.agent is None, row.agent.name.casefold() if row.agent else "", row.point.n))
    return ShownGroup(drawing, tuple(rows))


def _row(point: Point, kpi: Kpi, agents: dict[bytes, Agent]) -> Row:
    chance = moved(point.low, kpi.unit), moved(point.high, kpi.unit)
    agent = agents[point.agent] if point.may_be_named else None
    return Row(
        agent, point, funnel_words.contacts(point), moved(point.off, kpi.unit), chance, funnel_words.place(point)
    )
