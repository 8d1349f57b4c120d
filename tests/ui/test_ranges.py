"""Is just the part of a file sent that is asked for, and never a part of one state to whoever holds another?"""

from __future__ import annotations

import asyncio
import io
from contextlib import aclosing
from datetime import UTC, datetime

import pytest
from django.http import HttpResponseBase
from django.test import RequestFactory
from django.utils.http import http_date

from floorwalker.ui.ranges import BLOCK_BYTES, FilePart, answer_range

CONTENT = bytes(range(256)) * 2000
SIZE = len(CONTENT)
CHANGED = datetime(2026, 11, 20, 12, 0, 0, 500, tzinfo=UTC)


class Counted(io.BytesIO):
    """A file that tells how much of it was read."""

    count = 0

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        self.count += len(found)
        return found


def ask(file: io.BytesIO, method: str = "get", **headers: str) -> HttpResponseBase:
    """The answer to a request with these headers."""
    request = getattr(RequestFactory(headers={"accept-encoding": "gzip", **headers}), method)("/")
    return answer_range(request, lambda: file, size=SIZE, tag="a-1", changed_at=CHANGED, content_type="audio/wav")


def body(answer: HttpResponseBase) -> bytes:
    """What is sent, under a server of the old kind; under one of the new kind it must be the same."""
    return b"".join(answer) if isinstance(answer, FilePart) else answer.content  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-100", 100, 101),
        ("bytes=500000-", 500_000, SIZE),
        ("bytes=-300", SIZE - 300, SIZE),
        ("bytes=0-99999999", 0, SIZE),
        ("bytes=-99999999", 0, SIZE),
        (f"bytes=0-{SIZE - 1}", 0, SIZE),
    ],
)
def test_a_part_is_sent_with_its_place(asked: str, first: int, end: int) -> None:
    file = Counted(CONTENT)
    answer = ask(file, range=asked)
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{end - 1}/{SIZE}"
    assert answer["Content-Length"] == str(end - first)
    assert body(answer) == CONTENT[first:end]
    assert file.count == end - first and file.closed


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "bytes=",
        "bytes=-",
        "bytes=5-2",
        "items=0-5",
        "bytes=0-1,4-5",
        "bytes=a-b",
        "bytes=١-٢",
        f"bytes={'9' * 50}-",
    ],
)
def test_what_asks_for_no_part_gets_the_whole(asked: str) -> None:
    answer = ask(io.BytesIO(CONTENT), **({"range": asked} if asked else {}))
    assert (answer.status_code, answer["Content-Length"], answer["Accept-Ranges"]) == (200, str(SIZE), "bytes")
    assert body(answer) == CONTENT


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=99999999-", "bytes=-0"])
def test_what_lies_behind_the_end_is_refused(asked: str) -> None:
    file = io.BytesIO(CONTENT)
    answer = ask(file, range=asked)
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{SIZE}")


def test_head_tells_and_sends_nothing() -> None:
    file = Counted(CONTENT)
    answer = ask(file, "head", range="bytes=0-99")
    assert (answer.status_code, answer["Content-Length"], body(answer)) == (206, "100", b"")
    assert file.count == 0


@pytest.mark.parametrize(
    ("held", "status"),
    [
        ('"a-1"', 206),
        (http_date(CHANGED.timestamp()), 206),
        ('"a-2"', 200),
        ('W/"a-1"', 200),
        (http_date(CHANGED.timestamp() - 60), 200),
        ("nonsense", 200),
    ],
)
def test_only_the_same_state_is_continued(held: str, status: int) -> None:
    assert ask(io.BytesIO(CONTENT), range="bytes=0-99", **{"if-range": held}).status_code == status


def test_a_new_kind_of_server_gets_blocks_too() -> None:
    async def read(answer: FilePart) -> list[bytes]:
        return [block async for block in answer]

    answer = ask(io.BytesIO(CONTENT), range="bytes=1-400000")
    assert isinstance(answer, FilePart)
    blocks = asyncio.run(read(answer))
    assert b"".join(blocks) == CONTENT[1:400_001]
    assert max(map(len, blocks)) <= BLOCK_BYTES


def test_a_reader_who_goes_away_leaves_nothing_open() -> None:
    file = io.BytesIO(CONTENT)

    async def read_a_little() -> None:
        async with aclosing(aiter(ask(file))) as blocks:  # type: ignore[call-overload]
            async for _block in blocks:
                break

    asyncio.run(read_a_little())
    assert file.closed


def test_a_file_that_shrank_ends_where_it_ends() -> None:
    answer = ask(io.BytesIO(CONTENT[:1000]), range="bytes=500-2000")
    assert body(answer) == CONTENT[500:1000]
