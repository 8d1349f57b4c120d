"""When does the worker look at what is being worked for? Each night, at whatever nobody has looked at for a week; what
nobody answers is let go."""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from floorwalker.apps.coaching.checking import look_at_open
from floorwalker.apps.coaching.lapsing import lapse_unanswered
from floorwalker.apps.people.daily import once_a_day
from floorwalker.facts.lake import Lake

# After the night's loads, before the morning's reminders.
NIGHT_HOUR = 4

logger = logging.getLogger(__name__)


def look_each_night(lake: Lake, stop: threading.Event) -> None:
    """Once a day, until `stop` is set; what goes wrong is tried again, and what was kept before stays kept."""

    def look(at: datetime) -> None:
        lapse_unanswered(at)
        look_at_open(lake.snapshot(), at)

    once_a_day(look, stop, hour=NIGHT_HOUR, failed="objectives will be looked at again", logger=logger)
