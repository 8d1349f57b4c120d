"""Does the demo show how a loop is closed? Feedback, talks, objectives, cycles and huddles of the last weeks, as if lived."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from floorwalker.apps.coaching.models import Feedback
from floorwalker.apps.people.models import User
from floorwalker.facts.lake import Lake
from floorwalker.jobs.demo_cast import Cast, read_planted
from floorwalker.jobs.demo_coaching import hold_talks, hold_trainings
from floorwalker.jobs.demo_feedback import talk_about_work
from floorwalker.jobs.demo_goals import aim_together
from floorwalker.jobs.demo_huddles import talk_in_teams
from floorwalker.jobs.demo_improvement import go_round, name_processes
from floorwalker.jobs.demo_objectives import aim_high


def live_the_loop(lake: Lake, truth: Path, colleagues: list[User], *, at: datetime) -> None:
    """Let people talk, aim, try and look again, by the same actions as on the pages, once: what is there stays as it is."""
    if not Feedback.objects.exists():
        with transaction.atomic():  # all of it, or nothing: a demo that was stopped half-way is told anew
            _live(_cast(lake, truth, colleagues, at))


def _live(cast: Cast) -> None:
    processes = name_processes(cast)
    talk_about_work(cast, processes["refunds"])
    hold_trainings(cast)
    hold_talks(cast)
    aim_high(cast)
    go_round(cast, processes)
    talk_in_teams(cast)
    aim_together(cast)


def _cast(lake: Lake, truth: Path, colleagues: list[User], at: datetime) -> Cast:
    users = {user.username: user for user in User.objects.select_related("agent")}
    numbered = range(1, len(users) + 1)
    return Cast(
        lake=lake,
        manager=users["manager"],
        owner=users["owner"],
        analyst=users["analyst"],
        leaders=tuple(users[f"leader{n}"] for n in numbered if f"leader{n}" in users),
        agents=tuple(users[f"agent{n}"] for n in numbered if f"agent{n}" in users),
        colleagues=tuple(sorted(colleagues, key=lambda user: user.pk)),
        planted=read_planted(truth),
        at=at,
    )
