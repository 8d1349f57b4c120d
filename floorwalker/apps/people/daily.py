"""When does the worker do what is done once a day? Not before its hour, and again at the next look where it failed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

from django.db import connection

LOOK_SECONDS = 600.0


def once_a_day(
    work: Callable[[datetime], object],
    stop: threading.Event,
    *,
    hour: int,
    failed: str,
    logger: logging.Logger,
    look_seconds: float = LOOK_SECONDS,
    meanwhile: Callable[[datetime], object] | None = None,
) -> None:
    """Do the work once each day (UTC) from that hour on, until `stop` is set; failed: what the log says, before why.

    meanwhile: what is done at every other look.
    """
    done: date | None = None
    while not stop.is_set():
        at = datetime.now(UTC)
        try:
            if at.hour >= hour and done != at.date():
                work(at)
                done = at.date()
            elif meanwhile is not None:
                meanwhile(at)
        except Exception as error:
            logger.error("%s: %s: %s", failed, type(error).__name__, error)
        finally:
            connection.close()
        stop.wait(look_seconds)
