"""What makes an action whole? One transaction, one action at a time on either database, and the lake told at its commit.

SQLite lets one transaction write at a time (IMMEDIATE). PostgreSQL would let two actions check the same state and both
change it, such as moving one agent into two teams on one day: there every action takes a turn, which ends with it.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

# Any number will do, as long as nothing else in this database takes an advisory lock by the same one.
TURN = 0x0F100

# Filled at the start by `jobs`, which knows how to publish: what acts must not import what is composed of it.
publishers: list[Callable[[], None]] = []
# The same for records of work: who has them brought into the lake before the night does it.
record_publishers: list[Callable[[], None]] = []

# Whether this thread's transaction has changed what is to be published.
_owed = threading.local()

# By which API token the present request acts, as its findable beginning; nothing where somebody acts on a page.
_token: ContextVar[str] = ContextVar("acting_by_token", default="")

P = ParamSpec("P")
T = TypeVar("T")


def action(act: Callable[P, T]) -> Callable[P, T]:
    """Make a function one action: all of it happens, or nothing, and no other action between its check and its change."""

    @functools.wraps(act)
    def whole(*args: P.args, **named: P.kwargs) -> T:
        with transaction.atomic():
            take_turn()
            return act(*args, **named)

    return whole


@contextmanager
def acting_by_token(beginning: str) -> Iterator[None]:
    """Within the block, every entry of the trail names the token by which somebody acts."""
    before = _token.set(beginning)
    try:
        yield
    finally:
        _token.reset(before)


def present_token() -> str:
    """The beginning of the token by which the present request acts, or nothing."""
    return _token.get()


def take_turn() -> None:
    """Wait until no other action is under way; within a transaction, which ends the turn."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [TURN])


def publish_on_commit() -> None:
    """Called by an action that changes a dimension of the lake: it is published when the action commits, not before.

    Once, however many changes one transaction holds: a directory may move two thousand people.
    """
    _owed.publishing = True
    transaction.on_commit(_publish, robust=True)


def publish_records_soon() -> None:
    """Have records of work brought into the lake when the action commits, by the worker: it may take a while."""
    for order in record_publishers:
        transaction.on_commit(order, robust=True)


def _publish() -> None:
    """The first of a transaction's calls publishes all of it."""
    owed, _owed.publishing = getattr(_owed, "publishing", False), False
    if owed:
        for publish in publishers:
            publish()
