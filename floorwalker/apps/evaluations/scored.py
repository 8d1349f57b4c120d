"""What is left of agents' scores when it is taken out who marked them, and on which work?

Of what was released to them: nobody reads from a mean what was found and she was not told yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from floorwalker.apps.evaluations.contacts import facts
from floorwalker.apps.people.models import Agent, User
from floorwalker.charts.small import interval_bar
from floorwalker.insight.evaluated import last_weeks
from floorwalker.insight.evaluators import AgentFound, Panel, judge_evaluators
from floorwalker.insight.scorecard import Period
from floorwalker.ui import evaluator_words


@dataclass(frozen=True)
class Scored:
    """One agent's score as it is and with all that is not hers taken out; drawing: its range between the widest of all."""

    agent: Agent
    found: AgentFound
    drawing: str


@dataclass(frozen=True)
class ScoreShown:
    """The page of one agent; scored: None where no evaluation counts; sentence: what it says, and what it cannot."""

    period: Period
    scored: Scored | None
    sentence: str


@dataclass(frozen=True)
class ScoresShown:
    """The list; needed: how many evaluations of one agent would tell agents apart."""

    period: Period
    scored: list[Scored]
    needed: str


def show_score(agent: Agent, weeks: int) -> ScoreShown | None:
    """One agent's; None where nobody was evaluated."""
    judged = _judged(weeks)
    if judged is None:
        return None
    period, panel = judged
    scored = next(iter(_scored(panel, [agent])), None)
    return ScoreShown(period, scored, "" if scored is None else evaluator_words.agent(scored.found, panel))


def show_scores(user: User, weeks: int, on: date) -> ScoresShown | None:
    """Those whom the reader may see, by name, and not herself among them; None where nobody was evaluated."""
    judged = _judged(weeks)
    if judged is None:
        return None
    period, panel = judged
    agents = Agent.objects.visible_to(user, on).exclude(pk__in=user.oneself()).order_by("name")
    return ScoresShown(period, _scored(panel, agents), evaluator_words.needed(panel))


def _judged(weeks: int) -> tuple[Period, Panel] | None:
    """The last weeks of which there are evaluations."""
    snapshot = facts()
    period = last_weeks(snapshot, weeks)
    if period is None:
        return None
    panel = judge_evaluators(snapshot, period, {}, shown=True)
    return None if panel is None else (period, panel)


def _scored(panel: Panel, agents: Iterable[Agent]) -> list[Scored]:
    found = {one.key: one for one in panel.agents}
    span = (min((one.low for one in panel.agents), default=0.0), max((one.high for one in panel.agents), default=100.0))
    return [
        Scored(agent, found[bytes(agent.key)], _drawing(found[bytes(agent.key)], span))
        for agent in agents
        if bytes(agent.key) in found
    ]


def _drawing(one: AgentFound, span: tuple[float, float]) -> str:
    return interval_bar(one.low, one.adjusted, one.high, span=span, target=(), other=one.raw)
