"""How is part of a large file answered, so that a player can seek? RFC 9110, section 14; never more than a block in memory."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Generator
from datetime import datetime
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import http_date, parse_http_date_safe

BLOCK_BYTES = 128 * 1024
# Given where a block begins and the block: as many bytes, of which some may be others.
Change = Callable[[int, bytes], bytes]
ASKED = re.compile(r"bytes=\s*(\d*)\s*-\s*(\d*)\s*", re.ASCII)


class FilePart(StreamingHttpResponse):
    """A stretch of a file, sent block by block under both kinds of server; opened when its sending begins, and closed with it."""

    def __init__(
        self, open_file: Callable[[], BinaryIO], start: int, length: int, change: Change | None, **given: object
    ) -> None:
        self._open, self._start, self._length, self._change = open_file, start, length, change
        super().__init__(self._blocks(), **given)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        # Not in the thread of the page, which is needed to end it: a share may answer slowly.
        blocks = self._blocks()
        try:
            while block := await asyncio.to_thread(next, blocks, b""):
                yield block
        finally:
            await asyncio.to_thread(blocks.close)

    def _blocks(self) -> Generator[bytes, None, None]:
        at, left = self._start, self._length
        with self._open() as file:
            file.seek(self._start)
            while block := file.read(min(BLOCK_BYTES, left)):
                yield block if self._change is None else self._change(at, block)
                at, left = at + len(block), left - len(block)


def answer_range(
    request: HttpRequest,
    open_file: Callable[[], BinaryIO],
    *,
    size: int,
    tag: str,
    changed_at: datetime,
    content_type: str,
    change: Change | None = None,
) -> HttpResponseBase:
    """The whole file (200), the part that is asked for (206), or that there is no such part (416); HEAD gets no body.

    tag: what tells this state of the file from every other; change: what is answered in place of
    its own bytes. Several parts at once are answered by the whole, as is allowed.
    """
    # What is packed already is not packed again: lengths and places would no longer be those of the file.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": f'"{tag}"',
        "Last-Modified": http_date(changed_at.timestamp()),
        "Cache-Control": "private, no-store",
        "Content-Disposition": "inline",
    }
    found = _asked(request, size, f'"{tag}"', changed_at)
    if found is None:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    start, end, is_part = found
    headers["Content-Length"] = str(end - start)
    if is_part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    status = 206 if is_part else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers, content_type=content_type)
    return FilePart(open_file, start, end - start, change, status=status, headers=headers, content_type=content_type)


def _asked(request: HttpRequest, size: int, tag: str, changed_at: datetime) -> tuple[int, int, bool] | None:
    """From where to where (half-open), and whether that is a part; None where there is no such part."""
    whole = (0, size, False)
    found = ASKED.fullmatch(request.headers.get("Range", ""))
    if request.method not in ("GET", "HEAD") or found is None or not _still_the_same(request, tag, changed_at):
        return whole
    first, last = found.groups()
    if (not first and not last) or len(first + last) > 40:
        return whole
    if not first:
        length = min(int(last), size)
        return (size - length, size, True) if length else None
    start = int(first)
    end = min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return whole
    return (start, end, True) if start < size else None


def _still_the_same(request: HttpRequest, tag: str, changed_at: datetime) -> bool:
    """Whether a part may be sent to whoever holds the rest: only of just that state (If-Range)."""
    held = request.headers.get("If-Range")
    if held is None or held == tag:
        return True
    return parse_http_date_safe(held) == int(changed_at.timestamp()) if not held.startswith(('"', "W/")) else False
