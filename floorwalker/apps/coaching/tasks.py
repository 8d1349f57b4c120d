"""What does coaching do by itself? It brings in what evaluations, customers and the figures say of people, teams and processes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

from django.db import connection

from floorwalker.apps.coaching.from_evaluations import collect_evaluations
from floorwalker.apps.coaching.from_judgements import collect_judgements
from floorwalker.apps.coaching.from_surveys import collect_surveys

LOOK_SECONDS = 1800.0
SOON = (collect_evaluations, collect_surveys)

logger = logging.getLogger(__name__)


def collect(at: datetime) -> int:
    """Bring in everything that is new; how many pieces of feedback. Twice is as once, and a run that is cut short goes on."""
    return sum(work(at) for work in (*SOON, collect_judgements))


def collect_feedback(stop: threading.Event) -> None:
    """Twice an hour, until `stop` is set, and the figures once a day; what goes wrong is tried again."""
    judged: date | None = None
    while not stop.is_set():
        at = datetime.now(UTC)
        done = _try((*SOON, collect_judgements) if judged != at.date() else SOON, at)
        judged = at.date() if done else judged
        stop.wait(LOOK_SECONDS)


def _try(works: tuple[Callable[[datetime], int], ...], at: datetime) -> bool:
    try:
        made = sum(work(at) for work in works)
        if made:
            logger.info("%d pieces of feedback were brought in", made)
    except Exception as error:
        logger.error("feedback will be brought in a little later: %s: %s", type(error).__name__, error)
        return False
    finally:
        connection.close()
    return True
