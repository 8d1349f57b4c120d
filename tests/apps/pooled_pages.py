"""Which pages hold a connection as long as a test wants? Those of the process of pooled.py, beside the product's own addresses."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import include, path

# Held open until the test lets go; by name, so that nothing waits for a clock.
LET_GO = {"pages": threading.Event(), "streams": threading.Event()}


@login_not_required
def who(_request: HttpRequest) -> HttpResponse:
    """Which process of the server answers? Slow enough that others come meanwhile."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid(), pg_sleep(0.02)")
        return HttpResponse(str(cursor.fetchone()[0]))


@login_not_required
def held(_request: HttpRequest) -> HttpResponse:
    """A page that takes long."""
    LET_GO["pages"].wait(30)
    return HttpResponse("held")


@login_not_required
def stream(_request: HttpRequest) -> HttpResponseBase:
    """An answer over a slow line."""

    async def parts() -> AsyncIterator[bytes]:
        yield b"begun"
        while not LET_GO["streams"].is_set():
            await asyncio.sleep(0.01)
        yield b"ended"

    return StreamingHttpResponse(parts())


urlpatterns = [
    path("who/", who),
    path("held/", held),
    path("api/v1/held/", held),
    path("stream/", stream),
    path("", include("floorwalker.web.urls")),
]
