"""Whose objectives, plans and self-assessments may this user see and change? Her own, and those of whom she coaches today."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from floorwalker.apps.coaching.models import Objective
from floorwalker.apps.people.access import only
from floorwalker.apps.people.models import Agent, User


def is_oneself(user: User, agent: Agent) -> bool:
    """Whether it is the user's own: also by a second log-in, or under a name that was found to be hers."""
    return agent.pk in user.oneself()


def find_person(user: User, agent_id: int, on: date) -> Agent:
    """Oneself, or somebody whom the user coaches; else nobody is there."""
    if agent_id in user.oneself():
        return only(Agent.objects.filter(pk=agent_id).first()).person
    return only(Agent.objects.coached_by(user, on).filter(pk=agent_id).first())


def seen_people(user: User, on: date) -> Q:
    """The same of many, by `agent` of what is asked for."""
    return Q(agent__in=user.oneself()) | Q(agent__in=Agent.objects.coached_by(user, on).values("pk"))


def find_objective(user: User, objective_id: int, on: date) -> Objective:
    """An objective of one of these; else it is not there."""
    found = Objective.objects.select_related("agent", "aim", "proposed_by", "agreed_by")
    return only(found.filter(seen_people(user, on), pk=objective_id).first())
