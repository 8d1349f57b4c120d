"""Is it still as its reader had it before her? Whoever acts on a page opened before is told what happened, and overwrites nothing."""

from __future__ import annotations

from hashlib import sha256

from floorwalker.errors import Refused


def mark_of(*said: object) -> str:
    """What tells whether these are still the same; kept in a form, and given back with what is decided there."""
    return sha256("\x1f".join(map(str, said)).encode()).hexdigest()[:16]


def check_unchanged(seen: str | None, *now: object, found: str = "") -> None:
    """Refuse what was decided of something that says other things by now; seen: nothing where nobody looked, as programs."""
    if seen and seen != mark_of(*now):
        raise Refused(
            "somebody else changed this meanwhile", found=found, mend="look at it as it is now, and say yours anew"
        )
