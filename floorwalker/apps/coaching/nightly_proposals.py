"""What does the worker do for coaching? Once a day it proposes who could be coached, from what fair judgement has kept."""

from __future__ import annotations

import logging
import threading

from floorwalker.apps.coaching.proposing import propose
from floorwalker.apps.people.daily import once_a_day

# After the night's judgement, and before people are reminded.
HOUR = 4

logger = logging.getLogger(__name__)


def propose_each_night(stop: threading.Event) -> None:
    """Look every ten minutes, until `stop` is set; what goes wrong is tried again, and what was proposed stays proposed once."""
    once_a_day(propose, stop, hour=HOUR, failed="coaching will be proposed again", logger=logger)
