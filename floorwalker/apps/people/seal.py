"""Was the audit trail changed? Every entry is sealed together with the one before it, by a key outside the database.

Whoever owns both the host and the key can write a new history; whoever has only the database cannot. What was last in
the trail is noted beside the key, so that entries taken from its end are missed as well.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from datetime import UTC
from pathlib import Path
from typing import Any, Protocol

from floorwalker.config import make_private, replace_private
from floorwalker.errors import ConfigError

KEY_FILE = "audit.key"
LAST_FILE = "audit.last"
SECRET_BYTES = 32
LONGEST_NUMBER = 19


class Entry(Protocol):
    """What is sealed of one entry; `Any` because a migration hands in the model of its own time."""

    at: Any
    by: Any
    verb: Any
    subject: Any
    detail: Any
    previous_hash: Any


def sealed(secret: bytes, entry: Entry) -> bytes:
    """HMAC-SHA256 over the hash of the entry before and this entry's content."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [at, entry.by, entry.verb, entry.subject, _as_stored(entry.detail)]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hmac.digest(secret, bytes(entry.previous_hash) + text.encode(), hashlib.sha256)


def _as_stored(detail: dict[str, Any]) -> Any:
    """The detail as any database gives it back: PostgreSQL does not tell 1e20 from the whole number."""
    return json.loads(json.dumps(detail), parse_float=lambda text: int(f) if (f := float(text)).is_integer() else f)


def read_or_make_secret(keys: Path, *, trail_is_empty: bool) -> bytes:
    """The key of the trail, made with its first entry; refused where it is missing later."""
    path = keys / KEY_FILE
    if not path.exists() and not trail_is_empty:
        raise ConfigError(
            "the key that seals the audit trail is missing",
            where=str(path),
            found="no such file, although the trail has entries",
            expected=f"the {SECRET_BYTES} bytes that this installation made with the first entry",
            mend="restore it from the backup of the keys",
        )
    secret = path.read_bytes() if path.exists() else make_private(path, secrets.token_bytes(SECRET_BYTES))
    if len(secret) != SECRET_BYTES:
        raise ConfigError(
            "the key that seals the audit trail is damaged",
            where=str(path),
            found=f"{len(secret)} bytes",
            expected=f"{SECRET_BYTES} bytes",
            mend="restore it from the backup of the keys",
        )
    return secret


def note_last(keys: Path, number: int, seal: bytes) -> None:
    """Note outside the database which entry was the last; an older note in a newer one's place is still true."""
    replace_private(keys / LAST_FILE, f"{number} {seal.hex()}\n".encode())


def read_last(keys: Path) -> tuple[int, bytes] | None:
    """The entry that was noted as the last one, and its hash; ValueError where the note is not one."""
    try:
        text = (keys / LAST_FILE).read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return None
    number, _, seal = text.strip().partition(" ")
    if not number.isdecimal() or len(number) > LONGEST_NUMBER or len(seal) != 2 * SECRET_BYTES:
        raise ValueError(f"{text[:20]!r} instead of a number and a seal")
    return int(number), bytes.fromhex(seal)
