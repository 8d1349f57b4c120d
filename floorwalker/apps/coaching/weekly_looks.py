"""When does the worker look at what is being worked for? Each night, at whatever nobody has looked at for a week; what
nobody answers is let go."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, date, datetime

from django.db import connection

from floorwalker.apps.coaching.checking import look_at_open
from floorwalker.apps.coaching.lapsing import lapse_unanswered
from floorwalker.facts.lake import Lake

LOOK_SECONDS = 600.0
# After the night's loads, before the morning's reminders.
NIGHT_HOUR = 4

logger = logging.getLogger(__name__)


def look_each_night(lake: Lake, stop: threading.Event) -> None:
    """Once a day, until `stop` is set; what goes wrong is tried again, and what was kept before stays kept."""
    done: date | None = None
    while not stop.is_set():
        at = datetime.now(UTC)
        try:
            if at.hour >= NIGHT_HOUR and done != at.date():
                lapse_unanswered(at)
                look_at_open(lake.snapshot(), at)
                done = at.date()
        except Exception as error:
            logger.error("objectives will be looked at again: %s: %s", type(error).__name__, error)
        finally:
            connection.close()
        stop.wait(LOOK_SECONDS)
