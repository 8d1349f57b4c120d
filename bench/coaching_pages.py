"""Who opens which pages of a year of feedback, coaching, objectives and huddles? Cookies, addresses and how much there is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def rows() -> str:
    """How much there is of what."""
    from floorwalker.apps.coaching.models import CoachingSession, Feedback, Look, Objective
    from floorwalker.apps.huddles.models import Meeting

    counted = {
        "feedback": Feedback,
        "sessions": CoachingSession,
        "objectives": Objective,
        "looks": Look,
        "huddles": Meeting,
    }
    return ", ".join(f"{model._default_manager.count():,} {name}" for name, model in counted.items())


def sessions() -> dict[str, str]:
    """The cookie of somebody of each role who has logged in."""
    from django.test import Client

    from floorwalker.apps.people.models import User

    found = {}
    for username in ("leader1", "agent1", "manager"):
        client = Client()
        client.force_login(User.objects.get(username=username))
        found[username] = client.cookies["sessionid"].value
    return found


def addresses() -> dict[str, dict[str, str]]:
    """By who opens it and what it is: the pages of a year of feedback, coaching, objectives and huddles."""
    from floorwalker.apps.coaching.models import CoachingSession, Matter, Objective
    from floorwalker.apps.huddles.models import Meeting
    from floorwalker.apps.people.models import Agent, Team, User

    own = User.objects.get(username="agent1").agent
    team = Team.objects.all()[0]
    led = Agent.objects.in_teams([team], datetime.now(UTC).date())[0]
    talk = CoachingSession.objects.filter(participants__agent=led)[0].pk
    aim = Objective.objects.filter(agent=led)[0].pk
    huddle = Meeting.objects.filter(team=team)[0].pk
    matter = Matter.objects.filter(agent=led)[0].pk
    mine: Any = Objective.objects.filter(agent=own).values_list("pk", flat=True)[0]
    return {
        "leader1": {
            "Home of a leader": "/",
            "Coaching": "/coaching/",
            "A session": f"/coaching/sessions/{talk}/",
            "Feedback of one of hers": f"/agents/{led.pk}/feedback/",
            "One matter": f"/feedback/matters/{matter}/",
            "Feedback of her team": f"/teams/{team.pk}/feedback/",
            "Objectives of one of hers": f"/agents/{led.pk}/objectives/",
            "An objective": f"/objectives/{aim}/",
            "A development plan": f"/agents/{led.pk}/development/",
            "Performance reviews": f"/agents/{led.pk}/reviews/",
            "Huddles of her team": f"/teams/{team.pk}/huddles/",
            "A huddle": f"/huddles/{huddle}/",
            "Thanks of her team": f"/teams/{team.pk}/thanks/",
        },
        "agent1": {
            "Home of an agent": "/",
            "Her feedback": "/feedback/",
            "Her coaching": "/coaching/mine/",
            "Her objectives": "/objectives/",
            "Her objective": f"/objectives/{mine}/",
            "Her thanks": "/thanks/",
        },
        "manager": {
            "Home of a manager": "/",
            "Coaching of the centre": "/coaching/",
            "Huddles of the centre": "/huddles/",
            "What first": "/priorities/",
            "Improvement": "/improvement/",
        },
    }
