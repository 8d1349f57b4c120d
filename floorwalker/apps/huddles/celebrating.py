"""Which personal bests beyond chance are there: for oneself, and for whoever leads her as an occasion to say thank you?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Agent, User
from floorwalker.insight.best import Best, read_bests
from floorwalker.ui import words

# Of so many people a leader is told at once.
MOST_PEOPLE = 60


@dataclass(frozen=True)
class Occasion:
    """A best with whose it is."""

    agent: Agent
    best: Best

    @property
    def said(self) -> str:
        """The figure with its range, and what it beats."""
        unit, best = self.best.kpi.unit, self.best
        told = {
            "measure": words.in_language(best.kpi.name),
            "figure": words.figure(best.now.value, unit),
            "low": words.figure(best.now.low, unit),
            "high": words.figure(best.now.high, unit),
            "n": best.now.n,
            "day": words.day(best.period.last),
            "before": words.figure(best.before.value, unit),
        }
        figure = (
            _("%(measure)s: %(figure)s (likely %(low)s to %(high)s, from %(n)d) in the four weeks to %(day)s.") % told
        )
        beaten = ngettext(
            "Better than in each %(blocks)d block of four weeks before, by more than chance; the best of them was %(before)s.",
            "Better than in each of the %(blocks)d blocks of four weeks before, by more than chance; the best of them was %(before)s.",
            best.blocks,
        ) % {"blocks": best.blocks, "before": told["before"]}
        return f"{figure} {beaten}"


def own_occasions(user: User, at: datetime) -> list[Occasion]:
    """The reader's own."""
    return [] if user.agent is None else _occasions([user.agent.person], at)


def occasions_to_thank(user: User, at: datetime) -> list[Occasion]:
    """Those of people whom the reader coaches."""
    people = Agent.objects.coached_by(user, at.date()).on_the_floor()[:MOST_PEOPLE]
    return _occasions(list(people), at)


def _occasions(people: list[Agent], at: datetime) -> list[Occasion]:
    keys = {key: bytes(agent.key) for agent in people for key in agent.keys_of_person()}
    by_key = {bytes(agent.key): agent for agent in people}
    return [Occasion(by_key[one.agent], one) for one in read_bests(lake().snapshot(), keys, at)]
