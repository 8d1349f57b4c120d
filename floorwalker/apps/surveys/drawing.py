"""Is this contact drawn? By a number that follows from a seed and the contact alone, so that everybody can repeat the draw."""

from __future__ import annotations

import hashlib
import secrets

SEED_BYTES = 16
# Whole numbers below this are told apart by a float.
PARTS = 1 << 53


def make_seed() -> str:
    """A seed that nobody could know before."""
    return secrets.token_hex(SEED_BYTES)


def drawn_number(seed: str, named_key: bytes) -> float:
    """A number from 0 to 1 (excluded): the first 53 bits of SHA-256 over the seed's bytes and the key of the contact."""
    digest = hashlib.sha256(bytes.fromhex(seed) + named_key).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / PARTS


def is_drawn(number: float, share: float) -> bool:
    """Whether a number is drawn; the probability of that is the share."""
    return number < share
