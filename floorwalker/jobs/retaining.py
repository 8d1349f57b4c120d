"""What goes each night because it is old? By `[retention]` of floorwalker.toml; nothing where that says nothing."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import connection

from floorwalker.apps.recordings import forgetting as of_recordings
from floorwalker.apps.surveys import forgetting as of_surveys
from floorwalker.retention import read_retention

LOOK_SECONDS = 600.0
NIGHT_HOUR = 3

logger = logging.getLogger(__name__)


def let_go_each_night(home: Path, stop: threading.Event) -> None:
    """Once a day, until `stop` is set; what goes wrong is tried again."""
    done: date | None = None
    while not stop.is_set():
        at = datetime.now(UTC)
        try:
            if at.hour >= NIGHT_HOUR and done != at.date():
                let_go(home, at)
                done = at.date()
        except Exception as error:
            logger.error("what is old will be let go again: %s: %s", type(error).__name__, error)
        finally:
            connection.close()
        stop.wait(LOOK_SECONDS)


def let_go(home: Path, at: datetime, *, dry_run: bool = False) -> dict[str, int]:
    """Let go what is older than it is kept; by kind how much that is, or would be. The files of recordings are their store's."""
    kept, rows = read_retention(home), dict[str, int]()
    if kept.recordings is not None:
        rows |= of_recordings.let_go(kept.recordings, at=at, dry_run=dry_run)
    if kept.surveys is not None:
        rows |= of_surveys.let_go(kept.surveys, at=at, dry_run=dry_run)
    return rows
