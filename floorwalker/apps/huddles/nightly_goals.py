"""When does the worker judge goals of teams? Each night, those whose day has come and whose facts are there."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, date, datetime

from django.db import connection

from floorwalker.apps.huddles.following_goals import end_due_goals
from floorwalker.facts.lake import Lake

LOOK_SECONDS = 600.0
# After the night's loads, before the morning's reminders.
NIGHT_HOUR = 4

logger = logging.getLogger(__name__)


def judge_each_night(lake: Lake, stop: threading.Event) -> None:
    """Once a day, until `stop` is set; what goes wrong is tried again, and what was kept before stays kept."""
    done: date | None = None
    while not stop.is_set():
        at = datetime.now(UTC)
        try:
            if at.hour >= NIGHT_HOUR and done != at.date():
                end_due_goals(lake.snapshot(), at)
                done = at.date()
        except Exception as error:
            logger.error("goals of teams will be judged a little later: %s: %s", type(error).__name__, error)
        finally:
            connection.close()
        stop.wait(LOOK_SECONDS)
