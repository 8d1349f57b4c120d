"""What does a page show of an objective: its sentence, its fan with a table, what must not get worse, and what was said on the way?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from floorwalker.apps.coaching import objective_words
from floorwalker.apps.coaching.checking import SHOWN, cost_found, latest
from floorwalker.apps.coaching.models import Objective, ObjectiveState
from floorwalker.charts.fan import fan_chart, fan_rows
from floorwalker.charts.render import Drawing, draw
from floorwalker.insight.frozen import Frozen
from floorwalker.insight.frozen import from_json as figure_from_json
from floorwalker.insight.kept_objective import Kept, from_json
from floorwalker.insight.person_level import Dated, Seen
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi
from floorwalker.ui import words

TOLD_AT_THE_END = (ObjectiveState.REACHED, ObjectiveState.AT_A_COST, ObjectiveState.NOT_REACHED)


@dataclass(frozen=True)
class Fan:
    """A fan, light and dark, with the rows of its table."""

    drawing: Drawing
    rows: list[tuple[date, float | None, float | None, float | None, int | None]]


@dataclass(frozen=True)
class Shown:
    """One objective as a page shows it, as it stood at the last look."""

    objective: Objective
    kpi: Kpi
    counter: Kpi | None
    kept: Kept

    @property
    def is_agreed(self) -> bool:
        """Whether it is being worked for."""
        return self.objective.state == ObjectiveState.AGREED

    @property
    def sentence(self) -> str:
        """The answer to whether it will be reached."""
        if self.objective.state == ObjectiveState.PROPOSED:
            begun = from_json(self.objective.baseline)
            return objective_words.proposed(self.kpi, begun.now.value, begun.standing, self.objective.due_on)
        return objective_words.pace(self.kpi, self.kept.standing, self.objective.due_on)

    @property
    def because(self) -> str:
        """Why it is over, where somebody said so, or nobody said anything."""
        said = self.objective.closed_because
        return _(said) if said and self.objective.state == ObjectiveState.LAPSED else said

    @property
    def end(self) -> list[str]:
        """By what it ended, and what that cost; nothing while it goes on, or where it ended otherwise."""
        if self.objective.state not in TOLD_AT_THE_END or self.kept.reading is None:
            return []
        days = int(self.objective.forecast["reading_days"])
        said = list(objective_words.ended(self.kpi, self.objective.target, self.kept.reading, days))
        if self.counter is not None:
            found = cost_found(self.objective)
            answer = None if found is None else found.answer
            said.append(objective_words.cost(self.counter, self.objective.counter_limit, answer))
        return said

    @property
    def progress(self) -> str:
        """What the chance asks for."""
        return objective_words.progress(self.kept.standing.state)

    @property
    def target(self) -> str:
        """The side from which it is reached."""
        return objective_words.aimed_at(self.kpi, self.objective.target)

    @property
    def chance(self) -> str:
        """Of reaching it, at the last look."""
        return objective_words.chance(self.kept.standing.probability)

    @property
    def assumed(self) -> str:
        """What the action is taken to do."""
        return objective_words.assumed(self.objective)

    @property
    def read_how(self) -> str:
        """How the figure is read on the day."""
        days = int(self.objective.forecast["reading_days"])
        return objective_words.read_how(self.kpi, days, self.objective.volume)

    @property
    def guard(self) -> Frozen | None:
        """The figure of the counter-measure when it was proposed."""
        found = self.objective.baseline.get("counter")
        return None if found is None else figure_from_json(found)

    @property
    def fan(self) -> Fan:
        """What was seen since twelve weeks before it was proposed, and what is to come."""
        since = self.objective.from_day - SHOWN
        return draw_fan(self.kpi, _since(self.kept.history, since), self.kept.standing.fan, self.objective)

    @property
    def looks(self) -> Iterator[tuple[object, str]]:
        """Every look that was taken, the latest first, with its chance in words."""
        taken = [one for one in self.objective.check_ins.all() if one.at is not None]
        for one in sorted(taken, key=lambda one: (one.at, one.pk), reverse=True):
            yield one, "" if one.chance is None else objective_words.chance(one.chance)

    @property
    def planned(self) -> list[date]:
        """The days on which it is still to be looked at."""
        return [one.due_on for one in self.objective.check_ins.all() if one.at is None]


def show(objective: Objective) -> Shown:
    """As it stood at the last look."""
    known = catalogue()
    counter = known.get(objective.counter_measure)
    return Shown(objective, known[objective.measure], counter, latest(objective))


def draw_fan(kpi: Kpi, seen: Sequence[Seen], fan: Sequence[Dated], aim: Objective) -> Fan:
    """The picture and its table."""
    drawing = draw(
        lambda theme: fan_chart(
            *(seen, fan, kpi), label=words.in_language(kpi.name), target=aim.target, stretch=aim.stretch, theme=theme
        ),
        words.clock(),
    )
    return Fan(drawing, fan_rows(seen, fan))


def _since(seen: Sequence[Seen], first: date) -> tuple[Seen, ...]:
    return tuple(one for one in seen if one.last > first)
