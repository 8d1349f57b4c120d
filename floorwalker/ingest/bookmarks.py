"""How far has a growing file been read, and which file holds the rest after a rotation?

A file is known by its inode and a digest of its first bytes (4 KiB, or as many as had been read): a rotated file keeps
both under another name, a new file under the old name has neither.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from floorwalker.ingest.source import Bookmark

HEAD_BYTES = 4096


def identity_of(path: Path, read: int) -> str:
    """The identity of a file of which `read` bytes have been read: inode, bytes digested, digest."""
    length = min(HEAD_BYTES, read)
    with path.open("rb") as file:
        head = file.read(length)
        inode = path.stat().st_ino
    return f"{inode}:{length}:{hashlib.sha256(head).hexdigest()[:32]}"


def is_same_file(path: Path, bookmark: Bookmark) -> bool:
    """Whether the file at `path` is the one that the bookmark lies in."""
    inode, length, _ = bookmark.identity.split(":")
    try:
        stat = path.stat()
        return (
            stat.st_ino == int(inode)
            and stat.st_size >= bookmark.offset
            and identity_of(path, int(length)) == bookmark.identity
        )
    except OSError:
        return False


def find_rotated(candidates: Iterable[Path], bookmark: Bookmark) -> Path | None:
    """The file that the bookmark lies in, among others of the same folder."""
    return next((path for path in candidates if is_same_file(path, bookmark)), None)
