"""What runs by itself, and how often? Names that loads have seen, changes by people, sources, judgement, effects, draws, mail."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import connection

from floorwalker.apps.coaching.nightly_proposals import propose_each_night
from floorwalker.apps.coaching.tasks import collect_feedback
from floorwalker.apps.coaching.weekly_looks import look_each_night as look_at_objectives
from floorwalker.apps.dashboards.sending import send_due
from floorwalker.apps.evaluations.tasks import draw_what_is_due
from floorwalker.apps.huddles.nightly_goals import judge_each_night
from floorwalker.apps.intake.watching import note_finished, watch_sources
from floorwalker.apps.notices.tasks import resume_deliveries
from floorwalker.apps.standards.tasks import keep_reading
from floorwalker.apps.surveys.tasks import ask_customers
from floorwalker.config import Config, Mail
from floorwalker.facts.lake import Lake
from floorwalker.ingest.store import IntakeStore
from floorwalker.jobs.effects import look_each_night
from floorwalker.jobs.judging import judge_when_quiet
from floorwalker.jobs.publish import register_and_publish
from floorwalker.jobs.recordings import keep_recordings
from floorwalker.jobs.records import publish_each_night
from floorwalker.jobs.reminding import remind_each_morning
from floorwalker.jobs.retaining import let_go_each_night

ROUND_SECONDS = 3.0
# A source that has stopped is told at most this much later.
WATCH_SECONDS = 60.0
MAIL_SECONDS = 20.0
# A round that the end of the process cuts short leaves what was committed before it.
PATIENCE_SECONDS = 5.0

logger = logging.getLogger(__name__)


@contextmanager
def keeping_up(config: Config, lake: Lake) -> Iterator[None]:
    """Make rounds in the background, until the block ends."""
    stop = threading.Event()
    rounds = [threading.Thread(target=_make_rounds, args=(config, lake, stop), name="rounds", daemon=True)]
    # Apart from the others: it takes long, and nobody waits for it.
    rounds.append(threading.Thread(target=judge_when_quiet, args=(config, lake, stop), name="judging", daemon=True))
    # Apart as well: a share may answer slowly, and an hour of sound takes seconds to be measured.
    rounds.append(threading.Thread(target=keep_recordings, args=(config, lake, stop), name="recordings", daemon=True))
    # With an engine of its own: what it is limited to while rows wait to be merged limits nobody else.
    rounds.append(
        threading.Thread(target=publish_each_night, args=(config, Lake(config), stop), name="records", daemon=True)
    )
    # Apart as well: more than a year is read of each action that is reviewed.
    rounds.append(threading.Thread(target=look_each_night, args=(lake, stop), name="effects", daemon=True))
    # Apart as well: a month of contacts is read.
    rounds.append(threading.Thread(target=draw_what_is_due, args=(stop,), name="draws", daemon=True))
    rounds.append(threading.Thread(target=propose_each_night, args=(stop,), name="proposals", daemon=True))
    # Apart as well: a year of contacts is read for every measure in which somebody has an objective.
    rounds.append(threading.Thread(target=look_at_objectives, args=(lake, stop), name="objectives", daemon=True))
    rounds.append(threading.Thread(target=judge_each_night, args=(lake, stop), name="goals", daemon=True))
    rounds.append(threading.Thread(target=remind_each_morning, args=(config.mail, stop), name="reminders", daemon=True))
    rounds.append(threading.Thread(target=let_go_each_night, args=(config.home, stop), name="retention", daemon=True))
    rounds.append(threading.Thread(target=ask_customers, args=(config.mail, stop), name="surveys", daemon=True))
    # Apart as well: what was judged of everybody is read.
    rounds.append(threading.Thread(target=collect_feedback, args=(stop,), name="feedback", daemon=True))
    if config.mail is not None:
        # Apart from the others: a mail server that does not answer keeps no name from being registered.
        rounds.append(threading.Thread(target=_send_mail, args=(config.mail, stop), name="mail", daemon=True))
    for one in rounds:
        one.start()
    try:
        yield
    finally:
        stop.set()
        for one in rounds:
            one.join(PATIENCE_SECONDS)


def _send_mail(mail: Mail, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            send_due(mail, lambda: datetime.now(UTC))
        except Exception as error:
            logger.error("mail will be looked at again: %s: %s", type(error).__name__, error)
        finally:
            connection.close()
        stop.wait(MAIL_SECONDS)


def _make_rounds(config: Config, lake: Lake, stop: threading.Event) -> None:
    last_complaint, next_watch = "", 0.0
    while not stop.is_set():
        watches = time.monotonic() >= next_watch
        complaint = _make_round(config, lake, watches=watches)
        if watches:
            next_watch = time.monotonic() + WATCH_SECONDS
        if complaint and complaint != last_complaint:
            logger.error("background work will be tried again: %s", complaint)
        last_complaint = complaint
        stop.wait(ROUND_SECONDS)


def _make_round(config: Config, lake: Lake, *, watches: bool) -> str:
    """One round; what went wrong in words, or nothing. The worker goes on: the next round may find it mended."""
    try:
        register_and_publish(config, lake)
        if watches:
            watch_sources(IntakeStore(config.intake), datetime.now(UTC))
            note_finished(IntakeStore(config.intake), datetime.now(UTC))
            resume_deliveries(datetime.now(UTC))
            keep_reading(datetime.now(UTC))
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    finally:
        connection.close()
    return ""
