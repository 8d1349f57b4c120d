"""How is a person reminded of what waits for her: raised once, gone by itself when it is done, and mailed once?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from floorwalker.apps.notices.models import About, Reminder, SwitchedOff
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused


@dataclass(frozen=True)
class Due:
    """Something that waits for somebody now; user: by number."""

    user: int
    about: About
    subject: str
    address: str
    params: Mapping[str, Any] = field(default_factory=dict)


@action
def bring_up_to_date(due: Iterable[Due], *, at: datetime) -> int:
    """Raise what waits and was not told yet, clear what waits no longer; how many are new. Twice is as once.

    What still waits keeps its day and is not mailed again, whatever number stands in its sentence by now.
    """
    off = set(SwitchedOff.objects.values_list("user", "about"))
    known = {(one.user_id, one.about, one.subject): one for one in Reminder.objects.open()}
    new, changed = [], []
    for one in due:
        if (one.user, str(one.about)) in off and not one.about.is_compulsory:
            continue
        row = known.pop((one.user, str(one.about), one.subject), None)
        if row is None:
            given = {"subject": one.subject, "address": one.address, "params": dict(one.params)}
            new.append(Reminder(user_id=one.user, about=one.about, raised_at=at, **given))
        elif row.params != one.params or row.address != one.address:
            row.params, row.address = dict(one.params), one.address
            changed.append(row)
    Reminder.objects.bulk_create(new)
    Reminder.objects.bulk_update(changed, ["params", "address"])
    gone = Reminder.objects.filter(pk__in=[row.pk for row in known.values()]).update(cleared_at=at)
    if new or gone:
        record(SYSTEM, "remind", "reminders", at, raised=len(new), cleared=gone)
    return len(new)


def clear_done(due: Callable[[], Iterable[Due]], *, at: datetime) -> int:
    """Clear what waits no longer; how many. Nothing is raised: what is new is told in the morning.

    Looked at twice, without holding anybody up: somebody may be on the way from one team to another at the first.
    """
    known = {(one.user_id, one.about, one.subject): one.pk for one in Reminder.objects.open()}
    for _look in ("first", "second"):
        for one in due() if known else ():
            known.pop((one.user, str(one.about), one.subject), None)
    return _clear(list(known.values()), at) if known else 0


@action
def _clear(gone: Collection[int], at: datetime) -> int:
    cleared = Reminder.objects.open().filter(pk__in=gone).update(cleared_at=at)
    record(SYSTEM, "remind", "reminders", at, raised=0, cleared=cleared)
    return cleared


@action
def choose_reminders(wanted: Collection[str], *, by: User, at: datetime) -> None:
    """Hear of these kinds, and of no other that can be switched off."""
    unknown = set(wanted) - set(About.values)
    if unknown:
        raise Refused("there is no such kind of reminder", found=", ".join(sorted(unknown)))
    off = [one for one in About if not one.is_compulsory and one not in wanted]
    SwitchedOff.objects.filter(user=by).delete()
    SwitchedOff.objects.bulk_create(SwitchedOff(user=by, about=one) for one in off)
    record(by.username, "choose_reminders", by, at, off=sorted(map(str, off)))


def switched_off(user: User) -> set[str]:
    """The kinds of which somebody wants to hear nothing."""
    return set(SwitchedOff.objects.filter(user=user).values_list("about", flat=True))


def claim(user: User, *, at: datetime) -> list[Reminder]:
    """What of a person's is to be mailed now; nobody else mails it from here on, whatever becomes of this process."""
    waiting = list(Reminder.objects.of(user).filter(mailed_at=None).values_list("pk", flat=True))
    mine = [pk for pk in waiting if Reminder.objects.filter(pk=pk, mailed_at=None).update(mailed_at=at)]
    return list(Reminder.objects.filter(pk__in=mine).order_by("raised_at", "pk"))


def give_back(claimed: Iterable[Reminder]) -> None:
    """The server surely took nothing of it: another time."""
    Reminder.objects.filter(pk__in=[one.pk for one in claimed]).update(mailed_at=None)


def to_be_mailed() -> Iterator[User]:
    """Whoever has something that was not mailed."""
    waiting = Reminder.objects.open().filter(mailed_at=None)
    yield from User.objects.filter(is_active=True, pk__in=waiting.values("user")).select_related("agent").order_by("pk")
