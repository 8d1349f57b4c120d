"""How is a standard met, how sure is that, and is it met at the cost of what it is read with?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from floorwalker.apps.people.access import team_of
from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import User
from floorwalker.apps.standards import smart
from floorwalker.apps.standards.holding import Agreed, targets_of
from floorwalker.apps.standards.models import StandardVersion
from floorwalker.apps.standards.seeing import where_of
from floorwalker.charts.render import Drawing, draw
from floorwalker.charts.trend import trend_chart
from floorwalker.insight.attainable import WEEKS
from floorwalker.insight.judgement import Target, verdict
from floorwalker.insight.scorecard import Asked, Cell, Period, Where, read_lines
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Attribution, Kpi
from floorwalker.ui import words

FEWEST_WEEKS = 2


@dataclass(frozen=True)
class Figure:
    """One figure, held against what was agreed for it."""

    kpi: Kpi
    cell: Cell
    target: Target | None

    @property
    def verdict(self) -> str:
        """Whether it is met, in words."""
        return words.verdict(verdict(self.cell.answer, self.target))

    @property
    def aim(self) -> str:
        """What it is held against; nothing where nothing was agreed."""
        return "" if self.target is None else words.bounds(self.target, self.kpi.unit)


@dataclass(frozen=True)
class Met:
    """How a standard stands over the last 13 weeks: its place's figure, the reader's own, and what it is read with."""

    period: Period
    place: Figure | None
    own: Figure | None
    counter: Figure | None
    drawing: Drawing | None


def met_by(version: StandardVersion, user: User, on: date) -> Met | None:
    """What the reader may see of it; None where it is about behaviour alone, or nothing is loaded."""
    kpi = catalogue().get(version.measure)
    if kpi is None or version.held is None:
        return None
    facts = lake().snapshot()
    period = smart.last_week(facts, kpi)
    if period is None:
        return None
    counter = catalogue().get(kpi.counter_measure or "")
    measures = (kpi.id, *([counter.id] if counter is not None else ()))
    where = where_of(smart.place_object(version), user.scope_on(on))
    own_where = _own(user, kpi)
    asked = [Asked(measures, None, one, weeks=WEEKS) for one in (where, own_where) if one is not None]
    if not asked:
        return Met(period, None, None, None, None)
    found = iter(read_lines(facts, period, asked, targets={}))
    place = None if where is None else next(found)[None].cells
    own = None if own_where is None else next(found)[None].cells
    agreed = None if counter is None else smart.counter_target(version, counter)
    beside = None if agreed is None else agreed.aim
    return Met(
        period,
        None if place is None else Figure(kpi, place[kpi.id], version.held),
        None if own is None else Figure(kpi, own[kpi.id], _own_target(user, version, on)),
        None if place is None or counter is None else Figure(counter, place[counter.id], beside),
        None if place is None else _drawn(kpi, place[kpi.id], version.held),
    )


def _own(user: User, kpi: Kpi) -> Where | None:
    if user.agent is None or kpi.attribution is Attribution.NONE:
        return None
    return {"agent": (bytes(user.agent.key),)}


def _own_target(user: User, version: StandardVersion, on: date) -> Target | None:
    """What holds for the reader herself: her own where one was agreed with her, else that of her place."""
    assert user.agent is not None
    held = targets_of(Agreed.read(Period(on, on), reader=user).of_agent(user.agent, team_of(user.agent, on)))
    return held.get(version.measure)


def _drawn(kpi: Kpi, cell: Cell, target: Target) -> Drawing | None:
    if len(cell.weeks) < FEWEST_WEEKS:
        return None
    label = words.in_language(kpi.name)
    return draw(
        lambda theme: trend_chart(cell.weeks, unit=kpi.unit, label=label, target=target.bounds, theme=theme),
        words.clock(),
    )
