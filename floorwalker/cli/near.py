"""Which of the known names was probably meant?"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

NEAREST = 3
LEAST_LIKENESS = 0.5
SHOWN = 20


def did_you_mean(name: str, known: Iterable[str], likeness: float = LEAST_LIKENESS) -> str:
    """The names that are most like this one, as the end of a sentence; nothing where none is."""
    by_letters = {other.casefold(): other for other in known}
    found = difflib.get_close_matches(name.casefold(), by_letters, NEAREST, likeness)
    return f": did you mean {' or '.join(repr(by_letters[other]) for other in found)}?" if found else ""


def near_or_all(name: str, known: Iterable[str]) -> str:
    """The names that are most like this one, else those that there are."""
    names = sorted(known)
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return did_you_mean(name, names) or f"; there are: {', '.join(names[:SHOWN]) or '(none yet)'}{more}"
