"""How is it said why a file of recordings has no contact, was not looked at, or has no picture of its sound?"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WHY_NOT: dict[str, str | Promise] = {
    "pattern": _("its name does not fit the pattern of its store"),
    "metadata": _("the file beside it cannot be read"),
    "time": _("the time in its name or beside it cannot be read"),
    "no_contact": _("no contact of that id is known"),
    "several": _("it fits several contacts"),
    "no_time": _("it says neither which contact it is nor when it began"),
    "nothing_then": _("the agent had no contact at that time"),
    "no_agent": _("no agent of that name is known"),
    "no_part": _("it is not known which agent took part in the contact"),
}
LEFT_OUT: dict[str, str | Promise] = {
    "name": _("the name cannot be kept"),
    "link": _("a link, which is never followed"),
    "no_file": _("no plain file"),
    "empty": _("empty"),
    "unreadable": _("cannot be read by Floorwalker"),
    "kind": _("neither sound, screen nor transcript"),
    "young": _("may still be written: looked at the next time"),
}


def say_why_not(code: str) -> str:
    """Why the contact of a recording is not known."""
    return str(WHY_NOT.get(code, code))


def say_left_out(code: str) -> str:
    """Why a file was not even looked at."""
    return str(LEFT_OUT.get(code, code))
