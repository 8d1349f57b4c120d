"""How are moments, and reasons, of recordings printed?"""

from __future__ import annotations

from django import template

from floorwalker.media.transcripts.turns import Turn
from floorwalker.ui import clocks
from floorwalker.ui.recording_words import (
    say_event,
    say_left_out,
    say_no_picture,
    say_no_words,
    say_speaker,
    say_why_not,
)

register = template.Library()


@register.filter
def clock(seconds: float | None) -> str:
    """Minutes and seconds; nothing where it is not known."""
    return clocks.clock(seconds) if isinstance(seconds, int | float) else ""


@register.filter
def plain(seconds: float | None) -> str:
    """For the script: a number with a point, in every language; nothing where it is not known."""
    return f"{seconds:.3f}" if isinstance(seconds, int | float) else ""


@register.filter
def speaker(turn: Turn) -> str:
    """Who speaks: by her part in the contact, where it is known; else as the transcript calls her."""
    return say_speaker(turn.speaker) if turn.speaker else turn.name


register.filter("event", say_event)
register.filter("why_no_words", say_no_words)
register.filter("why_not", say_why_not)
register.filter("left_out", say_left_out)
register.filter("why_no_picture", say_no_picture)
