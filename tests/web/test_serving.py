"""In which thread is a page made, and who has it next?"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from floorwalker.web import serving
from floorwalker.web.serving import Pages
from tests.web.asked import Asked

LET_GO = threading.Event()
ENDED = threading.Event()


class TwiceThere:
    """A middleware that is not written for a loop, and looks at a page before it as well."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.went = [threading.get_ident()]  # type: ignore[attr-defined]
        return self.get_response(request)  # type: ignore[no-any-return]

    def process_view(self, request: Any, *_given: Any) -> None:
        request.went.append(threading.get_ident())


def which(request: Any) -> HttpResponse:
    """By which threads a page went."""
    return HttpResponse(" ".join(map(str, {*request.went, threading.get_ident()})))


def streamed(request: Any) -> StreamingHttpResponse:
    """The same, told while it is sent."""

    def rows() -> Iterator[str]:
        yield " ".join(map(str, {*request.went, threading.get_ident()}))

    return StreamingHttpResponse(rows())


def held(_request: HttpRequest) -> HttpResponse:
    """A page that takes as long as a test wants."""
    LET_GO.wait(30)
    ENDED.set()
    return HttpResponse("done")


urlpatterns = [path("which/", which), path("streamed/", streamed), path("held/", held)]


@pytest.fixture
def pages(settings: Any) -> Iterator[Pages]:
    """The handler, with pages of its own that ask no database."""
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [f"{__name__}.TwiceThere", f"{__name__}.TwiceThere"]
    LET_GO.clear()
    ENDED.clear()
    found = Pages()
    yield found
    LET_GO.set()
    for thread in found._idle:
        thread.shutdown()


async def _settled(pages: Pages, count: int) -> None:
    until = time.monotonic() + 10
    while len(pages._idle) != count and time.monotonic() < until:
        await asyncio.sleep(0.005)
    assert len(pages._idle) == count


@pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume synchronous iterators")
def test_a_page_is_made_in_one_thread_which_the_next_page_takes_over(pages: Pages) -> None:
    async def story() -> list[Asked]:
        answers = []
        for one in ("/which/", "/streamed/", "/which/"):
            answers.append(await Asked(one).run(pages))
            await _settled(pages, 1)
        return answers

    answers = asyncio.run(story())
    assert {one.status for one in answers} == {200}
    (thread,) = {one.body for one in answers}
    assert thread.decode() != str(threading.get_ident()) and b" " not in thread


def test_who_waits_for_a_long_page_waits_alone_and_leaves_it_in_peace(pages: Pages) -> None:
    async def story() -> SimpleNamespace:
        long = Asked("/held/")
        making = asyncio.create_task(long.run(pages))
        beside = await Asked("/which/").run(pages)
        await _settled(pages, 1)
        long.gone.set()  # The reader goes; the page is still being made.
        again = []
        for _ in range(3):
            again.append(await Asked("/which/").run(pages))
            await _settled(pages, 1)
        still_made = not ENDED.is_set()
        LET_GO.set()
        await making
        await _settled(pages, 2)
        return SimpleNamespace(long=long, beside=beside, again=again, still_made=still_made)

    told = asyncio.run(story())
    assert told.long.status == 0 and told.still_made and ENDED.is_set()
    assert {one.body for one in told.again} == {told.beside.body}


def test_no_more_threads_stay_than_are_kept(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "KEPT_THREADS", 2)
    before = threading.active_count()

    async def story() -> list[Asked]:
        asked = [Asked("/held/") for _ in range(5)]
        making = [asyncio.create_task(one.run(pages)) for one in asked]
        await asyncio.sleep(0.05)
        LET_GO.set()
        await asyncio.gather(*making)
        await _settled(pages, 2)
        return asked

    assert [one.body for one in asyncio.run(story())] == [b"done"] * 5
    until = time.monotonic() + 10
    while threading.active_count() > before + 2 and time.monotonic() < until:
        time.sleep(0.01)
    assert threading.active_count() <= before + 2


def test_what_is_not_a_page_is_not_answered(pages: Pages) -> None:
    async def ask() -> None:
        await pages({"type": "websocket"}, None, None)  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="websocket"):
        asyncio.run(ask())
