"""In which thread is a page made, and who has it next?"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from asgiref.sync import SyncToAsync
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from floorwalker.web import serving
from floorwalker.web.serving import Pages
from tests.web.asked import Asked

BEGUN = threading.Event()
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
    BEGUN.set()
    LET_GO.wait(30)
    ENDED.set()
    return HttpResponse("done")


urlpatterns = [path("which/", which), path("streamed/", streamed), path("held/", held)]


@pytest.fixture
def pages(settings: Any) -> Iterator[Pages]:
    """The handler, with pages of its own that ask no database."""
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [f"{__name__}.TwiceThere", f"{__name__}.TwiceThere"]
    for one in (BEGUN, LET_GO, ENDED):
        one.clear()
    found = Pages()
    yield found
    LET_GO.set()
    for _since, thread in found._idle:
        thread.shutdown()


async def _until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not is_so() and time.monotonic() < until:
        await asyncio.sleep(0.005)
    assert is_so()


async def _asked(pages: Pages, address: str, idle: int = 1) -> Asked:
    """An answer, once its thread is free for the next page."""
    answer = await Asked(address).run(pages)
    await _until(lambda: len(pages._idle) == idle)
    return answer


@pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume synchronous iterators")
def test_a_page_is_made_in_one_thread_which_the_next_page_takes_over(pages: Pages) -> None:
    async def story() -> list[Asked]:
        return [await _asked(pages, one) for one in ("/which/", "/streamed/", "/which/")]

    answers = asyncio.run(story())
    assert {one.status for one in answers} == {200}
    (thread,) = {one.body for one in answers}
    assert thread.decode() != str(threading.get_ident()) and b" " not in thread


def test_a_page_goes_to_its_thread_once_however_many_middlewares_stand_before_it(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[object] = []
    handled = SyncToAsync.thread_handler

    def counted(self: SyncToAsync[..., Any], *args: Any, **named: Any) -> Any:
        given.append(self)
        return handled(self, *args, **named)

    monkeypatch.setattr(SyncToAsync, "thread_handler", counted)
    asyncio.run(_asked(pages, "/which/"))
    # The page, and before and after it that it begins and ends.
    assert len(given) == 3


# Django leaves what was sent with a request open where the server calls it off, which a server does only as it ends.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("how", ["the reader left", "the request was called off"])
def test_who_waits_for_a_long_page_waits_alone_and_leaves_it_in_peace(pages: Pages, how: str) -> None:
    async def story() -> SimpleNamespace:
        long = Asked("/held/")
        making = asyncio.create_task(long.run(pages))
        await _until(BEGUN.is_set)
        beside = await _asked(pages, "/which/")
        long.gone.set() if how == "the reader left" else making.cancel()
        again = [await _asked(pages, "/which/") for _ in range(3)]
        still_made = not ENDED.is_set()
        LET_GO.set()
        await asyncio.wait([making])
        await _until(lambda: len(pages._idle) == 2)
        return SimpleNamespace(long=long, beside=beside, again=again, still_made=still_made)

    told = asyncio.run(story())
    assert told.still_made and ENDED.is_set()
    assert {one.body for one in told.again} == {told.beside.body}


def test_a_thread_that_nobody_needs_ends_with_what_it_holds(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "IDLE_SECONDS", 0.05)
    closed = threading.Event()
    monkeypatch.setattr(serving.connections, "close_all", closed.set)
    before = threading.active_count()

    async def story() -> None:
        await _asked(pages, "/which/")
        await _until(lambda: not pages._idle)
        await _until(lambda: closed.is_set() and threading.active_count() == before)
        await _asked(pages, "/which/")

    asyncio.run(story())


def test_no_more_threads_stay_than_are_kept(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "KEPT_THREADS", 2)
    before = threading.active_count()

    async def story() -> list[Asked]:
        asked = [Asked("/held/") for _ in range(5)]
        making = [asyncio.create_task(one.run(pages)) for one in asked]
        await _until(BEGUN.is_set)
        LET_GO.set()
        await asyncio.gather(*making)
        await _until(lambda: threading.active_count() <= before + 2)
        return asked

    assert [one.body for one in asyncio.run(story())] == [b"done"] * 5
    assert len(pages._idle) == 2


def test_what_is_not_a_page_is_not_answered(pages: Pages) -> None:
    async def ask() -> None:
        await pages({"type": "websocket"}, None, None)  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="websocket"):
        asyncio.run(ask())
