"""Which processes are there, who answers for each, and how does the list change without losing who answered before?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.utils.translation import gettext as _

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Queue, Site, User
from floorwalker.apps.standards.access import Reach, reach_of
from floorwalker.apps.standards.models import Process
from floorwalker.apps.standards.models.processes import LONGEST_ABOUT, LONGEST_NAME
from floorwalker.errors import Refused


@dataclass(frozen=True)
class ProcessWords:
    """What is said of a process: its name, what it is, who answers for it, and whose contacts go through it."""

    name: str
    owner: User
    about: str = ""
    site: Site | None = None
    queue: Queue | None = None
    reason: str = ""


def may_keep_process(reach: Reach, site: Site | None, queue: Queue | None) -> bool:
    """Whether the list may be changed there: by whoever sets targets for that place."""
    if reach.everything:
        return True
    return site in reach.sites if site is not None else queue is not None and queue in reach.queues


def find_process(process_id: int) -> Process:
    """A process, which everybody may read; else it is not there."""
    found = Process.objects.with_owners().filter(pk=process_id).first()
    if found is None:
        raise Http404
    return found


@action
def add_process(said: ProcessWords, *, from_day: date, by: User, at: datetime) -> Process:
    """Name a process and who answers for it, from a day on."""
    _check(said, by, at)
    if Process.objects.on(from_day).filter(name__iexact=said.name.strip()).exists():
        raise Refused(_("there is a process of this name already"), found=said.name, mend=_("say how this one differs"))
    made = Process.objects.create(
        name=said.name.strip(),
        about=said.about.strip(),
        owner=said.owner,
        site=said.site,
        queue=said.queue,
        reason=said.reason.strip(),
        from_day=from_day,
        made_by=by,
        made_at=at,
    )
    record(by.username, "add_process", made, at, name=made.name, owner=said.owner.username)
    return made


@action
def change_process(process: Process, said: ProcessWords, *, by: User, at: datetime) -> Process:
    """Say it in better words, or have somebody else answer for it; what it was before stays in the audit trail."""
    if not may_keep_process(reach_of(by, at.date()), process.site, process.queue):
        raise Refused(_("you may not change this process"), expected=_("a role that sets targets where it runs"))
    _check(said, by, at)
    was = {"name": process.name, "owner": process.owner.username}
    process.name, process.about, process.owner = said.name.strip(), said.about.strip(), said.owner
    process.site, process.queue, process.reason = said.site, said.queue, said.reason.strip()
    process.save()
    record(by.username, "change_process", process, at, was=was, name=process.name, owner=said.owner.username)
    return process


@action
def end_process(process: Process, *, on: date, by: User, at: datetime) -> Process:
    """From that day on nothing more is laid at its door; what was found of it stays."""
    if not may_keep_process(reach_of(by, at.date()), process.site, process.queue):
        raise Refused(_("you may not end this process"), expected=_("a role that sets targets where it runs"))
    if process.to_day is not None:
        raise Refused(_("this process has ended already"), found=process.to_day.isoformat())
    if process.from_day is not None and on <= process.from_day:
        raise Refused(
            _("a process ends after it begins"),
            found=on.isoformat(),
            expected=_("after %(day)s") % {"day": process.from_day},
        )
    process.to_day = on
    process.save(update_fields=["to_day"])
    record(by.username, "end_process", process, at, on=on.isoformat())
    return process


def _check(said: ProcessWords, by: User, at: datetime) -> None:
    if not said.name.strip() or len(said.name) > LONGEST_NAME:
        raise Refused(
            _("a process needs a name"),
            found=said.name[:60],
            expected=_("1 to %(most)d characters") % {"most": LONGEST_NAME},
        )
    if len(said.about) > LONGEST_ABOUT:
        raise Refused(
            _("this is too long"),
            found=str(len(said.about)),
            expected=_("at most %(most)d characters") % {"most": LONGEST_ABOUT},
        )
    if said.site is not None and said.queue is not None:
        raise Refused(_("a process is for one place"), expected=_("a site or a queue; none: the centre"))
    if not said.owner.is_active:
        raise Refused(_("the owner cannot log in any more"), found=said.owner.username, mend=_("name somebody who can"))
    if not may_keep_process(reach_of(by, at.date()), said.site, said.queue):
        raise Refused(_("you may not name a process there"), expected=_("a role that sets targets for that place"))
