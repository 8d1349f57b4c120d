"""Which bytes of which files are to be read? Pages of whole lines, from a bookmark where the log is followed.

Nothing is interpreted here but line ends and the heading line by which PBXware's export is known.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from floorwalker.errors import SourceError
from floorwalker.ingest.bookmarks import find_rotated, identity_of, is_same_file, open_maybe_zipped
from floorwalker.ingest.source import Bookmark, Page, Request, file_size, vanished
from floorwalker.sources.asterisk_queue_log.strangers import holds_events, refuse_strangers, unreadable

PAGE_BYTES = 5 * 1024 * 1024
LONGEST_LINE = 1024 * 1024
PBXWARE_HEADING = b"uid,date_time,callid,queue_name,type,event"
_ROTATED = re.compile(r"queue_log([.-].*)?\Z")
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Block:
    """Whole lines of one file, and the heading line where the file has one."""

    content: bytes
    heading: bytes | None


def total_size(request: Request) -> int:
    """Bytes to read, as they lie on the disk; of a followed log, which may be away for a moment, those that are there."""
    paths = [path for path in request.paths if path.exists()] if request.follow else files_of(request.paths)
    return sum(file_size(path) for path in paths)


def files_of(paths: tuple[Path, ...]) -> list[Path]:
    """The files that were asked for; a folder stands for the log and its rotated predecessors in it."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(child for child in path.iterdir() if child.is_file() and _ROTATED.match(child.name))
            if not found:
                raise SourceError(
                    "no queue_log lies in this folder", where=str(path), expected="queue_log, queue_log.1, ..."
                )
            files += found
        elif path.is_file():
            files.append(path)
        else:
            raise SourceError("there is no such file", where=str(path), expected="a queue_log, or a folder with one")
    return files


def fetch(request: Request) -> Iterator[Page]:
    """Pages of every file, in any order: facts do not depend on it."""
    if not request.paths:
        raise SourceError("no file was named", expected="floorwalker load asterisk_queue_log PATH...")
    if request.follow:
        for path in request.paths:
            yield from _follow(path, request.bookmarks.get(str(path)))
    else:
        for path in files_of(request.paths):
            yield from _whole_file(path, any_kind=request.settings["form"] == "pbxware")


def _whole_file(path: Path, *, any_kind: bool) -> Iterator[Page]:
    try:
        opened = open_maybe_zipped(path)
    except FileNotFoundError as error:
        raise vanished(path, error) from error
    with opened as file:
        if not any_kind:
            refuse_strangers(path, file)
        counter = _CountedBytes(path)
        for block, first_line, _ in _blocks(file, 0, 0, keep_last=True):
            yield Page(path.name, first_line, block, size=counter.step(block))


def _follow(path: Path, bookmark: Bookmark | None) -> Iterator[Page]:
    """What was added since the bookmark: the rest of a rotated file, what was rotated away after it, then the present one.

    The bookmark lies in whichever file was read last, so that a rotated one is not read again while the present is empty.
    """
    there = path.is_file()
    if bookmark is None and not there:
        raise SourceError("the log is not there", where=str(path), expected="a growing queue_log", retry=True)
    offset = line = 0
    if bookmark is not None and there and is_same_file(path, bookmark):
        offset, line = bookmark.offset, bookmark.line
    elif bookmark is not None:
        yield from _rotated(path, bookmark)
    # Between the rotation and the first line of the new log there is none: what was rotated is all there is to read.
    if there:
        yield from _rest(path, path, offset, line, ended=False)


def _rotated(path: Path, bookmark: Bookmark) -> Iterator[Page]:
    siblings = sorted(path.parent.glob(path.name + "?*"))
    rotated = find_rotated(siblings, bookmark)
    if rotated is not None:
        yield from _rest(rotated, path, bookmark.offset, bookmark.line, ended=True)
    for later in _rotated_after(rotated, siblings):
        yield from _rest(later, path, 0, 0, ended=True)


def _rotated_after(rotated: Path | None, siblings: list[Path]) -> list[Path]:
    """The logs that were rotated away since: where nobody looked during two rotations, there are whole ones unread.

    Where the one that was being read is gone, all of them: lines that are known are recognised.
    """
    written = {}
    for path in siblings:
        with suppress(FileNotFoundError):
            if path.is_file():
                written[path] = path.stat().st_mtime_ns
    since = written.get(rotated, 0) if rotated is not None else 0
    later = [path for path, at in written.items() if at > since and path != rotated and holds_events(path)]
    return sorted(later, key=lambda path: written[path])


def _rest(file_path: Path, followed: Path, offset: int, line: int, *, ended: bool) -> Iterator[Page]:
    try:
        yield from _rest_of(file_path, followed, offset, line, ended=ended)
    except FileNotFoundError as error:
        raise SourceError(
            "the log was rotated away while it was read", where=str(file_path), expected="the same file", retry=True
        ) from error


def _rest_of(file_path: Path, followed: Path, offset: int, line: int, *, ended: bool) -> Iterator[Page]:
    with open_maybe_zipped(file_path) as file:
        inode = os.fstat(file.fileno()).st_ino
        heading = _heading(file)
        file.seek(offset)
        for block, first_line, end in _blocks(file, offset, line, keep_last=ended, heading=heading):
            last_line = first_line + block.content.count(b"\n") - 1
            bookmark = Bookmark(str(followed), identity_of(file_path, end, inode), end, last_line)
            yield Page(file_path.name, first_line, block, size=len(block.content), bookmark=bookmark)


def _heading(file: BinaryIO) -> bytes | None:
    head = file.read(4096)
    file.seek(0)
    return head.split(b"\n", 1)[0] if head.startswith(PBXWARE_HEADING) else None


def _blocks(
    file: BinaryIO, offset: int, line: int, *, keep_last: bool, heading: bytes | None = None
) -> Iterator[tuple[Block, int, int]]:
    """Blocks of whole lines with the number of their first line and the offset of their end.

    keep_last: a last line without line end is a line too (the file has ended), not one that is still being written.
    """
    if offset == 0:
        heading = _heading(file)
    rest = b""
    while True:
        try:
            read = file.read(PAGE_BYTES)
        except (OSError, EOFError, zlib.error) as error:
            raise unreadable(str(getattr(file, "name", "")), error) from error
        content = rest + read
        cut = len(content) if (not read and keep_last) else content.rfind(b"\n") + 1
        whole, rest = content[:cut], content[cut:]
        if len(rest) > LONGEST_LINE:
            whole, rest = content, b""
        if whole:
            offset += len(whole)
            yield Block(whole, heading), line + 1, offset
            line += whole.count(b"\n")
        if not read:
            return


class _CountedBytes:
    """How far a file has been read in bytes as they lie on the disk, for progress."""

    def __init__(self, path: Path) -> None:
        self._left = file_size(path)
        with path.open("rb") as file:
            self._zipped = file.read(2) == _GZIP

    def step(self, block: Block) -> int:
        size = min(self._left, len(block.content) // (8 if self._zipped else 1))
        self._left -= size
        return size
