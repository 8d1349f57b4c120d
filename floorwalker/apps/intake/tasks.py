"""What does the worker do about loads? It reads again what somebody asked for."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from floorwalker.apps.intake.actions import ask_again
from floorwalker.apps.intake.memory import open_store, title_of
from floorwalker.apps.notices.actions import clear_notice, raise_notice
from floorwalker.apps.notices.models import Severity
from floorwalker.apps.people.models import Right, User
from floorwalker.errors import FloorwalkerError
from floorwalker.facts.lake import Lake
from floorwalker.ingest.again import order_again
from floorwalker.ingest.load import load as run_load
from floorwalker.ingest.order import AfterMerge
from floorwalker.ingest.remembered import LoadRow

FAILED = "reading_again_failed"

logger = logging.getLogger(__name__)
# Filled at the start by `jobs`, which knows the roll-ups: what depends on facts is built before a load commits.
after_merge: list[AfterMerge] = []


def enqueue_again(load: LoadRow, *, by: User, at: datetime) -> None:
    """Ask for a load to be read again, and hand it to the worker, in one transaction."""
    with transaction.atomic():
        ask_again(load, by=by, at=at)
        read_load_again.enqueue(load.id)


@task()
def read_load_again(load_id: str) -> str | None:
    """Read a load's files again; the id of the new load. What goes wrong is a notice to those who may see loads."""
    known = open_store().find_load(load_id)
    if known is None:
        return None
    try:
        receipt = run_load(
            order_again(known, next(iter(after_merge), None)),
            settings.FLOORWALKER,
            Lake(settings.FLOORWALKER),
            now=timezone.now,
        )
    except Exception as error:
        _tell(known, error)
        if isinstance(error, FloorwalkerError):
            return None
        raise
    clear_notice(FAILED, _subject(known), at=timezone.now())
    return None if receipt is None else receipt.load_id


def _tell(load: LoadRow, error: Exception) -> None:
    logger.error("load %s could not be read again: %s", load.id, error)
    problem = error.what if isinstance(error, FloorwalkerError) else type(error).__name__
    raise_notice(
        FAILED,
        _subject(load),
        to=Right.SEE_LOADS,
        severity=Severity.WARN,
        params={"title": title_of(load.source), "origin": load.origin, "problem": problem},
        address=reverse("load", args=[load.id]),
        site=load.site,
        at=timezone.now(),
    )


def _subject(load: LoadRow) -> str:
    return f"load:{load.id}"
