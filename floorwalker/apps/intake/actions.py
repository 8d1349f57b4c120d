"""What can be done about what came in? Each function is one transaction: check, change, audit entry."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from floorwalker.apps.intake.memory import open_store
from floorwalker.apps.intake.waiting import is_under_way, waits
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import AuditEntry, User
from floorwalker.errors import Refused
from floorwalker.ingest.again import order_again
from floorwalker.ingest.remembered import RUNNING, LoadRow, Where


@action
def ask_again(load: LoadRow, *, by: User, at: datetime) -> AuditEntry:
    """Ask that a load's files be read again with the present mapping; Refused where they are gone, or it is asked already."""
    if load.state == RUNNING:
        raise Refused("this load is still running", mend="wait until it is over")
    if waits(load.id) or is_under_way(open_store(), load.id):
        raise Refused("this load is going to be read again already", mend="look again in a few minutes")
    order_again(load)
    return record(by.username, "read_again", f"load:{load.id}", at, source=load.source, origin=load.origin)


@action
def note_export(where: Where, rows: int, *, by: User, at: datetime) -> AuditEntry:
    """Note that rejected rows were taken out of the house: which were asked for and how many, nothing of what is in them."""
    asked = {name: value for name, value in asdict(where).items() if value is not None}
    return record(by.username, "export_rejects", "rejects", at, rows=rows, **asked)


@action
def note_load(load: LoadRow, *, at: datetime) -> AuditEntry | None:
    """Note once that a load is over, with what came of it: what is told of loads follows from this entry."""
    subject = f"load:{load.id}"
    if AuditEntry.objects.filter(subject=subject, verb="finish_load").exists():
        return None
    counts = {"read": load.read_count, "used": load.used_count, "rejected": load.rejected_count}
    return record(SYSTEM, "finish_load", subject, at, state=load.state, source=load.source, **counts)
