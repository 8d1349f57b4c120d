"""How far has a growing file been read, and which file holds the rest after a rotation?

A file is known by its inode and a digest of its first bytes (4 KiB, or as many as had been read). After a rotation the
old content lies in another file, moved, copied or compressed: there the digest alone tells.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, cast

from floorwalker.errors import SourceError
from floorwalker.ingest.source import Bookmark

HEAD_BYTES = 4096
SHORTER = "shorter"
_GZIP = b"\x1f\x8b"


def open_maybe_zipped(path: Path) -> BinaryIO:
    """A file as bytes, unpacked where it is compressed."""
    with path.open("rb") as file:
        zipped = file.read(2) == _GZIP
    return cast(BinaryIO, gzip.open(path, "rb")) if zipped else path.open("rb")


def identity_of(path: Path, read: int, inode: int) -> str:
    """The identity of a file of which `read` bytes have been read: inode, bytes digested, digest.

    inode: of the file that was read, taken while it was open. SourceError, worth another try, where another file has
    taken its place meanwhile.
    """
    length = min(HEAD_BYTES, read)
    digest = _digest(path, length)
    if digest == SHORTER or path.stat().st_ino != inode:
        raise SourceError(
            "the log was replaced while it was read", where=str(path), expected="the same file", retry=True
        )
    return f"{inode}:{length}:{digest}"


def is_same_file(path: Path, bookmark: Bookmark) -> bool:
    """Whether the file at `path` is the one that the bookmark lies in, and still holds all that was read."""
    inode, length, digest = bookmark.identity.split(":")
    try:
        stat = path.stat()
        return stat.st_ino == int(inode) and stat.st_size >= bookmark.offset and _digest(path, int(length)) == digest
    except OSError:
        return False


def find_rotated(candidates: Iterable[Path], bookmark: Bookmark) -> Path | None:
    """The file that what the bookmark lies in has become, among others of the same folder."""
    _, length, digest = bookmark.identity.split(":")
    for path in candidates:
        try:
            if path.is_file() and _digest(path, int(length)) == digest:
                return path
        except (OSError, EOFError, zlib.error):
            continue
    return None


def _digest(path: Path, length: int) -> str:
    with open_maybe_zipped(path) as file:
        head = file.read(length)
    return hashlib.sha256(head).hexdigest()[:32] if len(head) == length else SHORTER
