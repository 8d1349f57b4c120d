"""What does the worker do for coaching? Once a day it proposes who could be coached, from what fair judgement has kept."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, date, datetime

from django.db import connection

from floorwalker.apps.coaching.proposing import propose

LOOK_SECONDS = 600.0
# After the night's judgement, and before people are reminded.
HOUR = 4

logger = logging.getLogger(__name__)


def propose_each_night(stop: threading.Event) -> None:
    """Look every ten minutes, until `stop` is set; what goes wrong is tried again, and what was proposed stays proposed once."""
    done: date | None = None
    while not stop.is_set():
        at = datetime.now(UTC)
        try:
            if at.hour >= HOUR and done != at.date():
                propose(at)
                done = at.date()
        except Exception as error:
            logger.error("coaching will be proposed again: %s: %s", type(error).__name__, error)
        finally:
            connection.close()
        stop.wait(LOOK_SECONDS)
