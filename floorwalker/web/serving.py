"""In which thread is a page made? From its first middleware to its last row in one, which the next page then takes over."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections, connections
from django.http import HttpRequest, HttpResponseBase

# More are begun whenever more pages are asked for at once; so many stay when that is over, each for so long as it may wait.
KEPT_THREADS = 16
IDLE_SECONDS = 60.0


class Pages(ASGIHandler):
    """Django's own handler, in which a page goes to a thread once and not at each middleware that is not written for a loop.

    No page of ours waits for anything beside its database, so nothing is gained by handing it back to the loop in between:
    of a short save half of the work was such handing over, and opening the database anew (docs/decisions/0057).
    """

    def __init__(self) -> None:
        # Touched on the loop alone: threads with the time since which they are idle, the one used last at the end.
        self._idle: deque[tuple[float, ThreadPoolExecutor]] = deque()
        self._is_looked_after = False
        super().__init__()

    def load_middleware(self, is_async: bool = False) -> None:
        """The chain as any other server of Django builds it."""
        super().load_middleware(is_async=False)

    async def __call__(
        self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
    ) -> None:
        """Answer one request, all of whose questions are asked in one thread that nobody else has meanwhile."""
        if scope["type"] != "http":
            raise ValueError(f"pages are asked for over http, not over {scope['type']}")
        # The thread that was last in use: its connection has read most of what the next page asks for.
        thread = self._idle.pop()[1] if self._idle else ThreadPoolExecutor(max_workers=1, thread_name_prefix="page")
        try:
            async with ThreadSensitiveContext(executor=thread):
                await self.handle(scope, receive, send)
        finally:
            self._leave(thread, asyncio.get_running_loop())

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """The whole of a page in one go."""
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)

    def _leave(self, thread: ThreadPoolExecutor, loop: asyncio.AbstractEventLoop) -> None:
        """Have the thread again when it has ended whatever it still does for a reader who left, or whose answer broke off."""

        def is_free(_done: object) -> None:
            with suppress(RuntimeError):  # The server has ended meanwhile.
                loop.call_soon_threadsafe(self._keep, thread, loop)

        thread.submit(close_old_connections).add_done_callback(is_free)

    def _keep(self, thread: ThreadPoolExecutor, loop: asyncio.AbstractEventLoop) -> None:
        if len(self._idle) >= KEPT_THREADS:
            _end(thread)
            return
        self._idle.append((loop.time(), thread))
        if not self._is_looked_after:
            self._is_looked_after = True
            loop.call_later(IDLE_SECONDS, self._look_after, loop)

    def _look_after(self, loop: asyncio.AbstractEventLoop) -> None:
        """End the threads that nobody needed for so long: a server that nobody asks holds no file of the database open."""
        while self._idle and self._idle[0][0] + IDLE_SECONDS <= loop.time():
            _end(self._idle.popleft()[1])
        self._is_looked_after = bool(self._idle)
        if self._idle:
            loop.call_at(self._idle[0][0] + IDLE_SECONDS, self._look_after, loop)


def _end(thread: ThreadPoolExecutor) -> None:
    thread.submit(connections.close_all)
    thread.shutdown(wait=False)
