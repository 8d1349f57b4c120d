"""Who acts in the demo, and of whom does the floor's truth tell something? The people with log-ins, and what was planted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from floorwalker.apps.people import actions
from floorwalker.apps.people.models import Agent, Role, Team, User
from floorwalker.facts.lake import Lake
from floorwalker.facts.snapshot import Snapshot

A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
MORNING = time(9, 30)
# Whoever is to be there throughout was there so long before, as far as the floor reaches.
THERE_SINCE = timedelta(weeks=14)


@dataclass(frozen=True)
class Planted:
    """One thing that is true of some people from a day on; measure: the one that shows it."""

    kind: str
    measure: str
    on: date
    agents: tuple[Agent, ...]

    def at(self, weeks: int = 0, days: int = 0) -> datetime:
        """A morning so long after that day."""
        return datetime.combine(self.on + timedelta(weeks=weeks, days=days), MORNING, UTC)


@dataclass(frozen=True)
class Cast:
    """Everybody who acts; leaders and agents: whoever reads the demo logs in as them, agent by agent one of each leader's team."""

    lake: Lake
    manager: User
    owner: User
    analyst: User
    leaders: tuple[User, ...]
    agents: tuple[User, ...]
    colleagues: tuple[User, ...]
    planted: tuple[Planted, ...]
    at: datetime

    @cached_property
    def facts(self) -> Snapshot:
        """What is known while they act."""
        return self.lake.snapshot()

    @property
    def first_day(self) -> date:
        """The first day of the floor."""
        known = self.facts.days("segment")
        return self.at.date() if known is None else known[0]

    def ago(self, days: int) -> datetime:
        """In the morning so many days before today; below nought: to come."""
        return datetime.combine(self.at.date() - timedelta(days=days), MORNING, UTC)

    def is_known(self, at: datetime) -> bool:
        """Whether the floor had been there for four whole weeks then."""
        return at.date() - 4 * A_WEEK >= self.first_day

    def mates(self, team: Team) -> list[User]:
        """Those of a team who log in, were there all the time, and are not among the agents."""
        since = max(self.first_day, self.at.date() - THERE_SINCE)
        people = settled_in(team, since, self.at.date())
        return [user for user in self.colleagues if user.agent in people and user not in self.agents]

    def of(self, kind: str, measure: str = "") -> Planted | None:
        """What was planted of that kind; None where the floor is too small or too short for it."""
        found = (one for one in self.planted if one.kind == kind and measure in ("", one.measure))
        return next(found, None)

    def user_of(self, agent: Agent) -> User:
        """Her log-in; one is made where she has none, and nobody has its password."""
        known = User.objects.filter(agent=agent).first()
        return known or actions.add_user(log_in_name(agent), Role.AGENT, by="demo", at=self.at, agent=agent)


def log_in_name(agent: Agent) -> str:
    """How somebody of the floor is called where she logs in."""
    return agent.name.casefold().replace(" ", ".")


def team_of_leader(leader: User) -> Team:
    """The team that somebody leads."""
    team = leader.grants.get().team
    assert team is not None, "a team leader leads a team"
    return team


def settled_in(team: Team, since: date, on: date) -> list[Agent]:
    """Whoever was in the team on both days, by name."""
    then = Agent.objects.in_teams([team], since).values("pk")
    return list(Agent.objects.in_teams([team], on).filter(pk__in=then, left_on=None).order_by("name"))


def read_planted(truth: Path) -> tuple[Planted, ...]:
    """What is true of people of the floor, as its source wrote it down."""
    people = {agent.name: agent for agent in Agent.objects.all()}
    found = []
    for row in json.loads(truth.read_text(encoding="utf-8"))["planted"]:
        agents = tuple(people[name] for name in row.get("agents", ()) if name in people)
        if agents:
            found.append(Planted(row["kind"], row["measure"], date.fromisoformat(row["on"]), agents))
    return tuple(found)


def take_turns(people: Sequence[User], number: int) -> User:
    """One after another, from the first again after the last."""
    return people[number % len(people)]
