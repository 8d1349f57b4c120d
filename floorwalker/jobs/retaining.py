"""What goes each night because it is old? By `[retention]` of floorwalker.toml; nothing where that says nothing."""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from pathlib import Path

from floorwalker.apps.people.daily import once_a_day
from floorwalker.apps.recordings import forgetting as of_recordings
from floorwalker.apps.surveys import forgetting as of_surveys
from floorwalker.retention import read_retention

NIGHT_HOUR = 3

logger = logging.getLogger(__name__)


def let_go_each_night(home: Path, stop: threading.Event) -> None:
    """Once a day, until `stop` is set; what goes wrong is tried again."""
    once_a_day(
        lambda at: let_go(home, at), stop, hour=NIGHT_HOUR, failed="what is old will be let go again", logger=logger
    )


def let_go(home: Path, at: datetime, *, dry_run: bool = False) -> dict[str, int]:
    """Let go what is older than it is kept; by kind how much that is, or would be. The files of recordings are their store's."""
    kept, rows = read_retention(home), dict[str, int]()
    if kept.recordings is not None:
        rows |= of_recordings.let_go(kept.recordings, at=at, dry_run=dry_run)
    if kept.surveys is not None:
        rows |= of_surveys.let_go(kept.surveys, at=at, dry_run=dry_run)
    return rows
