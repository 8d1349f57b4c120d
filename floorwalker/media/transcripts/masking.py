"""Which numbers in a conversation may be those of cards? Masked before anybody reads them, as digits and as words.

A run of 13 to 19 digits that passes the check of Luhn; other long numbers (accounts, orders) stay readable.
"""

from __future__ import annotations

import re

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


def mask_cards(text: str) -> tuple[str, int]:
    """The text without numbers of cards, and how many there were."""
    text, written = _mask(_WRITTEN, text)
    text, spoken = _mask(_SPOKEN, text)
    return text, written + spoken


def passes_luhn(digits: str) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1)."""
    doubled = [int(digit) * 2 if place % 2 else int(digit) for place, digit in enumerate(reversed(digits))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def _mask(pattern: re.Pattern[str], text: str) -> tuple[str, int]:
    count = 0

    def mask(found: re.Match[str]) -> str:
        nonlocal count
        if not _holds_a_card(_groups(found[0])):
            return found[0]
        count += 1
        return MASK

    return pattern.sub(mask, text), count


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
