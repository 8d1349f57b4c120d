"""How does the list of root causes grow and change, while what was said by it stays readable?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.access import reach_of
from floorwalker.apps.standards.models import LONGEST_CAUSE, CauseKind, RootCause
from floorwalker.apps.standards.models.causes import CODE_PATTERN, LONGEST_CODE
from floorwalker.errors import Refused


@dataclass(frozen=True)
class Entry:
    """One cause as the list prints it: how deep it lies, and whether it may be chosen on the day asked about."""

    cause: RootCause
    depth: int
    holds: bool


def causes_in_order(on: date) -> list[tuple[CauseKind, list[Entry]]]:
    """By kind, every cause with those below it, the ones that ended too: what was said by them is read still."""
    every = list(RootCause.objects.order_by("code"))
    return [(kind, list(_below(None, [one for one in every if one.kind == kind], on, 0))) for kind in CauseKind]


def may_keep_causes(user: User, on: date) -> bool:
    """Whether the user keeps the list: whoever sets targets for the whole centre."""
    return reach_of(user, on).everything


def find_cause(user: User, cause_id: int, on: date) -> RootCause:
    """A cause that the user may change; else it is not there."""
    found = RootCause.objects.select_related("parent").filter(pk=cause_id).first()
    if found is None or not may_keep_causes(user, on):
        raise Http404
    return found


@action
def add_cause(
    code: str, name: str, kind: str, *, parent: RootCause | None = None, from_day: date, by: User, at: datetime
) -> RootCause:
    """Add a cause from a day on, below another of its kind or beside the widest."""
    _require_keeper(by, at)
    _check_code(code)
    _check_name(name)
    if kind not in CauseKind.values:
        raise Refused("there is no such kind of cause", found=kind[:40], expected=", ".join(CauseKind.values))
    if parent is not None and parent.kind != kind:
        raise Refused("a cause is of the kind of the one above it", found=kind, expected=parent.kind)
    if parent is not None and not parent.counts_on(from_day):
        raise Refused("the cause above it is not in force on that day", found=from_day.isoformat())
    to_day = None if parent is None else parent.to_day
    made = RootCause.objects.create(
        code=code, name=name.strip(), kind=kind, parent=parent, from_day=from_day, to_day=to_day
    )
    record(by.username, "add_cause", made, at, code=code, kind=kind, **{"from": from_day.isoformat()})
    return made


@action
def rename_cause(cause: RootCause, name: str, *, by: User, at: datetime) -> RootCause:
    """Say the same cause in better words; a different cause is a new one. Empty: the usual words of its kind."""
    _require_keeper(by, at)
    if name.strip() or cause.parent_id is not None:
        _check_name(name)
    if cause.name == name.strip():
        return cause
    record(by.username, "rename_cause", cause, at, code=cause.code, was=cause.name, name=name.strip())
    cause.name = name.strip()
    cause.save(update_fields=["name"])
    return cause


@action
def end_cause(cause: RootCause, *, on: date, by: User, at: datetime) -> RootCause:
    """Let a cause, and those below it, no longer be chosen from a day on; what was said by them stays as it is."""
    _require_keeper(by, at)
    if cause.to_day is not None and cause.to_day <= on:
        raise Refused("this cause has ended already", found=cause.to_day.isoformat())
    if not _others_of_kind(cause, on):
        raise Refused(
            "each kind of cause keeps at least one", mend="add another cause of this kind that holds on that day first"
        )
    for one in [cause, *_narrower(cause)]:
        if one.to_day is None or one.to_day > on:
            _end(one, on)
    record(by.username, "end_cause", cause, at, code=cause.code, on=on.isoformat())
    return cause


def _end(cause: RootCause, on: date) -> None:
    if cause.from_day is not None and cause.from_day >= on:
        raise Refused("a cause ends after it begins", found=f"{cause.code}: {cause.from_day}", expected="a later day")
    cause.to_day = on
    cause.save(update_fields=["to_day"])


def _others_of_kind(cause: RootCause, on: date) -> bool:
    gone = {cause.pk} | {one.pk for one in _narrower(cause)}
    return RootCause.objects.on(on).filter(kind=cause.kind).exclude(pk__in=gone).exists()


def _narrower(cause: RootCause) -> Iterable[RootCause]:
    for one in cause.narrower.all():
        yield one
        yield from _narrower(one)


def _below(parent: int | None, every: list[RootCause], on: date, depth: int) -> Iterable[Entry]:
    for one in every:
        if one.parent_id == parent:
            yield Entry(one, depth, one.counts_on(on))
            yield from _below(one.pk, every, on, depth + 1)


def _require_keeper(by: User, at: datetime) -> None:
    if not may_keep_causes(by, at.date()):
        raise Refused("you may not change the list of causes", expected="a role that sets targets for the whole centre")


def _check_code(code: str) -> None:
    if len(code) > LONGEST_CODE or not re.match(CODE_PATTERN, code):
        raise Refused(
            "this cannot be the code of a cause",
            found=code[:60],
            expected="small letters, digits, - and _ between them",
        )
    if RootCause.objects.filter(code=code).exists():
        raise Refused("there is a cause with this code already", found=code, mend="choose another code")


def _check_name(name: str) -> None:
    if not name.strip() or len(name) > LONGEST_CAUSE:
        raise Refused("a cause needs a name", found=name[:60], expected=f"1 to {LONGEST_CAUSE} characters")
