"""Whose objectives, plans and self-assessments may this user see and change? Her own, and those of whom she coaches today."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from floorwalker.apps.coaching.models import Objective
from floorwalker.apps.people.access import only
from floorwalker.apps.people.models import Agent, User


def is_oneself(user: User, agent: Agent) -> bool:
    """Whether it is the user's own: hers, or of whoever she was found to be the same as."""
    return user.agent_id == agent.pk or agent.pk in user.oneself()


def find_person(user: User, agent_id: int, on: date) -> Agent:
    """Oneself, or somebody whom the user coaches; else nobody is there."""
    if user.agent is not None and user.agent_id == agent_id:
        return user.agent
    coached = Agent.objects.coached_by(user, on).filter(pk=agent_id).first()
    if coached is None and agent_id in user.oneself():
        return Agent.objects.get(pk=agent_id)
    return only(coached)


def seen_people(user: User, on: date) -> Q:
    """The same of many, by `agent` of what is asked for."""
    own = Q(agent__in=user.oneself())
    return own | Q(agent__in=Agent.objects.coached_by(user, on).values("pk"))


def find_objective(user: User, objective_id: int, on: date) -> Objective:
    """An objective of one of these; else it is not there."""
    found = Objective.objects.filter(agent__isnull=False).select_related("agent", "aim", "proposed_by", "agreed_by")
    return only(found.filter(seen_people(user, on), pk=objective_id).first())
