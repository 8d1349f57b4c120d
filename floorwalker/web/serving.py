"""In which thread is a page made? From its first middleware to its last row in one, which the next page then takes over."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import connections
from django.http import HttpRequest, HttpResponseBase

# More are begun whenever more pages are asked for at once; so many stay, each with its connection, when that is over.
KEPT_THREADS = 16


class Pages(ASGIHandler):
    """Django's own handler, in which a page changes thread once and not at each middleware that is not written for a loop.

    No page of ours waits for anything beside its database, so nothing is gained by handing it back to the loop in between:
    of a short save half of the work was such handing over, and opening the database anew (docs/decisions/0057).
    """

    def __init__(self) -> None:
        self._idle: deque[ThreadPoolExecutor] = deque()
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
        thread = self._idle.pop() if self._idle else ThreadPoolExecutor(max_workers=1, thread_name_prefix="page")
        try:
            async with ThreadSensitiveContext(executor=thread):
                await self.handle(scope, receive, send)
        finally:
            # Behind whatever it still does: of a reader who left, the page is made to its end.
            thread.submit(_nothing).add_done_callback(lambda _done: self._leave(thread))

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """The whole of a page in one go."""
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)

    def _leave(self, thread: ThreadPoolExecutor) -> None:
        if len(self._idle) < KEPT_THREADS:
            self._idle.append(thread)
            return
        ended: Future[None] = thread.submit(connections.close_all)
        ended.add_done_callback(lambda _done: thread.shutdown(wait=False))


def _nothing() -> None:
    """Done when all before it is."""
