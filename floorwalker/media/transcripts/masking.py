"""Which numbers in a conversation may be those of cards? Masked before anybody reads them, as digits and as words.

A run of 13 to 19 digits that passes the check of Luhn; other long numbers (accounts, orders) stay readable.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

# Counts up with every change of what is found here or of where a turn begins and ends: what was kept by an earlier rule is read again.
RULE = 1
MASK = "••••"
LEAST, MOST = 13, 19
USUAL = (15, 16)
WORDS = {
    **{word: str(n) for n, word in enumerate("zero one two three four five six seven eight nine".split())},
    **dict.fromkeys(("oh", "nought"), "0"),
}
_WRITTEN = re.compile(r"(?<![\d])\d(?:[ .\-]?\d){12,40}(?![\d])")
_WORD = "|".join((*WORDS, r"\d"))
_SPOKEN = re.compile(rf"\b(?:{_WORD})(?:[\s,.\-]+(?:{_WORD})){{12,40}}\b", re.IGNORECASE)


def mask_turns(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """What one speaker said turn after turn, without numbers of cards; and of how many there is something in each turn.

    A number may be said in pieces, with others' words in between: so all of it is read as one.
    """
    ends = [*accumulate(len(text) + 1 for text in texts)]
    whole, spans = " ".join(texts), list[tuple[int, int]]()
    for pattern in (_WRITTEN, _SPOKEN):
        spans += [found.span() for found in pattern.finditer(whole) if _holds_a_card(_groups(found[0]))]
    masked, counts = list(texts), [0] * len(texts)
    # The last first, so that places before it stay.
    for start, end in sorted(_apart(spans), reverse=True):
        first, last = bisect_right(ends, start), bisect_right(ends, end - 1)
        for turn in range(first, last + 1):
            begins = ends[turn] - len(texts[turn]) - 1
            low, high = max(start - begins, 0), min(end - begins, len(texts[turn]))
            if low < high:
                masked[turn] = f"{masked[turn][:low]}{MASK}{masked[turn][high:]}"
                counts[turn] += 1
    return masked, counts


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that touch as one: the same digits may be read both as written and as spoken."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def passes_luhn(digits: str) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1)."""
    doubled = [int(digit) * 2 if place % 2 else int(digit) for place, digit in enumerate(reversed(digits))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def _groups(text: str) -> list[str]:
    """The digits as they were written together, or said one by one."""
    return [WORDS.get(part.casefold(), part) for part in re.findall(r"[a-z]+|\d+", text, re.IGNORECASE)]


def _holds_a_card(groups: list[str]) -> bool:
    """Whether all of it passes, or some groups of the usual length: a date or a code may be said in the same breath."""
    whole = "".join(groups)
    if LEAST <= len(whole) <= MOST and passes_luhn(whole):
        return True
    parts = ("".join(groups[first:last]) for first in range(len(groups)) for last in range(first + 1, len(groups) + 1))
    return any(len(part) in USUAL and passes_luhn(part) for part in parts)
