"""How are recordings found and measured by themselves? Each store is looked through now and then, and what is new is drawn."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime

from django.db import connection

from floorwalker.apps.recordings.finding import find_recordings
from floorwalker.apps.recordings.measuring import measure_recording, waiting
from floorwalker.apps.recordings.screening import screen, unscreened
from floorwalker.config import Config
from floorwalker.facts.lake import Lake
from floorwalker.media.settings import read_stores
from floorwalker.retention import read_retention

LOOK_SECONDS = 600.0
ROUND_SECONDS = 5.0
# Where nothing waits, asking among very many recordings is not for nothing.
IDLE_SECONDS = 60.0
# Sounds measured between two looks whether somebody wants the worker to end.
AT_ONCE = 20
# A transcript is read within milliseconds.
SCREENED_AT_ONCE = 200

logger = logging.getLogger(__name__)


def keep_recordings(config: Config, lake: Lake, stop: threading.Event) -> None:
    """Look through the stores and measure what waits, until `stop` is set. What goes wrong is tried again."""
    next_look, next_measuring, last_complaint = 0.0, 0.0, ""
    while not stop.wait(ROUND_SECONDS):
        try:
            if time.monotonic() >= next_look:
                next_look = time.monotonic() + LOOK_SECONDS
                look_through(config, lake)
                next_measuring = 0.0
            if time.monotonic() >= next_measuring and not measure_waiting(stop):
                next_measuring = time.monotonic() + IDLE_SECONDS
            last_complaint = ""
        except Exception as error:
            complaint = f"{type(error).__name__}: {error}"
            if complaint != last_complaint:
                logger.error("recordings will be looked at again: %s", complaint)
            last_complaint = complaint
        finally:
            connection.close()


def look_through(config: Config, lake: Lake) -> None:
    """One look through every store that is set up."""
    days = read_retention(config.home).recordings
    for settings in read_stores(config.home).values():
        search = find_recordings(settings, lake.snapshot(), by=None, at=datetime.now(UTC), days=days)
        if search.problem:
            logger.error("recordings of %s: %s", settings.name, search.problem)


def measure_waiting(stop: threading.Event) -> int:
    """Look transcripts through that wait for it, then measure sounds, one after the other; how many in all."""
    count = 0
    for transcript in unscreened()[:SCREENED_AT_ONCE]:
        if stop.is_set():
            break
        screen(transcript, at=datetime.now(UTC))
        count += 1
    for recording in waiting()[:AT_ONCE]:
        if stop.is_set():
            break
        measure_recording(recording, at=datetime.now(UTC))
        count += 1
    return count
