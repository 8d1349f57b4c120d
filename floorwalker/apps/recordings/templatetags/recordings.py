"""How are moments, and reasons, of recordings printed?"""

from __future__ import annotations

from django import template

from floorwalker.ui import clocks
from floorwalker.ui.recording_words import say_left_out, say_no_picture, say_why_not

register = template.Library()


@register.filter
def clock(seconds: float | None) -> str:
    """Minutes and seconds; nothing where it is not known."""
    return clocks.clock(seconds) if isinstance(seconds, int | float) else ""


@register.filter
def plain(seconds: float | None) -> str:
    """For the script: a number with a point, in every language; nothing where it is not known."""
    return f"{seconds:.3f}" if isinstance(seconds, int | float) else ""


register.filter("why_not", say_why_not)
register.filter("left_out", say_left_out)
register.filter("why_no_picture", say_no_picture)
