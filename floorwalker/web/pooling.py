"""Who gets a connection of PostgreSQL, and who waits? The web server's requests share a few; a command has the one it uses.

Each request has a thread to itself, and so had a connection to itself: four hundred at once were refused by a server that
takes a hundred. Now whoever finds all in use waits her turn, and is told in words where that takes too long.
"""

from __future__ import annotations

import atexit
import logging
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from django.db import connection, connections
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from floorwalker.config import Config
from floorwalker.errors import ConfigError
from floorwalker.ui.rest.problems import Problematic, answer

log = logging.getLogger(__name__)

# Longer than any budget of a page; whoever waits that long is better told than left waiting.
WAIT_SECONDS = 10
# So many stay open while nobody asks; the rest are closed after ten quiet minutes (psycopg_pool's own `max_idle`).
KEPT_OPEN = 2
API = "/api/"


def pool_options(config: Config) -> dict[str, Any]:
    """How many connections the requests of one web server share, and how long one is waited for."""
    most = config.database_connections
    return {"min_size": min(KEPT_OPEN, most), "max_size": most, "timeout": WAIT_SECONDS, "name": "floorwalker"}


def share_connections(config: Config) -> None:
    """Let all requests of this process share connections, where the database is a server's; until the process ends."""
    if connection.vendor != "postgresql":
        return
    if find_spec("psycopg_pool") is None:
        raise ConfigError(
            "connections cannot be shared",
            where="FLOORWALKER_DATABASE_URL",
            found="psycopg without its pool",
            expected="the package psycopg_pool",
            mend="pip install 'floorwalker[postgresql]'",
        )
    # The thread that starts the server has looked for migrations and asks nothing more: its own would be held for nothing.
    connections.close_all()
    connections.settings["default"]["OPTIONS"]["pool"] = pool_options(config)
    atexit.register(connection.close_pool)  # type: ignore[attr-defined]


class OneConnection:
    """Takes the request's connection before anything is read, and gives it back before a long answer is sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            log.error("%s was not answered: %s", request.path, " ".join(str(error).split()))
            return _busy(request)
        response = self.get_response(request)
        # An hour of sound over a slow line takes no connection along; what still asks while it is sent takes one anew.
        if response.streaming and not connection.in_atomic_block:
            connection.close()
        return response


def _busy(request: HttpRequest) -> HttpResponse:
    """What is said without the database: in the language and the look that the browser asks for."""
    if request.path_info.startswith(API):
        title = _("the database has no connection free, or does not answer")
        response = answer(Problematic(503, title, mend=_("try again in a few seconds")).problem)
    else:
        response = render(request, "ui/busy.html", status=503)
    response.headers["Retry-After"] = str(WAIT_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response
