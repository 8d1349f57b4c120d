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
    "erased": _("the customer was forgotten: the file is to be removed from its store"),
    "no_part": _("it is not known which agent took part in the contact"),
}
LEFT_OUT: dict[str, str | Promise] = {
    "name": _("the name cannot be kept"),
    "link": _("a link, which is never followed"),
    "no_file": _("no plain file"),
    "empty": _("empty"),
    "unreadable": _("cannot be read by Floorwalker"),
    "kind": _("neither sound, screen nor transcript"),
    "old": _("older than recordings are kept here"),
    "young": _("may still be written: looked at the next time"),
}


def say_why_not(code: str) -> str:
    """Why the contact of a recording is not known."""
    return str(WHY_NOT.get(code, code))


def say_left_out(code: str) -> str:
    """Why a file was not even looked at."""
    return str(LEFT_OUT.get(code, code))


NO_PICTURE: dict[str, str | Promise] = {
    "": _("The waveform of this sound is still to be drawn; it can be heard already."),
    "format": _("There is no waveform: the file is not what its name says."),
    "codec": _(
        "There is no waveform: it is written in a way that Floorwalker does not read. Your browser may play it."
    ),
    "broken": _("There is no waveform: the file is damaged. Your browser may play parts of it."),
    "empty": _("There is no waveform: the file holds no sound."),
    "decoder": _(
        "There is no waveform: Opus is drawn where libopus is installed on the server. It can be heard all the same."
    ),
    "limits": _("There is no waveform: drawing it took too long or too much memory."),
    "gone": _("There is no waveform: the file could not be opened."),
}


def say_no_picture(code: str) -> str:
    """Why there is no waveform."""
    return str(NO_PICTURE.get(code, NO_PICTURE["broken"]))


NO_WORDS: dict[str, str | Promise] = {
    "format": _("The transcript is in a form that Floorwalker does not read."),
    "broken": _("The transcript is damaged and cannot be read."),
    "empty": _("The transcript holds no words."),
    "limits": _("The transcript is too long to be shown."),
    "gone": _("The transcript is not where it was any more."),
}
SPEAKERS: dict[str, str | Promise] = {
    "agent": _("Agent"),
    "customer": _("Customer"),
    "system": _("System"),
    "action": _("Action"),
}
EVENTS: dict[str, str | Promise] = {
    "joined": _("joined the contact"),
    "left": _("left the contact"),
    "ended": _("The contact ended."),
}


def say_no_words(code: str) -> str:
    """Why a transcript is not shown."""
    return str(NO_WORDS.get(code, NO_WORDS["broken"]))


def say_speaker(code: str) -> str:
    """Somebody's part in a contact."""
    return str(SPEAKERS.get(code, code))


def say_event(code: str) -> str:
    """What happened in a contact beside words."""
    return str(EVENTS.get(code, code))
