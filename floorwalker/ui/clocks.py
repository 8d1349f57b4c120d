"""How is a moment of a recording written, and read: 4:37, or 1:02:05?"""

from __future__ import annotations

import re

WRITTEN = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,3})?)|(\d{1,6}(?:[.,]\d{1,3})?)", re.ASCII)


def clock(seconds: float) -> str:
    """Minutes and seconds from the beginning, with hours where there are any; whole seconds, as a player shows them."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def read_clock(text: str) -> float | None:
    """The seconds that somebody wrote as a clock, or as seconds; None where it is neither."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds, alone = found.groups()
    if alone is not None:
        return float(alone.replace(",", "."))
    return 3600 * int(hours or 0) + 60 * int(minutes) + float(seconds.replace(",", "."))
