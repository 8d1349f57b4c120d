"""Which whole number did a reader's address or form hand in? None that a record can have is nothing."""

from __future__ import annotations

# More digits are no record's number, and a database may refuse them.
MOST_DIGITS = 9


def whole_number(text: str) -> int:
    """The number that is written there; 0, which no record has, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0
