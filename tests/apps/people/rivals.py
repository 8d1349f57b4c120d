"""Several processes move one agent at once: `python -m tests.apps.people.rivals NUMBER` is one of them.

Each moves the agent into a team of its own, day after day, all on the same days; FLOORWALKER_HOME names the installation.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime, timedelta

from floorwalker.config import Config
from floorwalker.web.prepare import prepare

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MOVES = 40
START_SECONDS = 60


def set_up(teams: int) -> None:
    """One agent, one user who moves, and a team for each rival."""
    from floorwalker.apps.people import actions
    from floorwalker.apps.people.models import Agent, Team

    actions.add_user("boss", "operations_manager", by="test", at=NOW)
    Agent.objects.create(name="Wren", key=b"a" * 16)
    for number in range(teams):
        Team.objects.create(name=f"Team {number}", key=bytes([number]) * 16)


def start_together(number: int, rivals: int) -> None:
    """Wait until every rival has come this far."""
    home = Config.from_environment().home
    (home / f"ready-{number}").touch()
    deadline = time.monotonic() + START_SECONDS
    while len(list(home.glob("ready-*"))) < rivals:
        assert time.monotonic() < deadline, "a rival did not come"
        time.sleep(0.001)


def move(number: int) -> None:
    """Move the agent into this rival's team, on one day after another."""
    from floorwalker.apps.people import actions
    from floorwalker.apps.people.models import Agent, Team, User

    agent, boss = Agent.objects.get(name="Wren"), User.objects.get(username="boss")
    team = Team.objects.get(name=f"Team {number}")
    start_together(number, Team.objects.count())
    for day in range(MOVES):
        actions.join_team(agent, team, on=date(2026, 1, 1) + timedelta(days=day), by=boss, at=NOW)


def main() -> None:
    """Set up the stage (`set-up TEAMS`), move (`move NUMBER`), or say what came of it (`tell`)."""
    prepare(Config.from_environment())
    from floorwalker.apps.people.audit import verify
    from floorwalker.apps.people.models import AuditEntry, Membership

    task, *number = sys.argv[1:]
    if task == "set-up":
        set_up(int(number[0]))
    elif task == "move":
        move(int(number[0]))
    else:
        days = [date(2025, 12, 31) + timedelta(days=n) for n in range(MOVES + 5)]
        teams = [Membership.objects.on(day).count() for day in days]
        print(*teams, AuditEntry.objects.filter(verb="join_team").count(), len(verify()))


if __name__ == "__main__":
    main()
